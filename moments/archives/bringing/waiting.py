"""Keeping what has no film yet: the records wait with their work, as many as there is room for."""

from collections import Counter, defaultdict

from django.db.models import Sum

from moments.archives.bringing.packing import packed
from moments.models import WaitingRecord, WaitingWork
from moments.models.mixins.unknown import key_of, named
from moments.models.waiting_work import ASKED_AGAIN_AFTER, MOST_WAITING, rough_name, surest_id
from reelive.upserts import change_each, upsert

# What the member has chosen meanwhile stays.
KEEPS_FILM = {"film_id": "COALESCE(here.film_id, EXCLUDED.film_id)"}


def keep_waiting(batch, waiting):
    """Let records wait.

    Args:
        waiting: triples of a record's key, the record, and the key of the film where only the number of its
            episode is not known.

    Returns those for which there was no room.
    """
    by_work, room = defaultdict(list), _room_of(batch) if waiting else 0
    for key, record, film in waiting[:room]:
        by_work[key_of(record.work)].append((key, record, film))
    works = [_work(batch, key, *records[0][1:]) for key, records in sorted(by_work.items())]
    names = ("key", "id", "records")
    there = upsert(works, ("member_id", "number", "key"), KEEPS_FILM, names)
    ids = {key: (pk, number) for key, pk, number in there}
    rows = [
        WaitingRecord(work_id=ids[named_by][0], key=key, record=packed(record))
        for named_by, records in by_work.items()
        for key, record, _film in records
    ]
    new = Counter(work for (work,) in upsert(rows, (), {}, ("work_id",)))
    counts = [(pk, number + new[pk]) for pk, number in ids.values()]
    change_each(WaitingWork, ("records",), counts)
    for _key, record, _film in waiting[:room]:
        batch.tally.waits(record.part)
    return waiting[room:]


def _room_of(batch):
    held = WaitingWork.objects.of(batch.member).aggregate(all=Sum("records"))["all"] or 0
    return max(0, MOST_WAITING - held)


def _work(batch, key, record, film):
    ids = record.work.ids
    return WaitingWork(
        member=batch.member, number=batch.number, source=batch.source, choices=batch.choices.as_json(),
        key=key, work=named(record.work), film_id=film, name=rough_name(record.work.title),
        surest_id=surest_id(ids), due=batch.now + ASKED_AGAIN_AFTER,
    )  # fmt: skip
