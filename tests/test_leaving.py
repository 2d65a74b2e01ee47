"""The tables that other places take in, and that they are read again as what was written."""

import csv
import io
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moments.archives.homecoming.records import Record, watched
from moments.archives.homecoming.refusals import WhichList
from moments.archives.homecoming.values import UNKNOWN_DAYS, text_of, title_of
from moments.archives.leaving import (
    LETTERBOXD_ROWS,
    letterboxd_files,
    letterboxd_watchlists,
    write_yamtrack,
)
from moments.catalogue.works import Work
from tests.support.homecoming import brought

TEXTS = st.text(st.characters(codec="utf-8"), max_size=60).map(text_of)
TITLES = st.text(st.characters(codec="utf-8"), min_size=1, max_size=40).map(title_of).filter(bool)
TMDB = st.integers(1, 10**9).map(str)
DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31)).filter(lambda day: day not in UNKNOWN_DAYS)
TIMES = st.builds(
    lambda day, at: datetime.combine(day, at, UTC), DAYS, st.times().map(lambda at: at.replace(fold=0))
)
RATINGS = st.none() | st.integers(1, 10)


@st.composite
def for_letterboxd(draw):
    ids = draw(
        st.fixed_dictionaries(
            {}, optional={"imdb": st.integers(1, 10**8).map("tt{:07d}".format), "tmdb": TMDB}
        )
    )
    work = Work(draw(TITLES), draw(st.none() | st.integers(1888, 2100)), "film", ids=ids)
    day, rating, text = draw(st.none() | DAYS), draw(RATINGS), draw(TEXTS)
    said = {"rating": rating, "text": text, "is_rewatch": draw(st.booleans())}
    if day or not (text or rating):
        return watched(work, day, **said)
    return Record("review" if text else "rating", work, **said)


@st.composite
def for_yamtrack(draw):
    ids, title = draw(st.fixed_dictionaries({}, optional={"tmdb": TMDB})), draw(TITLES)
    when = draw(st.just((None, None)) | st.tuples(DAYS, st.none()) | TIMES.map(lambda at: (at.date(), at)))
    kind = draw(st.sampled_from(("film", "wanted", "series", "season", "rated", "episode")))
    season, episode = draw(st.integers(0, 50)), draw(st.integers(0, 900))
    said = {"rating": draw(RATINGS), "text": draw(TEXTS)}
    if kind == "film":
        return watched(Work(title, medium="film", ids=ids), *when, **said)
    if kind == "wanted":
        return Record(
            "watchlist", Work(title, medium=draw(st.sampled_from(("film", "series"))), ids=ids), **said
        )
    if kind == "rated":
        said["rating"] = said["rating"] or 5
        return Record("rating", Work(title, medium="series", ids=ids, season=season), **said)
    if kind == "episode":
        return watched(Work(title, medium="series", ids=ids, season=season, episode=episode), *when)
    return watched(
        Work(title, medium="series", ids=ids, season=season if kind == "season" else None), *when, **said
    )


def each_once(records, by=repr):
    return st.lists(records, max_size=6, unique_by=by)


def yamtrack_file(records):
    text = io.StringIO()
    write_yamtrack(text, records)
    return text.getvalue()


@given(each_once(for_letterboxd()))
def test_letterboxds_table_is_read_as_it_was_written(records):
    files = list(letterboxd_files(records))
    assert len(files) == bool(records)
    assert [record for file in files for record in brought(file, "x.csv")[0]] == records


@given(each_once(for_yamtrack(), by=lambda record: repr(record.work)))
def test_yamtracks_table_is_read_as_it_was_written(records):
    assert brought(yamtrack_file(records), "x.csv")[0] == records


def test_a_file_for_letterboxd_has_a_thousand_rows_and_no_series():
    film, series = Work("Ponyo", 2008, "film"), Work("Severance", medium="series")
    records = [watched(film, date(2000, 1, 1).replace(year=1900 + number % 99), key=str(number)) for number in
               range(LETTERBOXD_ROWS + 1)]  # fmt: skip
    files = list(letterboxd_files([*records, watched(series), Record("watchlist", film)]))
    assert [len(list(csv.reader(io.StringIO(file)))) for file in files] == [LETTERBOXD_ROWS + 1, 2]


def test_a_watchlist_has_a_file_of_its_own_that_says_so_by_its_name():
    records = [Record("watchlist", Work("Ponyo", 2008, "film", ids={"tmdb": "12429"}))]
    others = [Record("watchlist", Work("Dark", medium="series")), watched(Work("Heat", medium="film"))]
    (file,) = letterboxd_watchlists([*records, *others])
    assert brought(file, "watchlist-1.csv")[0] == records
    with pytest.raises(WhichList):
        brought(file, "films.csv")


def test_a_private_text_is_no_review_and_is_a_note():
    said = watched(Work("Ponyo", medium="film"), date(2024, 2, 3), text="Mine.", is_private=True)
    (file,) = letterboxd_files([said])
    texts = [record.text for text in (file, yamtrack_file([said])) for record in brought(text, "x.csv")[0]]
    assert texts == ["", "Mine."]


def test_a_rating_of_today_stands_at_the_last_time_that_it_was_seen():
    work = Work("Heat", medium="film")
    seen = [watched(work, date(2020, 1, 2), rating=6), watched(work, date(2024, 1, 2))]
    rows = brought(yamtrack_file([*seen, Record("rating", work, rating=9)]), "x.csv")[0]
    assert [(row.day.year, row.rating) for row in rows] == [(2020, 6), (2024, 9)]


def test_two_films_of_one_title_have_two_numbers():
    rows = csv.DictReader(
        io.StringIO(yamtrack_file([watched(Work("Crash", year, "film")) for year in (1996, 2004)]))
    )
    assert [row["media_id"] for row in rows] == ["1", "2"]


def test_an_episode_stands_below_its_series_and_season_once():
    works = [Work("Severance", medium="series", season=1, episode=number) for number in (1, 2)]
    rows = list(csv.DictReader(io.StringIO(yamtrack_file([watched(work) for work in works]))))
    assert [(row["media_type"], row["media_id"], row["source"]) for row in rows] == [
        (kind, "1", "manual") for kind in ("tv", "season", "episode", "episode")
    ]


def test_a_season_that_was_seen_as_a_whole_is_written_once():
    season = Work("Severance", medium="series", season=1)
    episode = Work("Severance", medium="series", season=1, episode=1)
    rows = list(csv.DictReader(io.StringIO(yamtrack_file([watched(season), watched(episode)]))))
    assert [(row["media_type"], row["status"]) for row in rows] == [
        ("tv", "In progress"),
        ("season", "Completed"),
        ("episode", ""),
    ]


def test_no_cell_begins_a_formula():
    titles = ("=1+1", "+1", "-1", "@a", "'71")
    (file,) = letterboxd_files([watched(Work(title)) for title in titles])
    cells = [row[2] for row in csv.reader(io.StringIO(file))][1:]
    assert cells == [" =1+1", " +1", " -1", " @a", "'71"]
    assert [record.work.title for record in brought(file, "x.csv")[0]] == list(titles)
