"""The table that Letterboxd takes in, which this site and others write; films alone have a place in it."""

import re

from moments.catalogue.works import Work

from .reader import Reader
from .records import Record, watched
from .refusals import WhichList
from .values import day_of, ids_of, is_true, rating_of, tags_of, text_of, title_of, year_of

NAMES = re.compile(r"[^/]+\.csv", re.IGNORECASE)
FILM = {"tmdbid", "imdbid", "title", "year"}  # the columns of a list of films


def fits(head):
    if head.kind != "csv" or not head.has("title"):
        return False
    return head.has("rating10") or head.has("watcheddate") or _is_list(head)


def _is_list(head):
    return set(head.columns) == FILM


def records(bundle):
    """Yields a record for each row."""
    return bundle.kept(record for name in bundle.found.opened for record in _records_in(bundle, name))


def _records_in(bundle, name):
    if not _is_list(bundle.head(name)):
        return map(_record, bundle.rows(name))
    if "watchlist" not in name.lower():
        raise WhichList
    return map(_wanted, bundle.rows(name))


def _work_of(row):
    """The film of a row; None where it has neither a title nor an id."""
    title, ids = title_of(row["title"]), ids_of(imdb=row.get("imdbid"), tmdb=row.get("tmdbid"))
    return Work(title, year_of(row.get("year")), "film", ids=ids) if title or ids else None


def _wanted(row):
    work = _work_of(row)
    return work and Record("watchlist", work)


def _record(row):
    if not (work := _work_of(row)):
        return None
    day = day_of(row.get("watcheddate"))
    rating, text = rating_of(row.get("rating10")), text_of(row.get("review"))
    said = {"rating": rating, "text": text, "tags": tags_of(row.get("tags"))}
    said["is_rewatch"] = is_true(row.get("rewatch"))
    if day or not (text or rating):
        return watched(work, day, **said)
    return Record("review" if text else "rating", work, **said)


READER = Reader("letterboxd-form", NAMES, fits, records)
