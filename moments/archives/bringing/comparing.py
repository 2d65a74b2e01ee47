"""Comparing what was brought with what is here, for the preview: by what the film of each work is known."""

from collections import Counter
from dataclasses import replace

from django.db import transaction

from moments.archives.bringing.packing import record_in
from moments.archives.bringing.previewing import (
    BY_ID,
    BY_TITLE,
    BY_TITLE_ALONE,
    FROM_CATALOGUE,
    NOT_HERE,
)
from moments.archives.bringing.reading import lines_of
from moments.catalogue.matching import match_films, match_titles
from moments.catalogue.works import Work
from moments.models import WaitingWork
from moments.models.mixins.unknown import named

TITLES_SHOWN = 100  # of what is not known, and of what is known by its title alone
# Under which name `Homecoming.found` keeps the titles of works that are known in this way.
NAMED = {NOT_HERE: "missing", BY_TITLE_ALONE: "guessed"}


def compare(homecoming, now):
    """Look up the works that come for the first time in the next segment."""
    lines = lines_of(homecoming)
    works = [whole(record_in(line).work) for line, is_first in lines if is_first]
    how = how_known(works)
    titles = {
        name: [titled(work) for work, by in zip(works, how, strict=True) if by == known]
        for known, name in NAMED.items()
    }
    with transaction.atomic():
        if homecoming.lock_step():
            _note(homecoming, Counter(how), titles, len(lines), now)


def _note(homecoming, known, titles, passed, now):
    """Add to what was found, and say how far that came."""
    before = homecoming.found
    works = Counter(before["works"]) + known
    named = {name: [*before.get(name, []), *of_name][:TITLES_SHOWN] for name, of_name in titles.items()}
    place, passed = homecoming.place + 1, homecoming.passed + passed
    homecoming.note(now, found=before | {"works": dict(works)} | named, place=place, passed=passed)
    if place == len(homecoming.segments):
        homecoming.ask()


def titled(work):
    """What a work is called where somebody reads it."""
    return str(WaitingWork(work=named(work)))


def whole(work):
    """The film or series itself, without the numbers of a part."""
    return Work(work.title, work.year, work.medium, work.original_title, work.ids)


def how_known(works):
    """In which way the film of each is known: one of the words of the preview."""
    by_ids = [replace(work, title="", original_title="") for work in works]
    # A title names a work for certain where its year is said.
    surely = [work if work.year else ids for work, ids in zip(works, by_ids, strict=True)]
    known = {}
    _look(by_ids, known, match_films, BY_ID)
    _look(surely, known, match_films, BY_TITLE)
    _look(works, known, match_films, BY_TITLE_ALONE)
    _look(surely, known, match_titles, FROM_CATALOGUE)
    _look(works, known, match_titles, BY_TITLE_ALONE)
    return [known.get(number, NOT_HERE) for number in range(len(works))]


def _look(works, known, match, how):
    """Note in `known` how those are known that `match` finds now; by a title alone only what has no year."""
    rest = [number for number in range(len(works)) if number not in known]
    if how == BY_TITLE_ALONE:
        rest = [number for number in rest if not works[number].year]
    for number, found in zip(rest, match([works[number] for number in rest]), strict=True):
        if found:
            known[number] = how
