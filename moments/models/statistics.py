"""The site in numbers, for everybody: how much there was of what in each month, counted once a day."""

from datetime import UTC, timedelta

from django.db import models
from django.db.models import Count
from django.db.models.functions import TruncMonth
from django.utils import timezone

from accounts.models import User

from .comment import Comment
from .diary_entry import DiaryEntry
from .feeling import Reaction
from .ledger import Action, LedgerEntry, Reason
from .post import Post

COUNTED_AGAIN_AFTER = timedelta(days=1)
THE_ONE = 1


def counted():
    """What is counted: by its name the rows, and the column that says when each came."""
    removals = LedgerEntry.objects.filter(action=Action.REMOVE)
    return {
        "members": (User.objects.filter(is_active=True), "date_joined"),
        "posts": (Post.objects.listed(), "created"),
        "comments": (Comment.objects.listed(), "created"),
        "feelings": (Reaction.objects.all(), "created"),
        "diary": (DiaryEntry.objects.all(), "created"),
        **{f"removed-{reason}": (removals.filter(reason=reason), "created") for reason in Reason.values},
        "appeals": (LedgerEntry.objects.filter(action=Action.APPEAL), "created"),
    }


class StatisticsManager(models.Manager):
    def renew(self, now):
        """Count anew what was counted a day ago. Asked for by the task process, never by a page."""
        row = self.filter(pk=THE_ONE).first()
        if row is None or abs(now - row.made) >= COUNTED_AGAIN_AFTER:
            numbers = {name: _by_month(rows, when) for name, (rows, when) in counted().items()}
            self.update_or_create(pk=THE_ONE, defaults={"numbers": numbers, "made": now})


class Statistics(models.Model):
    """One row: by the name of what is counted, by month, such as 2026-11, how much there was."""

    numbers = models.JSONField(default=dict)
    made = models.DateTimeField(default=timezone.now)

    objects = StatisticsManager()

    class Meta:
        verbose_name_plural = "statistics"

    def __str__(self):
        return f"numbers of {self.made}"

    def of(self, name, months):
        """The numbers of these months, each the first day of one, in their order."""
        numbers = self.numbers.get(name, {})
        return [numbers.get(f"{month:%Y-%m}", 0) for month in months]

    def total(self, name):
        return sum(self.numbers.get(name, {}).values())


def _by_month(rows, when):
    months = rows.order_by().annotate(month=TruncMonth(when, tzinfo=UTC)).values_list("month")
    return {f"{month:%Y-%m}": number for month, number in months.annotate(number=Count("pk"))}
