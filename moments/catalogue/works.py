"""A work: what a file, a player or another site says about a film, a series, a season or an episode.

It is what somebody named, and no row: `matching` finds the film that it is.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

# The places that give films ids, in the order in which they are asked: the surest first.
ID_PLACES = ("imdb", "wikidata", "tmdb", "tvdb", "letterboxd")
YEARS = range(1874, 2101)  # in which something was or will be shown
# What several are called is mostly named like "Doctor Who (2005)".
WITH_YEAR = re.compile(r"(.+?) \((\d{4})\)", re.ASCII)


@dataclass(frozen=True)
class Work:
    """One of them; what is not said is empty.

    Args:
        title: of the film, or of the series as a whole.
        year: of its first showing.
        medium: "film", "series", or "" where nobody says which.
        ids: texts by their place, one of ID_PLACES; always those of the film or of the series as a whole.
        season, episode: numbers; a season alone is the whole of it. 0 is for specials.
        episode_ids: the same as `ids`, of the episode.
    """

    title: str = ""
    year: int | None = None
    medium: str = ""
    original_title: str = ""
    ids: Mapping[str, str] = field(default_factory=dict)
    season: int | None = None
    episode: int | None = None
    episode_title: str = ""
    episode_ids: Mapping[str, str] = field(default_factory=dict)


def with_year_apart(work: Work) -> Work:
    """The work with the year that stands behind its title, where no year is said otherwise."""
    found = WITH_YEAR.fullmatch(work.title) if work.year is None else None
    if found is None or int(found[2]) not in YEARS:
        return work
    return replace(work, title=found[1], year=int(found[2]))
