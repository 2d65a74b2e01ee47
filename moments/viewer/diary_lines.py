"""The days of a member's diary without their words, as one viewer may know them."""

from calendar import monthrange
from datetime import date

from moments.arc.diary_summary import DiaryLine
from moments.models import DiaryEntry
from moments.models.filter import on_page_of

LAST_YEAR = 9998
MOST_LINES = 5_000


def days_of(year, month=None):
    """The first and last day of a month, or of the year."""
    end = month or 12
    return date(year, month or 1, 1), date(year, end, monthrange(year, end)[1])


def lines_of(member, viewer, days, moments):
    """The entries of some days, oldest first, up to a bounded number; one query.

    Args:
        days: the first and the last.
        moments: those that the entries may be about.
    """
    rows = (
        on_page_of(member, moments, viewer)
        .filter(diary_entries__in=DiaryEntry.objects.visible_to(viewer).of(member, *days))
        .veiled_for(viewer)
        .order_by("diary_entries__date", "diary_entries__id")
        .values_list("diary_entries__date", "pk", "film_id", "diary_entries__feelings", "is_veiled")
    )
    return [DiaryLine(*facts) for facts in rows[:MOST_LINES]]


def sampled(rows, most):
    """At most so many of the rows, evenly spread."""
    step = max(1, len(rows) / most)
    return [rows[int(i * step)] for i in range(min(len(rows), most))]
