"""The archive of an export: each part for machines and for spreadsheets, pictures, and what it all is."""

import csv
import io
import json
import shutil
import tempfile
from contextlib import contextmanager
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage, storages
from django.utils import timezone, translation

from moments.archives.exports.cells import cell
from moments.archives.exports.parts import PARTS, picture_name
from moments.archives.exports.readme import readme
from moments.models import Post
from moments.models.mixins.in_steps import PRIVATE
from moments.models.mixins.stateful import State

FORMAT, VERSION = "reelive-export", 1
MANIFEST, README = "reelive.json", "README.txt"
MOST_OF_PICTURES = 1024**3  # bytes of one archive
PICTURES_AT_ONCE = 100


@contextmanager
def packed(export):
    """The archive as a file on disk that is gone afterwards; never more than a piece of it is in memory."""
    with tempfile.TemporaryFile() as disk:
        with ZipFile(disk, "w", ZIP_DEFLATED) as archive:
            counts = {part.name: _write_part(archive, export, number) for number, part in enumerate(PARTS)}
            left_out = _write_pictures(archive, export.member) if export.with_pictures else None
            archive.writestr(_entry(MANIFEST), json.dumps(_manifest(export, counts), indent=1))
            with translation.override(export.member.language or settings.LANGUAGE_CODE):
                archive.writestr(_entry(README), readme(export, counts, left_out))
        yield File(disk)


def _manifest(export, counts):
    now = timezone.now().isoformat(timespec="seconds")
    about = {"format": FORMAT, "version": VERSION, "site": settings.SITE_URL, "made": now}
    return about | {"member": export.member.username, "rows": counts}


def _entry(name, compression=ZIP_DEFLATED):
    entry = ZipInfo(name, timezone.now().timetuple()[:6])
    entry.compress_type = compression
    return entry


def _write_part(archive, export, number):
    """Write a part as lines of JSON and as a table. Returns how many rows it has."""
    part = PARTS[number]
    names = [name for of_part, name in export.pieces if of_part == number]
    with archive.open(_entry(f"{part.name}.ndjson"), "w", force_zip64=True) as lines:
        for name in names:
            with storages[PRIVATE].open(name) as piece:
                shutil.copyfileobj(piece, lines)
    rows = 0
    with archive.open(_entry(f"{part.name}.csv"), "w", force_zip64=True) as file:
        text = io.TextIOWrapper(file, "utf-8-sig", newline="")
        table = csv.writer(text)
        table.writerow(part.all_columns)
        for row in _rows(names):
            table.writerow([cell(row[column]) for column in part.all_columns])
            rows += 1
        text.flush()
        text.detach()
    return rows


def _rows(names):
    for name in names:
        with storages[PRIVATE].open(name) as piece:
            yield from map(json.loads, piece)


def _write_pictures(archive, member):
    """Write the pictures of the member and of their posts. Returns how many there was no room for."""
    room, left_out = MOST_OF_PICTURES, 0
    for name, stored in _pictures(member):
        try:
            size = default_storage.size(stored)
            if size > room:
                left_out += 1
                continue
            with (
                default_storage.open(stored) as picture,
                archive.open(_entry(name, ZIP_STORED), "w", force_zip64=True) as file,
            ):
                shutil.copyfileobj(picture, file)
            room -= size
        except FileNotFoundError:
            left_out += 1
    return left_out


def _pictures(member):
    """Pairs of the name in the archive and that in the store, a bounded number of rows at a time."""
    if member.avatar:
        yield picture_name(member, "avatar"), member.avatar.name
    posts = Post.objects.filter(author=member).exclude(state=State.DELETED).exclude(still="").order_by("pk")
    last = 0
    while rows := list(posts.filter(pk__gt=last).only("still")[:PICTURES_AT_ONCE]):
        for post in rows:
            yield picture_name(post), post.still.name
        last = rows[-1].pk
