"""Looking a title up elsewhere: on Wikidata and on TMDB, where this site wants that, and when a member asks.

What is found goes into the catalogue, so that it is asked for once. TMDB lets nothing be kept for longer than
six months: a title from there goes when they are over, and is looked up anew.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from moments.catalogue.asking import REMEMBERED, answer_of, key_for
from moments.catalogue.rows import CatalogueRow, known_by, row_of
from moments.catalogue.sources.wikidata import row_of_entity, values_of
from moments.catalogue.writing import write_rows
from moments.models import CatalogueSource, CatalogueTitle
from moments.models.genres import TMDB as TMDB_GENRES
from reelive.outgoing import NoAnswer, ask_json

WIKIDATA, TMDB = "https://www.wikidata.org", "https://api.themoviedb.org"
TITLES_FOUND, DIRECTORS = 20, 40
MOST_VOTES = 40_000
DIRECTED_BY = "P57"
WIKIDATA_ID = re.compile(r"Q[1-9]\d{0,11}")
NOTICE = _("This product uses the TMDB API but is not endorsed or certified by TMDB.")


class Lookup(NamedTuple):
    """Where this site looks titles up, and what has to be said beside it."""

    names: str
    notice: str


def lookup() -> Lookup | None:
    """None where it asks nobody."""
    names = [name for name, _find in _places()]
    return Lookup(" · ".join(names), str(NOTICE) if settings.TMDB_API_KEY else "") if names else None


def _places() -> list[tuple[str, Callable[[str], list[CatalogueRow]]]]:
    places: list[tuple[str, Callable[[str], list[CatalogueRow]]]] = []
    if settings.CATALOGUE_LOOKUP == "WIKIDATA":
        places.append(("Wikidata", from_wikidata))
    if settings.TMDB_API_KEY:
        places.append(("TMDB", from_tmdb))
    return places


def look_up(text: str) -> bool:
    """Ask for titles that are called so, and enter them. False where somebody did not answer."""
    answered = True
    for name, find in _places():
        key = key_for(name, text)
        if cache.get(key):
            continue
        rows = answer_of(name, find, text)
        if rows is None:
            answered = False
            continue
        _enter(rows, CatalogueSource.TMDB if find is from_tmdb else CatalogueSource.WIKIDATA)
        cache.set(key, True, REMEMBERED)
    return answered


def _enter(rows: list[CatalogueRow], source: str) -> None:
    if not rows:
        return
    write_rows(rows, source)
    if source == CatalogueSource.TMDB:
        ids = [row.tmdb for row in rows]
        new = CatalogueTitle.objects.filter(tmdb__in=ids, tmdb__gt="", source=source, fetched=None)
        new.update(fetched=timezone.now())


def from_wikidata(text: str) -> list[CatalogueRow]:
    """The films and series that are called so there. Raises NoAnswer."""
    language = (get_language() or "en")[:2]
    asked = {"action": "wbsearchentities", "search": text, "language": language, "uselang": language}
    found = _ask_wikidata(**asked, type="item", limit=str(TITLES_FOUND)).get("search")
    ids = [each.get("id") for each in _list(found) if isinstance(each, dict)]
    ids = [number for number in ids if isinstance(number, str) and WIKIDATA_ID.fullmatch(number)][
        :TITLES_FOUND
    ]
    if not ids:
        return []
    entities = _entities(ids, "labels|aliases|claims|sitelinks")
    rows = [(entity, _row(entity)) for entity in entities]
    films = [(entity, row) for entity, row in rows if isinstance(row, CatalogueRow)]
    names = _names({number for entity, _row in films for number in _directors(entity)})
    return [
        row._replace(director=", ".join(filter(None, map(names.get, _directors(entity))))[:150])
        for entity, row in films
    ]


def _row(entity: Mapping[str, Any]) -> CatalogueRow | str:
    try:
        return row_of_entity(entity)
    except (ValueError, TypeError, AttributeError, KeyError):
        return ""


def _directors(entity: Mapping[str, Any]) -> list[str]:
    values = values_of(entity.get("claims") or {}, DIRECTED_BY)
    ids = [value.get("id", "") for value in values if isinstance(value, dict)]
    return [number for number in ids if WIKIDATA_ID.fullmatch(number)][:3]


def _names(ids: set[str]) -> dict[str, str]:
    """What people are called, by their numbers; nothing where Wikidata does not say so now."""
    if not ids:
        return {}
    try:
        people = _entities(sorted(ids)[:DIRECTORS], "labels")
    except NoAnswer:
        return {}
    names = {}
    for person in people:
        labels = person.get("labels") or {}
        label = labels.get("en") or labels.get("mul") or next(iter(labels.values()), {})
        names[str(person.get("id"))] = str(label.get("value", ""))
    return names


def _entities(ids: list[str], props: str) -> list[Mapping[str, Any]]:
    found = _ask_wikidata(action="wbgetentities", ids="|".join(ids), props=props).get("entities")
    return [
        entity for entity in (found or {}).values() if isinstance(entity, dict) and "missing" not in entity
    ]


def _ask_wikidata(**values: str) -> Mapping[str, Any]:
    answer = ask_json(WIKIDATA, "/w/api.php", format="json", **values)
    if not isinstance(answer, dict) or "error" in answer:
        raise NoAnswer("Wikidata did not understand the question.")
    return answer


def from_tmdb(text: str) -> list[CatalogueRow]:
    """The films and series that are called so there. Raises NoAnswer."""
    answer = ask_json(TMDB, "/3/search/multi", query=text, api_key=settings.TMDB_API_KEY)
    if not isinstance(answer, dict):
        raise NoAnswer("TMDB did not understand the question.")
    rows = [_row_of_tmdb(each) for each in _list(answer.get("results")) if isinstance(each, dict)]
    return [row for row in rows if isinstance(row, CatalogueRow)][:TITLES_FOUND]


def _row_of_tmdb(found: Mapping[str, Any]) -> CatalogueRow | str:
    media = {"movie": ("film", "title", "release_date"), "tv": ("series", "name", "first_air_date")}
    if found.get("media_type") not in media or found.get("adult") is True:
        return ""
    medium, name, date = media[found["media_type"]]
    votes = found.get("vote_count")
    return row_of(
        medium,
        str(found.get(name) or ""),
        str(found.get(date) or "")[:4],
        str(found.get(f"original_{name}") or ""),
        ids={"tmdb": str(found.get("id") or "")},
        genres=_genres_of_tmdb(found.get("genre_ids")),
        known=known_by(votes, MOST_VOTES) if isinstance(votes, int) else 0,
    )


def _genres_of_tmdb(numbers: Any) -> list[str]:
    known = [TMDB_GENRES.get(number, ()) for number in _list(numbers) if type(number) is int]
    return [slug for several in known for slug in several]


def _list(value: Any) -> list:
    return value if isinstance(value, list) else []
