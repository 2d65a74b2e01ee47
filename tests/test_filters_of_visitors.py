"""What visitors mute travels in their browser: a signed cookie, which nobody else's page depends on."""

from datetime import timedelta
from hashlib import blake2b

import pytest
from django.core import signing
from django.test import Client
from django.utils import timezone

from moments.models import Filter
from moments.models.filter import TooManyFilters
from moments.viewer import filter_cookie
from moments.viewer.filter_cookie import FILTERS, FILTERS_KEPT, LONGEST, SALT
from tests.support.accounts import sign_in
from tests.support.filters import make_dance, shown, verb, what_of
from tests.support.makers import make_film
from tests.support.pages import select, texts, the
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


def test_the_form_works_for_visitors_but_for_members(client, dance, mia):
    client.post("/mutes/", {"kind": "word", "name": "Waltz", "lasts": "week"})
    assert shown(client) == ["Quiet"]
    assert client.post("/mutes/", {"kind": "member", "name": "mia"}).status_code == 422


def test_shared_pages_have_a_link_to_the_form_which_is_filled_in(client, dance):
    pages = [client.get(row.get_absolute_url()) for row in (dance.tag_list[0], dance.film)]
    assert [(select(page, "main form"), dict(page.cookies)) for page in pages] == [([], {})] * 2
    for page in pages:
        form = client.get(the(page, ".mute-ask")["href"]).context["form"]
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
    assert len(filter_cookie.written(most)) <= LONGEST
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
