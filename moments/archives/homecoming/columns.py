"""Tables as CSV: cells by the name of their column in any order, within bounds on all that a file may ask."""

import csv

from .refusals import TooLarge, Unreadable

MOST_COLUMNS = 200
SEPARATORS = (",", ";", "\t")
LONGEST_ROW = 2 * 1024**2  # characters, on one line or several
SKIPPED_AT_ONCE = 64 * 1024  # characters of a longer row that are passed over at once
csv.field_size_limit(LONGEST_ROW)  # of one cell; Python by itself allows a sixteenth of it


def columns_of(cells):
    """The names of the columns, in lower case; the second of a name has its number, as in "title 2"."""
    names, times = [], {}
    for cell in cells[: MOST_COLUMNS + 1]:
        name = cell.strip().strip("\ufeff").lower()[:60]
        times[name] = times.get(name, 0) + 1
        names.append(name if times[name] == 1 else f"{name} {times[name]}")
    return tuple(names)


def separator_of(start):
    """The sign between the cells of a table that starts so: programs that save it anew have their own."""
    lines = start.splitlines()[:2]  # a list of Letterboxd has no cells in its first line
    return next((sign for line in lines for sign in SEPARATORS if sign in line), SEPARATORS[0])


def rows_of(text, bundle, separator):
    """Yields each row as a dict. A row that is too short was cut off, and is left out."""
    rows = cells_of(text, bundle, separator)
    columns = columns_of(next(rows, []))
    for row in rows:
        if len(row) >= len(columns):
            yield dict(zip(columns, row, strict=False))
        else:
            bundle.leave_out()


def cells_of(text, bundle, separator):
    """Yields the cells of each row that has any; one that is too long is left out.

    Raises TooLarge or Unreadable.
    """
    lines = _Lines(text)
    rows = csv.reader(lines, strict=True, delimiter=separator)
    while True:
        try:
            row = next(rows)
        except _TooLong:
            row = []
            bundle.leave_out()
        except StopIteration:
            return
        if len(row) > MOST_COLUMNS:
            raise TooLarge
        bundle.count_row()
        lines.begin_row()
        if row:
            yield row


class _TooLong(Exception):
    """A row was longer than what is held of one, and was passed over to its end."""


class _Lines:
    """The lines of a text, of which all that make one row are bounded together."""

    def __init__(self, text):
        self.text = text
        self.begin_row()

    def begin_row(self):
        """What comes next is of another row."""
        self.length = self.quotes = 0

    def __iter__(self):
        return self

    def __next__(self):
        line = self._read(LONGEST_ROW - self.length + 1)
        if not line:
            raise StopIteration
        if self.length > LONGEST_ROW:
            self._pass_over(line)
            raise _TooLong
        return line

    def _read(self, size):
        """A line of the text, or as much of it as that, counted as part of the row."""
        line = self.text.readline(size)
        if "\0" in line:
            raise Unreadable
        self.length += len(line)
        self.quotes += line.count('"')
        return line

    def _pass_over(self, line):
        """Read on to the end of the row: of a line on which no quotation mark is open."""
        while self.quotes % 2 or not line.endswith(("\n", "\r")):
            line = self._read(SKIPPED_AT_ONCE)
            if not line:
                break
        if self.quotes % 2:
            raise Unreadable
