"""Yamtrack's table, in its form of today and of 2024.

Of its sources only TMDB, TheTVDB and IMDb give ids that are known here.
"""

import re
from dataclasses import replace

from moments.catalogue.works import Work

from .reader import Reader
from .records import Record, watched
from .values import ids_of, moment_of, number_of, rating_of, text_of, title_of

NAMES = re.compile(r"[^/]+\.csv", re.IGNORECASE)
FILM, SERIES = "film", "series"
MEDIA = {"movie": FILM, "tv": SERIES, "season": SERIES, "episode": SERIES, "anime": ""}
PLACES = {"tmdb": "tmdb", "tvdb": "tvdb", "imdb": "imdb"}
# Who sees something once more has seen it before.
DONE, WANTED, STARTED = ("completed", "repeating"), ("planning",), ("in progress", "paused")


def fits(head):
    return head.kind == "csv" and head.has("media_id", "source", "media_type", "title")


def records(bundle):
    return bundle.kept(record for row in bundle.every_row() for record in _of_row(row))


def _of_row(row):
    """Yields what a row says, and that it was seen again, on days that nobody noted."""
    work = _work_of(row)
    if work is None:
        yield None
        return
    yield from _of_state(row, work)
    if number_of(row.get("repeats") or ""):
        yield watched(work, is_rewatch=True)


def _of_state(row, work):
    """Yields what was seen, is wanted or was begun, or else the rating and the note alone."""
    said = {"rating": rating_of(row.get("score")), "text": text_of(row.get("notes"))}
    state, kind = row.get("status", "").strip().lower(), row["media_type"]
    if kind == "episode":
        yield watched(work, *_when(row))
    elif state in DONE:
        yield watched(work, *_when(row), **said)
    elif state in WANTED:
        yield Record("watchlist", work, **said)
    else:
        is_followed = kind != "movie" and state in STARTED and number_of(row.get("progress") or "")
        if is_followed:
            yield Record("follow", replace(work, season=None))
        if said["rating"] or said["text"]:
            part = "rating" if said["rating"] else "comment"
            yield Record(part, work, **said, is_private=not said["rating"])
        elif not is_followed:
            yield None


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
