"""Leaving as one came: records as the tables that other places take in, Letterboxd's and Yamtrack's.

A cell that would begin a formula begins with a space, which those who read it cut off.
"""

import csv
import io
from dataclasses import replace
from itertools import groupby, islice

from .homecoming.records import Once

LETTERBOXD_COLUMNS = ("tmdbID", "imdbID", "Title", "Year", "Rating10", "WatchedDate", "Rewatch", "Review")
LETTERBOXD_FILM = LETTERBOXD_COLUMNS[:4]
LETTERBOXD_ROWS = 1_000  # of a file, which Letterboxd takes in at once
YAMTRACK_COLUMNS = (
    "media_id", "source", "media_type", "title", "image", "season_number", "episode_number", "score",
    "status", "notes", "start_date", "end_date", "progress", "created_at", "progressed_at",
)  # fmt: skip
SEEN = ("diary", "seen")
RISKY = ("=", "+", "-", "@")


def letterboxd_files(records):
    """Yields the texts of files with what records say of films; series have no place there.

    A review there is read by everybody: a text that is private has no place there either.
    """
    said = (record for record in _of_films(records) if record.part in (*SEEN, "rating", "review"))
    yield from _files(LETTERBOXD_COLUMNS, map(_letterboxd_row, said))


def letterboxd_watchlists(records):
    """Yields the same of the films that are wanted, which are taken in on a page of their own."""
    wanted = (record for record in _of_films(records) if record.part == "watchlist")
    yield from _files(LETTERBOXD_FILM, map(_letterboxd_film, wanted))


def _of_films(records):
    for record in records:
        work = record.work
        if work.medium != "series" and work.season is None and not work.episode_title:
            yield record


def _files(columns, rows):
    while of_file := list(islice(rows, LETTERBOXD_ROWS)):
        text = io.StringIO()
        write_table(text, columns, of_file)
        yield text.getvalue()


def _letterboxd_row(record):
    return (
        *_letterboxd_film(record), record.rating or "", record.day or "",
        "true" if record.is_rewatch else "", "" if record.is_private else record.text,
    )  # fmt: skip


def _letterboxd_film(record):
    work = record.work
    return work.ids.get("tmdb", ""), work.ids.get("imdb", ""), work.title, work.year or ""


def write_yamtrack(file, records):
    """Write Yamtrack's table.

    Args:
        file: a file of text.
        records: a whole work comes before its seasons, and these before their episodes; those of one work
            come together, what was seen before a rating.
    """
    write_table(file, YAMTRACK_COLUMNS, _Yamtrack().rows(_rated(records)))


def _rated(records):
    """What was seen has its rating beside it there: the latest time has the rating of today."""
    for _work, of_work in groupby(records, key=lambda record: record.work):
        held = []
        for record in of_work:
            if record.part == "rating" and held and held[-1].part in SEEN:
                held[-1] = replace(held[-1], rating=record.rating)
            else:
                held.append(record)
        yield from held


class _Yamtrack:
    """What was written so far: works without an id of TMDB have numbers that hold in the table alone."""

    def __init__(self):
        self.once, self.numbers = Once(), {}

    def rows(self, records):
        for record in records:
            if status := _status(record):
                yield from self._parents(record.work)
                yield self._row(record.work, status, record)

    def _parents(self, work):
        """Yields the series and the season in which an episode or season stands, once each."""
        if work.season is not None and self.once(self._id(work), "tv", None):
            yield self._cells(work, "tv", None, None, "In progress")
        if work.episode is not None and self.once(self._id(work), "season", work.season):
            yield self._cells(work, "season", work.season, None, "In progress")

    def _row(self, work, status, record):
        self.once(self._id(work), _kind(work), work.season)
        when = record.time.isoformat(" ") if record.time else record.day
        if record.part not in SEEN:
            when = ""
        return self._cells(
            work, _kind(work), work.season, work.episode, status, record.rating, record.text, when
        )

    def _cells(self, work, kind, season, episode, status, rating=None, text="", when=""):
        source, number = self._id(work)
        progress = "1" if kind == "movie" and status == "Completed" else ""
        return (
            number, source, kind, work.title, "", _cell(season), _cell(episode), _cell(rating),
            "" if kind == "episode" else status, text, "", when or "", progress, "", "",
        )  # fmt: skip

    def _id(self, work):
        if number := work.ids.get("tmdb"):
            return "tmdb", number
        named = (work.title, work.year, work.medium)
        return "manual", str(self.numbers.setdefault(named, len(self.numbers) + 1))


def _status(record):
    """Yamtrack's word for a record; None for one that has no place there."""
    work, part = record.work, record.part
    if _kind(work) is None:
        return None
    if part in SEEN:
        return "Completed"
    if part == "watchlist" and work.season is None:
        return "Planning"
    if part == "rating" and _kind(work) != "episode":
        return "In progress" if work.medium == "series" else "Completed"
    return None


def _kind(work):
    """What Yamtrack calls it; None for an episode that has no number, which nothing there can be."""
    if work.episode_title and work.episode is None:
        return None
    if work.episode is not None:
        return "episode"
    if work.season is not None:
        return "season"
    return "tv" if work.medium == "series" else "movie"


def _cell(number):
    return "" if number is None else number


def write_table(file, columns, rows):
    """Write CSV that spreadsheets may open."""
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_safe(cell) for cell in row] for row in rows)


def _safe(cell):
    text = str(cell).replace("\r\n", "\n").replace("\r", "\n")
    return f" {text}" if text.startswith(RISKY) else text
