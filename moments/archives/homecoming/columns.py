"""Tables as CSV: cells by the name of their column in any order, within bounds on all that a file may ask."""

import csv

from .refusals import TooLarge, Unreadable

MOST_COLUMNS = 200
LONGEST_LINE, LONGEST_ROW = 128 * 1024, 512 * 1024  # characters; a row may go over several lines


def columns_of(cells):
    """The names of the columns, in lower case; the second of a name has its number, as in "title 2"."""
    names, times = [], {}
    for cell in cells[: MOST_COLUMNS + 1]:
        name = cell.strip().strip("\ufeff").lower()[:60]
        times[name] = times.get(name, 0) + 1
        names.append(name if times[name] == 1 else f"{name} {times[name]}")
    return tuple(names)


def rows_of(text, bundle):
    """Yields each row as a dict. A row that is too short was cut off, and is left out."""
    rows = cells_of(text, bundle)
    columns = columns_of(next(rows, []))
    for row in rows:
        if len(row) >= len(columns):
            yield dict(zip(columns, row, strict=False))
        else:
            bundle.leave_out()


def cells_of(text, bundle):
    """Yields the cells of each row that has any. Raises TooLarge or Unreadable."""
    lines = _Lines(text)
    for row in csv.reader(lines, strict=True):
        if len(row) > MOST_COLUMNS:
            raise TooLarge
        bundle.count_row()
        lines.length = 0
        if row:
            yield row


class _Lines:
    """The lines of a text, each bounded, and all of one row together as well."""

    def __init__(self, text):
        self.text, self.length = text, 0

    def __iter__(self):
        return self

    def __next__(self):
        line = self.text.readline(LONGEST_LINE + 1)
        self.length += len(line)
        if len(line) > LONGEST_LINE or self.length > LONGEST_ROW:
            raise TooLarge
        if "\0" in line:
            raise Unreadable
        if not line:
            raise StopIteration
        return line
