"""Movary's three tables of films."""

import re

from moments.catalogue.works import Work

from .reader import Reader
from .records import Once, Record, watched
from .values import day_of, ids_of, rating_of, text_of, title_of, year_of

NAMES = re.compile(r"[^/]+\.csv", re.IGNORECASE)
MOVARY_COLUMNS = ("watchedat", "userrating", "addedat")


def fits(head):
    is_one = any(column in head.columns for column in MOVARY_COLUMNS)
    return head.kind == "csv" and is_one and head.has("title", "year", "tmdbid", "imdbid")


def records(bundle):
    once = Once()
    for name in bundle.found.opened:
        for number, row in enumerate(bundle.rows(name)):
            record = _record(row)
            if record is None:
                bundle.leave_out()
            # Movary may hold a film twice on one day; what stands in two files does not.
            elif record.part == "diary" or once(repr(record), record.part == "seen" and number):
                yield record


def _record(row):
    title, ids = title_of(row["title"]), ids_of(imdb=row["imdbid"], tmdb=row["tmdbid"])
    if not (title or ids):
        return None
    work = Work(title, year_of(row["year"]), "film", ids=ids)
    if "watchedat" in row:
        text, where = text_of(row.get("comment")), title_of(row.get("location"))
        return watched(work, day_of(row["watchedat"]), text=text, raw=where)
    if "addedat" in row:
        return Record("watchlist", work, day_of(row["addedat"]))
    rating = rating_of(row["userrating"])
    return Record("rating", work, rating=rating) if rating else None


READER = Reader("movary", NAMES, fits, records)
