"""Reading what a stranger's program sent: each fact is what it should be, or it was not said."""

import math
import re
from collections.abc import Iterator
from typing import Any

from reelive import text

LONGEST_FACT = 150  # letters
LONGEST_LIST = 50
MOST_SECONDS = 999_998
TICKS = 10_000_000  # in a second
ID_PATTERNS = {
    "imdb": re.compile(r"tt\d{7,10}", re.ASCII),
    "tmdb": re.compile(r"\d{1,10}", re.ASCII),
    "tvdb": re.compile(r"\d{1,10}", re.ASCII),
    "wikidata": re.compile(r"Q\d{1,12}", re.ASCII),
}


class Facts:
    """A JSON object of which nothing is known: what is not there, or is something else, is empty."""

    def __init__(self, value: Any):
        self.facts = value if isinstance(value, dict) else {}

    def __contains__(self, name: str) -> bool:
        return name in self.facts

    def part(self, name: str) -> "Facts":
        return Facts(self.facts.get(name))

    def parts(self, name: str) -> "Iterator[Facts]":
        found = self.facts.get(name)
        yield from map(Facts, found[:LONGEST_LIST] if isinstance(found, list) else ())

    def text(self, *names: str) -> str:
        """The first of these that is a text or a whole number."""
        return next(filter(None, (_text(self.facts.get(name)) for name in names)), "")

    def number(self, name: str, most: float, divisor: int = 1) -> int | None:
        """A number from 0 to `most`, without its fraction; None for anything else."""
        found = _number(self.facts.get(name))
        if found is None or not 0 <= found / divisor <= most:
            return None
        return int(found // divisor)

    def seconds(self, name: str, divisor: int = TICKS) -> int | None:
        return self.number(name, MOST_SECONDS, divisor)

    def is_true(self, name: str) -> bool:
        """Templates write it as a word."""
        found = self.facts.get(name)
        return found is True or (isinstance(found, str) and found.strip().lower() == "true")

    def ids(self, names: dict[str, str]) -> dict[str, str]:
        """The ids among these facts that read like some, by their place.

        Args:
            names: by the place of an id what it is called here.
        """
        return ids_of((place, self.text(name)) for place, name in names.items())


def ids_of(pairs: Any) -> dict[str, str]:
    """Of pairs of a place and an id those that read like one."""
    return {
        place: number
        for place, number in pairs
        if place in ID_PATTERNS and ID_PATTERNS[place].fullmatch(number)
    }


def _text(value: Any) -> str:
    if isinstance(value, str):
        return text.clean_line(value[: 4 * LONGEST_FACT])[:LONGEST_FACT].strip()
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**15:
        return str(value)
    return ""


def _number(value: Any) -> float | None:
    if isinstance(value, str) and len(value) <= 25:
        try:
            value = float(value)
        except ValueError:
            return None
    if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > 1e18:
        return None
    return value if math.isfinite(value) else None
