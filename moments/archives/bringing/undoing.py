"""Taking back what a homecoming made, the last first; what its member has changed since stays."""

from django.db import transaction

from moments.archives.bringing.batch import Kind
from moments.archives.bringing.films import locked_films
from moments.archives.bringing.opinions import count_in_films
from moments.archives.bringing.undoing_diary import DIARY
from moments.archives.bringing.undoing_others import UNDONE_BY
from moments.archives.bringing.writing import batch_of
from moments.models import BroughtRow, DiaryEntry, Homecoming, Rating, WaitingWork

ROWS_UNDONE_AT_ONCE = 500
TAKE_BACK = DIARY | UNDONE_BY


def take_back(homecoming, now):
    """Take back the next things that it made."""
    with transaction.atomic():
        if not homecoming.lock_step():
            return
        rows = list(BroughtRow.objects.of(homecoming).order_by("-id")[:ROWS_UNDONE_AT_ONCE])
        if rows:
            _take_back_rows(homecoming, rows, now)
        else:
            WaitingWork.objects.filter(member=homecoming.member_id, number=homecoming.pk).delete()
            homecoming.end(Homecoming.State.UNDONE)


def _take_back_rows(homecoming, rows, now):
    batch = batch_of(homecoming.member, homecoming.pk, homecoming.source, homecoming.choices, now)
    batch.films = locked_films(_films_of(rows), in_sight=False)
    undone = dict(homecoming.outcome.get("undone", {"gone": 0, "stay": 0}))
    # A rating may be said by one record and follow from another: the later is taken back before.
    for kind, take_back_some in TAKE_BACK.items():
        some = [row for row in rows if row.kind == kind and row.row is not None]
        gone, stay = take_back_some(batch, some) if some else (0, 0)
        undone = {"gone": undone["gone"] + gone, "stay": undone["stay"] + stay}
    count_in_films(batch)
    BroughtRow.objects.filter(pk__in=[row.pk for row in rows]).delete()
    outcome = homecoming.outcome | {"undone": undone}
    homecoming.note(now, outcome=outcome, passed=min(homecoming.total, homecoming.passed + len(rows)))


def _films_of(rows):
    """The films whose counters may change."""
    films = set()
    for kinds, model, column in (((Kind.ENTRY,), DiaryEntry, "whole_film"), ((Kind.RATING,), Rating, "film")):
        keys = [row.row for row in rows if row.kind in kinds]
        films |= set(model.objects.filter(pk__in=keys).values_list(column, flat=True))
    return films - {None}
