"""IMDb's datasets: tables with tabs and without quotes, in which `\\N` is nothing."""

from collections import Counter
from collections.abc import Iterator
from functools import partial
from itertools import groupby
from typing import BinaryIO

from moments.catalogue.rows import NO_FILM, CatalogueRow, known_by, row_of
from moments.catalogue.sources import Source, Unreadable
from moments.catalogue.writing import add_other_titles, note_votes, write_rows
from moments.models import CatalogueSource

TERMS = """IMDb lets these files be used for personal and non-commercial purposes only, and not be passed on.
Whether your site may load them is for you to decide: IMDb's own text is at developer.imdb.com."""
QUESTION = "Have you read it, and does your site keep to it? [y/N] "
UNASKED = "If you have read it and your site keeps to it, say --accept-imdb-terms."
FILMS = frozenset(("movie", "tvMovie", "tvSpecial", "short", "tvShort", "video"))
SERIES = frozenset(("tvSeries", "tvMiniSeries"))
NO_VALUE = "\\N"
FOR_ADULTS = "that IMDb keeps for adults"
CUT_SHORT = "with too few columns"
NO_USE = "that are no other title"
MOST_VOTES = 1_000_000
WEIGHT_OF_CHANGE = 2  # weight of a title that is held as it was and as it becomes


def _cells(file: BinaryIO, place: int, columns: int) -> Iterator[tuple[int, list[str]]]:
    """The cells of each line but the first, with the place behind it; none for a line that is cut short."""
    here = len(file.readline())
    if place > here:
        file.seek(place)
        here = place
    for line in file:
        here += len(line)
        cells = line.decode("utf-8", "replace").rstrip("\r\n").split("\t")
        yield here, cells if len(cells) >= columns else []


def _said(cell: str) -> str:
    return "" if cell == NO_VALUE else cell


def read_basics(file: BinaryIO, place: int) -> Iterator[tuple[int, CatalogueRow | str]]:
    for here, cells in _cells(file, place, 9):
        yield here, _title(cells) if cells else CUT_SHORT


def _title(cells: list[str]) -> CatalogueRow | str:
    number, kind, title, original, is_adult, year, _end, runtime, genres = cells[:9]
    if kind in FILMS:
        medium = "film"
    elif kind in SERIES:
        medium = "series"
    else:
        return NO_FILM
    if is_adult == "1":
        return FOR_ADULTS
    return row_of(
        medium, _said(title), year, _said(original) if original != title else "",
        runtime=runtime, ids={"imdb": number}, genres=_said(genres).split(","),
    )  # fmt: skip


def read_akas(file: BinaryIO, place: int) -> Iterator[tuple[int, tuple[str, list[str]] | str]]:
    """The titles of one film together, as its id and the titles."""
    lines = _cells(file, place, 8)
    for number, group in groupby(lines, key=lambda line: line[1][0] if line[1] else ""):
        held = list(group)
        yield held[-1][0], (number, [_said(cells[2]) for _here, cells in held]) if number else CUT_SHORT


def read_ratings(file: BinaryIO, place: int) -> Iterator[tuple[int, tuple[str, int] | str]]:
    """How well known each is, by its votes."""
    for here, cells in _cells(file, place, 3):
        if cells and cells[2].isdecimal():
            yield here, (cells[0], known_by(int(cells[2]), MOST_VOTES))
        else:
            yield here, CUT_SHORT


def read_episodes(file: BinaryIO, place: int) -> Iterator[tuple[int, str]]:
    """Nothing of it is kept: the catalogue holds series as a whole."""
    for here, _cells_of_it in _cells(file, place, 4):
        yield here, "that are episodes"


def _nothing(_rows: list) -> Counter:
    return Counter()


IMDB_FILES = {
    ("tconst", "titleType"): Source(
        "imdb-basics", read_basics, partial(write_rows, source=CatalogueSource.IMDB), "films and series"
    ),
    ("titleId", "ordering"): Source(
        "imdb-akas", read_akas, add_other_titles, "their titles elsewhere", WEIGHT_OF_CHANGE
    ),
    ("tconst", "averageRating"): Source(
        "imdb-ratings", read_ratings, note_votes, "how well known they are", WEIGHT_OF_CHANGE
    ),
    ("tconst", "parentTconst"): Source("imdb-episodes", read_episodes, _nothing, "episodes"),
}


def kind_of(first_line: bytes) -> Source:
    """Which of IMDb's files it is, by its first line. Raises Unreadable."""
    names = tuple(first_line.decode("utf-8", "replace").split("\t")[:2])
    if names not in IMDB_FILES:
        raise Unreadable("This is none of title.basics, title.akas, title.ratings and title.episode.")
    return IMDB_FILES[names]
