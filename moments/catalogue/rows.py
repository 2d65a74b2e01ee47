"""A row that a source gives for the catalogue, made sure of: what the table may hold, and nothing else."""

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from math import log2
from typing import NamedTuple

from moments.catalogue.names import key_of
from moments.models.film import FIRST_FILM_YEAR
from moments.models.film_ids import ID_FORMS
from moments.models.genres import genres_of
from reelive.text import clean_line

MOST_KNOWN = 1_000
LONGEST_TITLE, LONGEST_NAME, MOST_OTHERS = 150, 150, 20
LAST_YEAR, LONGEST_RUNTIME = 2100, 6_000
_FITS = {place: re.compile(form).fullmatch for place, form in ID_FORMS.items()}
NO_TITLE = "without a title"
LONG_TITLE = f"with a title of more than {LONGEST_TITLE} letters"
NO_YEAR = "without a year"
STRANGE_YEAR = "of a year in which there were no films"
NO_FILM = "that are no film and no series"


class CatalogueRow(NamedTuple):
    """What a source says of a title; `others` stand one on each line, `genres` are ours, parted by spaces."""

    medium: str
    title: str
    original_title: str
    others: str
    year: int
    director: str
    runtime: int | None
    imdb: str = ""
    wikidata: str = ""
    tmdb: str = ""
    tvdb: str = ""
    letterboxd: str = ""
    known: int = 0
    genres: str = ""


def row_of(
    medium: str,
    title: str,
    year: str | int | None,
    original: str = "",
    others: Iterable[str] = (),
    director: str = "",
    runtime: str | float | None = None,
    ids: Mapping[str, str] | None = None,
    known: int = 0,
    genres: Iterable[str] = (),
) -> CatalogueRow | str:
    """The row; or why it is left out, as the end of a sentence. What is wrong besides is dropped.

    `genres` are in the words, or numbers, of the source.
    """
    title = line_of(title)
    if not title:
        return NO_TITLE
    if len(title) > LONGEST_TITLE:
        return LONG_TITLE
    when = _number(year)
    if not when:
        return NO_YEAR
    if not FIRST_FILM_YEAR <= when <= LAST_YEAR:
        return STRANGE_YEAR
    original = line_of(original) if original else ""
    if original == title or len(original) > LONGEST_TITLE:
        original = ""
    return CatalogueRow(
        medium, title, original, other_titles(title, original, others) if others else "", when,
        line_of(director)[:LONGEST_NAME] if director else "", _minutes(runtime),
        **(ids_of(ids) if ids else {}), known=known, genres=_ours(tuple(genres)) if genres else "",
    )  # fmt: skip


@lru_cache(1 << 12)
def _ours(genres: tuple[str, ...]) -> str:
    return " ".join(genres_of(genres))


def line_of(text: str) -> str:
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    return clean_line(text)


def other_titles(title: str, original: str, others: Iterable[str]) -> str:
    """Each once, of those by which it would not be found without them."""
    known, kept = {key_of(title), key_of(original)}, []
    for other in map(line_of, others):
        if other and len(other) <= LONGEST_TITLE and key_of(other) not in known and len(kept) < MOST_OTHERS:
            known.add(key_of(other))
            kept.append(other)
    return "\n".join(kept)


def ids_of(ids: Mapping[str, str]) -> dict[str, str]:
    """Those that have the form of their place."""
    return {place: number for place, number in ids.items() if number and _FITS[place](number)}


def known_by(number: int, most: int) -> int:
    """How well known something is of which there are so many votes or articles; `most` is what few have."""
    return min(MOST_KNOWN, round(MOST_KNOWN * log2(1 + max(0, number)) / log2(1 + most)))


def _number(text: str | int | None) -> int:
    """0 for what is none."""
    if isinstance(text, int):
        return text
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 6 else 0


def _minutes(runtime: str | float | None) -> int | None:
    minutes = round(runtime) if isinstance(runtime, float) else _number(runtime)
    return minutes if 0 < minutes <= LONGEST_RUNTIME else None
