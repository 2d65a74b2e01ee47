"""Making an import: the task process makes a few rows at a time, each once however often it comes."""

from contextlib import contextmanager

from django.core.files.storage import storages
from django.db import IntegrityError, transaction

from moments.imports.finding import LeftOut, known_uids
from moments.imports.profile import take_over
from moments.imports.reading import Unreadable, opened, uid_of
from moments.imports.rows import MAKERS, Already
from moments.models import Import, ImportedRow
from moments.models.export import PRIVATE
from moments.models.mixins.waiting import do_each
from reelive.exceptions import Refused

PARTS = tuple(MAKERS)
STEPS = len(PARTS)
ROWS_AT_ONCE = 20
MADE, KNOWN, LEFT_OUT = "made", "known", "left out"


def hold(member, file, uids):
    """Keep an archive for its preview. Returns the Import.

    Args:
        uids: by the name of a part what its rows are called.

    Raises ImportRunning and ImportedToday.
    """
    found = {part: {"rows": len(names), "known": _known(member, part, names)} for part, names in uids.items()}
    with transaction.atomic():
        importing = Import.objects.hold(member, found, file.size)
        file.seek(0)
        storages[PRIVATE].save(importing.file_name, file)
    return importing


def _known(member, part, uids):
    return len(known_uids(member, part, uids)) if part in MAKERS else 0


def make_due(now):
    """Take the next step of the import that waits longest. Returns whether there was any."""
    return do_each(list(Import.objects.due(now)[:1]), take_step, now)


def take_step(key, now):
    """Make the next few rows."""
    importing = Import.objects.select_related("member").filter(pk=key, state=Import.State.MAKING).first()
    if importing is None or not importing.take(now):
        return
    try:
        with _archive_of(importing) as archive:
            _make_some(importing, archive, now)
    except Unreadable:
        importing.give_up()


@contextmanager
def _archive_of(importing):
    with storages[PRIVATE].open(importing.file_name) as file, opened(file) as archive:
        yield archive


def _make_some(importing, archive, now):
    if importing.part == 0 and importing.row == 0 and importing.with_settings:
        take_over(importing.member, archive)
    part = PARTS[importing.part]
    rows = []
    for row in archive.rows(part, importing.row):
        if len(rows) == ROWS_AT_ONCE:
            break
        rows.append(row)
    with transaction.atomic():
        known = known_uids(importing.member, part, [uid_of(row) for row in rows])
        outcome = dict(importing.outcome.get(part, {}))
        for row in rows:
            came_to = KNOWN if uid_of(row) in known else _make(importing, archive, part, row)
            outcome[came_to] = outcome.get(came_to, 0) + 1
        _note(importing, now, part, len(rows), outcome)


def _note(importing, now, part, number, outcome):
    ended = number < ROWS_AT_ONCE
    here = (importing.part + 1, 0) if ended else (importing.part, importing.row + number)
    said = {"outcome": importing.outcome | {part: outcome}, "films_made": importing.films_made}
    if importing.note(now, part=here[0], row=here[1], **said) and here[0] == STEPS:
        importing.end(Import.State.DONE)


def _make(importing, archive, part, row):
    """Make one row, or nothing of it. Returns what it came to."""
    uid, films_made = uid_of(row), importing.films_made
    try:
        if not uid:
            raise LeftOut
        with transaction.atomic():
            key = MAKERS[part](importing, archive, row)
            ImportedRow.objects.create(member=importing.member, kind=part, uid=uid, row=key)
        return MADE
    except Already:
        return KNOWN
    except (LeftOut, Refused, IntegrityError, OverflowError):
        importing.films_made = films_made
        return LEFT_OUT


def preview(importing):
    """What an import found and would make: dicts for each part that has rows."""
    return [
        {"part": part, "is_made": part in MAKERS, **numbers, "new": numbers["rows"] - numbers["known"]}
        for part, numbers in importing.found.items()
        if numbers["rows"]
    ]
