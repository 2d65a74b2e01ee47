"""Looking a song up on MusicBrainz, where this site wants that, and when a member asks.

What is found is offered for a day and kept nowhere: of the one that a member chooses only its id is.
"""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from django.conf import settings
from django.core.cache import cache

from moments.catalogue.asking import REMEMBERED, answer_of, key_for
from reelive.formats import timecode
from reelive.outgoing import NoAnswer, ask_json
from reelive.ratelimit import spend
from reelive.text import clean_line

MUSICBRAINZ = "https://musicbrainz.org"
SONGS_FOUND = 10
EACH = 1  # seconds: whoever asks more often than once in so many is locked out there, with all of this site
LONGEST_NAME = 200
LONGEST_RECORDING = 24 * 60 * 60 * 1000  # milliseconds
MUSICBRAINZ_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
YEAR_OF_RELEASE = re.compile(r"\d{4}")
# Those that end a phrase in a query, and what stands for them.
ESCAPED_SIGNS, ESCAPED_SIGN = re.compile(r'[\\"]'), r"\\\g<0>"


class FoundRecording(NamedTuple):
    """A recording as MusicBrainz knows it; `facts` tell it from others of its title."""

    id: str
    title: str
    artist: str
    facts: str

    @property
    def url(self) -> str:
        return f"https://musicbrainz.org/recording/{self.id}"


def songs_are_looked_up() -> bool:
    """Whether this site asks at all."""
    return bool(settings.SONG_LOOKUP == "MUSICBRAINZ")


def look_up_recordings(title: str, artist: str) -> list[FoundRecording] | None:
    """Those that are called so, the likeliest first; None where nobody answers now."""
    key = key_for("MusicBrainz", title, artist)
    known = cache.get(key)
    if known is None:
        known = answer_of("MusicBrainz", _ask, title, artist) if _is_our_turn() else None
        if known is not None:
            cache.set(key, known, REMEMBERED)
    return None if known is None else [FoundRecording(*each) for each in known]


def _is_our_turn() -> bool:
    return not spend("musicbrainz:all", 1, EACH)


def _ask(title: str, artist: str) -> list[tuple]:
    """Raises NoAnswer."""
    named = {"recording": title, "artist": artist}
    said = [f'{name}:"{ESCAPED_SIGNS.sub(ESCAPED_SIGN, text)}"' for name, text in named.items() if text]
    answer = ask_json(
        MUSICBRAINZ, "/ws/2/recording", query=" AND ".join(said), fmt="json", limit=str(SONGS_FOUND)
    )
    recordings = answer.get("recordings") if isinstance(answer, dict) else None
    if not isinstance(recordings, list):
        raise NoAnswer("It did not understand the question.")
    found = [_found(each) for each in recordings if isinstance(each, dict)]
    return [tuple(each) for each in found if each][:SONGS_FOUND]


def _found(said: Mapping[str, Any]) -> FoundRecording | None:
    """One of them, where it is what it should be."""
    number, title = said.get("id"), _line(said.get("title"))
    if not (isinstance(number, str) and MUSICBRAINZ_ID.fullmatch(number) and title):
        return None
    facts = [_line(said.get("disambiguation")), _length(said.get("length")), _first_on(said)]
    return FoundRecording(number, title, _artist(said.get("artist-credit")), " · ".join(filter(None, facts)))


def _artist(credits: Any) -> str:
    """The credited names as they are joined there, such as “A feat. B”."""
    named = [each for each in credits if isinstance(each, dict)] if isinstance(credits, list) else []
    joined = [text for each in named for text in (each.get("name"), each.get("joinphrase"))]
    return _line("".join(text for text in joined if isinstance(text, str)))


def _length(said: Any) -> str:
    return timecode(round(said / 1000)) if type(said) is int and 0 < said <= LONGEST_RECORDING else ""


def _first_on(said: Mapping[str, Any]) -> str:
    """The first release that is named, with the year in which it was first released."""
    releases = said.get("releases")
    first = releases[0] if isinstance(releases, list) and releases else None
    name = _line(first.get("title")) if isinstance(first, dict) else ""
    date = said.get("first-release-date")
    year = YEAR_OF_RELEASE.match(date) if isinstance(date, str) else None
    return " ".join(filter(None, (name, f"({year[0]})" if name and year else year and year[0])))


def _line(said: Any) -> str:
    return clean_line(said)[:LONGEST_NAME] if isinstance(said, str) else ""
