"""Where a new comment is found: in the thread as its author sees it, in the order that they chose."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moments import threads
from moments.models import Comment
from tests.support.makers import make_comment, make_moment
from tests.support.pages import messages_of, select, texts, the
from tests.support.rows import for_each

HTMX = {"HX-Request": "true"}


def say(client, moment, body="I held my breath.", htmx=False, **sent):
    address = reverse("comment-add", args=[moment.pk])
    return client.post(address, {"body": body} | sent, headers=HTMX if htmx else {})


def reply(client, parent, htmx=False, **sent):
    address = reverse("comment-reply", args=[parent.pk])
    return client.post(address, {"body": "So did I."} | sent, headers=HTMX if htmx else {})


@for_each(
    "sort, query",
    [("", ""), ("best", ""), ("top", "?sort=top"), ("new", "?sort=new"), ("old", "?sort=old"), ("x", "")],
)
def test_the_order_of_the_thread_is_kept(sort, query, as_seb, moment):
    response = say(as_seb, moment, sort=sort)
    assert response["Location"] == f"{moment.get_absolute_url()}{query}#c{Comment.objects.get().pk}"
    assert len(messages_of(as_seb.get(response["Location"]))) == 1


def test_the_form_of_a_reply_knows_the_order_of_the_page_that_it_is_on(as_seb, moment, mia):
    parent = make_comment(moment, mia)
    referer = {"Referer": f"http://testserver{moment.get_absolute_url()}?sort=old"}
    page = as_seb.get(reverse("comment-reply", args=[parent.pk]), headers=referer)
    assert the(page, ".comment-form input[name=sort]")["value"] == "old"
    assert "?sort=old#c" in reply(as_seb, parent, sort="old")["Location"]


@pytest.mark.parametrize("sort", ["best", "top", "new", "old"])
def test_the_page_that_one_is_led_to_has_the_comment(sort, as_seb, film, mia, monkeypatch):
    monkeypatch.setattr("moments.viewer.comment_place.THREAD_PAGE", 6)
    moment = make_moment(film, mia)
    tops = [make_comment(moment, mia) for _number in range(20)]
    for response in (say(as_seb, moment, sort=sort), reply(as_seb, tops[9], sort=sort)):
        address, _hash, anchor = response["Location"].partition("#")
        assert len(select(as_seb.get(address), f"#{anchor}")) == 1


def test_a_deep_reply_is_found_on_the_page_of_what_it_answers(as_seb, moment, mia):
    parent = None
    for _level in range(threads.FOLD_DEPTH + 1):
        parent = make_comment(moment, mia, parent=parent)
    place = f"{parent.get_absolute_url()}#c"
    assert reply(as_seb, parent)["Location"].startswith(place)
    assert reply(as_seb, parent, htmx=True, body="And I.")["HX-Redirect"].startswith(place)


def test_htmx_gets_the_comment_the_heading_and_an_empty_form(as_seb, moment):
    page = say(as_seb, moment, htmx=True)
    comment = Comment.objects.get()
    assert page.status_code == 200
    assert the(page, ".comment")["id"] == f"c{comment.pk}"
    assert texts(page, "#comments-title") == texts(as_seb.get(moment.get_absolute_url()), "#comments-title")
    assert the(page, ".comment-form textarea").get_text().strip() == ""
    assert the(page, ".comment-form input[name=nonce]")["value"] != str(comment.nonce)
    assert len(select(page, "[data-hx-swap-oob] .toast")) == 1


def test_what_is_put_in_place_is_what_the_page_shows(as_seb, moment, mia):
    parent = make_comment(moment, mia)
    now = the(reply(as_seb, parent, htmx=True), ".comment")
    later = the(as_seb.get(moment.get_absolute_url()), f"#{now['id']}")
    assert str(now) == str(later)


def test_htmx_gets_the_errors_with_what_was_typed(as_seb, moment):
    refused = say(as_seb, moment, body="", htmx=True)
    assert refused.status_code == 422
    assert select(refused, ".comment-form .errorlist")


def test_a_comment_in_place_costs_the_same_in_a_long_thread(as_seb, moment, mia):
    counts = []
    for number in range(2):
        say(as_seb, moment, f"Warm {number}", htmx=True)
        with CaptureQueriesContext(connection) as asked:
            say(as_seb, moment, f"Counted {number}", htmx=True)
        counts.append(len(asked))
        for _more in range(30):
            make_comment(moment, mia)
    assert counts[0] == counts[1]


# Who speaks.


def test_every_voice_has_a_face(client, moment, mia, seb):
    make_comment(moment, seb)
    make_comment(moment, mia)
    Comment.objects.filter(pk=make_comment(moment, seb, "Left.").pk).update(author=None)
    make_comment(moment, seb).delete_by_author()
    assert len(select(client.get(moment.get_absolute_url()), ".comment-head .avatar.is-small")) == 2


def test_who_shared_the_post_has_a_badge(client, moment, mia, seb):
    theirs, other = make_comment(moment, mia), make_comment(moment, seb)
    page = client.get(moment.get_absolute_url())
    assert len(select(page, f"#c{theirs.pk} .comment-head .badge")) == 1
    assert select(page, f"#c{other.pk} .comment-head .badge") == []


def test_a_new_face_is_shown_at_once(client, moment, seb):
    make_comment(moment, seb)
    assert not select(client.get(moment.get_absolute_url()), ".comment-head .avatar img")
    seb.avatar.name = "avatars/new.webp"
    seb.save(update_fields=["avatar"])
    assert len(select(client.get(moment.get_absolute_url()), ".comment-head .avatar img")) == 1
