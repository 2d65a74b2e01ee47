"""A bundle: the files that somebody brings at once, in a ZIP or one alone.

Each is known by its exact name, is read as a stream and is never written to a path.
"""

import codecs
import csv
import io
import re
from contextlib import contextmanager
from dataclasses import dataclass
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from .columns import cells_of, columns_of, rows_of, separator_of
from .json_rows import rows_of as json_rows_of
from .records import Found, Once
from .refusals import TooLarge, Unreadable, WrongEncoding, reading

MIB = 1024**2
# Bytes of what is brought, and of all that is named in a ZIP.
LARGEST_ARCHIVE, MOST_UNPACKED = 64 * MIB, 256 * MIB
MOST_FILES, LONGEST_NAME = 5_000, 200
MOST_FOLDERS = 10  # in which an export is looked for
MOST_ROWS = 1_000_000  # read in all, twice where a reader walks twice
STEEPEST, SMALL_FILE = 200, MIB  # how often a file in a ZIP may be larger than packed, from which size on
BYTES_READ_AT_ONCE = 256 * 1024
ZIP_START, DIRECTORY_END, DIRECTORY_END_64 = b"PK", b"PK\x05\x06", b"PK\x06\x07"
END_LENGTH, LOCATOR_LENGTH, LONGEST_COMMENT, LARGEST_DIRECTORY = 22, 20, 2**16, 2 * MIB
READABLE = re.compile(r"[^/].*\.(?:csv|json)", re.IGNORECASE)
FOLDERS = re.compile(r"(?:(?!\.\.?/)[^/]+/)+(?=[^/]+)")
NOBODYS = re.compile(r"__MACOSX/.*|(?:.*/)?\.[^/]*")  # what a computer adds to a ZIP by itself
OLD_ENCODING = "iso-8859-1"


@dataclass(frozen=True)
class Head:
    """How a file begins: whether it is "csv" or "json", and the columns or the names in its first object.

    The cells of a table stand between separators, mostly commas.
    """

    kind: str
    columns: tuple = ()
    separator: str = ","

    def has(self, *names):
        return set(names) <= set(self.columns)


@contextmanager
def bundle_of(file, name=""):
    """The Bundle of an uploaded file. Raises Unreadable, as reading it further does."""
    with reading():
        size = file.seek(0, io.SEEK_END) or file.tell()
        file.seek(0)
        if size > LARGEST_ARCHIVE:
            raise TooLarge
        if file.read(2) != ZIP_START:
            bundle = Bundle({name: None}, lambda _info: _Unclosed(file), alone=name)
        else:
            _check_directory(file, size)
            zipped = ZipFile(file)
            bundle = Bundle(_members(zipped), zipped.open)
    yield bundle


def _check_directory(file, size):
    """Raises TooLarge before a list of a million names is read, which a ZIP has at its end."""
    file.seek(max(0, size - LONGEST_COMMENT - END_LENGTH - LOCATOR_LENGTH))
    tail = file.read()
    plain = len(tail) - END_LENGTH
    has_no_comment = tail[plain:].startswith(DIRECTORY_END) and tail.endswith(b"\0\0")
    place = plain if has_no_comment else tail.rfind(DIRECTORY_END)
    if place < 0:
        raise Unreadable
    before = tail[max(0, place - LOCATOR_LENGTH) : place]
    if int.from_bytes(tail[place + 12 : place + 16], "little") > LARGEST_DIRECTORY:
        raise TooLarge
    if before.startswith(DIRECTORY_END_64):
        raise TooLarge


def _members(zipped):
    """The entries of a ZIP that may be read, by their names."""
    # An entry may have no name at all, of which `is_dir` makes an error.
    entries = [entry for entry in zipped.infolist() if not entry.filename.endswith("/")]
    if len(entries) > MOST_FILES or any(len(entry.filename) > LONGEST_NAME for entry in entries):
        raise TooLarge
    if len({entry.filename for entry in entries}) < len(entries):
        raise Unreadable
    return {entry.filename: entry for entry in entries if not NOBODYS.fullmatch(entry.filename)}


class _Unclosed(io.RawIOBase):
    """The file itself from its beginning on, which stays open when a reader of it is closed."""

    def __init__(self, file):
        file.seek(0)
        self.file = file

    def readable(self):
        return True

    def readinto(self, buffer):
        data = self.file.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


class Bundle:
    """The files of one place, and what was found in them.

    Args:
        members: what is known of each file by its name below the folder that is looked into; None for one
            that is no ZIP.
        open_entry: opens one of them as bytes.
        alone: the name of a file that came without a ZIP.
    """

    def __init__(self, members, open_entry, alone=None):
        self.alone, self.found, self.rows_read = alone, Found(), 0
        self._open, self._all = open_entry, members
        self.look_into("")

    def folders(self):
        """The folders in which an export may lie: first none, then the outer ones, as many as are tried."""
        found = {""}
        for name in () if self.is_alone else self._all:
            if match := FOLDERS.match(name):
                parts = match[0].split("/")
                found |= {"/".join(parts[:depth]) + "/" for depth in range(1, len(parts))}
        return sorted(found, key=lambda folder: (folder.count("/"), folder))[:MOST_FOLDERS]

    def look_into(self, folder):
        """Take the names below this folder for those of the files. The others are `outside`."""
        below = {name: entry for name, entry in self._all.items() if name.startswith(folder)}
        self.members = {name.removeprefix(folder): entry for name, entry in below.items()}
        self.outside = [name for name in self._all if name not in below]
        self._heads, self._encodings = {}, {}

    @property
    def is_alone(self):
        return self.alone is not None

    def named(self, names):
        """The names of the files that a reader asks for, by a pattern; of a file that came alone any."""
        if self.is_alone:
            return list(self.members)
        return [name for name in self.members if READABLE.fullmatch(name) and names.fullmatch(name)]

    def check(self, names):
        """Raises TooLarge for a bomb, or for more than is read, and Unreadable for odd packing."""
        entries = [self.members[name] for name in names if self.members[name]]
        if sum(entry.file_size for entry in entries) > MOST_UNPACKED:
            raise TooLarge
        for entry in entries:
            if entry.file_size > max(SMALL_FILE, STEEPEST * entry.compress_size):
                raise TooLarge
            if entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
                raise Unreadable

    def count_row(self):
        """Raises TooLarge where there are more rows than anybody has."""
        self.rows_read += 1
        if self.rows_read > MOST_ROWS:
            raise TooLarge

    def leave_out(self):
        """Counts a row that says nothing that can be kept."""
        self.found.left_out += 1

    def head(self, name):
        """The Head of a file."""
        if name not in self._heads:
            with reading():
                self._heads[name] = self._head(name)
        return self._heads[name]

    def _head(self, name):
        with self.text(name) as text:
            start = text.read(BYTES_READ_AT_ONCE).lstrip("\ufeff \t\r\n")
        if start[:1] in ("[", "{"):
            return Head("json", self._names_in(name))
        separator = separator_of(start)
        first = next(csv.reader(io.StringIO(start, newline=""), delimiter=separator), [])
        return Head("csv", columns_of(first), separator)

    def _names_in(self, name):
        """The name of the first list that has an object, and the names in that object."""
        with self.text(name) as text:
            try:
                of, row = next(json_rows_of(text, self), ("", {}))
            except Unreadable:
                return ()
        return (of, *list(row)[:50]) if row else ()

    def kept(self, records):
        """Yields each of these records once; None stands for a row that says nothing that can be kept."""
        once = Once()
        for record in records:
            if record is None:
                self.leave_out()
            elif once(repr(record)):
                yield record

    def every_row(self):
        """The rows of all CSV files that are read."""
        for name in self.found.opened:
            yield from self.rows(name)

    def rows(self, name):
        """The rows of a CSV file as dicts by the names of their columns, in lower case."""
        with self.text(name) as text:
            yield from rows_of(text, self, self.head(name).separator)

    def cells(self, name):
        """The same as lists of cells, for what is no single table."""
        with self.text(name) as text:
            yield from cells_of(text, self, self.head(name).separator)

    def rows_ahead(self, name):
        """The same rows for a first look at them: what is left out is counted when they are read."""
        left_out = self.found.left_out
        yield from self.rows(name)
        self.found.left_out = left_out

    def objects(self, name):
        """The objects of a JSON file, in pairs with the name of the list in which each stands."""
        with self.text(name) as text:
            yield from json_rows_of(text, self)

    def text(self, name):
        """A file opened as text."""
        if name not in self._encodings:
            self._encodings[name] = self._encoding(name)
        return io.TextIOWrapper(self._bytes(name), self._encodings[name], newline="")

    def _bytes(self, name):
        return io.BufferedReader(self._open(self.members[name]), BYTES_READ_AT_ONCE)

    def _encoding(self, name):
        decoder = codecs.getincrementaldecoder("utf-8")()
        with self._bytes(name) as data:
            if data.peek(2)[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
                return "utf-16"
            try:
                while piece := data.read(BYTES_READ_AT_ONCE):
                    decoder.decode(piece)
                decoder.decode(b"", final=True)
            except UnicodeDecodeError:
                return OLD_ENCODING
        return "utf-8-sig"

    def check_encoding(self, name):
        """Raises WrongEncoding for letters that are not in UTF-8 or UTF-16."""
        if self._encodings.get(name) == OLD_ENCODING:
            raise WrongEncoding
