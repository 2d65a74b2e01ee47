"""TMDB's tables of ratings and of a watchlist: a row without a rating is wanted."""

import re

from moments.catalogue.works import Work

from .reader import Reader
from .records import Record
from .values import (
    ids_of,
    imdb_id,
    moment_of,
    number_id,
    number_of,
    rating_of,
    title_of,
    year_of,
)

NAMES = re.compile(r"[^/]+\.csv", re.IGNORECASE)
EPISODE = re.compile(r" S\d+E\d+$")


def fits(head):
    return head.kind == "csv" and head.has("tmdb id", "imdb id", "type", "name")


def records(bundle):
    return bundle.kept(map(_record, bundle.every_row()))


def _record(row):
    work, when, rating = _work_of(row), moment_of(row.get("date rated")), rating_of(row.get("your rating"))
    if work is None:
        return None
    return Record("rating", work, *when, rating=rating) if rating else Record("watchlist", work, *when)


def _work_of(row):
    """The work of a row. The ids of an episode are its own, and so is its day."""
    title, year = title_of(row["name"]), year_of(row.get("release date"))
    season, episode = (
        number_of(row.get("season number") or "", 10_000),
        number_of(row.get("episode number") or ""),
    )
    known, medium = (
        ids_of(imdb=row["imdb id"], tmdb=row["tmdb id"]),
        "film" if row["type"] == "movie" else "series",
    )
    if row["type"] not in ("movie", "tv") or not (title or known):
        return None
    if season is None:
        return Work(title, year, medium, ids=known)
    own = {"imdb": imdb_id(row["imdb id"]), "tmdb": number_id(row["tmdb id"])} if episode is not None else {}
    own = {place: found for place, found in own.items() if found}
    ids = {} if own else {place: found for place, found in known.items() if place == "tmdb"}
    return Work(
        EPISODE.sub("", title), medium=medium, ids=ids, season=season, episode=episode, episode_ids=own
    )


READER = Reader("tmdb", NAMES, fits, records)
