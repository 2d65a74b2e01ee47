"""A visitor who wants to do something is asked to join; it is done once they have, once, where they were."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from moments.models import Comment, CommentVote, DiaryEntry, PostVote, Progress, Reaction
from moments.models.mute import Restrict
from moments.spoilers.rules import UNSEEN
from moments.viewer.waiting_deeds import DEED_KEPT_FOR, DEED_KEY, do_waiting_deed
from reelive.ratelimit import LIMITS
from tests.support.joining import PAIR, ask, fields_of, join_page, sign_in
from tests.support.makers import make_comment, make_moment, make_song, moderator
from tests.support.pages import messages_of, select, text_of, the
from tests.support.rows import for_each


def done():
    rows = (PostVote, CommentVote, Reaction, DiaryEntry, Comment)
    return {model.__name__: model.objects.count() for model in rows if model.objects.exists()}


@for_each(
    "asked, effect, anchor",
    [
        ({"deed": "upvote"}, {"PostVote": 1}, "#card-{pk}"),
        ({"deed": "feel", "feeling": "joy"}, {"Reaction": 1}, "#relive"),
        ({"deed": "relive"}, {"DiaryEntry": 1}, "#relive"),
    ],
    ids=["upvote", "feel", "relive"],
)
def test_what_a_visitor_wanted_is_done_when_they_have_signed_in(asked, effect, anchor, client, moment, seb):
    led = ask(client, moment, **asked)
    assert done() == {}
    page = sign_in(client, led)
    assert done() == effect
    assert page.redirect_chain[-1][0] == "/new/?pages=3" + anchor.format(pk=moment.pk)
    assert len(messages_of(page)) == 2  # that they are signed in, and what was done
    assert DEED_KEY not in client.session


def test_it_is_done_when_they_have_signed_up(client, moment):
    led = ask(client, moment, way="join", deed="upvote")
    assert led["Location"].startswith("/accounts/signup/?next=%2Fnew%2F%3Fpages%3D3%23card-")
    sent = {"username": "ana", "email": "ana@example.org", "password1": "planetarium at night"}
    back = parse_qs(urlsplit(led["Location"]).query)["next"][0]
    response = client.post("/accounts/signup/", sent | {"next": back})
    assert response["Location"] == back
    assert PostVote.objects.get().voter == User.objects.get(username="ana")


def test_comments_can_be_upvoted_and_answered(client, moment, mia, seb):
    comment = make_comment(moment, mia)
    page = sign_in(client, ask(client, comment, deed="upvote"))
    assert (done()["CommentVote"], page.redirect_chain[-1][0]) == (1, f"/new/?pages=3#c{comment.pk}")
    client.logout()
    sign_in(client, ask(client, comment, deed="comment", text="Me too."))
    assert Comment.objects.get(body="Me too.").parent == comment


def test_it_is_done_once(client, moment, seb):
    sign_in(client, ask(client, moment, deed="upvote"))
    moment.unvote(seb)
    client.logout()
    client.post("/accounts/login/", PAIR)
    assert not PostVote.objects.exists()


def test_two_requests_that_bring_the_same_comment_write_one(client, moment, seb, rf):
    ask(client, moment, deed="comment", text="Only once.")
    kept = dict(client.session[DEED_KEY])
    client.post("/accounts/login/", PAIR)
    request = client.get("/").wsgi_request
    request.session[DEED_KEY] = kept
    do_waiting_deed(request, seb)
    assert Comment.objects.count() == 1


def test_it_waits_for_an_hour(client, moment, seb, clock):
    ask(client, moment, deed="upvote")
    clock.forward(DEED_KEPT_FOR + timedelta(seconds=1))
    client.post("/accounts/login/", PAIR)
    assert (PostVote.objects.count(), DEED_KEY in client.session) == (0, False)


def test_one_waits_at_a_time(client, film, moment, mia, seb):
    other = make_moment(film, mia)
    sign_in(client, (ask(client, moment, deed="upvote"), ask(client, other, deed="upvote"))[1])
    assert PostVote.objects.get().post_id == other.pk


# What cannot be done is not.


@pytest.mark.parametrize("end", ["remove", "delete_by_author"])
def test_what_is_gone_meanwhile_takes_no_vote(end, client, moment, seb):
    led = ask(client, moment, deed="upvote")
    moment.remove(moderator(), "spam") if end == "remove" else moment.delete_by_author()
    page = sign_in(client, led)
    assert (done(), len(messages_of(page))) == ({}, 2)


def test_a_comment_that_is_refused_is_given_back(client, moment, keith, seb):
    led = ask(client, moment, deed="comment", text="My words.")
    moment.lock(keith)
    page = sign_in(client, led)
    assert done() == {}
    assert any("My words." in said for said in messages_of(page))


def test_nobody_upvotes_their_own(client, film, seb):
    own = make_moment(film, seb)
    sign_in(client, ask(client, own, deed="upvote"))
    assert not PostVote.objects.exists()


def test_who_is_restricted_is_not_told(client, moment, mia, seb):
    Restrict.objects.create(member=mia, other=seb)
    page = sign_in(client, ask(client, moment, deed="upvote"))
    assert (done(), len(messages_of(page))) == ({}, 1)


def test_a_suspended_member_does_nothing(client, moment, seb):
    led = ask(client, moment, deed="upvote")
    seb.suspend(moderator(), "Spam.")
    sign_in(client, led)
    assert done() == {}


def test_no_more_than_the_quota(client, moment, seb, monkeypatch):
    monkeypatch.setitem(LIMITS, "vote", (1, 60))
    moment.upvote(seb)
    led = ask(client, moment, deed="feel", feeling="joy")
    monkeypatch.setattr("reelive.ratelimit.spend", lambda *args, **options: 30.0)
    sign_in(client, led)
    assert done() == {"PostVote": 1}


# Who asks, and where it leads.


def test_a_link_does_nothing(client, moment, seb, as_seb):
    visitor = Client()
    for browser in (visitor, as_seb):
        join_page(browser, moment, deed="upvote")
        join_page(browser, moment, came_from="", deed="upvote", way="join", next="https://evil.example/")
        assert DEED_KEY not in browser.session
    assert done() == {}


def test_the_form_needs_its_token(moment):
    strict = Client(enforce_csrf_checks=True)
    assert strict.post(moment.join_url, {"deed": "upvote"}).status_code == 403
    assert DEED_KEY not in strict.session


@for_each("place", ["https://evil.example/", "//evil.example/", "/\\evil.example", "home", "/" * 501])
def test_it_leads_off_the_site_for_nobody(place, client, moment):
    led = client.post(moment.join_url, {"deed": "upvote", "next": place})
    assert parse_qs(urlsplit(led["Location"]).query)["next"] == [moment.get_absolute_url()]


@for_each("referer", ["https://evil.example/new/", "http://testserver/accounts/login/", ""])
def test_who_comes_from_elsewhere_comes_back_to_the_post(referer, client, moment):
    page = client.get(moment.join_url, {"deed": "upvote"}, headers={"Referer": referer} if referer else {})
    assert fields_of(page)[0]["next"] == moment.get_absolute_url()


def test_who_signed_in_in_another_window_just_does_it(client, moment, seb):
    sent, action = fields_of(join_page(client, moment, deed="upvote"))
    client.force_login(seb)
    assert client.post(action, sent)["Location"] == sent["next"]
    assert PostVote.objects.count() == 1
    assert join_page(client, moment, deed="upvote")["Location"].startswith("/new/")


@for_each(
    "asked", [{"deed": ""}, {"deed": "delete"}, {"deed": "feel", "feeling": "boredom"}, {"deed": "__class__"}]
)
def test_what_is_no_deed_is_not_found(asked, client, moment):
    assert join_page(client, moment, **asked).status_code == 404


def test_a_song_is_not_felt_or_relived(client, film, mia):
    song = make_song(film, mia)
    for asked in ({"deed": "relive"}, {"deed": "feel", "feeling": "joy"}):
        assert join_page(client, song, **asked).status_code == 404


def test_an_empty_comment_is_asked_for_again(client, moment):
    sent, action = fields_of(join_page(client, moment, deed="comment"))
    refused = client.post(action, sent | {"way": "join"})
    assert (refused.status_code, DEED_KEY in client.session) == (422, False)
    assert fields_of(refused)[0]["next"] == sent["next"]


def test_a_veiled_title_is_not_told(client, film, mia, seb):
    later = make_moment(film, mia, "She quuxleaves", spoiler=True)
    assert "quuxleaves" not in text_of(join_page(client, later, deed="upvote"))
    Progress.objects.set_progress(seb, film, UNSEEN)
    assert "quuxleaves" not in text_of(sign_in(client, ask(client, later, deed="upvote")))
    assert PostVote.objects.count() == 1


def test_texts_that_wait_are_bounded_for_a_network(client, moment, monkeypatch):
    monkeypatch.setitem(LIMITS, "draft", (1, 3600))
    assert ask(client, moment, deed="comment", text="One.").status_code == 302
    sent, action = fields_of(join_page(Client(), moment, deed="comment"))
    assert client.post(action, sent | {"body": "Two."}).status_code == 429


def test_the_question_costs_the_same_in_a_long_thread(client, moment, mia):
    counts = []
    for _round in range(2):
        with CaptureQueriesContext(connection) as asked:
            join_page(client, moment, deed="comment")
        counts.append(len(asked))
        for _more in range(20):
            make_comment(moment, mia)
    assert counts == [1, 1]


def test_htmx_gets_the_question_alone(client, moment):
    page = client.get(moment.join_url, {"deed": "upvote"}, headers={"HX-Request": "true"})
    assert the(page, "dialog form[method=post] button[name=way]:first-of-type")["value"] == "join"
    assert not select(page, "main")
    assert "HX-Request" in page["Vary"]


def test_looking_at_a_page_keeps_nothing_of_a_visitor(client, moment):
    for page in ("/", moment.get_absolute_url()):
        assert not client.get(page).cookies
    links = [link["href"] for link in select(client.get(moment.get_absolute_url()), "a[data-join]")]
    assert f"{moment.join_url}?deed=upvote" in links
    assert f"{moment.join_url}?deed=comment" in links
    assert f"{moment.join_url}?deed=feel&feeling=joy" in links


@for_each("verb, effect", [("upvote", {"PostVote": 1}), ("feel", {"Reaction": 1}), ("unfeel", {})])
def test_whose_session_has_ended_need_not_press_again(verb, effect, client, moment, seb):
    kind = "posts" if verb == "upvote" else "moments"
    page = sign_in(client, client.post(f"/{kind}/{moment.pk}/{verb}/", {"feeling": "joy"}))
    assert done() == effect
    assert page.redirect_chain[-1][0].startswith(moment.get_absolute_url())
