"""TV Time's export: films without ids, feelings by number, and much that is nobody's to read."""

from datetime import date
from zipfile import ZipFile

import pytest

from moments.archives.homecoming.refusals import WhichList
from moments.archives.homecoming.tv_time_feelings import MEANINGS, feeling_of
from moments.feelings import FEELINGS
from tests.support.homecoming import EPISODES, FILMS, TV_TIME, brought, said, zipped
from tests.support.rows import for_each


@pytest.fixture(scope="module")
def tv_time():
    return brought(TV_TIME)


def test_an_episode_is_seen_once_and_again_by_its_rewatches(tv_time):
    assert said(tv_time[0], "seen", "season", "episode", "day", "is_rewatch") == [
        ("Severance", 1, 1, date(2024, 2, 3), False),
        ("Severance", 1, 1, date(2024, 3, 3), True),
        ("Severance", 1, 4, None, False),
        ("Dark", 0, 1, date(2024, 2, 4), False),
        # Three of one moment were marked together, as the one above was, and nobody saw them then.
        ("Dark", 1, 1, None, False),
        ("Dark", 1, 2, None, False),
        ("Dark", 1, 3, None, False),
    ]


@for_each(
    "said_there, day",
    [
        ("2015-03-03,", date(2015, 3, 3)),
        ("2015-03-03 21:00:00,", date(2015, 3, 3)),
        ("1425416400,", date(2015, 3, 3)),
        ("1425416400000,", date(2015, 3, 3)),
        ("1425416400000000,", date(2015, 3, 3)),
        (",watch-date-1425416400", date(2015, 3, 3)),
        ("0001-01-01 00:00:00,", date(2022, 2, 3)),
        ("99999999999999,", date(2022, 2, 3)),
        ("soon,soon", date(2022, 2, 3)),
    ],
)
def test_the_day_of_which_it_was_said_that_it_was_seen_comes_before_that_of_the_mark(said_there, day):
    head = "type,uuid,entity_type,movie_name,release_date,created_at,series_name,season_number"
    head += ",episode_number,watch_date,watch_date_range_key\n"
    film = f"watch,u1,movie,Ponyo,2008-07-19,2022-02-03 20:00:00,,,,{said_there}\n"
    episode = f"watch,u2,episode,,,2022-02-03 20:00:00,Dark,1,1,{said_there}\n"
    records, _found = brought(head + film + episode, FILMS)
    assert [record.day for record in records] == [day, day]


def test_how_often_something_was_seen_again_is_more_than_the_days_that_are_known(tv_time):
    counted = TV_TIME["rewatched_episode.csv"].replace("1,Severance,1,1", "3,Severance,1,1")
    records, _found = brought(TV_TIME | {"rewatched_episode.csv": counted})
    assert said(records, "seen", "day", "is_rewatch")[:3] == [
        ("Severance", date(2024, 2, 3), False),
        ("Severance", date(2024, 3, 3), True),
        ("Severance", None, False),
    ]
    assert [each for each in said(records, "seen", "day", "is_rewatch") if each[1:] == (None, True)] == [
        ("Severance", None, True)
    ]
    films = TV_TIME[FILMS].splitlines()
    films = "".join(
        f"{row},{count}\n" for row, count in zip(films, ("rewatch_count", 0, 1, "", 2, "", ""), strict=True)
    )
    records, _found = brought(TV_TIME | {FILMS: films})
    again = [each for each in said(records, "seen", "day", "is_rewatch") if each[1:] == (None, True)]
    assert again == [("la haine", None, True)], "the one of Ponyo has its day"


def test_a_special_is_one_in_whatever_season_it_stands():
    table = "key,created_at,series_name,s_id,s_no,ep_no,is_special\n"
    table += "watch-episode-a,2024-02-03 20:00:00,Dark,1,5,1,true\n"
    assert said(brought(table, EPISODES)[0], "seen", "season", "episode") == [("Dark", 0, 1)]


def test_episodes_and_series_have_their_ids(tv_time):
    work = next(record.work for record in tv_time[0] if record.part == "seen")
    assert (work.ids, work.episode_ids, work.medium) == ({"tvdb": "371980"}, {"tvdb": "8946000"}, "series")


def test_films_have_a_title_and_a_year_or_only_the_rest_of_a_key(tv_time):
    assert said(tv_time[0], "diary", "year", "medium", "day", "is_rewatch") == [
        ("Ponyo", 2008, "film", date(2024, 2, 3), False),
        ("Ponyo", 2008, "film", date(2024, 2, 5), True),
        ("la haine", None, "film", date(2024, 2, 6), False),
    ]


def test_series_are_followed_archived_or_wanted(tv_time):
    assert said(tv_time[0], "follow", "raw") == [("Severance", "archived")]
    assert said(tv_time[0], "watchlist") == [("Dark",), ("Heat",)]


def test_a_feeling_keeps_its_number_and_what_it_means_here(tv_time):
    assert said(tv_time[0], "feeling", "year", "episode", "feeling", "raw", "is_private") == [
        ("Severance", None, 1, "laughter", "33", True),
        ("Severance", None, 1, "", "12", True),
        ("Ponyo", 2008, None, "heartbreak", "30", True),
    ]


def test_every_meaning_is_one_of_our_feelings_or_none():
    assert sorted(MEANINGS) == list(range(28, 40))
    assert {feeling_of(number) for number in MEANINGS} <= {*FEELINGS, ""}
    assert all(meaning.ours for meaning in MEANINGS.values() if meaning.is_sure)


def test_stars_are_counted_from_three_beginnings(tv_time):
    assert said(tv_time[0], "rating", "episode", "rating", "raw") == [
        ("Severance", 1, 8, "4"),
        ("Severance", 2, 6, "18"),
        ("Severance", 3, 10, "29"),
        ("Severance", None, 9, ""),
    ]


def test_comments_say_whether_they_spoil(tv_time):
    assert said(tv_time[0], "comment", "year", "text", "is_spoiler") == [
        ("Severance", None, "Oh no", True),
        ("Ponyo", 2008, "Ham!", False),
    ]


def test_lists_are_read_out_of_a_cell(tv_time):
    assert said(tv_time[0], "favourite") == [("Ponyo",)]
    assert said(tv_time[0], "list", "list_name", "text", "is_private") == [("", "Slow", "Slowly", False)]
    assert said(tv_time[0], "list entry", "list_name") == [("Severance", "Slow")]
    # A comment without words, a vote of no star and a film that no table names.
    assert tv_time[1].left_out == 3


def uuids(number):
    return (f"{each:08}-0000-4000-8000-000000000000" for each in range(number))


def test_who_saw_very_much_has_long_cells_in_two_tables(tv_time):
    """One counts all films by their names, the other holds a whole list in a cell."""
    seen = " ".join(uuids(20_000))
    counter = f"count-watch-movie,,,,,,2024-02-07 20:00:00,{seen}\n"
    head, *rows = TV_TIME[FILMS].splitlines()
    films = f"{head},watches\n" + "".join(f"{row},\n" for row in rows[:2]) + counter
    films += "".join(f"{row},\n" for row in rows[2:])
    listed = " ".join(f"map[created_at:1.7e+09 type:movie uuid:{uuid}]" for uuid in [*uuids(4_999), "u1"])
    lists = f"s_key,objects,name\nl1,[{listed}],Many\n"
    records, found = brought(TV_TIME | {FILMS: films, "lists-prod-lists.csv": lists})
    assert said(records, "diary", "day") == said(tv_time[0], "diary", "day")
    assert said(records, "list entry", "raw") == [("Ponyo", "5000")]
    longer = films.replace(seen, " ".join(uuids(60_000)))
    records, with_longer = brought(TV_TIME | {FILMS: longer, "lists-prod-lists.csv": lists})
    assert said(records, "diary", "day") == said(tv_time[0], "diary", "day")
    assert with_longer.left_out == found.left_out + 1


def test_secrets_are_never_opened(monkeypatch):
    data = zipped(TV_TIME | {"ip_address.csv": "ip\n", "notes/tracking-prod-records.csv": "x\n"})
    opened, original = set(), ZipFile.open
    monkeypatch.setattr(
        ZipFile, "open", lambda self, entry: opened.add(entry.filename) or original(self, entry)
    )
    _records, found = brought(data)
    assert opened == set(found.opened) == set(TV_TIME) - {"user.csv", "access_token.csv"}


def turned(table):
    """The table with its columns in the opposite order; none of its cells is quoted."""
    return "".join(",".join(reversed(line.split(","))) + "\n" for line in table.splitlines())


def test_columns_stand_in_any_order(tv_time):
    other = TV_TIME | {EPISODES: turned(TV_TIME[EPISODES]), FILMS: turned(TV_TIME[FILMS])}
    assert brought(other)[0] == tv_time[0]


def test_a_table_of_votes_needs_its_name():
    votes = TV_TIME["emotions-v2-prod-votes.csv"]
    assert brought(votes, "emotions-v2-prod-votes.csv")[1].counts == {"feeling": 1}
    with pytest.raises(WhichList):
        brought(votes, "votes.csv")


def test_what_the_extension_saved_has_ids():
    files = {
        "tvtime-movies-2026-07-01.csv": """uuid,tvdb_id,imdb_id,title,year,watched_at,is_watched,rewatch_count
u1,5,tt0876563,Ponyo,2008,2024-02-03T20:00:00Z,true,1
u2,6,,Heat,1995,,false,0
""",
        "tvtime-movies-2026-07-01.json": [
            {"id": {"tvdb": 5, "imdb": "tt0876563"}, "uuid": "u1", "title": "Ponyo", "year": 2008,
             "is_watched": True, "is_favorite": True, "watched_at": "2024-02-03T20:00:00Z"}
        ],
        "tvtime-series-2026-07-01.csv": """uuid,tvdb_id,imdb_id,title,status,created_at
s1,371980,,Severance,stopped,2024-01-01T10:00:00Z
""",
        "tvtime-series-episodes-2026-07-01.csv": """\
series_tvdb_id,title,season,episode,tvdb_id,is_watched,watched_at
371980,Severance,0,1,9,true,2024-02-03 20:00:00
371980,Severance,0,1,9,true,2024-02-03T20:00:00Z
371980,Severance,1,1,8,false,
""",
    }  # fmt: skip
    records, found = brought(files)
    assert said(records, "diary", "ids") == [("Ponyo", {"imdb": "tt0876563", "tvdb": "5"})]
    assert said(records, "seen", "season", "episode", "is_rewatch") == [
        ("Ponyo", None, None, True),
        ("Severance", 0, 1, False),
    ]
    assert said(records, "follow", "raw") == [("Severance", "stopped")]
    assert found.counts == {"diary": 1, "seen": 2, "watchlist": 1, "favourite": 1, "follow": 1}
