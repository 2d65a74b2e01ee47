"""Yamtrack's table, in its form of today and of 2024.

Of its sources only TMDB, TheTVDB and IMDb give ids that are known here.
"""

import re

from moments.catalogue.works import Work

from .reader import Reader
from .records import Record, watched
from .values import ids_of, moment_of, number_of, rating_of, text_of, title_of

NAMES = re.compile(r"[^/]+\.csv", re.IGNORECASE)
FILM, SERIES = "film", "series"
MEDIA = {"movie": FILM, "tv": SERIES, "season": SERIES, "episode": SERIES, "anime": ""}
PLACES = {"tmdb": "tmdb", "tvdb": "tvdb", "imdb": "imdb"}
DONE, WANTED = "completed", "planning"


def fits(head):
    return head.kind == "csv" and head.has("media_id", "source", "media_type", "title")


def records(bundle):
    return bundle.kept(record for row in bundle.every_row() for record in _of_row(row))


def _of_row(row):
    """Yields what was seen or is wanted, or else the rating and the note alone."""
    work, kind = _work_of(row), row["media_type"]
    said = {"rating": rating_of(row.get("score")), "text": text_of(row.get("notes"))}
    when = _when(row)
    if work is None:
        yield None
    elif kind == "episode":
        yield watched(work, *when)
    elif row.get("status", "").strip().lower() == DONE:
        yield watched(work, *when, **said)
    elif row.get("status", "").strip().lower() == WANTED:
        yield Record("watchlist", work, **said)
    elif said["rating"] or said["text"]:
        yield Record("rating" if said["rating"] else "comment", work, **said, is_private=not said["rating"])


def _when(row):
    """The day and time at which a row was seen to its end, whatever its form calls it."""
    return moment_of(row.get("end_date") or row.get("watch_date"))


def _work_of(row):
    """The work of a row; None for books, games and whatever has no number that it needs."""
    kind, title = row["media_type"], title_of(row["title"])
    place = PLACES.get(row["source"].strip().lower())
    ids = ids_of(**{place: row["media_id"]}) if place else {}
    season, episode = (
        number_of(row.get("season_number") or "", 10_000),
        number_of(row.get("episode_number") or ""),
    )
    is_whole = kind not in ("season", "episode")
    if kind not in MEDIA or not (title or ids) or (not is_whole and season is None):
        return None
    if kind == "episode" and episode is None:
        return None
    numbers = {} if is_whole else {"season": season, "episode": episode if kind == "episode" else None}
    return Work(title, medium=MEDIA[kind], ids=ids, **numbers)


READER = Reader("yamtrack", NAMES, fits, records)
