"""Which film somebody means: the film of a work, and the title of the catalogue that becomes it.

An id says it for sure. Without one it is the title, with the year within one and the medium where it is said;
where several fit, nobody guesses.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any, NamedTuple

from django.db.models import Q

from moments.catalogue import index as catalogue_index
from moments.catalogue.names import ARTICLES, key_of, parts_of, plain_title
from moments.catalogue.rows import LAST_YEAR
from moments.catalogue.works import ID_PLACES, Work
from moments.models import CatalogueTitle, Film, State
from moments.models.film import FIRST_FILM_YEAR
from moments.search.analyser import title_key
from moments.search.dialect import WordQuery
from moments.search.index import newest
from moments.search.schema import FILMS, TITLE
from reelive.alphabet import ARTICLES as LANGUAGES
from reelive.alphabet import sort_title

WORKS_AT_ONCE = 500
MOST_NAMED = 5_000
# Of these a film and a series may have the same number.
OF_A_MEDIUM = frozenset(("tmdb", "tvdb"))
ALL_ARTICLES = frozenset(" ".join(LANGUAGES.values()).split())
BEFORE = ("", *sorted(ARTICLES))
FILM_PLACES = tuple(place for place in ID_PLACES if hasattr(Film, place))


class Candidate(NamedTuple):
    """A film or a title of the catalogue, as far as it may be a work."""

    pk: int
    medium: str
    year: int
    titles: tuple[str, ...]
    ids: Mapping[str, str]
    counts_as: int | None  # the key that is answered; None for what nobody may use


def match_films(works: Sequence[Work]) -> list[int | None]:
    """The key of the film of each work; None where there is none, or more than one may be meant."""
    return _match(works, _films_with_ids, _films_called)


def match_titles(works: Sequence[Work]) -> list[int | None]:
    """The key of the title of the catalogue of each work, in the same way."""
    return _match(works, _titles_with_ids, _titles_called)


def _match(works: Sequence[Work], with_ids: Callable, called: Callable) -> list[int | None]:
    found: list[int | None] = []
    for start in range(0, len(works), WORKS_AT_ONCE):
        found += _match_some(works[start : start + WORKS_AT_ONCE], with_ids, called)
    return found


def _match_some(works: Sequence[Work], with_ids: Callable, called: Callable) -> list[int | None]:
    by_id = _by_id(with_ids({place: _ids(works, place) for place in ID_PLACES}))
    known = {number: _with_its_id(work, by_id) for number, work in enumerate(works)}
    rest = [work for number, work in enumerate(works) if known[number] is None and work.title]
    by_key = _by_key(called(rest) if rest else ())
    chosen = [known[number] or _called_so(work, by_key) for number, work in enumerate(works)]
    return [candidate and candidate.counts_as for candidate in chosen]


def _ids(works: Iterable[Work], place: str) -> list[str]:
    return sorted({work.ids[place] for work in works if work.ids.get(place)})


def _titles_of(work: Work) -> list[str]:
    return list(dict.fromkeys(filter(None, (work.title, work.original_title))))


def _by_id(candidates: Iterable[Candidate]) -> dict[tuple[str, str], list[Candidate]]:
    found: dict[tuple[str, str], list[Candidate]] = {}
    for candidate in candidates:
        for place, number in candidate.ids.items():
            if number:
                found.setdefault((place, number), []).append(candidate)
    return found


def _with_its_id(work: Work, by_id: Mapping) -> Candidate | None:
    """The only candidate with an id of the work, by the surest place first."""
    for place in ID_PLACES:
        if number := work.ids.get(place):
            candidates = by_id.get((place, number), ())
            fitting = [each for each in candidates if _is_of_medium(work, each, place)]
            if len({each.counts_as for each in fitting}) == 1:
                return fitting[0]
    return None


def _is_of_medium(work: Work, candidate: Candidate, place: str) -> bool:
    return place not in OF_A_MEDIUM or work.medium in ("", candidate.medium)


def _by_key(candidates: Iterable[Candidate]) -> dict[str, list[Candidate]]:
    found: dict[str, list[Candidate]] = {}
    for candidate in candidates:
        for key in {key_of(title) for title in candidate.titles if title}:
            found.setdefault(key, []).append(candidate)
    return found


def _called_so(work: Work, by_key: Mapping) -> Candidate | None:
    """The only candidate that is called like the work: of the very year, else of the year before or after."""
    named = {
        each.pk: each
        for title in _titles_of(work)
        for each in by_key.get(key_of(title), ())
        if work.medium in ("", each.medium) and not _contradicts(work, each)
    }
    candidates = list(named.values())
    if work.year is None:
        return _only(candidates)
    of_that_year = [each for each in candidates if each.year == work.year]
    return _only(of_that_year or [each for each in candidates if abs(each.year - work.year) == 1])


def _contradicts(work: Work, candidate: Candidate) -> bool:
    """Whether both have an id of one place, and another one."""
    return any(
        work.ids.get(place) and candidate.ids.get(place) and work.ids[place] != candidate.ids[place]
        for place in ID_PLACES
        if _is_of_medium(work, candidate, place)
    )


def _only(candidates: list[Candidate]) -> Candidate | None:
    """A film that is here is meant rather than one that leads to another."""
    candidates = [each for each in candidates if each.counts_as == each.pk] or candidates
    return candidates[0] if len({each.counts_as for each in candidates}) == 1 else None


# Films.


def was_here(work: Work) -> bool:
    """Whether a film has an id of the work, be it one that a moderator removed."""
    with_ids = _by_id(_films_with_ids({place: _ids([work], place) for place in ID_PLACES}))
    return any(
        _is_of_medium(work, each, place)
        for place, number in work.ids.items()
        for each in with_ids.get((place, number), ())
    )


def _films_with_ids(ids: Mapping[str, list[str]]) -> Iterator[Candidate]:
    asked = Q()
    for place in FILM_PLACES:
        if ids[place]:
            asked |= Q(**{f"{place}__in": ids[place]}) & Q(**{f"{place}__gt": ""})
    return _films(asked) if asked else iter(())


def _films_called(works: Iterable[Work]) -> Iterator[Candidate]:
    titles = [title for work in works for title in _titles_of(work)]
    keys = sorted({key for title in titles for key in _spellings(title)} - {""})
    found = newest(FILMS, WordQuery(facets={TITLE: keys}), MOST_NAMED) if keys else []
    return chain(_films(Q(pk__in=found)) if found else (), _films(_merged(titles)))


def _merged(titles: Iterable[str]) -> Q:
    """Films that were merged into others: no search finds these, the alphabet has them by the same titles."""
    places = {sort_title(title, language) for title in titles for language in _languages(title)}
    return Q(state=State.REMOVED, sort_title__in=sorted(places), merged_into__isnull=False)


def _languages(title: str) -> Sequence[str]:
    """Those by which its place in the alphabet may differ, since it may begin with an article of theirs."""
    first = title.partition(" ")[0].replace("’", "'").partition("'")[0].lower()
    return ("", *LANGUAGES) if first in ALL_ARTICLES else ("",)


@lru_cache(1 << 12)
def _spellings(title: str) -> frozenset[str]:
    """The keys under which the search may know a title: it puts neither articles nor `and` aside."""
    parts = parts_of(plain_title(title).replace("&", " and "))
    if len(parts) > 1 and parts[0] in ARTICLES:
        del parts[0]
    without = [part for part in parts if part != "and"]
    joined = {"".join(words) for words in (parts, without)}
    return frozenset(map(title_key, [title, *(article + words for article in BEFORE for words in joined)]))


def _films(asked: Q) -> Iterator[Candidate]:
    """Those that are here, and those that lead to one that is."""
    names = ("pk", "medium", "year", "title", "original_title", *FILM_PLACES)
    ways = (
        "merged_into",
        "merged_into__state",
        "merged_into__merged_into",
        "merged_into__merged_into__state",
    )
    for row in Film.objects.filter(asked).order_by().values("state", *names, *ways):
        ids = {place: row[place] for place in FILM_PLACES}
        titles = (row["title"], row["original_title"])
        yield Candidate(row["pk"], row["medium"], row["year"], titles, ids, _film_of_now(row))


def _film_of_now(row: Mapping[str, Any]) -> int | None:
    steps = (("pk", "state"), ("merged_into",) * 2, ("merged_into__merged_into",) * 2)
    for key, way in steps:
        state = row["state"] if way == "state" else row[f"{way}__state"]
        if row[key] and state == State.VISIBLE:
            return row[key]
    return None


# Titles of the catalogue.


def _titles_with_ids(ids: Mapping[str, list[str]]) -> Iterator[Candidate]:
    asked = Q()
    for place in ID_PLACES:
        if ids[place]:
            asked |= Q(**{f"{place}__in": ids[place]}) & Q(**{f"{place}__gt": ""})
    return _titles(asked) if asked else iter(())


def _titles_called(works: Iterable[Work]) -> Iterator[Candidate]:
    """Where the year is said, those of it and of the years beside it: of one title there may be hundreds."""
    named = {(key_of(title), work.year) for work in works for title in _titles_of(work)}
    found = catalogue_index.called([(key, *_years_beside(year)) for key, year in named], MOST_NAMED)
    return _titles(Q(pk__in=found)) if found else iter(())


def _years_beside(year: int | None) -> tuple[int, int]:
    """The year before and the year after, as far as there were films; all where none is said."""
    if year is None:
        return FIRST_FILM_YEAR, LAST_YEAR
    return min(max(year - 1, FIRST_FILM_YEAR), LAST_YEAR + 1), max(min(year + 1, LAST_YEAR), 0)


def _titles(asked: Q) -> Iterator[Candidate]:
    names = ("pk", "medium", "year", "title", "original_title", "others", *ID_PLACES)
    for row in CatalogueTitle.objects.filter(asked).order_by().values(*names):
        titles = (row["title"], row["original_title"], *row["others"].split("\n"))
        ids = {place: row[place] for place in ID_PLACES}
        yield Candidate(row["pk"], row["medium"], row["year"], titles, ids, row["pk"])
