"""What players send is read as one plain thing, and whatever it is instead breaks nothing."""

import json
import random

import pytest

from moments.catalogue.works import Work
from moments.viewer.players.facts import LONGEST_FACT, MOST_SECONDS
from moments.viewer.players.playing import FINISHED, MARKED, PLAYING, STOPPED, Playing
from moments.viewer.players.reading import Unreadable, read_message
from moments.viewer.players.works import FILM as OF_FILM
from moments.viewer.players.works import SERIES
from tests.support.players import FILM, as_template, emby, jellyfin, kodi, nested, plex
from tests.support.rows import for_each

LA = Work(FILM["title"], FILM["year"], OF_FILM, ids={"imdb": FILM["imdb"], "tmdb": FILM["tmdb"]})


def read(body):
    return read_message(body["payload"] if "payload" in body else json.dumps(body))


def test_all_players_say_the_same_in_their_own_forms():
    works = [read(body).work for body in (nested("Play"), emby("playback.start"), plex("media.play"))]
    assert works == [LA] * 3
    one = read(jellyfin("PlaybackProgress", 90))
    assert (one.player, one.event, one.position, one.runtime) == ("jellyfin", PLAYING, 90, FILM["runtime"])
    assert (one.user, one.device, one.work.ids) == ("mia", "the big screen", {"imdb": FILM["imdb"]})
    assert read(as_template(jellyfin("PlaybackProgress", 90))) == one
    assert read(kodi(95)) == Playing(
        "kodi", FINISHED, Work(medium=OF_FILM, ids={"tmdb": FILM["tmdb"]}), percent=95
    )
    assert read(kodi(40, "show", "70523", (1, 2))).work == Work(
        medium=SERIES, ids={"tmdb": "70523"}, season=1, episode=2
    )


def test_the_ids_of_an_episode_are_not_those_of_its_series():
    own = {"imdb": "tt9999991"}
    work = Work("Dark", None, SERIES, season=1, episode=2, episode_title="A part", episode_ids=own)
    assert read(jellyfin("PlaybackStop", episode=(1, 2))).work == work
    again = jellyfin("PlaybackStop", episode=(1, 2), SeriesName="Dark (2017)")
    assert (read(again).work.title, read(again).work.year) == ("Dark", 2017)
    part = {"type": "episode", "grandparentTitle": "Dark", "parentIndex": 1, "index": 2, "title": "A part"}
    assert read(plex("media.stop", **part, Guid=[{"id": "imdb://tt9999991"}])).work == work
    old = read(
        plex("media.stop", **part, Guid=[], guid="com.plexapp.agents.thetvdb://334824/1/2?lang=en")
    ).work
    assert (old.ids, old.episode_ids) == ({"tvdb": "334824"}, {})
    film = read(plex("media.stop", Guid=[], guid="com.plexapp.agents.imdb://tt3783958?lang=en")).work
    assert film.ids == {"imdb": "tt3783958"}


EVENTS = [
    (jellyfin("PlaybackStop", PlayedToCompletion="True"), FINISHED, True),
    (jellyfin("PlaybackStop", PlayedToCompletion="False"), STOPPED, True),
    (jellyfin("UserDataSaved", SaveReason="TogglePlayed", Played="True"), MARKED, True),
    (jellyfin("UserDataSaved", SaveReason="UpdateUserRating"), "rated", False),
    (jellyfin("ItemAdded"), "other", False),
    (jellyfin("PlaybackStop", ItemType="Audio", PlayedToCompletion=True), FINISHED, False),
    (emby("item.markplayed"), MARKED, True),
    (emby("system.updateavailable"), "other", False),
    (plex("media.scrobble", type="track"), FINISHED, False),
    (plex("library.new"), "other", False),
    (kodi(None), "other", False),
]


@for_each("body, event, acts", EVENTS)
def test_only_what_is_played_and_seen_acts(body, event, acts):
    assert (read(body).event, read(body).acts) == (event, acts)


@for_each(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        "7",
        '"x"',
        "{}",
        '{"a": 1}',
        "[" * 100_000,
        "9" * 5_000,
        b"\xff\xfe",
        '{"event": []}',
    ],
)
def test_what_is_no_message_is_unreadable(text):
    with pytest.raises(Unreadable):
        read_message(text)


STRANGE = [
    *(None, True, False, -1, 0, 1e308, -1e308, 10**400, 3.7, float("nan"), float("inf")),
    *("", "NaN", "-5", "1e999", "x" * 10_000, "\x00\u202e\ud800", "a\u0301" * 5_000, "٣"),
    *([], [[]], {}, {"id": {}}, [{"id": "imdb://"}] * 99),
]


def mangled(value, dice):
    """The same with something strange in one or several places of it."""
    if dice.random() < 0.15:
        return dice.choice(STRANGE)
    if isinstance(value, dict):
        return {name: mangled(each, dice) for name, each in value.items() if dice.random() < 0.95}
    return [mangled(each, dice) for each in value] if isinstance(value, list) else value


def test_whatever_is_sent_is_either_unreadable_or_bounded():
    dice = random.Random(7)
    whole = [jellyfin("PlaybackStop", 90, episode=(1, 2)), nested("Progress", 90), kodi(7)]
    whole += [emby("playback.stop", 90), json.loads(plex("media.stop", 90)["payload"])]
    read_ones = 0
    for number in range(2_000):
        try:
            # Integers may be too long to be written down.
            found = read_message(json.dumps(mangled(whole[number % 5], dice)).encode())
        except (Unreadable, ValueError):
            continue
        read_ones += 1
        check_bounds(found)
    assert read_ones > 1_000


def check_bounds(found):
    numbers = [found.position, found.runtime]
    texts = [found.user, found.library, found.device]
    if work := found.work:
        texts += [work.title, work.original_title, work.episode_title, *work.ids.values()]
        texts += work.episode_ids.values()
        assert work.season is None or 0 <= work.season <= 9_999
        assert work.episode is None or 0 <= work.episode <= 9_997
        assert work.year is None or 1874 <= work.year <= 2100
    assert [number for number in numbers if number is not None and not 0 <= number <= MOST_SECONDS] == []
    assert [text for text in texts if len(text) > LONGEST_FACT or "\x00" in text or "\ud800" in text] == []
