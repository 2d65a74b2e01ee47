"""The archive of an export: each part for machines and for spreadsheets, pictures, and what it all is."""

import csv
import io
import json
import shutil
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipInfo

from django.conf import settings
from django.core.files.storage import default_storage, storages
from django.utils import timezone, translation

from moments.archives.exports.cells import cell
from moments.archives.exports.logged import records_in
from moments.archives.exports.parts import PARTS, picture_name
from moments.archives.exports.readme import DIARY_OF_FILMS, WATCHLIST, YAMTRACK, readme
from moments.archives.leaving import letterboxd_files, letterboxd_watchlists, write_yamtrack
from moments.models import Post
from moments.models.mixins.in_steps import PRIVATE
from moments.models.mixins.stateful import State

FORMAT, VERSION = "reelive-export", 1
MANIFEST, README = "reelive.json", "README.txt"
MOST_OF_PICTURES = 1024**3  # bytes of one archive
PICTURES_AT_ONCE, BYTES_AT_ONCE = 100, 32 * 1024**2  # of one step


def write_about(archive, export, counts, left_out):
    """Write what the archive is: for machines, and in plain words.

    Args:
        counts: how many rows each part has, by its name.
        left_out: how many pictures found no room.
    """
    left_out = left_out if export.with_pictures else None
    archive.writestr(_entry(MANIFEST), json.dumps(_manifest(export, counts), indent=1))
    with translation.override(export.member.language or settings.LANGUAGE_CODE):
        archive.writestr(_entry(README), readme(export, counts, left_out))


def _manifest(export, counts):
    now = timezone.now().isoformat(timespec="seconds")
    about = {"format": FORMAT, "version": VERSION, "site": settings.SITE_URL, "made": now}
    return about | {"member": export.member.username, "rows": counts}


def _entry(name, compression=ZIP_DEFLATED):
    entry = ZipInfo(name, timezone.now().timetuple()[:6])
    entry.compress_type = compression
    return entry


def write_part(archive, export, number):
    """Write a part as lines of JSON and as a table. Returns how many rows it has."""
    part = PARTS[number]
    names = export.names_of(number)
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


def write_for_letterboxd(archive, names):
    """Write what these pieces say of films as the tables that Letterboxd takes in."""
    for name, files_of in ((DIARY_OF_FILMS, letterboxd_files), (WATCHLIST, letterboxd_watchlists)):
        for number, text in enumerate(files_of(records_in(names)), 1):
            archive.writestr(_entry(name % number), text)


def write_for_yamtrack(archive, names):
    """Write the same, and what they say of series, as Yamtrack's table."""
    with archive.open(_entry(YAMTRACK), "w", force_zip64=True) as file:
        text = io.TextIOWrapper(file, "utf-8", newline="")
        write_yamtrack(text, records_in(names))
        text.flush()
        text.detach()


def write_pictures(archive, export, room):
    """Write the next pictures of the member and of their posts, a bounded number of bytes.

    Args:
        room: how many bytes of pictures the archive may still take.

    Returns the key of the last post, None at the end, how much room is left, and how many found none.
    """
    left_out, written = 0, 0
    if export.cursor == 0 and export.member.avatar:
        written = _write_picture(archive, export.member, "avatar", room)
        left_out += not written
    posts = list(_with_pictures(export.member).filter(pk__gt=export.cursor)[:PICTURES_AT_ONCE])
    for post in posts:
        size = _write_picture(archive, post, "still", room - written)
        written, left_out = written + size, left_out + (not size)
        if written >= BYTES_AT_ONCE:
            return post.pk, room - written, left_out
    last = posts[-1].pk if len(posts) == PICTURES_AT_ONCE else None
    return last, room - written, left_out


def _with_pictures(member):
    posts = Post.objects.filter(author=member).exclude(state=State.DELETED).exclude(still="")
    return posts.order_by("pk").only("still")


def _write_picture(archive, row, column, room):
    """Returns its size in bytes; 0 where it is gone, or there is no room for it."""
    stored = getattr(row, column).name
    try:
        size = default_storage.size(stored)
        if size > room:
            return 0
        entry = _entry(picture_name(row, column), ZIP_STORED)
        with default_storage.open(stored) as picture, archive.open(entry, "w", force_zip64=True) as file:
            shutil.copyfileobj(picture, file)
        return size
    except FileNotFoundError:
        return 0
