"""Each question of a search is a walk of an index, however many rows there are."""

import re
from functools import partial

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from moments.search import index, results
from moments.search.live import live
from tests.support.database import plan_of
from tests.support.makers import make_film, make_moment, make_song
from tests.support.search import ANYBODY

# What would read a whole table, or sort one.
WHOLE = ("SCAN moments_", "SCAN accounts_", "SCAN search_word", "SCAN search_slip", "Seq Scan", "Sort")
# The order of a list is written by names, or by the numbers of its columns.
BY_TITLE = re.compile(r'sort_title".* ORDER BY (\S*"sort_title"|\d+ ASC, 1 ASC LIMIT)', re.DOTALL)


def asked(act):
    index.catch_up()
    with CaptureQueriesContext(connection) as queries:
        act()
    return [query["sql"] for query in queries if query["sql"].lstrip().startswith("SELECT")]


def of(questions, table):
    found = [question for question in questions if table in question]
    assert found
    return found


@pytest.fixture
def shelf(film, mia):
    for number in range(30):
        make_moment(film, mia, f"Lamp {number}", body="Sebastian plays.")


@pytest.mark.parametrize("table", ["search_word", "search_slip"])
def test_words_and_slips_are_looked_up_by_their_keys(shelf, table):
    for question in of(asked(lambda: results.search("sebastien lamps", ANYBODY)), table):
        plan = plan_of(question)
        assert not any(sign in plan for sign in WHOLE[:4]), plan
        assert "Index" in plan or "SEARCH" in plan


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL chooses by the size of a table")
@pytest.mark.parametrize("act", [
    lambda: results.search("lamp", ANYBODY),
    lambda: results.search("lamp sebastian violin", ANYBODY),
    lambda: live("lam", ANYBODY),
])  # fmt: skip
def test_no_table_is_read_whole(shelf, act):
    for question in asked(act):
        if "search_marked" not in question:
            plan = plan_of(question)
            assert not any(sign in plan for sign in WHOLE), (question, plan)


@pytest.mark.parametrize("address, index", [
    ("/films/?sort=title", "film_alphabet"), ("/songs/?order=title", "post_song_by_title"),
])  # fmt: skip
def test_a_list_by_title_is_a_walk_of_the_alphabet(address, index, client, film, mia):
    for number in range(30):
        make_film(f"Lamp {number}")
        make_song(film, mia, f"Lamp {number}")
    following = f"{address}&after={client.get(address).context['next_cursor']}"
    for page in (address, following):
        questions = [sql for sql in asked(partial(client.get, page)) if BY_TITLE.search(sql)]
        assert questions
        for plan in map(plan_of, questions):
            assert index in plan
            assert not any(sign in plan for sign in ("TEMP B-TREE", "Sort ")), plan
