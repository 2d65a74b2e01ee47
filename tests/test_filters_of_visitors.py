"""What visitors mute travels in their browser: a signed cookie, which nobody else's page depends on."""

from datetime import timedelta
from hashlib import blake2b

import pytest
from django.core import signing
from django.test import Client
from django.utils import timezone

from moments.models import Filter, Follow, Mute
from moments.models.filter import TooManyFilters
from moments.viewer import filter_cookie
from moments.viewer.filter_cookie import FILTERS, FILTERS_KEPT, LONGEST_COOKIE, SALT
from tests.support.accounts import sign_in
from tests.support.filters import make_dance, shown, verb, what_of
from tests.support.makers import make_comment, make_film
from tests.support.pages import links, select, texts, the
from tests.support.rows import for_each

NOW = timezone.now()


@pytest.fixture
def dance(film, mia):
    return make_dance(film, mia)


@for_each("column", ["tag", "film", "word"])
def test_a_visitor_filters_and_undoes_that(column, client, dance):
    value = what_of(dance)[column]
    client.post(verb("add", column, value))
    assert (shown(client), Filter.objects.count()) == (["Quiet"], 0)
    assert len(select(client.get("/mutes/"), f"[aria-labelledby=muted-{column}] li")) == 1
    client.post(verb("remove", column, value))
    assert shown(client) == ["The Dänce", "Quiet"]
    assert client.cookies[FILTERS].value == ""


def test_the_form_works_for_visitors(client, dance):
    client.post("/mutes/", {"kind": "word", "name": "Waltz", "lasts": "week"})
    assert shown(client) == ["Quiet"]


def test_a_visitor_mutes_a_member_and_undoes_that(client, dance, mia):
    page = client.get("/members/mia/")
    assert (select(page, "main form"), dict(page.cookies)) == ([], {})
    asked = client.get(the(page, ".mute-choices a")["href"]).context["form"]
    client.post("/mutes/", {name: asked[name].value() for name in ("kind", "name")})
    assert (shown(client), Mute.objects.count()) == ([], 0)
    assert texts(client.get("/mutes/"), "[aria-labelledby=muted-member] li > p > a") == ["@mia"]
    assert the(client.get("/members/mia/"), ".mute-choices form")["action"] == "/members/mia/unmute/"
    client.post("/members/mia/unmute/")
    assert (shown(client), client.cookies[FILTERS].value) == (["The Dänce", "Quiet"], "")


def test_a_menu_asks_a_visitor_whom_to_mute(client, dance, mia):
    asked = "/mutes/?kind=member&q=mia"
    assert links(client.get(f"/posts/{dance.pk}/labels/")).count(asked) == 1
    client.post("/members/mia/mute/")
    assert links(client.get(f"/posts/{dance.pk}/labels/")).count(asked) == 0


def test_what_a_muted_member_said_is_hidden_for_a_visitor(client, dance, seb):
    make_comment(dance, seb, "So it begins.")
    hidden, url = ".hidden-for-you", dance.get_absolute_url()
    assert select(client.get(url), hidden) == []
    client.post("/members/seb/mute/", {"lasts": "week"})
    assert "So it begins." in the(client.get(url), hidden).get_text()
    assert select(Client().get(url), hidden) == []
    assert "/members/seb/" not in links(client.get("/search/?q=seb&kind=members"))


def test_visitors_mute_nobody_of_the_house(client, dance, db):
    assert client.post("/members/house/mute/").status_code in (302, 404)
    assert FILTERS not in client.cookies


def test_whom_a_visitor_muted_comes_along_but_for_those_whom_they_follow(client, dance, seb, mia, keith):
    Follow.objects.follow(seb, person=keith)
    for name in ("mia", "keith", "seb"):
        client.post(f"/members/{name}/mute/", {"lasts": "week"})
    sign_in(client, "seb")
    (mute,) = Mute.objects.all()
    assert (mute.member, mute.other, mute.until is None) == (seb, mia, False)
    assert client.cookies[FILTERS].value == ""


def test_who_left_can_be_taken_off_the_list(client, dance, keith):
    client.post("/members/keith/mute/")
    keith.delete()
    undo = the(client.get("/mutes/"), "[aria-labelledby=muted-member] form")["action"]
    client.post(undo)
    assert client.cookies[FILTERS].value == ""


def test_shared_pages_have_a_link_to_the_form_which_is_filled_in(client, dance):
    pages = [client.get(row.get_absolute_url()) for row in (dance.tag_list[0], dance.film)]
    assert [(select(page, "main form"), dict(page.cookies)) for page in pages] == [([], {})] * 2
    for page in pages:
        form = client.get(the(page, "a[href^='/mutes/?']")["href"]).context["form"]
        client.post("/mutes/", {name: form[name].value() for name in ("kind", "name")})
    assert texts(client.get("/mutes/"), ".mutes li > p > a") == ["#tap dance", "Cats"]


def test_a_page_with_such_a_cookie_is_kept_for_nobody_else(client, dance):
    assert "private" not in client.get("/new/").get("Cache-Control", "")
    client.post(verb("add", "word", "waltz"))
    assert "private" in client.get("/new/")["Cache-Control"]
    feed = client.get("/new/feed/")
    assert ("private" in feed["Cache-Control"], "The Dänce" in feed.text) == (True, False)
    assert shown(Client()) == ["The Dänce", "Quiet"]


FORGED = {
    "no cookie of ours": "waltz",
    "signed for something else": signing.dumps([[2, "waltz", None]], salt="moments.sight"),
    "changed": signing.dumps([[2, "waltz", None]], salt=SALT)[:-1] + "x",
}


@for_each("name", FORGED)
def test_what_is_not_signed_filters_nothing(name, client, dance):
    client.cookies[FILTERS] = FORGED[name]
    assert shown(client) == ["The Dänce", "Quiet"]


def test_what_ended_is_not_read():
    until = {("word", "a"): NOW - timedelta(days=1), ("word", "b"): NOW + timedelta(days=1), ("tag", 7): None}
    read = filter_cookie.read(filter_cookie.written(until))
    assert {what: end and round((end - NOW).total_seconds() / 86_400) for what, end in read.items()} == {
        ("word", "b"): 1,
        ("tag", 7): None,
    }


def test_a_browser_carries_a_bounded_number_of_them(client, dance):
    most = {("tag", number): None for number in range(FILTERS_KEPT)}
    assert len(filter_cookie.written(most)) <= LONGEST_COOKIE
    with pytest.raises(TooManyFilters):
        filter_cookie.written(most | {("tag", FILTERS_KEPT): None})
    with pytest.raises(TooManyFilters):
        filter_cookie.written(
            {("word", blake2b(bytes([number])).hexdigest()[:60]): None for number in range(39)}
        )


def test_they_come_along_when_a_visitor_joins(client, dance, seb):
    for column in ("tag", "film", "word"):
        client.post(verb("add", column, what_of(dance)[column]), {"lasts": "week" if column == "tag" else ""})
    gone = make_film("Gone")
    client.post(verb("add", "film", gone.pk))
    gone.delete()
    sign_in(client, "seb")
    assert set(Filter.objects.values_list("member", "tag", "film", "word")) == {
        (seb.pk, what_of(dance)["tag"], None, ""),
        (seb.pk, None, dance.film_id, ""),
        (seb.pk, None, None, "dance"),
    }
    assert Filter.objects.filter(until=None).count() == 2
    assert (client.cookies[FILTERS].value, shown(client)) == ("", ["Quiet"])
