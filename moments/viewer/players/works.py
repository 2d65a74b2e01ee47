"""The work that a player means: a film, or an episode by the name of its series and its numbers.

The ids of an episode are mostly its own, and the year is the one in which it was shown: neither says which
series it is of.
"""

import re
from collections.abc import Mapping

from moments.catalogue.works import Work
from moments.spoilers.rules import LAST_EPISODE, LAST_SEASON
from moments.viewer.players.facts import Facts

FILM, SERIES = "film", "series"
# Servers call a series "Doctor Who (2005)" where there are several of that name.
WITH_YEAR = re.compile(r"(.+?) \((\d{4})\)", re.ASCII)
YEARS = range(1874, 2101)


def film_work(facts: Facts, title: str, original_title: str, year: str, ids: Mapping[str, str]) -> Work:
    """A film, by the names of its facts."""
    found = facts.number(year, YEARS[-1])
    return Work(
        title=facts.text(title),
        year=found if found in YEARS else None,
        medium=FILM,
        original_title=facts.text(original_title),
        ids=ids,
    )


def episode_work(
    series: str,
    season: int | None,
    episode: int | None,
    title: str,
    episode_ids: Mapping[str, str],
    ids: Mapping[str, str] | None = None,
) -> Work:
    """An episode of a series."""
    found = WITH_YEAR.fullmatch(series)
    year = int(found[2]) if found and int(found[2]) in YEARS else None
    return Work(
        title=found[1] if found and year else series,
        year=year,
        medium=SERIES,
        ids=ids or {},
        season=season,
        episode=episode,
        episode_title=title,
        episode_ids=episode_ids,
    )


def season_in(facts: Facts, name: str) -> int | None:
    return facts.number(name, LAST_SEASON)


def episode_in(facts: Facts, name: str) -> int | None:
    return facts.number(name, LAST_EPISODE - 1)
