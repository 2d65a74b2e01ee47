"""Files of every place come home: what is made of them, once however often they come, and taken back."""

import pytest
from django.utils import timezone

from moments.archives.bringing.choices import Audience, Choices
from moments.archives.bringing.previewing import HOW_KNOWN, preview
from moments.archives.bringing.tally import outcome
from moments.models import BroughtRow, Event, FeedEntry, Film, Notification
from moments.spoilers.rules import ALL_SEEN, NOT_SEEN, end_of
from tests.support.bringing import bring, brought, held, join, undo, work
from tests.support.counters import differences
from tests.support.homecoming import OF_EVERY_PLACE
from tests.support.makers import make_film, make_title
from tests.support.rows import for_each

pytestmark = pytest.mark.django_db
FILMS = (("Ponyo", 2008, {"imdb": "tt0876563", "tmdb": "12429"}), ("Heat", 1995, {}), ("Crash", 1996, {}))
SEVERANCE = {"imdb": "tt11280740", "tmdb": "95396", "tvdb": "371980", "medium": "series"}


@pytest.fixture
def films(db):
    return make_films()


def make_films():
    for title, year, ids in FILMS:
        make_film(title, year=year, **ids)
    return make_film("Severance", year=2022, **SEVERANCE)


WHOLE, STARTED = (ALL_SEEN, None), NOT_SEEN


def up_to(episode):
    return STARTED, end_of(1, episode)


HAM = 'Ham!\n\n*Waves*, "waves" 🌊'
# By the place what is made of its sample: see `brought`.
EXPECTED = {
    "letterboxd": {
        "entries": [
            ("Crash", None, None, "2024-03-02", 1, "again"),
            ("Heat", None, None, None, None, ""),
            ("Ponyo", None, None, "2024-02-29", 9, f"I mean the sea\n\n{HAM} sea with mum"),
        ],
        "ratings": [("Heat", None, None, 6, False)],
        "seen": [("Crash", *WHOLE), ("Heat", *WHOLE), ("Ponyo", *WHOLE)],
        "listed": [("By the sea", "private", "Ponyo", "")],
        "waiting": [("Crash", "diary"), ("Stalker", "watchlist"), ("Jaws, again", "list entry")],
    },
    "trakt": {
        "entries": [
            ("Ponyo", None, None, "2023-01-03", None, ""),
            ("Ponyo", None, None, "2024-02-03", 9, "||Ham!|| again"),
            ("Severance", 0, 1, "2024-02-05", None, ""),
            ("Severance", 1, 2, "2024-02-04", None, ""),
            ("Severance", 1, 3, "2024-02-06", None, ""),
        ],
        "ratings": [("Severance", 0, None, 7, False)],
        "seen": [("Ponyo", *WHOLE), ("Severance", *up_to(3))],
        "wanted": ["Severance"],
        "listed": [("Sea & sand", "private", "Ponyo", "first")],
        "waiting": [("Home video", "seen")],
    },
    "tv-time": {
        "entries": [
            ("Ponyo", None, None, "2024-02-03", None, "Ham!"),
            ("Ponyo", None, None, "2024-02-05", None, "heartbreak me again"),
            ("Severance", 1, 1, "2024-02-03", None, "||Oh no||"),
            ("Severance", 1, 1, "2024-03-03", None, "laughter me again"),
            ("Severance", 1, 4, None, None, ""),
        ],
        "ratings": [
            ("Severance", 1, 1, 8, False),
            ("Severance", 1, 2, 6, False),
            ("Severance", 1, 3, 10, False),
            ("Severance", None, None, 9, False),
        ],
        "seen": [("Ponyo", *WHOLE), ("Severance", *up_to(4))],
        "wanted": ["Heat"],
        "listed": [("Slow", "private", "Severance", "")],
        "waiting": [("la haine", "diary"), *[("Dark", "seen")] * 4, ("Dark", "watchlist")],
    },
    "simkl": {
        "entries": [
            ("Ponyo", None, None, "2024-02-03", None, ""),
            ("Severance", 1, 1, "2024-02-03", None, ""),
        ],
        "ratings": [("Ponyo", None, None, 8, False)],
        "seen": [("Ponyo", *WHOLE), ("Severance", *up_to(1))],
        "follows": ["Severance"],
        "waiting": [("Akira", "seen"), ("Dark", "watchlist")],
    },
    "imdb": {
        "ratings": [("Ponyo", None, None, 9, False), ("Severance", None, None, 8, False)],
        "waiting": [("Star Trek: Picard", "rating"), ("Lost", "rating")],
    },
    "yamtrack": {
        "entries": [
            ("Ponyo", None, None, "2024-02-03", 9, "Ham"),
            ("Severance", 1, 2, "2024-02-04", None, ""),
        ],
        "ratings": [("Severance", 1, None, 7, False)],
        "seen": [("Ponyo", *WHOLE), ("Severance", *up_to(2))],
        "waiting": [("Home video", "watchlist")],
    },
    "tmdb": {
        "ratings": [("Ponyo", None, None, 9, False), ("Severance", 1, 2, 8, False)],
        "wanted": ["Severance"],
    },
    "movary": {
        "entries": [
            ("Heat", None, None, None, None, ""),
            ("Ponyo", None, None, "2024-02-03", None, "Ham, again"),
        ],
        "seen": [("Heat", *WHOLE), ("Ponyo", *WHOLE)],
    },
    "neodb": {
        "entries": [("Ponyo", None, None, "2024-02-03", 9, "Ham sea fish")],
        "seen": [("Ponyo", *WHOLE)],
        "wanted": ["Severance"],
    },
    "netflix": {
        "entries": [("Ponyo", None, None, "2025-12-31", None, "")],
        "seen": [("Ponyo", *WHOLE)],
        "waiting": [("Lost", "seen")],
    },
    "letterboxd-form": {
        "entries": [("Ponyo", None, None, "2024-02-03", 9, "=cmd|' /C calc'!A0 again")],
        "ratings": [("Heat", None, None, 6, False)],
        "seen": [("Ponyo", *WHOLE)],
    },
}


@for_each("place", OF_EVERY_PLACE)
def test_what_is_brought_is_made_once_and_undone_as_a_whole(films, mia, place):
    files, before = OF_EVERY_PLACE[place], timezone.now()
    row = bring(mia, files, name := next(iter(files)))
    assert (brought(mia), row.state, differences()) == (EXPECTED[place], "done", {})
    again = bring(mia, files, name)
    assert (brought(mia), [line["made"] for line in outcome(again) if line["made"]]) == (EXPECTED[place], [])
    assert Film.objects.filter(created__gt=before).count() == 0
    assert list(Event.objects.values_list("kind", "actor")) == [("brought", mia.pk)] * 2
    assert [model.objects.count() for model in (FeedEntry, Notification)] == [0, 0]
    assert undo(row)["stay"] == 0
    left = BroughtRow.objects.filter(number=row.pk).count()
    assert (brought(mia), differences(), left) == ({}, {}, 0)


@pytest.mark.parametrize("place", ["tv-time", "trakt"])
def test_what_waited_comes_to_the_same_once_its_films_are_here(mia, place):
    row = bring(mia, OF_EVERY_PLACE[place])
    assert set(brought(mia)) == {"waiting"}
    make_films()
    join()
    assert (brought(mia) | {"waiting": 0}, differences()) == (EXPECTED[place] | {"waiting": 0}, {})
    row.refresh_from_db()
    assert undo(row)["stay"] == 0
    assert (brought(mia), differences()) == ({}, {})


def works_known(**numbers):
    return dict.fromkeys(HOW_KNOWN, 0) | numbers


def test_a_title_without_a_year_is_no_sure_one(films, mia):
    make_title("Stalker", year=1979)
    make_title("Solaris", year=1972, ids={"imdb": "tt0069293"})
    rows = "Heat,,,,\nCrash,1996,,,\nPonyo,,,tt0876563,\nStalker,,,,\nSolaris,,,tt0069293,\nCrush,,,,\n"
    row = held(mia, f"title,year,tmdbId,imdbId,watchedAt\n{rows}", "history.csv")
    assert preview(row).works == works_known(id=1, title=1, catalogue=1, alone=2, none=1)
    assert (row.found["guessed"], row.found["missing"]) == (["Heat", "Stalker"], ["Crush"])


def test_what_a_file_holds_is_told_before_anything_is_made(films, mia):
    make_title("Stalker", year=1979)
    row = held(mia, OF_EVERY_PLACE["letterboxd"])
    shown = preview(row)
    assert (row.state, shown.works) == ("held", works_known(title=4, catalogue=1, none=2))
    assert [(line["part"], line["records"], line["private"]) for line in shown.parts] == [
        ("seen", 4, 0), ("ratings", 2, 0), ("likes", 1, 0), ("reviews", 1, 0), ("comments", 1, 0),
        ("watchlist", 1, 0), ("lists", 3, 0),
    ]  # fmt: skip
    assert [name for name, _why in shown.skipped] == ["profile.csv", "likes/lists.csv", "deleted/diary.csv"]
    assert all(why for _name, why in shown.skipped)
    assert (shown.left_out, shown.unkept, brought(mia)) == (1, {"comments": 2}, {})
    row.begin(Choices(parts=["ratings"], audience=Audience.ME).as_json())
    work()
    assert brought(mia) == {"ratings": [("Heat", None, None, 6, False), ("Ponyo", None, None, 9, False)]}
    assert set(mia.ratings.values_list("audience", flat=True)) == {"me"}


def test_a_like_that_came_later_outlives_the_entry(films, mia):
    first = bring(mia, OF_EVERY_PLACE["neodb"], "movie_mark.csv")
    bring(mia, "Date,Name,Year,Letterboxd URI\n2024-03-02,Ponyo,2008,https://boxd.it/f1\n", "likes.csv")
    assert undo(first)["stay"] == 0
    assert (brought(mia), differences()) == ({"ratings": [("Ponyo", None, None, None, True)]}, {})
