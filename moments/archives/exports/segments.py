"""The segments of an archive: one after the other they are a .zip file, and each is written in a step.

Beside each lies a note of what is in it, from which the last one has its list of all files.
"""

import io
import json
import shutil
import tempfile
from contextlib import contextmanager
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.core.files.base import ContentFile, File
from django.core.files.storage import storages

from moments.models.mixins.in_steps import PRIVATE

BYTES_BUFFERED = 64 * 1024
# What the list of files says of each; the checksum is that of the bytes as they were written.
ZIP_FACTS = (
    *("filename", "date_time", "compress_type", "CRC", "compress_size", "file_size", "header_offset"),
    *("flag_bits", "create_version", "extract_version", "external_attr"),
)


@contextmanager
def begun(export):
    """The next segment as a Segment: what is written to its `archive` is stored by `store`."""
    with tempfile.TemporaryFile() as disk:
        disk.seek(export.size)  # places are counted from the beginning of the archive
        with ZipFile(disk, "w", ZIP_DEFLATED) as archive:
            yield Segment(export, disk, archive)


class Segment:
    def __init__(self, export, disk, archive):
        self.export, self.disk, self.archive = export, disk, archive

    def store(self, **facts):
        """Store what is written so far, and a note of it with these facts. Returns where the next begins."""
        end, export = self.disk.tell(), self.export
        entries = [[getattr(entry, name) for name in ZIP_FACTS] for entry in self.archive.filelist]
        note = json.dumps({"entries": entries} | facts)
        store(export.next_note, ContentFile(note.encode()))
        self._store_bytes()
        return end

    def store_last(self, notes):
        """Store what is written with the list of all files, those of the notes included. Returns the end."""
        before = [_entry_of(facts) for note in notes for facts in note["entries"]]
        self.archive.filelist[:0] = before
        self.archive.close()
        end = self.disk.seek(0, io.SEEK_END)
        self._store_bytes()
        return end

    def _store_bytes(self):
        """From its beginning on: nothing lies before it on the disk."""
        self.disk.seek(self.export.size)
        with tempfile.TemporaryFile() as file:
            shutil.copyfileobj(self.disk, file)
            store(self.export.next_segment, File(file))


def _entry_of(facts):
    entry = ZipInfo()
    for name, fact in zip(ZIP_FACTS, facts, strict=True):
        setattr(entry, name, tuple(fact) if isinstance(fact, list) else fact)
    return entry


def notes_of(export):
    """What was noted of the segments so far, in their order."""
    for name in export.notes:
        with storages[PRIVATE].open(name) as file:
            yield json.load(file)


def last_note_of(export):
    """The same of the last of them; None where there is none."""
    if not export.notes:
        return None
    with storages[PRIVATE].open(export.notes[-1]) as file:
        return json.load(file)


def store(name, file):
    """What a process left behind under this name that died is written over."""
    storages[PRIVATE].delete(name)
    storages[PRIVATE].save(name, file)


def joined(names):
    """Files of the private storage as one to be read. Raises FileNotFoundError where the first is gone."""
    return io.BufferedReader(_Joined(names), BYTES_BUFFERED)


class _Joined(io.RawIOBase):
    def __init__(self, names):
        self._names = iter(names)
        self._file = None
        self._open_next()

    def _open_next(self):
        if self._file:
            self._file.close()
        name = next(self._names, None)
        self._file = storages[PRIVATE].open(name) if name else None

    def readable(self):
        return True

    def readinto(self, buffer):
        while self._file:
            data = self._file.read(len(buffer))
            if data:
                buffer[: len(data)] = data
                return len(data)
            self._open_next()
        return 0

    def close(self):
        if self._file:
            self._file.close()
            self._file = None
        super().close()
