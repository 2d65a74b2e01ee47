"""What comes back to members on its day: reminders, and what they relived or saw on this day years ago."""

from datetime import timedelta

from django.db import transaction

from accounts.zones import zone_named
from moments.models import DiaryEntry, Event, EventKind, Reminder
from moments.models.diary_entry import NO_ANNIVERSARY
from moments.models.reminder import next_return

PLANNED_AT_ONCE, RETURNED_AT_ONCE = 500, 100
# What the task process did not come to on its day is not told on another.
LATEST_AFTER = timedelta(hours=12)


def remind(now):
    """Note what is due as events, in bounded steps. Returns whether there was anything.

    It is asked every second, so each step looks first: on SQLite a transaction waits for the one writer.
    """
    steps = (
        (Reminder.objects.due(now), Reminder.objects.note_due),
        (DiaryEntry.objects.unplanned(), plan_returns),
        (DiaryEntry.objects.filter(returns__lte=now), note_returned),
    )
    done = [step(now) for rows, step in steps if rows.exists()]
    return any(done)


@transaction.atomic
def plan_returns(now):
    """Say of diary entries that are new or have another day when they come back. Returns how many."""
    entries = DiaryEntry.objects.unplanned().order_by("pk")
    return _plan(_locked(entries, PLANNED_AT_ONCE), now)


@transaction.atomic
def note_returned(now):
    """Note an event for members for whom it is a year ago, or several: of the first of the entries of a day.

    So a day of many episodes comes back as one, which names their series.
    Returns how many entries came back.
    """
    entries = _locked(DiaryEntry.objects.filter(returns__lte=now).order_by("returns", "pk"), RETURNED_AT_ONCE)
    in_time = {entry.pk for entry in entries if now - entry.returns < LATEST_AFTER}
    in_sight = set(DiaryEntry.objects.listed().filter(pk__in=in_time).values_list("pk", flat=True))
    told = {entry.member_id: entry for entry in reversed(entries) if entry.pk in in_sight}
    Event.objects.note_all(EventKind.YEARS_AGO, [_event(entry) for entry in told.values()])
    return _plan(entries, now)


def _locked(entries, most):
    rows = entries.select_for_update(skip_locked=True, of=("self",)).select_related("member")
    return list(rows.only("date", "returns", "moment", "member", "member__time_zone")[:most])


def _event(entry):
    years = entry.returns.astimezone(zone_named(entry.member.time_zone)).year - entry.date.year
    return {"actor_id": entry.member_id, "post_id": entry.moment_id, "number": entry.pk, "detail": str(years)}


def _plan(entries, now):
    for entry in entries:
        entry.returns = next_return(entry.date, entry.member, now) if entry.is_dated else NO_ANNIVERSARY
    DiaryEntry.objects.bulk_update(entries, ["returns"])
    return len(entries)
