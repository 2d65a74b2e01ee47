"""Making an export: the task process writes it batch by batch, and packs it segment by segment."""

import json

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from moments.archives.exports import logged
from moments.archives.exports.archive import (
    MOST_OF_PICTURES,
    write_about,
    write_for_letterboxd,
    write_for_yamtrack,
    write_part,
    write_pictures,
)
from moments.archives.exports.parts import PARTS
from moments.archives.exports.segments import begun, last_note_of, notes_of, store
from moments.models import Event, EventKind, Export
from moments.models.mixins.in_steps import READY_KEPT_FOR, drop_files
from moments.models.mixins.waiting import do_each

# An export counts the parts that are written, then those that are packed; then come its pictures, what was
# logged, the files for other places that are made of it, and an end.
PICTURES = 2 * len(PARTS)
LOGGED = PICTURES + 1
FOR_OTHERS = dict(enumerate((write_for_letterboxd, write_for_yamtrack), LOGGED + 1))
STEPS = LOGGED + len(FOR_OTHERS) + 2
PIECES_AT_ONCE = 20  # packed in one step, and as many more as belong to the same part


def make_due(now):
    """Take the next step of the export that waits longest. Returns whether there was any."""
    return do_each(list(Export.objects.due(now)[:1]), take_step, now)


def take_step(key, now):
    """Write the next rows of an export; when all are written, pack the next of them, or of its pictures."""
    export = Export.objects.select_related("member").filter(pk=key, state=Export.State.MAKING).first()
    if export is None or not export.take(now):
        return
    if export.part < len(PARTS):
        _write_rows(export, now, PARTS[export.part].batch)
    elif export.part < PICTURES:
        _pack_parts(export, now)
    elif export.part == PICTURES:
        _pack_pictures(export, now)
    elif export.part == LOGGED:
        _write_rows(export, now, logged.batch)
    elif export.part in FOR_OTHERS:
        _pack_for_others(export, now)
    else:
        _end(export)


def _write_rows(export, now, batch):
    last, rows = batch(export.member, export.cursor)
    name, pieces = export.next_piece, export.pieces
    if rows:
        lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        store(name, ContentFile(lines.encode()))
        pieces = [*pieces, [export.part, name]]
    part, cursor = (export.part + 1, 0) if last is None else (export.part, last)
    if not export.note(now, part=part, cursor=cursor, pieces=pieces):
        _forget_if_gone(export, [name])


def _pack_parts(export, now):
    """Pack a few parts that are small, or one."""
    with begun(export) as segment:
        first = export.part - len(PARTS)
        rows = {}
        for number, part in enumerate(PARTS[first:], first):
            rows[part.name] = write_part(segment.archive, export, number)
            if export.pieces_of(range(first, number + 1)) >= PIECES_AT_ONCE:
                break
        end = segment.store(rows=rows, room=MOST_OF_PICTURES, left_out=0)
    part = export.part + len(rows)
    if part == PICTURES and not export.with_pictures:
        part += 1
    _note_segment(export, now, part, 0, end)


def _pack_pictures(export, now):
    before = last_note_of(export)
    with begun(export) as segment:
        last, room, left_out = write_pictures(segment.archive, export, before["room"])
        end = segment.store(rows={}, room=room, left_out=before["left_out"] + left_out)
    _note_segment(export, now, *((PICTURES + 1, 0) if last is None else (PICTURES, last)), end)


def _pack_for_others(export, now):
    before = last_note_of(export)
    names = export.names_of(LOGGED)
    with begun(export) as segment:
        if names:
            FOR_OTHERS[export.part](segment.archive, names)
        end = segment.store(rows={}, left_out=before["left_out"])
    _note_segment(export, now, export.part + 1, 0, end)


def _note_segment(export, now, part, cursor, end):
    names = [export.next_segment, export.next_note]
    pieces = [*export.pieces, *([export.part, name] for name in names)]
    if not export.note(now, part=part, cursor=cursor, size=end, pieces=pieces):
        _forget_if_gone(export, names)


def _end(export):
    notes = list(notes_of(export))
    with begun(export) as segment:
        counts = {name: number for note in notes for name, number in note["rows"].items()}
        write_about(segment.archive, export, counts, notes[-1]["left_out"])
        size = segment.store_last(notes)
    if not _finish(export, size, timezone.now()):
        _forget_if_gone(export, [export.next_segment])


@transaction.atomic
def _finish(export, size, now):
    """What is left of it are its segments."""
    names = [*export.segments, export.next_segment]
    segments = [[export.part, name] for name in names]
    done = export.note(
        now, state=Export.State.READY, size=size, pieces=segments, kept_until=now + READY_KEPT_FOR
    )
    if done:
        drop_files([name for _part, name in export.pieces if name not in names])
        Event.objects.note(EventKind.EXPORT, export.member_id, number=export.pk)
        Export.objects.make_room()
    return done


def _forget_if_gone(export, names):
    """It was stopped meanwhile, which keeps what is made, or discarded, and then nobody knows the file."""
    if not Export.objects.filter(pk=export.pk).exists():
        drop_files(names)
