"""Writing what was brought, a segment at a time: what came before is known, what has no film yet waits."""

from django.db import transaction

from accounts.zones import zone_named
from moments.archives.bringing.batch import Batch, Item, Kind
from moments.archives.bringing.choices import Words, choices_of
from moments.archives.bringing.films import KnownFilms, Numbers, fits, is_named
from moments.archives.bringing.lists import write_entries, write_lists
from moments.archives.bringing.opinions import count_in_films, write_opinions
from moments.archives.bringing.packing import number_of, record_in
from moments.archives.bringing.reading import lines_of
from moments.archives.bringing.reviews import write_reviews
from moments.archives.bringing.seen import write_seen
from moments.archives.bringing.waiting import keep_waiting
from moments.archives.bringing.wishes import write_wishes
from moments.archives.bringing.words import write_words
from moments.models import BroughtRow, Event, EventKind, Homecoming, WaitingRecord

WRITERS = {
    "diary": write_seen, "seen": write_seen, "rating": write_opinions, "like": write_opinions,
    "favourite": write_opinions, "review": write_words, "comment": write_words, "feeling": write_words,
    "watchlist": write_wishes, "follow": write_wishes, "list": write_lists, "list entry": write_entries,
}  # fmt: skip
IN_TURN = (write_seen, write_opinions, write_words, write_reviews, write_wishes, write_lists, write_entries)


def write(homecoming, now):
    """Write the next segment, and note how far that came in the same transaction."""
    is_over = homecoming.place == len(homecoming.segments)
    lines = [] if is_over else [line for line, _is_first in lines_of(homecoming)]
    batch = batch_of(homecoming.member, homecoming.pk, homecoming.source, homecoming.choices, now)
    records = _wanted(batch, lines)
    known = KnownFilms(records.values())
    with transaction.atomic():
        if not homecoming.lock_step():
            return
        if is_over:
            _end(homecoming)
            return
        _leave_known(batch, records)
        write_records(batch, records, known)
        _note(homecoming, batch, len(lines), now)


def _wanted(batch, lines):
    """The records that the member has chosen, by their keys; what says the same twice is known."""
    records = {}
    for line in lines:
        key, record = number_of(batch.source, line), record_in(line)
        if key in records:
            batch.tally.knows(record.part)
        elif batch.choices.wants(record):
            records[key] = record
    return records


def batch_of(member, number, source, choices, now):
    """A Batch of the homecoming of this number."""
    facts = {"choices": choices_of(choices), "now": now, "zone": zone_named(member.time_zone)}
    return Batch(member, number, source, **facts)


def _leave_known(batch, records):
    """What came before is what it is, or waits. What was left out then is tried once more."""
    here = BroughtRow.objects.filter(member=batch.member, key__in=list(records))
    waiting = WaitingRecord.objects.filter(work__member=batch.member, key__in=list(records))
    kinds = dict(here.values_list("key", "kind"))
    if Kind.LEFT in kinds.values():
        here.filter(kind=Kind.LEFT).delete()
    for key, kind in kinds.items():
        if kind != Kind.LEFT:
            batch.tally.knows(records.pop(key).part)
    for key in set(waiting.values_list("key", flat=True)) & records.keys():
        batch.tally.waits(records.pop(key).part)


def write_records(batch, records, known):
    """Write records by their keys, each by the writer of its part; those without a film wait."""
    batch.films = known.lock()
    items, waiting = _told_apart(batch, records, known)
    for writer in IN_TURN:
        of_writer = [item for item in items if _writer_of(batch, item.record) == writer]
        if of_writer:
            writer(batch, of_writer)
    for key, record, _film in keep_waiting(batch, waiting):
        batch.came_to(Item(key, record), Kind.LEFT)
    count_in_films(batch)
    batch.write_rows()


def _told_apart(batch, records, known):
    """The Items of the records whose film is known, and what waits; what fits nowhere is left out."""
    items, waiting = [], []
    films = {key: known.of(record.work) for key, record in records.items()}
    numbers = Numbers([(record.work, films[key]) for key, record in records.items()])
    for key, record in records.items():
        film = batch.films.get(films[key])
        is_of_part = record.part in OF_PARTS
        work = film and (numbers.numbered(record.work, film.pk) if is_of_part else record.work)
        if record.part == "list":
            items.append(Item(key, record))
        elif film is None and is_named(record.work):
            waiting.append((key, record, None))
        elif film is not None and work is None:
            waiting.append((key, record, film.pk))
        elif film is None or not _fits(record, work, film):
            batch.came_to(Item(key, record), Kind.LEFT)
        else:
            items.append(Item(key, record, film.pk, *_parts(record, work)))
    return items, waiting


def _fits(record, work, film):
    return record.part not in OF_PARTS or fits(work, film.is_series, record.part in ("diary", "seen"))


def _parts(record, work):
    """Lists, wishes and follows are of whole films."""
    return (work.season, work.episode) if record.part in OF_PARTS else (None, None)


OF_PARTS = ("diary", "seen", "rating", "like", "favourite", "review", "comment", "feeling")


def _writer_of(batch, record):
    is_post = record.part == "review" and batch.choices.reviews == Words.POSTS
    return write_reviews if is_post else WRITERS[record.part]


def _note(homecoming, batch, passed, now):
    said = {"place": homecoming.place + 1, "passed": homecoming.passed + passed}
    is_kept = homecoming.note(now, **said, outcome=batch.tally.added_to(homecoming.outcome))
    if is_kept and said["place"] == len(homecoming.segments):
        _end(homecoming)


def _end(homecoming):
    """It is done, and its member is told: nobody else is."""
    homecoming.end(Homecoming.State.DONE)
    Event.objects.note(EventKind.BROUGHT, homecoming.member_id, number=homecoming.pk)
