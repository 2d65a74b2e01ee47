"""Gathered files: several that were chosen at once, such as an archive that a browser unpacked."""

import io
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from django.core.files.base import ContentFile

from .archive import ZIP_START
from .letterboxd import LIST_START
from .refusals import SeveralArchives, TwoOfAName

WRITTEN_AT_ONCE = 64 * 1024  # bytes
LONGEST_NAME = 100


def gathered(files):
    """One ZIP of these uploaded files, each under its own name; it is made in memory.

    Raises SeveralArchives where one of them is a ZIP itself, and TwoOfAName.
    """
    data, names = io.BytesIO(), set()
    with ZipFile(data, "w", ZIP_STORED) as archive:
        for file in files:
            name = _name_in(file)
            if name in names:
                raise TwoOfAName
            names.add(name)
            with archive.open(ZipInfo(name), "w") as entry:
                for piece in file.chunks(WRITTEN_AT_ONCE):
                    entry.write(piece)
    return ContentFile(data.getvalue(), name=f"{files[0].name[:80]} +{len(files) - 1}")


def _name_in(file):
    """Its name; that of a list of Letterboxd in the folder in which lists lie there."""
    start = file.read(len(LIST_START))
    file.seek(0)
    if start.startswith(ZIP_START):
        raise SeveralArchives
    is_list = start.decode(errors="replace").lower() == LIST_START
    return f"lists/{file.name[-LONGEST_NAME:]}" if is_list else file.name[-LONGEST_NAME:]
