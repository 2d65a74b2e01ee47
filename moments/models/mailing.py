"""A mailing: a letter of notifications that a member is going to get, once it is due.

A row is there while something waits to be told: the first piece of news that is for a letter makes it, and it
goes when the letter is on its way. So it costs nothing to want letters when nothing happens.
"""

from datetime import UTC, datetime, time, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.zones import zone_named
from reelive.upserts import taken, upsert

from .mixins.waiting import Waiting

DAILY, WEEKLY = "daily", "weekly"
MORNING = time(8)  # on the member's own clock
LONGEST_WAIT = timedelta(days=9)


def next_due(topic, zone_name, now):
    """When a letter about the topic goes of which the first news came now, in UTC."""
    if topic not in (DAILY, WEEKLY):
        return now
    zone = zone_named(zone_name)
    today = now.astimezone(zone).date()
    days = (today + timedelta(days=number) for number in range(LONGEST_WAIT.days))
    mornings = (datetime.combine(day, MORNING, zone) for day in days if topic == DAILY or day.weekday() == 0)
    return next(morning.astimezone(UTC) for morning in mornings if morning.astimezone(UTC) > now)


class MailingManager(models.Manager):
    def plan(self, members, now):
        """Plan letters, unless they are planned already.

        A row that is there is written to all the same: a process that is about to send it is waited for, and
        what it does not tell of any more gets a row of its own.

        Args:
            members: triples of a member's key, the topic and the name of the member's time zone.
        """
        rows = [
            self.model(member_id=member, topic=topic, since=now, due=next_due(topic, zone, now))
            for member, topic, zone in members
        ]
        upsert(rows, ("member_id", "topic"), taken("topic"))

    def due(self, now):
        """Those that can be sent, the oldest first. A clock that was ahead keeps none for longer."""
        return self.filter(Q(due__lte=now) | Q(due__gt=now + LONGEST_WAIT)).order_by("due", "pk")

    def plan_anew(self, member, now):
        """The member's clock is another one: digests go by it from now on."""
        for mailing in self.filter(member=member, topic__in=(DAILY, WEEKLY)):
            self.filter(pk=mailing.pk).update(due=next_due(mailing.topic, member.time_zone, now))


class Mailing(Waiting):
    done = "sent"

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="mailings", db_index=False
    )
    # A kind of news that is told at once, or a digest: daily or weekly.
    topic = models.CharField(max_length=10)
    # When the first piece of news came that it tells of.
    since = models.DateTimeField()

    objects = MailingManager()

    class Meta:
        verbose_name, verbose_name_plural = _("mailing"), _("mailings")
        constraints = [models.UniqueConstraint(fields=["member", "topic"], name="mailing_once")]
        indexes = [models.Index(fields=["due", "id"], name="mailing_due")]

    def __str__(self):
        return f"{self.topic} letter {self.pk}"
