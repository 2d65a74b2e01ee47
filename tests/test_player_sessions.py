"""Evenings as each player tells of them: two devices at once, pauses, seeks to and fro, and an end."""

import pytest

from moments.models import Film
from moments.spoilers.rules import ALL_SEEN, end_of, story_time
from tests.support.makers import make_episode, make_film
from tests.support.players import (
    FILM,
    as_template,
    connect,
    emby,
    jellyfin,
    kodi,
    nested,
    play,
    plex,
)
from tests.support.rows import for_each

pytestmark = pytest.mark.django_db

TV, PHONE = "a TV", "a phone"
# On which device, what happens, at how many hundredths of the whole, and up to which of them it is seen then.
EVENING = [
    (TV, "start", 0, 0),
    (TV, "play", 10, 10),
    (TV, "pause", 20, 20),
    (TV, "play", 5, 20),
    (PHONE, "start", 0, 20),
    (PHONE, "play", 30, 30),
    (TV, "play", 25, 30),
    (PHONE, "pause", 40, 40),
    (TV, "stop", 26, 40),
    (PHONE, "play", 1, 40),
    (PHONE, "play", 80, 80),
    (TV, "start", 0, 80),
    (PHONE, "end", 99, 100),
    (TV, "play", 50, 100),
]
JELLYFIN = {"start": "Start", "play": "Progress", "pause": "Progress", "stop": "Stop", "end": "Stop"}
NESTED = {"start": "Play", "play": "Progress", "pause": "Pause", "stop": "Stop", "end": "Scrobble"}
EMBY = {"start": "start", "play": "unpause", "pause": "pause", "stop": "stop", "end": "stop"}
PLEX = {"start": "play", "play": "resume", "pause": "pause", "stop": "stop", "end": "scrobble"}
LENGTH = 7_500  # seconds of the film
MINUTES, EPISODE, DARK = 50, (1, 2), "70523"


def of_jellyfin(device, what, at, episode):
    said = {"DeviceName": device, "IsPaused": what == "pause", "PlayedToCompletion": what == "end"}
    return jellyfin(f"Playback{JELLYFIN[what]}", at, episode=episode, **said)


def of_kodi(_device, _what, at, episode):
    """It names no device and no event."""
    if episode is None:
        return kodi(at * 100 // LENGTH)
    return kodi(at * 100 // (MINUTES * 60), "show", DARK, episode)


PLAYERS = {
    "jellyfin": of_jellyfin,
    "jellyfin by a template": lambda *said: as_template(of_jellyfin(*said)),
    "jellyfin by the other plugin": lambda device, what, at, episode: nested(
        NESTED[what], at, device, episode=episode
    ),
    "emby": lambda device, what, at, episode: emby(
        f"playback.{EMBY[what]}", at, device, is_whole=what == "end", episode=episode
    ),
    "plex": lambda device, what, at, episode: plex(f"media.{PLEX[what]}", at, device=device, episode=episode),
    "kodi": of_kodi,
}


def bodies(player, length, episode=None):
    """What a player sends of the evening, of something of so many seconds."""
    return [
        PLAYERS[player](device, what, length * hundredths // 100, episode)
        for device, what, hundredths, _seen in EVENING
    ]


def line(length):
    """The second up to which it is seen after each message; None where that is all of it."""
    return [None if seen == 100 else length * seen // 100 for _device, _what, _at, seen in EVENING]


@for_each("player", PLAYERS)
def test_an_evening_with_a_film_on_two_devices(player, film, mia):
    Film.objects.filter(pk=film.pk).update(imdb=FILM["imdb"], tmdb=FILM["tmdb"], runtime=LENGTH // 60)
    seen = play(connect(mia)[1], bodies(player, LENGTH), film, mia)
    assert seen == [ALL_SEEN if second is None else second for second in line(LENGTH)]


@for_each("player", PLAYERS)
def test_an_evening_with_an_episode_on_two_devices(player, mia):
    dark = make_film("Dark", medium="series", year=2017, tmdb=DARK)
    make_episode(dark, *EPISODE, runtime=MINUTES)
    length = MINUTES * 60
    seen = play(connect(mia)[1], bodies(player, length, EPISODE), dark, mia)
    assert seen == [
        end_of(*EPISODE) if second is None else story_time(*EPISODE, second) for second in line(length)
    ]
