"""Comparing what was brought with what is here, for the preview: by what the film of each work is known."""

from collections import Counter
from dataclasses import replace

from django.db import transaction

from moments.archives.bringing.packing import record_in
from moments.archives.bringing.previewing import BY_ID, BY_TITLE, FROM_CATALOGUE, NOT_HERE
from moments.archives.bringing.reading import lines_of
from moments.catalogue.matching import match_films, match_titles
from moments.catalogue.works import Work
from moments.models import WaitingWork
from moments.models.mixins.unknown import named

TITLES_SHOWN = 100  # of what is not known


def compare(homecoming, now):
    """Look up the works that come for the first time in the next segment."""
    lines = lines_of(homecoming)
    works = [whole(record_in(line).work) for line, is_first in lines if is_first]
    how = how_known(works)
    missing = [titled(work) for work, by in zip(works, how, strict=True) if by == NOT_HERE]
    with transaction.atomic():
        if homecoming.lock_step():
            _note(homecoming, Counter(how), missing, len(lines), now)


def _note(homecoming, known, missing, passed, now):
    """Add to what was found, and say how far that came."""
    works = Counter(homecoming.found["works"]) + known
    missing = [*homecoming.found.get("missing", []), *missing][:TITLES_SHOWN]
    found = homecoming.found | {"works": dict(works), "missing": missing}
    place, passed = homecoming.place + 1, homecoming.passed + passed
    homecoming.note(now, found=found, place=place, passed=passed)
    if place == len(homecoming.segments):
        homecoming.ask()


def titled(work):
    """What a work is called where somebody reads it."""
    return str(WaitingWork(work=named(work)))


def whole(work):
    """The film or series itself, without the numbers of a part."""
    return Work(work.title, work.year, work.medium, work.original_title, work.ids)


def how_known(works):
    """By what the film of each is known: one of the four words of the preview."""
    by_id = match_films([replace(work, title="", original_title="") for work in works])
    known = {number: BY_ID for number, film in enumerate(by_id) if film}
    _look(works, known, match_films, BY_TITLE)
    _look(works, known, match_titles, FROM_CATALOGUE)
    return [known.get(number, NOT_HERE) for number in range(len(works))]


def _look(works, known, match, how):
    rest = [number for number in range(len(works)) if number not in known]
    for number, found in zip(rest, match([works[number] for number in rest]), strict=True):
        if found:
            known[number] = how
