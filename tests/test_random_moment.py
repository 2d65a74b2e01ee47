"""A random moment: never one that gives something away, and as cheap on a large site as on a small one."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from moments.models import Mute, Progress
from moments.spoilers.rules import SEEN, UNSEEN
from moments.viewer import random_moment
from tests.support.database import plan_of
from tests.support.makers import make_film, make_member, make_moment, make_song
from tests.support.pages import messages_of, select

pytestmark = pytest.mark.django_db
TRIED = 25


def met(client):
    return {client.get("/random/")["Location"] for _ in range(TRIED)}


def addresses(*moments):
    return {moment.get_absolute_url() for moment in moments}


def test_it_leads_to_any_moment_and_to_nothing_else(client, film, mia):
    moments = [make_moment(film, mia), make_moment(film, mia)]
    make_song(film, mia)
    make_moment(film, mia).remove(make_member("bill", is_staff=True), "spam")
    assert met(client) == addresses(*moments)


def test_it_is_kept_by_nobody(client, moment):
    answer = client.get("/random/")
    assert (answer.status_code, "no-store" in answer["Cache-Control"]) == (302, True)


def test_nothing_that_is_veiled_muted_or_hidden_is_met(as_seb, film, mia, seb):
    loud = make_member("loud")
    Mute.objects.add(seb, loud)
    known = make_moment(film, mia, position=1.0)
    make_moment(film, loud, position=1.0), make_moment(film, mia, spoiler=True)
    make_moment(film, mia, position=1.0, unkind_labels=99)
    assert met(as_seb) == addresses(known)


def test_of_a_film_that_one_has_not_begun_nothing_is_met(as_seb, film, mia, seb):
    other = make_moment(make_film("Ponyo"), mia)
    beyond = make_moment(film, mia)
    Progress.objects.set_progress(seb, film, UNSEEN)
    assert met(as_seb) == addresses(other)
    Progress.objects.set_progress(seb, film, SEEN)
    assert met(as_seb) == addresses(other, beyond)


def test_where_moments_are_rare_one_is_found_all_the_same(client, film, moment, mia, monkeypatch):
    monkeypatch.setattr(random_moment, "randint", lambda first, last: last)
    make_song(film, mia)
    assert met(client) == addresses(moment)


@pytest.mark.parametrize("spoiler", [True, None])
def test_where_there_is_none_it_says_so(spoiler, client, film, mia):
    if spoiler:
        make_moment(film, mia, spoiler=True)
    assert met(client) == {"/"}
    assert len(messages_of(client.get("/"))) == TRIED


def test_it_asks_the_same_of_a_large_site_and_reads_few_rows(client, film, mia, monkeypatch):
    monkeypatch.setattr(random_moment, "BEHIND_A_KEY", 3)
    asked = []
    for _ in range(2):
        for _number in range(10):
            make_moment(film, mia)
        with CaptureQueriesContext(connection) as queries:
            client.get("/random/")
        asked.append(len(queries))
    assert asked == [3, 3]


def test_the_footer_leads_to_it(as_seb):
    assert len(select(as_seb.get("/"), "a[data-random]")) == 1


def test_no_query_looks_through_the_table(client, moment):
    with CaptureQueriesContext(connection) as queries:
        client.get("/random/")
    first, last, looked = [plan_of(query["sql"]) for query in queries]
    assert re.search("PRIMARY KEY|moments_post_pkey", looked)
    assert [bool(re.search("SEARCH moments_post|Index", plan)) for plan in (first, last)] == [True, True]
