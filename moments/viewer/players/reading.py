"""What a player sent, from the bytes of its message to a Playing. Nothing in it is believed."""

import json
from typing import Any

from moments.viewer.players import emby, jellyfin, kodi, plex
from moments.viewer.players.facts import Facts
from moments.viewer.players.playing import Playing


class Unreadable(Exception):
    """It is no message of a player that we know."""


def read_message(message: str | bytes) -> Playing:
    """Raises Unreadable."""
    try:
        facts = Facts(json.loads(message, parse_constant=_nothing))
    except (ValueError, RecursionError) as error:
        raise Unreadable from error
    if "NotificationType" in facts:
        return jellyfin.playing_of(facts)
    if "Metadata" in facts or facts.text("event").startswith("media."):
        return plex.playing_of(facts)
    if "Event" in facts:
        return emby.playing_of(facts)
    if "lot" in facts:
        return kodi.playing_of(facts)
    raise Unreadable


def _nothing(_constant: str) -> Any:
    """NaN and the infinities are no JSON, but are sent."""
    return None
