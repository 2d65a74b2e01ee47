"""NeoDB's tables of films and series: marks, notes and reviews.

What a work is stands in its links, or in its info as pairs such as "imdb:tt0876563" with spaces between them.
"""

import re

from moments.catalogue.works import Work

from .reader import Reader
from .records import Record, watched
from .values import (
    ids_of,
    moment_of,
    number_of,
    rating_of,
    tags_of,
    text_of,
    title_of,
    year_of,
)

NAMES = re.compile(r"(?:movie|tv)_(?:mark|note|review)\.csv", re.IGNORECASE)
IMDB = re.compile(r"(?:imdb\.com/title/|\bimdb:)(tt\d{5,9})")
TMDB = re.compile(r"themoviedb\.org/(movie|tv)/(\d{1,10})(?:[\w-]*/season/(\d{1,4}))?")
TMDB_PAIR = re.compile(r"\btmdb_(movie|tv)(?:season)?:(\d{1,10})(?:-(\d{1,4}))?\b")
WIKIDATA = re.compile(r"(?:wikidata\.org/wiki/|\bwikidata:)(Q\d{1,12})\b")
YEAR = re.compile(r"\byear:(\d{4})\b")
SERIES = re.compile(r"/tv/|/tv\b")
FILM = re.compile(r"/movie/|/movie\b")
OTHER = re.compile(r"/(?:book|album|game|podcast|performance)/")
STATES = {"complete": "seen", "wishlist": "watchlist", "progress": "follow"}


def fits(head):
    return head.kind == "csv" and head.has("title", "info", "links", "timestamp")


def records(bundle):
    return bundle.kept(record for name in bundle.found.opened for record in _of_file(bundle, name))


def _of_file(bundle, name):
    """Yields the records of a table, and None for a row without any."""
    read = _mark if bundle.head(name).has("status") else _said
    for row in bundle.rows(name):
        work = work_of(row, name)
        yield from (work and list(read(row, work))) or [None]


def _mark(row, work):
    """Yields what a mark says. Of what was dropped only a rating is kept."""
    part, rating = STATES.get(row["status"].strip().lower()), rating_of(row.get("rating"))
    said = {"text": text_of(row.get("comment")), "tags": tags_of(row.get("tags", "").replace(" ", ","))}
    when = moment_of(row["timestamp"])
    if part == "seen":
        yield watched(work, *when, rating=rating, **said)
    elif part:
        yield Record(part, work, *when, **said)
    if rating and part != "seen":
        yield Record("rating", work, *when, rating=rating)


def _said(row, work):
    """Yields a note, which is private, or a review; either may have a title of its own."""
    text = "\n\n".join(filter(None, (title_of(row.get("title 2")), text_of(row.get("content")))))
    is_note = "progress" in row
    if text:
        part, raw = ("comment", text_of(row["progress"], 100)) if is_note else ("review", "")
        yield Record(part, work, *moment_of(row["timestamp"]), text=text, raw=raw, is_private=is_note)


def work_of(row, name=""):
    """The film, series or season of a row; None for a book, a record or a game."""
    links = f"{text_of(row['links'], 4_000)} {text_of(row['info'], 4_000)}"
    tmdb = TMDB.search(links) or TMDB_PAIR.search(links)
    title, medium, imdb = title_of(row["title"]), _medium_of(links, tmdb, name), _said_by(IMDB, links)
    if (not medium and not imdb) or not title:
        return None
    ids = ids_of(tmdb=tmdb and tmdb[2])
    if medium == "series":
        return Work(title, medium=medium, ids=ids, season=number_of(tmdb[3]) if tmdb and tmdb[3] else None)
    # What a season has at IMDb is that of an episode, and its year its own: only those of a film are certain.
    ids |= ids_of(imdb=imdb)
    if wikidata := _said_by(WIKIDATA, links):
        ids["wikidata"] = wikidata
    return Work(title, year_of(_said_by(YEAR, links)), medium, ids=ids)


def _said_by(pattern, links):
    match = pattern.search(links)
    return match and match[1]


def _medium_of(links, tmdb, name):
    """Whether it is a "film" or a "series"; empty where nobody says so."""
    if tmdb:
        return "film" if tmdb[1] == "movie" else "series"
    hint = "" if OTHER.search(links) else name.lower()
    if SERIES.search(links) or hint.startswith("tv_"):
        return "series"
    return "film" if FILM.search(links) or hint.startswith("movie_") else ""


READER = Reader("neodb", NAMES, fits, records)
