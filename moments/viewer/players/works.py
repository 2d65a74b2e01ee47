"""The work that a player means: a film, or an episode by the name of its series and its numbers.

The ids of an episode are mostly its own, and the year is the one in which it was shown: neither says which
series it is of.
"""

from collections.abc import Mapping

from moments.catalogue.works import YEARS, Work, with_year_apart
from moments.spoilers.rules import LAST_EPISODE, LAST_SEASON
from moments.viewer.players.facts import Facts

FILM, SERIES = "film", "series"


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
    work = Work(
        title=series,
        medium=SERIES,
        ids=ids or {},
        season=season,
        episode=episode,
        episode_title=title,
        episode_ids=episode_ids,
    )
    return with_year_apart(work)


def season_in(facts: Facts, name: str) -> int | None:
    return facts.number(name, LAST_SEASON)


def episode_in(facts: Facts, name: str) -> int | None:
    return facts.number(name, LAST_EPISODE - 1)
