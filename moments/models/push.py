"""Push: news that comes to a device of a member, also when no page of the site is open there.

A device is heard as long as its session lasts: who signs out, is suspended or changes the password on
another device gets nothing there any more. A row of Push waits for one message to one device.
"""

from datetime import timedelta

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from reelive.upserts import taken, upsert
from reelive.web_push import LONGEST_ENDPOINT

from .locking import lock_rows
from .mixins.waiting import Waiting
from .refusals import Refused

MOST_DEVICES = 10
LEASE = timedelta(minutes=2)  # as long as a message is with the process that sends it
LONGEST_WAIT = timedelta(days=2)


class TooManyDevices(Refused):
    sentence = _("Ten devices of yours get notifications. Take one of them away first.")


class PushSubscriptionManager(models.Manager):
    def alive(self):
        """Those whose session has not ended."""
        return self.filter(session__expire_date__gt=timezone.now())

    def of(self, member):
        return self.alive().filter(member=member.pk)

    def condition(self, member="pk"):
        """An expression for a query of members: whether any device of theirs is heard."""
        return Exists(self.alive().filter(member=OuterRef(member)))

    @transaction.atomic
    def add(self, member, session_key, endpoint, **about):
        """Tell news to this device from now on. One that was another member's is theirs no more.

        Args:
            session_key: of the session by which the member is signed in there.
            endpoint: where its push service takes messages.
            about: `public_key`, `secret` and `name` of the device.

        Raises TooManyDevices.
        """
        lock_rows(User.objects.filter(pk=member.pk))
        mine = self.filter(member=member)
        mine.exclude(pk__in=self.of(member).values("pk")).delete()
        mine.filter(session=session_key).exclude(endpoint=endpoint).delete()
        if not mine.filter(endpoint=endpoint).exists() and mine.count() >= MOST_DEVICES:
            raise TooManyDevices
        about |= {"member": member, "session_id": session_key}
        return self.update_or_create(endpoint=endpoint, defaults=about)[0]


class PushSubscription(models.Model):
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="push_subscriptions")
    # Sessions are also ended by processes that know nothing of this table.
    session = models.ForeignKey(Session, models.CASCADE, related_name="+", db_constraint=False)
    endpoint = models.CharField(max_length=LONGEST_ENDPOINT, unique=True)
    public_key = models.CharField(max_length=100)
    secret = models.CharField(max_length=40)
    # Such as "Firefox on Linux".
    name = models.CharField(max_length=100)
    created = models.DateTimeField(default=timezone.now)
    # When its push service last took a message.
    last_ok = models.DateTimeField(null=True)

    objects = PushSubscriptionManager()

    class Meta:
        verbose_name, verbose_name_plural = _("device"), _("devices")

    def __str__(self):
        return f"device {self.pk}"


class PushManager(models.Manager):
    def plan(self, news_of, now):
        """Plan messages about news to all devices of members.

        Args:
            news_of: the keys of their notifications, by theirs.
        """
        if not news_of:
            return
        devices = PushSubscription.objects.alive().filter(member__in=news_of)
        rows = [
            self.model(subscription_id=key, notification_id=news_of[member], due=now)
            for key, member in devices.order_by("pk").values_list("pk", "member")
        ]
        upsert(rows, ("subscription_id", "notification_id"), taken("due", "attempts"))

    def due(self, now):
        """Those that can be sent, the oldest first. A clock that was ahead keeps none for longer."""
        return self.filter(Q(due__lte=now) | Q(due__gt=now + LONGEST_WAIT)).order_by("due", "pk")

    def claim(self, push, now):
        """Whether this process is the one to send it. One that ends in the middle is followed by another."""
        return bool(self.filter(pk=push.pk, due=push.due).update(due=now + LEASE))


class Push(Waiting):
    done = "sent"

    subscription = models.ForeignKey(PushSubscription, models.CASCADE, related_name="+", db_index=False)
    notification = models.ForeignKey("Notification", models.CASCADE, related_name="+")

    objects = PushManager()

    class Meta:
        verbose_name, verbose_name_plural = _("push"), _("pushes")
        constraints = [models.UniqueConstraint(fields=["subscription", "notification"], name="push_once")]
        indexes = [models.Index(fields=["due", "id"], name="push_due")]

    def __str__(self):
        return f"push {self.pk}"
