"""A table of one's own as CSV, with the names of its columns in the first line."""

import csv
from collections.abc import Iterator
from functools import partial
from typing import BinaryIO

from moments.catalogue.rows import MOST_KNOWN, CatalogueRow, row_of
from moments.catalogue.sources import Source, Unreadable
from moments.catalogue.writing import write_rows
from moments.models import CatalogueSource
from moments.models.film_ids import FILM_IDS

OUR_NAMES = {"name": "title", "creator": "director", "type": "medium", "length": "runtime", "genre": "genres"}
COLUMNS_BY_NAME = {
    "medium", "title", "original_title", "other_titles", "year", "director", "runtime", "known", "genres",
    *FILM_IDS,
}  # fmt: skip
SERIES = frozenset(("series", "tv", "show", "tv series", "tvseries", "miniseries", "tv mini series"))
SEPARATOR = "|"
UNREADABLE = "that cannot be read as CSV"
KNOWN_EVERYWHERE = 900


class _Lines:
    """The lines of a file as text, and how many bytes of it they were."""

    def __init__(self, file: BinaryIO):
        self.file, self.place = file, 0

    def __iter__(self) -> Iterator[str]:
        for line in self.file:
            self.place += len(line)
            yield line.decode("utf-8-sig" if self.place == len(line) else "utf-8", "replace").replace(
                "\0", ""
            )


def read(file: BinaryIO, place: int, known: int = 0) -> Iterator[tuple[int, CatalogueRow | str]]:
    lines = _Lines(file)
    rows = csv.reader(lines)
    names = _names(next(rows, []))
    if place > lines.place:
        file.seek(place)
        lines.place = place
    while True:
        try:
            for cells in rows:
                if cells:
                    yield lines.place, _row(dict(zip(names, cells, strict=False)), known)
        except csv.Error:
            yield lines.place, UNREADABLE
        else:
            return


def _names(header: list[str]) -> list[str]:
    names = [name.strip().lower() for name in header]
    names = [OUR_NAMES.get(name, name) for name in names]
    if not {"title", "year"} <= set(names):
        raise Unreadable("The first line has to name the columns, `title` and `year` among them.")
    return [name if name in COLUMNS_BY_NAME else "" for name in names]


def _row(cells: dict[str, str], unless_said: int) -> CatalogueRow | str:
    said = cells.get
    others, known = said("other_titles"), said("known", "")
    return row_of(
        "series" if said("medium", "").strip().lower() in SERIES else "film",
        said("title", ""),
        said("year", "").strip(),
        said("original_title", ""),
        others.split(SEPARATOR) if others else (),
        said("director", ""),
        said("runtime", "").strip(),
        {place: cells[place].strip() for place in FILM_IDS if cells.get(place)},
        min(int(known), MOST_KNOWN)
        if known.isascii() and known.isdecimal() and len(known) < 6
        else unless_said,
        said("genres", "").split(SEPARATOR) if said("genres") else (),
    )


SAYS = "a table with the columns title, year and others"
CSV_SOURCE = Source("csv", read, partial(write_rows, source=CatalogueSource.CSV), SAYS)
STARTER = Source(
    "starter",
    partial(read, known=KNOWN_EVERYWHERE),
    partial(write_rows, source=CatalogueSource.STARTER),
    SAYS,
)
