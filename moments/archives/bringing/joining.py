"""Joining: what waited for its film is written once the film is here, or its member has said which it is."""

from collections import Counter

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from moments.archives.bringing.films import KnownFilms, identity
from moments.archives.bringing.packing import unpacked
from moments.archives.bringing.writing import batch_of, write_records
from moments.models import Homecoming, WaitingRecord, WaitingWork
from moments.models.locking import keep_member
from moments.models.mixins.unknown import key_of
from moments.models.waiting_work import AGAIN

WORKS_AT_ONCE, RECORDS_AT_ONCE = 100, 1_000


def join_due(now):
    """Look for the films of works that wait, of one homecoming at a time. Returns whether any were due."""
    first = WaitingWork.objects.due(now).select_related("member").first()
    if first is None:
        return False
    mine = WaitingWork.objects.due(now).filter(member=first.member_id, number=first.number)
    works = list(mine.select_related("film__merged_into__merged_into")[:WORKS_AT_ONCE])
    claimed = WaitingWork.objects.filter(pk__in=[work.pk for work in works], due__lte=now)
    if claimed.update(due=now + AGAIN) and first.member.is_active:
        join(first.member, works, now)
    return True


def join(member, works, now):
    """Write the records of those works, all of one homecoming, of which the film is here by now."""
    rows = WaitingRecord.objects.filter(work__in=works).order_by("pk")
    waiting = {row.key: (row, unpacked(row.record)) for row in rows[:RECORDS_AT_ONCE]}
    chosen = {work.key: work.film_of_now for work in works if work.film_of_now}
    known = _Known([record for _row, record in waiting.values()], chosen)
    found = {key: record for key, (_row, record) in waiting.items() if known.may_know(record.work)}
    if found:
        with transaction.atomic():
            _write(member, works, found, {key: waiting[key][0] for key in found}, known, now)


class _Known(KnownFilms):
    """The films of records, of which the member has chosen some."""

    def __init__(self, records, chosen):
        super().__init__(records)
        for record in records:
            film = chosen.get(key_of(record.work))
            if film:
                self.films[identity(record.work)] = film.pk

    def may_know(self, work):
        return identity(work) in self.films or identity(work) in self.titles


def _write(member, works, records, rows, known, now):
    first = works[0]
    if not keep_member(member.pk):
        return
    homecoming = Homecoming.objects.select_for_update(no_key=True).filter(pk=first.number).first()
    if homecoming and homecoming.stage == Homecoming.Stage.UNDOING:
        return
    batch = batch_of(member, first.number, first.source, first.choices, now)
    here = WaitingRecord.objects.select_for_update().filter(pk__in=[row.pk for row in rows.values()])
    still = set(here.values_list("pk", flat=True))
    records = {key: each for key, each in records.items() if rows[key].pk in still}
    for record in records.values():
        batch.tally.waits(record.part, -1)  # what waits once more is counted again
    write_records(batch, records, known)
    written = {row.key for row in batch.rows}
    done = [rows[key] for key in records if key in written]
    here.filter(pk__in=[row.pk for row in done]).delete()
    _count_down(Counter(row.work_id for row in done))
    if homecoming:
        Homecoming.objects.filter(pk=homecoming.pk).update(outcome=batch.tally.added_to(homecoming.outcome))


def _count_down(written):
    """Works of which nothing waits any more are gone; of the others the rest comes next."""
    for number in set(written.values()):
        some = WaitingWork.objects.filter(pk__in=[work for work in written if written[work] == number])
        some.update(records=F("records") - number, due=timezone.now())
    WaitingWork.objects.filter(pk__in=list(written), records__lte=0).delete()
