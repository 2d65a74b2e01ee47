"""Reading an archive that somebody sent: named files, each bounded, and what is wrong is one sentence."""

import json
import re
import zlib
from contextlib import contextmanager, suppress
from functools import cached_property
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _

from moments.archives.exports.archive import FORMAT, MANIFEST, VERSION
from moments.models.imported import LONGEST_UID
from reelive.exceptions import Refused
from reelive.images import ImageError, read

MIB = 1024**2
LARGEST_EXPORT, MOST_UNPACKED = 8 * MIB, 64 * MIB  # bytes of the archive, and of all files in it together
MOST_FILES, MOST_ROWS, LONGEST_LINE = 5_000, 50_000, 128 * 1024
LONGEST_MANIFEST = 64 * 1024
MOST_PIXELS = 8_000_000  # more than any picture of an export has
PICTURE = re.compile(r"pictures/[0-9a-zA-Z_-]{1,64}\.webp")
BROKEN = (BadZipFile, EOFError, NotImplementedError, OSError, RuntimeError, ValueError, zlib.error)


class Unreadable(Refused):
    sentence = _("This is no archive that can be read here. Choose the .zip file as it was downloaded.")


class TooLarge(Unreadable):
    sentence = _("There is more in this archive than can be imported at once.")


class NewerFormat(Unreadable):
    sentence = _("This archive was made by a newer version of the site than this one.")


@contextmanager
def opened(file):
    """An Archive of a file. Raises Unreadable, as reading it further does."""
    with _reading():
        zipped = ZipFile(file)
    with zipped:
        archive = Archive(zipped)
        archive.check()
        yield archive


@contextmanager
def _reading():
    try:
        yield
    except (*BROKEN, RecursionError) as problem:
        raise Unreadable from problem


class Archive:
    """The files in it are known by their exact names; nothing is ever written to a path."""

    def __init__(self, zipped):
        self.zipped = zipped

    def check(self):
        """Raises Unreadable for what was not made by an export, or is larger than it may be."""
        entries = self.zipped.infolist()
        if len(entries) > MOST_FILES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
            raise TooLarge
        names = {entry.filename for entry in entries}
        odd = [entry for entry in entries if entry.compress_type not in (ZIP_STORED, ZIP_DEFLATED)]
        if odd or len(names) < len(entries) or MANIFEST not in names:
            raise Unreadable
        manifest = self._json(self._start_of(MANIFEST, LONGEST_MANIFEST))
        if manifest.get("format") != FORMAT or not isinstance(manifest.get("version"), int):
            raise Unreadable
        if manifest["version"] > VERSION:
            raise NewerFormat

    def rows_by_part(self, names):
        """What the rows of the parts of these names are called, by the name of the part."""
        found, room = {}, MOST_ROWS
        for name in names:
            found[name] = [uid_of(row) for row in self.rows(name)]
            room -= len(found[name])
            if room < 0:
                raise TooLarge
        return found

    @cached_property
    def profile(self):
        """The row about the member whose archive it is; None where there is none."""
        return next(self.rows("profile"), None)

    def rows(self, part):
        """The rows of a part, as dicts of whatever its author put into them."""
        return (row for row, _end in self.rows_from(part, 0))

    def rows_from(self, part, place):
        """The same from this byte of the part on, in pairs with the byte at which the next one begins."""
        if f"{part}.ndjson" not in self.zipped.namelist():
            return
        with _reading(), self.zipped.open(f"{part}.ndjson") as lines:
            lines.seek(place)
            number = 0
            while line := lines.readline(LONGEST_LINE + 1):
                if len(line) > LONGEST_LINE or number >= MOST_ROWS:
                    raise TooLarge
                number, place = number + 1, place + len(line)
                yield self._json(line), place

    def picture(self, name):
        """A reelive.images.Picture; None where there is none of this name that can be read."""
        if not isinstance(name, str) or not PICTURE.fullmatch(name) or name not in self.zipped.namelist():
            return None
        with suppress(ImageError, Unreadable):
            return read(ContentFile(self._start_of(name, LARGEST_EXPORT)), max_pixels=MOST_PIXELS)
        return None

    def _start_of(self, name, most):
        with _reading(), self.zipped.open(name) as file:
            data = file.read(most + 1)
        if len(data) > most:
            raise TooLarge
        return data

    def _json(self, data):
        with _reading():
            value = json.loads(data.decode(), parse_constant=_refuse)
            # What no text can hold, such as half a character, is refused here and not by the database.
            json.dumps(value, ensure_ascii=False).encode()
        if not isinstance(value, dict):
            raise Unreadable
        return value


def _refuse(_constant):
    raise Unreadable


def uid_of(row):
    """What a row is called; empty where that is no name."""
    uid = row.get("uid")
    return uid if isinstance(uid, str) and len(uid) <= LONGEST_UID and uid.isprintable() else ""
