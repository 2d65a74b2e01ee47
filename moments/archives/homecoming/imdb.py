"""IMDb's tables of ratings, of a watchlist and of lists, in all forms since 2015. Each row has an id."""

import re
from datetime import date

from moments.catalogue.works import Work

from .reader import Reader
from .records import Record
from .values import day_of, imdb_id, rating_of, text_of, title_of, year_of

NAMES = re.compile(r"[^/]+\.csv", re.IGNORECASE)
FILMS = {
    "movie",
    "featurefilm",
    "tvmovie",
    "short",
    "shortfilm",
    "tvshort",
    "tvspecial",
    "video",
    "documentary",
}
SERIES = {"tvseries", "tvminiseries", "miniseries"}
EPISODES = {"tvepisode"}
NOT_LETTERS = re.compile(r"[^a-z]")
ENGLISH = re.compile(r"[A-Z][a-z]{2} ([A-Z][a-z]{2}) {1,2}([0-9]{1,2}) [0-9:]{8} ([0-9]{4})")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
NOT_A_NAME = re.compile(r"|watchlist|list|export|(?=.*[0-9])[0-9a-f_-]+|ls[0-9]+", re.IGNORECASE)


def fits(head):
    return head.kind == "csv" and head.has("const", "title")


def records(bundle):
    return bundle.kept(record for name in bundle.found.opened for record in _of_file(bundle, name))


def _of_file(bundle, name):
    """Yields the records of a table, and None for a row without any."""
    is_list, place = _is_list(bundle.head(name).columns, name), _place_of(name)
    for row in bundle.rows(name):
        yield from list(_of_row(row, is_list, place)) or [None]


def _is_list(columns, name):
    """Whether a table is of a list. Before 2018 it has the columns of ratings, and its name tells."""
    return "position" in columns and ("you rated" not in columns or "rating" not in name.lower())


def _place_of(name):
    """The name of the list that a file holds; empty for the watchlist."""
    stem = name.rpartition("/")[2].rpartition(".")[0]
    return "" if NOT_A_NAME.fullmatch(stem) or "watchlist" in stem.lower() else title_of(stem)


def _of_row(row, is_list, place):
    """Yields a rating, and the entry of the list in which the row stands."""
    if not (work := _work_of(row)):
        return
    old, created = rating_of(row.get("you rated")), _day(row.get("created"))
    rating = old or rating_of(row.get("your rating"))
    if rating:
        yield Record("rating", work, _day(row.get("date rated")) or (created if old else None), rating=rating)
    if is_list and (place or not old):
        note = text_of(row.get("description"))
        yield Record("list entry" if place else "watchlist", work, created, text=note, list_name=place)


def _work_of(row):
    """The work of a row; None for games, podcasts and the like."""
    title, original = title_of(row["title"]), title_of(row.get("original title"))
    kind, known = NOT_LETTERS.sub("", text_of(row.get("title type"), 40).lower()), _ids(row)
    if not title or not known:
        return None
    if kind in EPISODES:
        return _episode(title, original, known)
    medium = "series" if kind in SERIES else "film" if kind in FILMS else ""
    return Work(title, year_of(row.get("year")), medium, original, known) if medium else None


def _ids(row):
    found = imdb_id(row["const"])
    return {"imdb": found} if found else {}


def _episode(title, original, known):
    """An episode: its title follows that of the series, and the id and the year are its own."""
    series, between, own = title.rpartition(": ")
    if original and title.endswith(f": {original}"):
        series, between, own = title[: -len(original) - 2], ": ", original
    return Work(series if between else title, medium="series", episode_title=own, episode_ids=known)


def _day(text):
    """A day as IMDb writes it, before 2018 in English."""
    match = ENGLISH.fullmatch(text.strip()) if text else None
    if not match or match[1] not in MONTHS:
        return day_of(text)
    try:
        return date(int(match[3]), MONTHS.index(match[1]) + 1, int(match[2]))
    except ValueError:
        return None


READER = Reader("imdb", NAMES, fits, records, reads_old=True)
