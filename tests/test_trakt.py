"""Trakt's export: a history, and sums that say the same once more."""

import json
from datetime import UTC, datetime

import pytest

from tests.support.homecoming import MOVIE, TRAKT, brought, said


@pytest.fixture(scope="module")
def trakt():
    return brought(TRAKT)


def at(month, day, hour=20):
    return datetime(2024, month, day, hour, tzinfo=UTC)


def test_the_first_time_is_no_rewatch_whichever_file_it_stands_in(trakt):
    assert said(trakt[0], "diary", "time", "is_rewatch", "key") == [
        ("Ponyo", datetime(2023, 1, 3, 20, tzinfo=UTC), False, "1"),
        ("Ponyo", at(2, 3), True, "3"),
    ]


def test_sums_add_what_no_history_says(trakt):
    assert said(trakt[0], "seen", "season", "episode", "time") == [
        ("Home video", None, None, None),
        ("Severance", 1, 2, at(2, 4)),
        ("Severance", 0, 1, at(2, 5)),
        ("Severance", 1, 3, at(2, 6)),
    ]


def test_ids_are_texts_whatever_they_were(trakt):
    works = {(record.work.title, record.work.episode): record.work for record in trakt[0]}
    assert works["Ponyo", None].ids == {"imdb": "tt0876563", "tmdb": "12429"}
    assert works["Home video", None].ids == {}
    assert works["Severance", 2].ids == {"imdb": "tt11280740", "tmdb": "95396", "tvdb": "371980"}
    assert works["Severance", 2].episode_ids == {"tvdb": "8946001"}
    assert works["Severance", 1].episode_ids == {}


def test_ratings_are_of_films_and_of_seasons_even_that_of_the_specials(trakt):
    assert said(trakt[0], "rating", "season", "rating") == [("Ponyo", None, 9), ("Severance", 0, 7)]


def test_comments_and_lists_say_who_may_read_them(trakt):
    asked = ("text", "is_private", "list_name", "raw")
    assert said(trakt[0], "comment", "text", "is_spoiler", "rating") == [("Ponyo", "Ham!", True, 9)]
    assert said(trakt[0], "list", *asked) == [("", "Wet", True, "Sea & sand", "")]
    assert said(trakt[0], "list entry", *asked) == [("Ponyo", "first", True, "Sea & sand", "1")]
    assert said(trakt[0], "watchlist", *asked) == [("Severance", "", False, "", "")]


def test_what_was_not_seen_to_its_end_is_not_read(trakt):
    assert set(trakt[1].skipped) == {"collection-movies.json", "watched-playback.json"}
    # A series that was seen, though nobody says which episodes.
    assert trakt[1].left_out == 1


def test_files_of_the_api_are_read_alone():
    rows = [{"plays": 3, "last_watched_at": "2024-02-03T20:00:00.000Z", "movie": MOVIE, "reset_at": None}]
    assert said(brought(json.dumps(rows), "x.json")[0], "diary", "time") == [("Ponyo", at(2, 3))]
