"""A reminder: a member's own note on a post, which comes back to them on a day that they name."""

from datetime import UTC, datetime, time, timedelta

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.zones import zone_named

from .event import Event, EventKind
from .locking import lock_rows
from .refusals import Refused

NOTE_LIMIT, MOST_WAITING = 500, 100
FURTHEST = timedelta(days=3653)
MORNING = time(9)
REMINDER_KEPT_FOR = timedelta(days=180)  # as long as the notification that shows the note
REMINDERS_AT_ONCE = 100


class TooManyReminders(Refused):
    sentence = _("A hundred reminders of yours are waiting. Delete one of them first.")


def morning(day, member):
    """Nine o'clock of that day where the member lives, in UTC: clocks may have been changed until then."""
    return datetime.combine(day, MORNING, zone_named(member.time_zone)).astimezone(UTC)


def in_year(day, year):
    """The same day of another year; the last of February where there is no 29th."""
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)


def next_return(day, member, after):
    """The first morning after that time on which it is a year ago, or several."""
    year = max(day.year + 1, after.year - 1)
    while (due := morning(in_year(day, year), member)) <= after:
        year += 1
    return due


class ReminderManager(models.Manager):
    def of(self, member):
        return self.filter(member=member.pk)

    @transaction.atomic
    def add(self, member, post, date, note):
        """Remind the member of the post on that day. A second one for the same day has the newer note.

        Raises TooManyReminders, Gone and Suspended.
        """
        post.ensure_open_for(member.pk)
        lock_rows(User.objects.filter(pk=member.pk))
        same = {"member": member, "post_id": post.pk, "date": date}
        is_new = not self.filter(**same).exists()
        if is_new and self.of(member).filter(told=None).count() >= MOST_WAITING:
            raise TooManyReminders
        return self.update_or_create(**same, defaults={"note": note, "due": morning(date, member)})[0]

    def due(self, now):
        return self.filter(told=None, due__lte=now)

    @transaction.atomic
    def note_due(self, now):
        """Note an event for each that is due, a bounded number at a time. Returns how many there were."""
        rows = list(
            self.due(now).order_by("due", "pk").select_for_update(skip_locked=True)[:REMINDERS_AT_ONCE]
        )
        self.filter(pk__in=[row.pk for row in rows]).update(told=now)
        events = [{"actor_id": row.member_id, "post_id": row.post_id, "number": row.pk} for row in rows]
        Event.objects.note_all(EventKind.REMINDER, events)
        return len(rows)

    def expire(self, now):
        """Drop what came back half a year ago, a bounded number at a time."""
        old = self.filter(told__lt=now - REMINDER_KEPT_FOR).order_by("told").values_list("pk", flat=True)
        self.filter(pk__in=list(old[:REMINDERS_AT_ONCE])).delete()


class Reminder(models.Model):
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="reminders", db_index=False
    )
    post = models.ForeignKey("Post", models.CASCADE, related_name="reminders")
    date = models.DateField(_("date"))
    note = models.TextField(_("note"), max_length=NOTE_LIMIT, blank=True)
    created = models.DateTimeField(default=timezone.now, editable=False)
    due = models.DateTimeField(editable=False)
    # When it came back to the member.
    told = models.DateTimeField(null=True, editable=False)

    objects = ReminderManager()

    class Meta:
        verbose_name, verbose_name_plural = _("reminder"), _("reminders")
        constraints = [models.UniqueConstraint(fields=["member", "post", "date"], name="reminder_once_a_day")]
        indexes = [
            models.Index(fields=["due", "id"], condition=Q(told=None), name="reminder_due"),
            models.Index(fields=["told"], condition=Q(told__isnull=False), name="reminder_told"),
            models.Index(fields=["member", "due", "id"], name="reminder_of_member"),
        ]

    def __str__(self):
        return f"{self.post} on {self.date}"
