"""Muting: who is not seen, where, and that they are not told; and the verbs it shares with restricting."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.deletion import delete_account
from accounts.models import User
from moments.models import Mute, Post, Restrict
from moments.models.post_queryset import HOT
from tests.support.database import plan_of
from tests.support.makers import make_comment, make_member, make_moment, make_song, make_trivia
from tests.support.pages import select, texts, the
from tests.support.rows import for_each

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
    assert [rows.add(mia, seb), rows.add(mia, seb)] == [True, False]
    assert [rows.remove(mia, seb), rows.remove(mia, seb)] == [True, False]


def test_nobody_mutes_themselves_or_the_house(kind, mia, house):
    rows = kind[0].objects
    assert [rows.add(mia, mia), rows.add(mia, house)] == [False, False]
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.create(member=mia, other=mia)


def test_it_holds_in_one_direction_alone(kind, mia, seb):
    kind[0].objects.add(mia, seb)
    assert kind[0].objects.exists_between(mia.pk, seb.pk)
    assert not kind[0].objects.exists_between(seb.pk, mia.pk)
    assert not kind[0].objects.exists_between(None, seb.pk)


def test_the_buttons_work_as_plain_forms_and_lead_back(kind, as_mia, mia, seb):
    model, begin, end = kind
    assert as_mia.post(reverse(begin, args=["seb"]))["Location"] == "/members/seb/"
    assert model.objects.exists_between(mia.pk, seb.pk)
    response = as_mia.post(reverse(end, args=["SEB"]), {"next": "/mutes/"})
    assert response["Location"] == "/mutes/"
    assert model.objects.count() == 0


@for_each("name", ["mia", "house"])
def test_a_forged_press_on_oneself_or_the_house_changes_nothing(kind, name, as_mia, house):
    assert as_mia.post(reverse(kind[1], args=[name])).status_code == 302
    assert kind[0].objects.count() == 0


def test_a_visitor_who_restricts_is_sent_to_sign_in(client, seb):
    response = client.post("/members/seb/restrict/")
    assert response["Location"] == "/accounts/login/?next=%2Fmembers%2Fseb%2F"
    assert Restrict.objects.count() == 0


def test_who_was_suspended_can_be_let_go_and_not_be_muted(kind, as_mia, mia, seb, keith):
    kind[0].objects.add(mia, seb)
    seb.suspend(keith, "Spam.")
    assert as_mia.post(reverse(kind[1], args=["seb"])).status_code == 404
    assert as_mia.post(reverse(kind[2], args=["seb"])).status_code == 302
    assert kind[0].objects.count() == 0


@for_each("who", ["mia", "seb"])
@for_each("take_texts", [True, False])
def test_a_deleted_account_mutes_and_is_muted_no_more(kind, mia, seb, who, take_texts):
    kind[0].objects.add(mia, seb)
    delete_account(User.objects.get(username=who), take_texts)
    assert kind[0].objects.count() == 0


# The page.


def test_the_page_lists_whom_one_mutes_and_nobody_else_s(client, mia, seb, keith):
    Mute.objects.add(mia, seb), Restrict.objects.add(mia, keith), Mute.objects.add(seb, mia)
    client.force_login(mia)
    mutes, restricts = (group["page"].items for group in client.get("/mutes/").context["groups"])
    assert [row.other for row in mutes] == [seb]
    assert [row.other for row in restricts] == [keith]


def test_the_page_goes_on_by_cursor(client, mia):
    for number in range(60):
        Mute.objects.add(mia, make_member(f"loud{number}"))
    client.force_login(mia)
    page = client.get("/mutes/").context["groups"][0]["page"]
    rest = client.get("/mutes/", {"mutes": page.next_cursor}).context["groups"][0]["page"]
    assert (len(page.items), len(rest.items), rest.next_cursor) == (50, 10, None)
    assert client.get("/mutes/?mutes=garbage").status_code == 404


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


@for_each("url", LISTS)
def test_lists_leave_out_whom_one_muted(url, client, loud, seb, keith):
    client.force_login(keith)
    before = shown(client, url)
    Mute.objects.add(keith, seb)
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


@for_each("viewer", ["visitor", "mia", "seb"])
def test_nobody_else_misses_anything(viewer, client, loud, mia, seb, keith):
    if viewer != "visitor":
        client.force_login({"mia": mia, "seb": seb}[viewer])
    before = {url: shown(client, url) for url in LISTS}
    Mute.objects.add(keith, seb)
    assert {url: shown(client, url) for url in LISTS} == before


def test_the_muted_one_is_found_on_their_own_page_and_by_address(client, loud, seb, keith):
    Mute.objects.add(keith, seb)
    client.force_login(keith)
    assert len(shown(client, "/members/seb/")) == 3
    assert client.get("/films/la-la-land/moments/loud-moment/").status_code == 200


def test_words_of_whom_one_muted_are_hidden_in_threads(client, loud, moment, seb, keith):
    reply = make_comment(moment, make_member("laura"), "Quiet words.", parent=loud)
    client.force_login(keith)
    assert select(client.get(moment.get_absolute_url()), ".hidden-for-you") == []
    Mute.objects.add(keith, seb)
    page = client.get(moment.get_absolute_url())
    hidden = the(page, f"#c{loud.pk} .hidden-for-you")
    assert "@seb" in hidden.select("summary")[0].text
    assert [part.text for part in hidden.select(".prose")] == ["Loud words."]
    assert texts(page, f"#c{reply.pk} .prose") == ["Quiet words."]
    client.force_login(seb)
    assert select(client.get(moment.get_absolute_url()), ".hidden-for-you") == []


def test_search_and_feeds_and_reasons_leave_them_out_too(client, film, loud, moment, mia, seb, keith):
    claim = make_trivia(film, mia, "Quiet claim")
    claim.judge(seb, "dispute", "Loud reason.")
    urls = ["/search/?q=loud", f"{moment.get_absolute_url()}feed/", "/new/feed/", claim.get_absolute_url()]
    client.force_login(keith)
    assert all("Loud" in client.get(url).text for url in urls)
    Mute.objects.add(keith, seb)
    assert [url for url in urls if "Loud" in client.get(url).text] == []
