"""Leaving as one came: the archive of a member also has what they saw as files that other places take in."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from moments.archives.exports import logged
from moments.archives.exports.segments import joined
from moments.archives.homecoming.refusals import OurOwn
from moments.models import Rating, Wanted
from tests.support.bringing import bring
from tests.support.bringing import brought as brought_by
from tests.support.counters import differences
from tests.support.exports import make_export, opened, records_for_others
from tests.support.homecoming import brought
from tests.support.makers import make_film

pytestmark = pytest.mark.django_db
FIRST, AGAIN = date(2023, 2, 3), date(2024, 2, 29)
PONYO = {"imdb": "tt0876563", "tmdb": "12429"}


@pytest.fixture
def seen(mia, keith):
    """Mia has logged, rated and wants to see films and series; one of them is gone."""
    ponyo = make_film("Ponyo", year=2008, **PONYO)
    series = make_film("Severance", year=2022, medium="series", tmdb="95396")
    ponyo.log(mia, AGAIN, note="Mine.", rewatch=True)
    ponyo.log(mia, FIRST, note="=Open", public=True, rating=8, tags=["sea"], liked=True)
    Rating.objects.say(mia, ponyo, 9)
    series.log(mia, FIRST, 1, 2), series.log(mia, AGAIN, 1, rating=7)
    Rating.objects.say(mia, series, 10)
    make_film("Crash", year=1996).log(mia, None)
    Rating.objects.say(mia, make_film("Heat", year=1995), 6)
    Rating.objects.say(mia, make_film("Only liked", year=1995), liked=True)
    for film in (make_film("Stalker", year=1979), make_film("Dark", year=2017, medium="series"), ponyo):
        Wanted.objects.add(mia, film)
    gone = make_film("Gone", year=1999)
    gone.log(mia, FIRST)
    gone.remove(keith, "copyright")
    return ponyo


def said(record):
    work = record.work
    where = (work.title, work.year, work.season, work.episode)
    return record.part, *where, record.day, record.rating, record.is_rewatch, record.text


def test_letterboxd_gets_the_films_and_yamtrack_the_series_as_well(seen, mia):
    archive = opened(make_export(mia))
    films, all_of_it = records_for_others(archive)
    assert [said(record) for record in films] == [
        ("diary", "Ponyo", 2008, None, None, FIRST, 8, False, "=Open"),
        ("diary", "Ponyo", 2008, None, None, AGAIN, None, True, ""),
        ("rating", "Ponyo", 2008, None, None, None, 9, False, ""),
        ("seen", "Crash", 1996, None, None, None, None, False, ""),
        ("rating", "Heat", 1995, None, None, None, 6, False, ""),
        ("watchlist", "Ponyo", 2008, None, None, None, None, False, ""),
        ("watchlist", "Stalker", 1979, None, None, None, None, False, ""),
    ]
    assert [said(record) for record in all_of_it] == [
        ("diary", "Ponyo", None, None, None, FIRST, 8, False, "=Open"),
        ("diary", "Ponyo", None, None, None, AGAIN, 9, False, "Mine."),
        ("watchlist", "Ponyo", None, None, None, None, None, False, ""),
        ("rating", "Severance", None, None, None, None, 10, False, ""),
        ("seen", "Severance", None, 1, None, AGAIN, 7, False, ""),
        ("seen", "Severance", None, 1, 2, FIRST, None, False, ""),
        ("seen", "Crash", None, None, None, None, None, False, ""),
        ("seen", "Heat", None, None, None, None, 6, False, ""),
        ("watchlist", "Stalker", None, None, None, None, None, False, ""),
        ("watchlist", "Dark", None, None, None, None, None, False, ""),
    ]
    assert (films[0].work.ids, all_of_it[0].work.ids) == (PONYO, {"tmdb": PONYO["tmdb"]})
    assert [name for name in archive.namelist() if "/" in name] == [
        "letterboxd/diary-1.csv",
        "letterboxd/watchlist-1.csv",
    ]


def test_the_archive_itself_is_no_file_of_another_place(seen, mia):
    with joined(make_export(mia).archive_names) as file, pytest.raises(OurOwn):
        brought(file.read())


def test_who_logged_nothing_gets_no_such_files(film, mia):
    names = opened(make_export(mia)).namelist()
    assert [name for name in names if name.startswith(("letterboxd", "yamtrack"))] == []


def walked(member):
    cursor, rows, steps = 0, [], 0
    while cursor is not None:
        with CaptureQueriesContext(connection) as asked:
            cursor, more = logged.batch(member, cursor)
        rows, steps = rows + more, steps + 1
        assert len(asked) == 2 * len(logged.TABLES)
    return rows, steps


def test_it_is_walked_film_by_film_with_as_many_queries_each_time(seen, mia, monkeypatch):
    whole, once = walked(mia)
    monkeypatch.setattr(logged, "ROWS_AT_ONCE", 1)
    cut, steps = walked(mia)
    assert (cut, once, steps) == (whole, 1, 7), "a step for each film, and one that finds no more"


@pytest.mark.parametrize(
    ("public", "audience", "account", "is_private"),
    [
        (True, "", {}, False),
        (False, "", {}, True),
        (True, "followers", {}, True),
        (True, "", {"diary_audience": "me"}, True),
        (True, "everyone", {"diary_audience": "me"}, False),
        (True, "everyone", {"is_private": True}, True),
    ],
)
def test_a_note_is_a_review_if_everybody_may_read_it(film, mia, public, audience, account, is_private):
    film.log(mia, FIRST, note="Words.", public=public, audience=audience)
    User.objects.filter(pk=mia.pk).update(**account)
    _last, (row,) = logged.batch(User.objects.get(pk=mia.pk), 0)
    assert row[-2:] == ["Words.", is_private]


def test_what_was_taken_along_changes_nothing_when_it_is_brought_back(seen, mia):
    archive, before = opened(make_export(mia)), brought_by(mia)
    for name in archive.namelist():
        if name.startswith(("letterboxd/", "yamtrack")):
            row = bring(mia, archive.read(name), name.rpartition("/")[2])
            words = {word for of_part in row.outcome.values() for word in of_part}
            assert (row.state, words) == ("done", {"known"})
    assert (brought_by(mia), differences()) == (before, {})
