"""Muting and restricting: who is not seen, who does not get through, and that neither is told."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.deletion import delete_account
from accounts.models import User
from moments.models import Comment, CommentVote, Mute, Post, PostVote, Restrict
from moments.models.comment import NOT_HERE
from moments.models.feed import HOT
from moments.models.refusal import Refused
from tests.conftest import make_comment, make_member, make_moment, make_song, make_trivia, plan_of

KINDS = {
    "mute": (Mute, "member-mute", "member-unmute"),
    "restrict": (Restrict, "member-restrict", "member-unrestrict"),
}


@pytest.fixture(params=KINDS)
def kind(request):
    return KINDS[request.param]


@pytest.fixture
def house(db):
    return User.objects.create_user("house")


def shown(client, url):
    return [post.title for post in client.get(url).context["posts"]]


# The verbs.


def test_twice_is_once_and_undone_twice_is_undone_once(kind, mia, seb):
    rows = kind[0].objects
    assert [rows.begin(mia, seb), rows.begin(mia, seb)] == [True, False]
    assert [rows.end(mia, seb), rows.end(mia, seb)] == [True, False]


def test_nobody_silences_themselves_or_the_house(kind, mia, house):
    rows = kind[0].objects
    assert [rows.begin(mia, mia), rows.begin(mia, house)] == [False, False]
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.create(member=mia, other=mia)


def test_it_holds_in_one_direction_alone(kind, mia, seb):
    kind[0].objects.begin(mia, seb)
    assert kind[0].objects.holds(mia.pk, seb.pk)
    assert not kind[0].objects.holds(seb.pk, mia.pk)
    assert not kind[0].objects.holds(None, seb.pk)


def test_the_buttons_work_as_plain_forms_and_lead_back(kind, as_mia, mia, seb):
    model, begin, end = kind
    assert as_mia.post(reverse(begin, args=["seb"]))["Location"] == "/members/seb/"
    assert model.objects.holds(mia.pk, seb.pk)
    response = as_mia.post(reverse(end, args=["SEB"]), {"next": "/silences/"})
    assert response["Location"] == "/silences/"
    assert model.objects.count() == 0


@pytest.mark.parametrize("name", ["mia", "house"])
def test_a_forged_press_on_oneself_or_the_house_changes_nothing(kind, name, as_mia, house):
    assert as_mia.post(reverse(kind[1], args=[name])).status_code == 302
    assert kind[0].objects.count() == 0


def test_a_visitor_is_sent_to_sign_in(kind, client, seb):
    response = client.post(reverse(kind[1], args=["seb"]))
    assert response["Location"] == "/accounts/login/?next=%2Fmembers%2Fseb%2F"
    assert kind[0].objects.count() == 0


def test_who_was_suspended_can_be_let_go_and_not_be_silenced(kind, as_mia, mia, seb, keith):
    kind[0].objects.begin(mia, seb)
    seb.suspend(keith, "Spam.")
    assert as_mia.post(reverse(kind[1], args=["seb"])).status_code == 404
    assert as_mia.post(reverse(kind[2], args=["seb"])).status_code == 302
    assert kind[0].objects.count() == 0


@pytest.mark.parametrize("who", ["mia", "seb"])
@pytest.mark.parametrize("take_texts", [True, False])
def test_a_deleted_account_silences_and_is_silenced_no_more(kind, mia, seb, who, take_texts):
    kind[0].objects.begin(mia, seb)
    delete_account(User.objects.get(username=who), take_texts)
    assert kind[0].objects.count() == 0


# The page.


def test_the_page_lists_whom_one_silences_and_nobody_else_s(client, mia, seb, keith):
    Mute.objects.begin(mia, seb), Restrict.objects.begin(mia, keith), Mute.objects.begin(seb, mia)
    client.force_login(mia)
    mutes, restricts = (group["page"].items for group in client.get("/silences/").context["groups"])
    assert [row.other for row in mutes] == [seb]
    assert [row.other for row in restricts] == [keith]


def test_the_page_goes_on_by_cursor(client, mia):
    for number in range(60):
        Mute.objects.begin(mia, make_member(f"loud{number}"))
    client.force_login(mia)
    page = client.get("/silences/").context["groups"][0]["page"]
    rest = client.get("/silences/", {"mutes": page.next_cursor}).context["groups"][0]["page"]
    assert (len(page.items), len(rest.items), rest.next_cursor) == (50, 10, None)
    assert client.get("/silences/?mutes=garbage").status_code == 404


def test_the_page_is_for_members(client, db):
    assert client.get("/silences/")["Location"] == "/accounts/login/?next=%2Fsilences%2F"


def test_a_member_s_page_offers_it_to_others_alone(client, mia, seb, house):
    def offers(name):
        return "/mute/" in client.get(f"/members/{name}/").text

    assert not offers("seb")
    client.force_login(mia)
    assert [offers(name) for name in ("seb", "mia", "house")] == [True, False, False]


# What a mute does.


@pytest.fixture
def loud(film, moment, seb):
    """What seb, who will be muted, has shared and said, next to mia's moment."""
    make_moment(film, seb, "Loud moment", tags=["stars"])
    make_song(film, seb, "Loud song", tags=["stars"])
    make_trivia(film, seb, "Loud claim", tags=["stars"])
    return make_comment(moment, seb, "Loud words.")


LISTS = [
    "/",
    "/new/",
    "/top/",
    "/songs/",
    "/trivia/",
    "/tags/stars/",
    "/films/la-la-land/",
    "/films/la-la-land/songs/",
]


@pytest.mark.parametrize("url", LISTS)
def test_lists_leave_out_whom_one_muted(url, client, loud, seb, keith):
    client.force_login(keith)
    before = shown(client, url)
    Mute.objects.begin(keith, seb)
    after = shown(client, url)
    assert any("Loud" in title for title in before)
    assert after == [title for title in before if "Loud" not in title]


def test_leaving_somebody_out_still_walks_along_the_index(moment, seb):
    posts = Post.objects.listed().without_muted(seb).order_by(*HOT).values("pk")
    sql, parameters = posts.query.sql_with_params()
    plan = plan_of(sql % tuple(f"'{value}'" for value in parameters))
    assert "post_hot" in plan
    assert "TEMP B-TREE" not in plan
    assert "Sort" not in plan


@pytest.mark.parametrize("reader", ["visitor", "mia", "seb"])
def test_nobody_else_misses_anything(reader, client, loud, mia, seb, keith):
    if reader != "visitor":
        client.force_login({"mia": mia, "seb": seb}[reader])
    before = {url: shown(client, url) for url in LISTS}
    Mute.objects.begin(keith, seb)
    assert {url: shown(client, url) for url in LISTS} == before


def test_the_muted_one_is_found_on_their_own_page_and_by_address(client, loud, seb, keith):
    Mute.objects.begin(keith, seb)
    client.force_login(keith)
    assert len(shown(client, "/members/seb/")) == 3
    assert client.get("/films/la-la-land/moments/loud-moment/").status_code == 200


def test_words_of_whom_one_muted_are_folded_in_threads(client, loud, moment, seb, keith):
    reply = make_comment(moment, make_member("laura"), "Quiet words.", parent=loud)
    client.force_login(keith)
    assert "you muted" not in client.get(moment.get_absolute_url()).text
    Mute.objects.begin(keith, seb)
    page = client.get(moment.get_absolute_url()).text
    assert page.count("Folded: you muted @seb") == 1
    folded = page.index("Folded: you muted @seb")
    assert folded < page.index("Loud words.") < page.index("Quiet words.")
    assert f'id="c{reply.pk}"' in page
    client.force_login(seb)
    assert "you muted" not in client.get(moment.get_absolute_url()).text


def test_search_and_feeds_and_reasons_leave_them_out_too(client, film, loud, moment, mia, seb, keith):
    claim = make_trivia(film, mia, "Quiet claim")
    claim.judge(seb, "dispute", "Loud reason.")
    urls = ["/search/?q=loud", f"{moment.get_absolute_url()}feed/", "/new/feed/", claim.get_absolute_url()]
    client.force_login(keith)
    assert all("Loud" in client.get(url).text for url in urls)
    Mute.objects.begin(keith, seb)
    assert [url for url in urls if "Loud" in client.get(url).text] == []


# What a restriction does.


@pytest.fixture
def restricted(mia, seb):
    """Seb, with whom mia wants nothing to do."""
    Restrict.objects.begin(mia, seb)
    return seb


def test_a_restricted_member_does_not_comment_on_the_other_s_post(client, moment, restricted):
    client.force_login(restricted)
    response = client.post(reverse("comment-add", args=[moment.pk]), {"body": "Let me through."})
    assert (response.status_code, NOT_HERE in response.text) == (422, True)
    assert response.context["form"]["body"].value() == "Let me through."
    assert "restrict" not in response.text.lower().replace("muted and restricted", "")
    assert Comment.objects.count() == 0


def test_a_restricted_member_does_not_reply_to_the_other_anywhere(client, film, mia, keith, restricted):
    there = make_moment(film, keith)
    hers, his = make_comment(there, mia), make_comment(there, keith)
    client.force_login(restricted)
    answers = [
        client.post(reverse("comment-reply", args=[to.pk]), {"body": "Hear me."}) for to in (hers, his)
    ]
    assert [answer.status_code for answer in answers] == [422, 302]
    with pytest.raises(Refused):
        make_comment(there, restricted, parent=hers)
    assert Comment.objects.get(author=restricted).parent == his


def test_the_other_may_still_answer_the_restricted_one(film, mia, restricted):
    theirs = make_moment(film, restricted)
    assert make_comment(theirs, mia).author == mia
    assert theirs.upvote(mia)


def test_a_restricted_member_has_no_vote_on_what_is_the_other_s(client, moment, mia, keith, restricted):
    comment = make_comment(moment, mia)
    assert not moment.upvote(restricted)
    assert not comment.upvote(restricted)
    client.force_login(restricted)
    for url in (f"/posts/{moment.pk}/upvote/", f"/comments/{comment.pk}/upvote/"):
        answer = client.post(url, headers={"HX-Request": "true"})
        assert (answer.status_code, 'aria-pressed="false"' in answer.text) == (200, True)
    assert PostVote.objects.count() == CommentVote.objects.count() == 0
    assert moment.upvote(keith)


def test_a_vote_cast_before_can_be_withdrawn(moment, mia, seb):
    moment.upvote(seb)
    Restrict.objects.begin(mia, seb)
    assert moment.withdraw_vote(seb)


def test_a_mention_by_a_restricted_member_is_a_plain_word(film, mia, keith, restricted):
    comment = make_comment(make_moment(film, keith), restricted, "Dear @mia, dear @keith!")
    assert 'href="/members/mia/"' not in comment.body_html
    assert "@mia" in comment.body_html
    assert 'href="/members/keith/"' in comment.body_html
    post = make_moment(film, restricted, body="Dear @mia, see this bench.", context="For @mia.")
    assert "/members/mia/" not in post.body_html + post.context_html
    assert 'href="/members/mia/"' in make_comment(post, keith, "Dear @mia!").body_html


def test_texts_of_former_members_keep_their_mentions(moment, mia, seb, keith):
    Restrict.objects.begin(mia, keith)
    comment = make_comment(moment, seb, "Dear @mia and @keith!")
    delete_account(seb, take_texts=False)
    former = Comment.objects.get(pk=comment.pk)
    former.render()
    assert former.body_html == comment.body_html
    assert former.body_html.count('class="mention"') == 2


def test_an_edit_brings_no_mention_in(film, keith, restricted):
    comment = make_comment(make_moment(film, keith), restricted, "Dear friend!")
    comment.revise("Dear @mia!")
    assert "/members/mia/" not in Comment.objects.get().body_html


def test_a_claim_can_be_disputed_by_whom_its_author_restricts(film, mia, restricted):
    """Or nobody could dispute a claim whose author does not like to be disputed."""
    assert make_trivia(film, mia).judge(restricted, "dispute", "It was two takes.")


def test_moderators_act_on_those_who_restrict_them(moment, mia, keith):
    Restrict.objects.begin(mia, keith)
    assert moment.remove(keith, "spam")
