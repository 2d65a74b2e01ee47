"""The titles that somebody may mean who types: those of the catalogue that are no film here yet."""

import re

from moments.catalogue import index
from moments.catalogue.matching import match_films
from moments.catalogue.names import asked_words, key_of
from moments.catalogue.works import ID_PLACES, Work
from moments.models import CatalogueTitle

TITLES_SUGGESTED = 8
LONGEST_KNOWN = 200  # letters of a title with its year
NAME_WITH_YEAR = re.compile(r"(.*\S)\s+\(?([12][0-9]{3})\)?")


def suggest_titles(text: str, limit: int = TITLES_SUGGESTED) -> list[CatalogueTitle]:
    """What is called so comes first, then what begins so; of these the well known, the short and the new."""
    words = asked_words(text)
    if not words:
        return []
    key, of_year = key_of(text), _of_year(text)
    ids = list(dict.fromkeys([*of_year, *index.titled(key), *index.beginning(words)]))
    titles = CatalogueTitle.objects.filter(film=None).in_bulk(ids)
    found = [titles[pk] for pk in ids if pk in titles]
    found.sort(key=lambda title: (title.pk not in of_year, *_order(title, key)))
    return not_here(found[: 2 * limit])[:limit]


def _of_year(text: str) -> list[int]:
    """The ids of titles that are called so and are of the year behind it: “The Harbour 1990”."""
    said = NAME_WITH_YEAR.fullmatch(text.strip()) if len(text) <= LONGEST_KNOWN else None
    return index.titled_of_year(key_of(said[1]), int(said[2])) if said else []


def _order(title: CatalogueTitle, key: str) -> tuple:
    begins = title.key.startswith(key)
    return (not _is_called(title, key), not begins, -title.known, len(title.key), -title.year, title.pk)


def _is_called(title: CatalogueTitle, key: str) -> bool:
    return title.key == key or (bool(title.original_title) and key_of(title.original_title) == key)


def not_here(titles: list[CatalogueTitle]) -> list[CatalogueTitle]:
    """Those of which nobody has added the film meanwhile, in their order."""
    films = match_films([work_of(title) for title in titles])
    return [title for title, film in zip(titles, films, strict=True) if film is None]


def work_of(title: CatalogueTitle) -> Work:
    ids = {place: getattr(title, place) for place in ID_PLACES if getattr(title, place)}
    return Work(title.title, title.year, title.medium, title.original_title, ids)
