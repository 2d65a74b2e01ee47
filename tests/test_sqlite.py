"""Statements in SQLite's own words: put into them once, and the same as Django puts them."""

import pytest
from django.db import connection

from reelive import environment
from reelive.sqlite3 import base
from reelive.sqlite3.base import LONGEST_STATEMENT

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL takes Django's own words."),
]


def asked(statement, parameters):
    with connection.cursor() as cursor:
        return cursor.execute(statement, parameters).fetchall()


def test_a_statement_is_put_into_its_words_once():
    base._converted.cache_clear()
    assert [asked("SELECT %s, '100 %%', %s", (1, "%s")) for _twice in range(2)] == [[(1, "100 %", "%s")]] * 2
    assert asked("SELECT %s, '100 %%', %s", (2, "?")) == [(2, "100 %", "?")]
    assert (base._converted.cache_info().misses, base._converted.cache_info().hits) == (1, 2)


def test_a_statement_with_names_is_as_django_has_it():
    assert asked("SELECT %(one)s, %(two)s, %(one)s", {"one": 1, "two": 2}) == [(1, 2, 1)]


def test_what_is_very_long_is_not_kept():
    base._converted.cache_clear()
    assert asked(f"SELECT %s /* {'-' * LONGEST_STATEMENT} */", (1,)) == [(1,)]
    assert base._converted.cache_info().currsize == 0


def test_it_stands_in_the_place_of_djangos(settings, monkeypatch):
    assert settings.DATABASES["default"]["ENGINE"] == "reelive.sqlite3"
    monkeypatch.setenv("DATABASE_URL", "sqlite:////srv/reelive/db.sqlite3")
    assert environment.database("DATABASE_URL", {})["ENGINE"] == "reelive.sqlite3"
