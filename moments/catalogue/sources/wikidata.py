"""Wikidata: its JSON dump, an entity as its API gives it, and the results of a SPARQL query."""

import json
import re
from collections.abc import Iterator, Mapping
from functools import partial
from itertools import groupby
from typing import Any, BinaryIO

from moments.catalogue.rows import NO_FILM, CatalogueRow, known_by, row_of
from moments.catalogue.sources import Source, Unreadable
from moments.catalogue.sources.json_items import items
from moments.catalogue.writing import write_rows
from moments.models import CatalogueSource

# What an item is an instance of (P31). A game that has a page at IMDb is none of them.
FILMS = frozenset((
    "Q11424", "Q24862", "Q24869", "Q93204", "Q130232", "Q157443", "Q188473", "Q200092", "Q202866", "Q226730",
    "Q319221", "Q369747", "Q471839", "Q506240", "Q645928", "Q842256", "Q959790", "Q1054574", "Q2484376",
    "Q17517379", "Q20650540", "Q29168811",
))  # fmt: skip
SERIES = frozenset((
    "Q15416", "Q526877", "Q581714", "Q1259759", "Q1366112", "Q5398426", "Q63952888", "Q117467246",
))  # fmt: skip
HINT = re.compile(b'"(?:P345|P4947|P4983|P6127|P4835|P12196|Q11424)"').search  # quicker than seven questions
ID_PROPERTIES = {
    "film": {"imdb": "P345", "tmdb": "P4947", "tvdb": "P12196", "letterboxd": "P6127"},
    "series": {"imdb": "P345", "tmdb": "P4983", "tvdb": "P4835"},
}
LABEL_LANGUAGES = (
    "en", "mul", "fr", "de", "es", "it", "pt", "nl", "sv", "pl", "ru", "uk", "tr", "ja", "zh", "ko",
    "ar", "hi",
)  # fmt: skip
MINUTE, HOUR, SECOND = "Q7727", "Q25235", "Q11574"
OF_A_YEAR = 9  # the precision of a date; every number above is a more precise one
MOST_LINKS = 300
GENRE_COLUMNS = ("genre", "genreLabel")  # what a query may call them
NOT_READ = "that cannot be read"
AN_ENTITY = re.compile(rb'\{\s*"(?:type|id|pageid|labels|claims)"').match
A_YEAR = re.compile(r"\+[0-9]{4}-").match
Q_NUMBER = re.compile(r"Q\d+")


def read_dump(file: BinaryIO, place: int) -> Iterator[tuple[int, CatalogueRow | str]]:
    """An entity on each line, with the brackets of an array around them or without.

    Most are no films, and are told by their bytes.
    """
    file.seek(place)
    for line in file:
        place += len(line)
        if len(line) < 4:  # the brackets of the array
            continue
        if not HINT(line):
            yield place, NO_FILM
            continue
        try:
            entity = json.loads(line.strip().rstrip(b","))
            yield place, row_of_entity(entity)
        except (ValueError, TypeError, AttributeError, KeyError, RecursionError):
            yield place, NOT_READ


def row_of_entity(entity: Mapping[str, Any]) -> CatalogueRow | str:
    """What an item says of a film or series. Its director is another item, of which it has the number."""
    claims = entity.get("claims") or {}
    kinds = _items(claims, "P31")
    medium = "series" if SERIES.intersection(kinds) else ""
    medium = "film" if FILMS.intersection(kinds) else medium
    if not medium:
        return NO_FILM
    labels = entity.get("labels") or {}
    named = [labels[language]["value"] for language in LABEL_LANGUAGES if language in labels]
    original = next((value["text"] for value in values_of(claims, "P1476") if "text" in value), "")
    also = (alias["value"] for alias in (entity.get("aliases") or {}).get("en", ()))
    ids = {place: next(iter(_texts(claims, number)), "") for place, number in ID_PROPERTIES[medium].items()}
    return row_of(
        medium,
        named[0] if named else original or next((label["value"] for label in labels.values()), ""),
        _first_year(claims),
        original,
        [*named[1:], *also],
        runtime=_runtime(claims),
        ids=ids | {"wikidata": entity.get("id", "")},
        known=known_by(len(entity.get("sitelinks") or {}), MOST_LINKS),
        genres=[*_items(claims, "P136"), *kinds],
    )


def _items(claims: Mapping[str, Any], number: str) -> list[str]:
    """The items that a property names, by their numbers."""
    return [str(value.get("id")) for value in values_of(claims, number) if isinstance(value, dict)]


def values_of(claims: Mapping[str, Any], number: str) -> list[Any]:
    """The values of a property: the preferred ones where there are any, and none that is deprecated."""
    held = claims.get(number)
    if not held:
        return []
    by_rank: dict[str, list[Any]] = {}
    for claim in held:
        snak = claim.get("mainsnak") or {}
        if snak.get("snaktype") == "value":
            by_rank.setdefault(claim.get("rank", "normal"), []).append(snak["datavalue"]["value"])
    return by_rank.get("preferred") or by_rank.get("normal") or []


def _texts(claims: Mapping[str, Any], number: str) -> list[str]:
    """Of IMDb's, which people and companies have as well, those of titles alone."""
    texts = [value for value in values_of(claims, number) if isinstance(value, str)]
    return [text for text in texts if number != "P345" or text.startswith("tt")]


def _first_year(claims: Mapping[str, Any]) -> int | None:
    """Of the first showing: a film has a date for each country, and they stand in no order."""
    years = [
        int(value["time"][1:5])
        for number in ("P577", "P580")
        for value in values_of(claims, number)
        if value.get("precision", 0) >= OF_A_YEAR and A_YEAR(value.get("time", ""))
    ]
    return min(years, default=None)


def _runtime(claims: Mapping[str, Any]) -> float | None:
    """In minutes; where there are several cuts, that which stands first."""
    for value in values_of(claims, "P2047"):
        unit = str(value.get("unit", "")).rpartition("/")[2]
        parts = {MINUTE: 1.0, HOUR: 1 / 60, SECOND: 60.0}
        if unit in parts:
            return float(value["amount"]) / parts[unit]
    return None


def read_sparql(file: BinaryIO, place: int) -> Iterator[tuple[int, CatalogueRow | str]]:
    """Rows of a query that stand together and are about one item are one film."""
    file.seek(0)
    bindings = enumerate(items(file, after='"bindings"'), 1)
    for _item, group in groupby(bindings, key=lambda numbered: _of(numbered[1], "item")):
        held = list(group)
        if held[-1][0] > place:
            yield held[-1][0], _row_of_bindings([binding for _number, binding in held])


def _of(binding: Mapping[str, Any], name: str) -> str:
    """The value of a variable; "" where it has none, or one that nobody knows."""
    node = binding.get(name) if isinstance(binding, dict) else None
    return str(node.get("value", "")) if isinstance(node, dict) and node.get("type") != "bnode" else ""


def _row_of_bindings(bindings: list[Mapping[str, Any]]) -> CatalogueRow | str:
    def first(*names: str) -> str:
        found = (_of(binding, name) for name in names for binding in bindings)
        return next(filter(None, found), "")

    title = first("itemLabel", "title", "label")
    dates = {_of(binding, name) for name in ("date", "year", "start") for binding in bindings}
    years = [int(date[:4]) for date in dates if re.match(r"\d{4}(-|$)", date)]
    directors = dict.fromkeys(_of(binding, "directorLabel") for binding in bindings)
    names = [name for name in directors if name and not Q_NUMBER.fullmatch(name)]
    kind = first("medium", "type").rpartition("/")[2]
    duration = first("duration", "runtime")
    return row_of(
        "series" if kind == "series" or kind in SERIES else "film",
        "" if Q_NUMBER.fullmatch(title) else title,
        min(years, default=None),
        first("originalTitle"),
        [_of(binding, "alias") for binding in bindings],
        ", ".join(names),
        float(duration) if re.fullmatch(r"\d{1,5}(\.\d+)?", duration) else None,
        {
            "wikidata": first("item").rpartition("/")[2],
            **{place: first(place) for place in ("imdb", "tmdb", "tvdb", "letterboxd")},
        },
        genres=[_of(binding, name).rpartition("/")[2] for name in GENRE_COLUMNS for binding in bindings],
    )


WRITE = partial(write_rows, source=CatalogueSource.WIKIDATA)
DUMP = Source("wikidata-dump", read_dump, WRITE, "a dump of Wikidata")
SPARQL = Source("wikidata-sparql", read_sparql, WRITE, "the results of a query")


def kind_of(beginning: bytes) -> Source:
    """Which of both it is, by its first line. Raises Unreadable."""
    beginning = beginning.lstrip()
    if beginning[:1] == b"[" or AN_ENTITY(beginning):
        return DUMP
    if beginning[:1] == b"{":
        return SPARQL
    raise Unreadable("This is neither a JSON dump of Wikidata nor the JSON results of a SPARQL query.")
