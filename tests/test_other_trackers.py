"""Simkl, Yamtrack, TMDB, Movary, NeoDB and Netflix, and how each file is told from the others."""

import io
import json
from datetime import date

import pytest

from moments.archives.homecoming import netflix
from moments.archives.homecoming.netflix import work_of
from moments.archives.homecoming.recognise import opened, summary
from moments.archives.homecoming.refusals import MixedDates, Unknown
from tests.support.homecoming import (
    FORM,
    MOVARY,
    NEODB,
    NETFLIX,
    OF_EVERY_PLACE,
    SIMKL,
    TMDB,
    YAMTRACK,
    brought,
    said,
    zipped,
)
from tests.support.rows import for_each

THIRD = date(2024, 2, 3)


@for_each("source", OF_EVERY_PLACE)
def test_a_place_is_told_by_what_stands_in_its_files(source):
    files = OF_EVERY_PLACE[source]
    records, found = brought(files)
    assert found.source == source
    assert summary(io.BytesIO(zipped(files))) == found
    assert sum(found.counts.values()) == len(records) > 0
    if len(files) == 1:
        (content,) = files.values()
        text = content if isinstance(content, str) else json.dumps(content)
        alone, found_alone = brought(text, "notes.txt")
        assert (alone, found_alone.source) == (records, source)


def test_records_are_read_again_from_the_beginning():
    with opened(io.BytesIO(zipped(OF_EVERY_PLACE["trakt"]))) as homecoming:
        first, again = list(homecoming.records()), list(homecoming.records())
    assert first == again
    assert sum(homecoming.found.counts.values()) == len(first)


def test_a_name_alone_makes_no_file_of_a_place():
    for name, content in {"diary.csv": "a,b\n1,2\n", "ratings.csv": "", "watched-movies.json": "[]"}.items():
        with pytest.raises(Unknown):
            brought(content, name)
    _records, found = brought({"form.csv": FORM, "other.csv": "a,b\n1,2\n"})
    assert found.opened == ["form.csv"]
    assert set(found.skipped) == {"other.csv"}


@for_each(
    "name, table",
    [
        ("ViewingActivity.csv", 'Title,Date\n"Doctor Who (2005): Season 1: Rose","2/3/24"\n'),
        ("tv_show_rate.csv", "tv_show_id,tv_show_name,rating\n78804,Doctor Who (2005),4\n"),
        ("seen_episode_source.csv", """\
tv_show_name,episode_season_number,episode_number,created_at
Doctor Who (2005),1,1,2024-02-03 20:00:00
"""),
        ("tvtime-series-episodes-1.csv", """\
series_tvdb_id,title,season,episode,tvdb_id,is_watched,watched_at
78804,Doctor Who (2005),1,1,9,true,2024-02-03 20:00:00
"""),
        ("ratings.csv", """\
Const,Your Rating,Date Rated,Title,Original Title,Title Type,Year
tt0562992,9,2024-02-03,Doctor Who (2005): Rose,Rose,TV Episode,2005
"""),
    ],
)  # fmt: skip
def test_the_year_behind_a_title_is_that_of_its_first_showing(name, table):
    (record,) = brought(table, name)[0]
    assert (record.work.title, record.work.year) == ("Doctor Who", 2005)


def test_a_year_that_is_said_otherwise_leaves_the_title_as_it_is():
    rows = "Date,Name,Year,Letterboxd URI\n,Ponyo (2008),2009,x\n,Ponyo (99),,x\n,Ponyo (3008),,x\n"
    titles = [record.work.title for record in brought(rows, "watched.csv")[0]]
    assert titles == ["Ponyo (2008)", "Ponyo (99)", "Ponyo (3008)"]


def test_simkl_says_it_by_states_and_episodes():
    records, found = brought(json.dumps(SIMKL), "SimklBackup.json")
    assert said(records, "diary", "day", "ids") == [("Ponyo", THIRD, {"imdb": "tt0876563", "tmdb": "12429"})]
    assert said(records, "seen", "medium", "season", "episode", "day") == [
        ("Severance", "series", 1, 1, THIRD),
        ("Akira", "film", None, None, None),
    ]
    assert said(records, "follow", "raw") == [("Severance", "watching")]
    assert said(records, "watchlist") == [("Dark",)]
    assert found.left_out == 1


def test_a_table_of_simkl_says_up_to_which_episode():
    records, found = brought("""SIMKL_ID,Title,Type,Year,Watchlist,LastEpWatched,WatchedDate,Rating,Memo,TMDB
1,Severance,tv,2022,watching,s2e3,2024-02-03,8,,95396
2,Ponyo,movie,2008,plan to watch,,,,Soon,12429
3,Akira,anime,1988,completed,,2024-02-03,,,149
4,Mushishi,anime,2005,watching,s1e4,,,,
5,One Piece,anime,1999,watching,E1071,,,,
""", "x.csv")  # fmt: skip
    assert said(records, "seen", "season", "episode", "is_up_to") == [
        ("Severance", 2, 3, True),
        ("Mushishi", 1, 4, True),
    ]
    assert said(records, "diary", "medium", "ids") == [("Akira", "", {"tmdb": "149"})]
    assert said(records, "follow") == [("Severance",), ("Mushishi",), ("One Piece",)]
    assert found.left_out == 1, "an episode without the number of its season"
    assert said(records, "watchlist", "text") == [("Ponyo", "Soon")]
    assert found.unkept == {"notes": 1}


def test_yamtrack_says_films_with_their_notes_and_series_by_episodes():
    records, found = brought(YAMTRACK, "x.csv")
    assert said(records, "diary", "rating", "text", "ids") == [("Ponyo", 9, "Ham", {"tmdb": "12429"})]
    assert said(records, "rating", "season", "rating") == [("Severance", 1, 7)]
    assert said(records, "seen", "season", "episode", "medium") == [("Severance", 1, 2, "series")]
    assert said(records, "watchlist", "ids") == [("Home video", {})]
    assert found.left_out == 2, "a game, and a series of which nothing else is said"


def test_yamtrack_says_what_was_begun_and_what_was_seen_again():
    records, found = brought("""\
media_id,source,media_type,title,season_number,episode_number,score,status,progress,repeats,end_date
12429,tmdb,movie,Ponyo,,,,Completed,1,3,2024-02-03
1,manual,movie,Heat,,,,Repeating,1,,2024-02-03
2,manual,movie,Ran,,,,In progress,1,,
3,manual,movie,Jaws,,,7,Paused,,,
95396,tmdb,tv,Severance,,,,In progress,2,,
95396,tmdb,season,Severance,1,,8,Paused,2,,
4607,tmdb,tv,Lost,,,,Dropped,5,,
95396,tmdb,episode,Severance,1,1,,,,1,2024-02-03
""", "x.csv")  # fmt: skip
    assert said(records, "diary", "day", "is_rewatch") == [("Ponyo", THIRD, False), ("Heat", THIRD, False)]
    assert said(records, "seen", "episode", "day", "is_rewatch") == [
        ("Ponyo", None, None, True),
        ("Severance", 1, THIRD, False),
        ("Severance", 1, None, True),
    ]
    assert said(records, "follow", "season") == [("Severance", None)]
    assert said(records, "rating", "season", "rating") == [("Jaws", None, 7), ("Severance", 1, 8)]
    assert found.left_out == 2, "a film that was begun, and a series that was dropped"


def test_an_older_table_of_yamtrack_has_another_column_for_days():
    records, _found = brought("""\
media_id,source,media_type,title,season_number,episode_number,repeats,watch_date
95396,tmdb,episode,Severance,1,2,0,2024-02-03
""", "x.csv")  # fmt: skip
    assert said(records, "seen", "episode", "day") == [("Severance", 2, THIRD)]


def test_tmdb_gives_an_episode_ids_of_its_own():
    records, _found = brought(TMDB, "x.csv")
    assert said(records, "rating", "ids", "episode_ids", "rating") == [
        ("Ponyo", {"imdb": "tt0876563", "tmdb": "12429"}, {}, 9),
        ("Severance", {}, {"imdb": "tt14586040", "tmdb": "3344"}, 8),
    ]
    assert said(records, "watchlist", "year") == [("Severance", 2022)]


def test_movary_may_have_a_film_twice_on_a_day():
    records, _found = brought(MOVARY, "x.csv")
    assert said(records, "diary", "day", "text", "raw") == [
        ("Ponyo", THIRD, "Ham, again", "Cinema"),
        ("Ponyo", THIRD, "", ""),
        ("Ponyo", THIRD, "", ""),
    ]
    assert said(records, "seen") == [("Heat",)]


def test_neodb_says_by_links_what_a_row_is():
    records, found = brought(NEODB, "x.csv")
    assert said(records, "diary", "rating", "text", "tags", "ids") == [
        ("Ponyo", 9, "Ham", ("sea", "fish"), {"imdb": "tt0876563", "tmdb": "12429"})
    ]
    assert said(records, "watchlist", "season", "ids") == [("Severance Season 2", 2, {"tmdb": "95396"})]
    assert found.left_out == 1


@for_each(
    "info, link, medium, year, ids, season",
    [
        ("imdb:tt5700672", "self.example/m/1", "", None, {"imdb": "tt5700672"}, None),
        ("year:2016 imdb:tt5700672", "x/movie/1", "film", 2016, {"imdb": "tt5700672"}, None),
        ("wikidata:Q123 imdb:tt5700672", "x/movie/1", "film", None,
         {"imdb": "tt5700672", "wikidata": "Q123"}, None),
        ("tmdb_movie:12", "x/1", "film", None, {"tmdb": "12"}, None),
        ("", "https://www.themoviedb.org/movie/1271-300", "film", None, {"tmdb": "1271"}, None),
        ("", "https://imdb.com/title/tt5700672/", "", None, {"imdb": "tt5700672"}, None),
        ("imdb:tt0000002 year:2022 tmdb_tvseason:95396-2", "x/1", "series", None, {"tmdb": "95396"}, 2),
        ("imdb:tt0000002 tmdb_tv:95396", "x/1", "series", None, {"tmdb": "95396"}, None),
    ],
)  # fmt: skip
def test_ids_at_neodb_are_pairs_or_addresses(info, link, medium, year, ids, season):
    header = "title,info,links,timestamp,status,rating,comment,tags\n"
    (record,) = brought(f"{header}Train,{info},{link},2024-02-03,complete,,,\n", "x.csv")[0]
    work = record.work
    assert (work.medium, work.year, work.ids, work.season) == (medium, year, ids, season)


def test_a_note_at_neodb_has_two_columns_named_title():
    records, _found = brought("""title,info,links,timestamp,progress,title,content
Ponyo,,https://www.themoviedb.org/movie/12429,2024-02-03 20:00:00+00:00,1h,Waves,They run
""", "movie_note.csv")  # fmt: skip
    assert said(records, "comment", "text", "raw", "is_private") == [
        ("Ponyo", "Waves\n\nThey run", "1h", True)
    ]


def test_netflix_names_seasons_and_episodes_in_a_title():
    assert said(brought(NETFLIX, "x.csv")[0], "seen", "season", "episode", "episode_title", "day") == [
        ("Lost", 1, None, "Pilot: Part 1", date(2026, 1, 5))
    ]
    titles = ("Lost : Saison 2 : Homme de science", "Dark: Limited Series: 1:23:45", "Kill Bill: Vol. 1", "M")
    works = [work_of(title) for title in titles]
    assert [(work.title, work.season, work.episode_title) for work in works] == [
        ("Lost", 2, "Homme de science"),
        ("Dark", 1, "1:23:45"),
        ("Kill Bill: Vol. 1", None, ""),
        ("M", None, ""),
    ]


@for_each(
    "days, first",
    [
        (("31/12/2025", "05/01/2026"), date(2025, 12, 31)),
        (("1/5/26", "12/31/25"), date(2026, 1, 5)),
        # No number tells: the newest stand at the top.
        (("03/02/2025", "02/01/2025", "11/12/2024"), date(2025, 2, 3)),
        (("4/3/25", "3/5/25", "2/9/25"), date(2025, 4, 3)),
        (("5.1.2026",), date(2026, 1, 5)),
        (("1/5/26",), date(2026, 1, 5)),
        (("2026-01-05",), date(2026, 1, 5)),
        (("2025. 12. 31.", "2025. 1. 5."), date(2025, 12, 31)),
        (("31. 12. 2025.",), date(2025, 12, 31)),
        (("31.\u00a012.\u00a02025",), date(2025, 12, 31)),
        # Two digits in front are those of a year where the others would be before there were any.
        (("25. 12. 3.", "25. 11. 30."), date(2025, 12, 3)),
        (("25/12/03", "25/11/30"), date(2025, 12, 3)),
        (("25. 10. 9.", "25. 8. 12.", "24. 9. 11."), date(2025, 10, 9)),
    ],
)
def test_netflix_writes_days_as_its_language_does(days, first):
    table = "Title,Date\n" + "".join(f'"Film {number}","{day}"\n' for number, day in enumerate(days))
    records, found = brought(table, "x.csv")
    assert records[0].day == first
    assert (len(records), found.left_out) == (len(days), 0)


def test_a_day_that_is_still_to_come_is_of_another_order():
    order = netflix._Order(date(2026, 1, 1))
    for text in ("25/12/31", "25/12/28", "99/99/99", "40/12/31"):
        order.learn(text)
    assert order.chosen() == netflix.YEAR_FIRST


def test_a_row_without_a_day_is_left_out_alone():
    records, found = brought("Title,Date\nA,31/12/2025\nB,soon\nC,99.99.99\n", "x.csv")
    assert ([record.day for record in records], found.left_out) == ([date(2025, 12, 31)], 2)


def test_days_of_two_orders_in_one_file_are_refused():
    with pytest.raises(MixedDates):
        brought("Title,Date\nA,31/12/2025\nB,12/31/2025\n", "x.csv")


def test_the_long_table_of_netflix_has_profiles_and_trailers():
    records, found = brought("""Profile Name,Start Time,Duration,Title,Supplemental Video Type
Ann,2024-02-03 20:00:00,01:30:00,Ponyo,
Ann,2024-02-03 22:00:00,00:20:00,Ponyo,
Ben,2024-02-03 20:00:00,01:30:00,Ponyo,
Ann,2024-02-04 20:00:00,00:01:59,Heat,
Ann,2024-02-04 20:00:00,00:03:00,Heat,TRAILER
""", "x.csv")  # fmt: skip
    assert said(records, "diary", "day", "raw") == [("Ponyo", THIRD, "Ann"), ("Ponyo", THIRD, "Ben")]
    assert found.left_out == 2
