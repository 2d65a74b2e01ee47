"""Making an export: the task process writes one batch of rows at a time, and packs the archive at the end."""

import json

from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.db import transaction
from django.utils import timezone

from moments.archives.exports.archive import packed
from moments.archives.exports.parts import PARTS
from moments.models import Event, EventKind, Export
from moments.models.mixins.in_steps import KEPT, PRIVATE, drop_files
from moments.models.mixins.waiting import do_each

STEPS = len(PARTS) + 1  # and one to pack it


def make_due(now):
    """Take the next step of the export that waits longest. Returns whether there was any."""
    return do_each(list(Export.objects.due(now)[:1]), take_step, now)


def take_step(key, now):
    """Write the next rows of an export, or pack it when all are written."""
    export = Export.objects.select_related("member").filter(pk=key, state=Export.State.MAKING).first()
    if export is None or not export.take(now):
        return
    if export.part < len(PARTS):
        _write_rows(export, now)
    else:
        _pack(export)


def _write_rows(export, now):
    last, rows = PARTS[export.part].batch(export.member, export.cursor)
    name, pieces = export.next_piece, export.pieces
    if rows:
        lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        _store(name, ContentFile(lines.encode()))
        pieces = [*pieces, [export.part, name]]
    part, cursor = (export.part + 1, 0) if last is None else (export.part, last)
    if not export.note(now, part=part, cursor=cursor, pieces=pieces):
        _forget_if_gone(export, [name])


def _pack(export):
    with packed(export) as file:
        size = file.seek(0, 2)
        file.seek(0)
        _store(export.file_name, file)
    if not _finish(export, size, timezone.now()):
        _forget_if_gone(export, [export.file_name])


@transaction.atomic
def _finish(export, size, now):
    done = export.note(now, state=Export.State.READY, size=size, pieces=[], kept_until=now + KEPT)
    if done:
        drop_files([name for _part, name in export.pieces])
        Event.objects.note(EventKind.EXPORT, export.member_id, number=export.pk)
        Export.objects.make_room()
    return done


def _store(name, file):
    """What a process left behind under this name that died is written over."""
    storages[PRIVATE].delete(name)
    storages[PRIVATE].save(name, file)


def _forget_if_gone(export, names):
    """It was stopped meanwhile, which keeps what is made, or discarded, and then nobody knows the file."""
    if not Export.objects.filter(pk=export.pk).exists():
        drop_files(names)
