"""A notification: what a member is told, one row for each kind of news about one thing, with all who did it.

Rows are written by the task process (moments.notifications). What its member may not see any more is not
listed and does not count: `readable` is the one place that decides it, for the list, for the number on the
bell and for `manage.py recount`.
"""

from datetime import timedelta

from django.conf import settings
from django.db import models, transaction
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from reelive.prepared import PreparedUpdate
from reelive.upserts import taken, upsert

from .filter import Filter
from .mixins.stateful import State
from .mute import among_unheard, unheard

# What is told of a text though nobody can see it any more.
OF_STAFF = ("removal", "restored", "answer", "report")
# What members tell themselves: it comes also from a thread of which they want to hear nothing.
OF_ONESELF = ("reminder", "years-ago", "unshared", "export", "brought", "seen")
NEWEST_FIRST = ("-updated", "-id")
NOTIFICATION_KEPT_FOR = timedelta(days=180)
NOTIFICATIONS_AT_ONCE = 500


class NotificationQuerySet(models.QuerySet):
    def of(self, member):
        """What the member is told on the site, as far as they may see it now."""
        return self.filter(member=member.pk, is_listed=True).readable()

    def unread(self):
        return self.filter(read=None)

    def readable(self, now=None):
        """Leave out what is about something out of sight, what only people did whom the member mutes or
        restricts, and what is about something that the member filters.

        What staff did to a text is told to its author in any case, and what members tell themselves too.

        Args:
            now: the time at which mutes and filters are in force, or an expression for it.
        """
        in_sight = Q(comment=None) | Q(comment__state=State.VISIBLE)
        in_sight &= Q(post=None) | Q(post__state=State.VISIBLE)
        in_sight &= Q(member_list=None) | Q(member_list__state=State.VISIBLE)
        in_sight &= Q(member_list=None) | Q(comment=None) | Q(Exists(self._lists_read()))
        has_people = Exists(NotificationPerson.objects.filter(notification=OuterRef("pk")))
        rows = self.filter(Q(kind__in=OF_STAFF) | in_sight).filter(~has_people | Exists(self._heard(now)))
        return rows.filter(Q(kind__in=OF_STAFF) | Q(kind__in=OF_ONESELF) | self._unfiltered(now))

    def _lists_read(self):
        """The list in whose thread something was said, if the member may read it."""
        lists = self.model._meta.get_field("member_list").related_model.objects
        return lists.read_by(OuterRef("member")).filter(pk=OuterRef("member_list"))

    def _unfiltered(self, now):
        """Of their own posts members hear all, but for comments with a word that they filter."""
        of_post = Filter.objects.against_post(OuterRef("member"), OuterRef("post"), now)
        of_comment = Filter.objects.against_comment(OuterRef("member"), OuterRef("comment"), now)
        of_film = Filter.objects.in_force(now).filter(member=OuterRef("member"), film=OuterRef("number"))
        is_of_no_film = ~Q(kind="followed", post=None) | ~Exists(of_film)
        return ~Exists(of_comment) & is_of_no_film & (Q(post__author=F("member")) | ~Exists(of_post))

    def with_people(self):
        """Say of each who did it last, `newest_person`, and how many did, `number_heard`, among those whom
        the member hears."""
        newest = self._heard().order_by("-created", "-id").values("member__username")[:1]
        unheard_people = _people().filter(among_unheard("member", OuterRef(OuterRef("member"))))
        number_heard = F("people") - _number_of(unheard_people)
        return self.annotate(newest_person=Subquery(newest), number_heard=number_heard)

    def count_people(self):
        """Count anew how many people did it since it was last read."""
        self.update(people=number_of_people())

    def _heard(self, now=None):
        """Who did it since it was last read, but for those whom the member mutes or restricts."""
        return _people().filter(~unheard(OuterRef(OuterRef("member")), OuterRef("member"), now))


def _people():
    """For a query of notifications: those who did it since it was last read."""
    return NotificationPerson.objects.filter(notification=OuterRef("pk"), created__gte=OuterRef("since"))


def _number_of(people):
    grouped = people.order_by().values("notification").annotate(number=Count("pk"))
    return Coalesce(Subquery(grouped.values("number")), 0)


def number_of_people():
    """An expression for a query of notifications: what the column `people` must hold."""
    return _number_of(_people())


# What is told of once more, to a member who had read it, begins when they did; never after what is told.
SINCE = """CASE WHEN here.read IS NULL THEN here.since
                WHEN here.read > EXCLUDED.updated THEN EXCLUDED.updated ELSE here.read END"""
# Since then who does it now, if somebody is named, and the others.
PEOPLE_COUNTED = f"""CASE WHEN EXCLUDED.people = 0 THEN 0 ELSE 1 + (
    SELECT COUNT(*) FROM moments_notificationperson AS others
    WHERE others.notification_id = here.id AND others.member_id <> %(person)d AND others.created >= {SINCE}
    ) END"""  # noqa: S608 - a number alone is put in
TOLD_ANEW = taken("updated", "post_id", "comment_id", "member_list_id", "number", "detail", "is_listed") | {
    "since": SINCE,
    "read": "NULL",
}


class NotificationManager(models.Manager.from_queryset(NotificationQuerySet)):
    def tell(self, rows, person):
        """Put these new rows into inboxes, or tell anew what is there of the same. Returns the keys of the
        rows by those of their members.

        Args:
            rows: each of another member, with `people` 1 where the person is named and 0 where not.
            person: the key of who did it; None where nobody is named in any of them.
        """
        changes = TOLD_ANEW | {"people": PEOPLE_COUNTED % {"person": person or 0}}
        found = upsert(rows, ("member_id", "kind", "subject"), changes, ("id", "member_id"))
        are_named = {row.member_id: row.people for row in rows}
        named = [
            NotificationPerson(notification_id=key, member_id=person, created=rows[0].updated)
            for key, member in found
            if are_named[member]
        ]
        upsert(named, ("notification_id", "member_id"), taken("created"))
        return {member: key for key, member in found}

    def unread_number(self, now=None):
        """An expression for a query of members: how many unread ones each has; at that time, or now."""
        told = self.filter(member=OuterRef("pk"), is_listed=True).unread().readable(now)
        unread = told.order_by().values("member")
        return Coalesce(Subquery(unread.annotate(number=Count("pk")).values("number")), 0)

    def count_unread(self, members):
        """Count anew what these members have not read.

        Args:
            members: their keys.
        """
        now = timezone.now()
        # In the order of their keys, so that no two processes wait for each other's rows.
        COUNT_UNREAD.of_each((key, now) for key in sorted(members))

    @transaction.atomic
    def mark_read(self, member, rows, now):
        """The member has read these rows of theirs on the site. Returns how many had been unread."""
        marked = rows.filter(member=member.pk, is_listed=True).unread().update(read=now)
        self.count_unread([member.pk])
        return marked

    @transaction.atomic
    def mark_unread(self, member, rows):
        """Undo that. Returns how many had been read."""
        marked = rows.filter(member=member.pk, read__isnull=False).update(read=None)
        self.count_unread([member.pk])
        return marked

    @transaction.atomic
    def drop(self, member, kind, subject):
        """The member is told this no more."""
        self.filter(member=member.pk, kind=kind, subject=subject).delete()
        self.count_unread([member.pk])

    def forget_person(self, person):
        """The person leaves: nothing tells of them any more."""
        self.forget_named(NotificationPerson.objects.filter(member=person))

    def forget_deed(self, person, member, **what):
        """What the person did is not for the member to know any more: their row of it leaves the person out.

        Args:
            person, member: their keys.
            what: the columns of the notification that say which, such as its kind and post.
        """
        which = {f"notification__{column}": value for column, value in what.items()}
        persons = NotificationPerson.objects.filter(member=person, notification__member=member)
        self.forget_named(persons.filter(**which))

    @transaction.atomic
    def forget_named(self, named):
        """Take these people out; a notification that names nobody any more goes too.

        Args:
            named: rows of NotificationPerson.
        """
        while rows := dict(named.values_list("notification", "notification__member")[:NOTIFICATIONS_AT_ONCE]):
            named.filter(notification__in=rows).delete()
            others = NotificationPerson.objects.filter(notification=OuterRef("pk"))
            self.filter(~Exists(others), pk__in=rows).delete()
            self.filter(pk__in=rows).count_people()
            self.count_unread(set(rows.values()))

    @transaction.atomic
    def expire(self, now):
        """Drop what is half a year old, a bounded number at a time."""
        old = self.filter(updated__lt=now - NOTIFICATION_KEPT_FOR).order_by("updated")
        old = old.values_list("pk", "member")[:NOTIFICATIONS_AT_ONCE]
        rows, members = map(set, zip(*old, strict=True)) if old else ((), ())
        self.filter(pk__in=rows).delete()
        self.count_unread(members)


class Notification(models.Model):
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notifications", db_index=False
    )
    kind = models.CharField(max_length=10)
    # What it is about, such as "comment/12": news of one kind about the same thing share a row.
    subject = models.CharField(max_length=40)
    # Where it leads: to a comment, else to a post or a list. All are None for what has a page of its own.
    post = models.ForeignKey("Post", models.CASCADE, null=True, related_name="+")
    comment = models.ForeignKey("Comment", models.CASCADE, null=True, related_name="+")
    member_list = models.ForeignKey("MemberList", models.CASCADE, null=True, related_name="+")
    # The key of what else it is about: a row of the ledger, a report, a revision of a film.
    number = models.BigIntegerField(null=True)
    # What else the news says, such as the slug of a flag.
    detail = models.CharField(max_length=20, blank=True)
    # Whether it is told on the site; some want to hear of it by mail alone.
    is_listed = models.BooleanField(default=True, db_default=True)
    # How many people did it since it was last read.
    people = models.PositiveIntegerField(default=0)
    since = models.DateTimeField()
    updated = models.DateTimeField()
    read = models.DateTimeField(null=True)

    objects = NotificationManager()

    class Meta:
        verbose_name, verbose_name_plural = _("notification"), _("notifications")
        constraints = [
            models.UniqueConstraint(fields=["member", "kind", "subject"], name="notification_once"),
        ]
        indexes = [
            models.Index(fields=["member", "-updated", "-id"], name="notification_newest"),
            models.Index(fields=["member"], condition=Q(read=None), name="notification_unread"),
            models.Index(fields=["updated"], name="notification_age"),
        ]

    def __str__(self):
        return f"{self.kind}: {self.subject}"

    @property
    def is_unread(self):
        return self.read is None


def _counted_anew(member, now):
    now = now.prepared_by(models.DateTimeField())
    return User.objects.filter(pk=member), {"unread_notifications": Notification.objects.unread_number(now)}


COUNT_UNREAD = PreparedUpdate(_counted_anew)


class NotificationPerson(models.Model):
    """Who did what a notification tells of, and when they last did it."""

    notification = models.ForeignKey(Notification, models.CASCADE, related_name="persons", db_index=False)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    created = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["notification", "member"], name="notification_person_once"),
        ]
        indexes = [
            models.Index(fields=["notification", "-created", "-id"], name="notification_person_newest"),
        ]

    def __str__(self):
        return f"{self.member} in {self.notification}"


class ThreadChoiceManager(models.Manager):
    def choose(self, member, about, level):
        """What the member wants to hear of the thread of a post or list."""
        self.update_or_create(member=member, **{about.model_name: about}, defaults={"level": level})

    def level_of(self, viewer, about):
        """What the viewer wants to hear. All of what they share, of others replies, unless they chose."""
        if hasattr(about, "thread_level"):
            chosen = about.thread_level
        else:
            rows = self.filter(member=viewer.pk, **{about.model_name: about.pk})
            chosen = rows.values_list("level", flat=True).first()
        default = ThreadChoice.Level.ALL if about.is_shared_by(viewer) else ThreadChoice.Level.REPLIES
        return chosen or default

    def column(self, viewer, about="post"):
        """An expression for a query of posts or lists: what the viewer chose for each, `thread_level`."""
        return Subquery(self.filter(member=viewer.pk, **{about: OuterRef("pk")}).values("level")[:1])


class ThreadChoice(models.Model):
    """What a member wants to hear of the thread of a post or list. Authors and co-writers without a row hear
    of every comment, and others of replies to what they wrote."""

    class Level(models.TextChoices):
        ALL = "all", _("All comments")
        REPLIES = "replies", _("Replies to me")
        NOTHING = "nothing", _("Nothing")

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="thread_choices", db_index=False
    )
    post = models.ForeignKey("Post", models.CASCADE, null=True, related_name="thread_choices", db_index=False)
    member_list = models.ForeignKey(
        "MemberList", models.CASCADE, null=True, related_name="thread_choices", db_index=False
    )
    level = models.CharField(max_length=7)

    objects = ThreadChoiceManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["member", "post"], name="thread_choice_once"),
            models.UniqueConstraint(fields=["member", "member_list"], name="thread_choice_of_list_once"),
            models.CheckConstraint(
                condition=Q(post__isnull=False) ^ Q(member_list__isnull=False), name="thread_choice_of_one"
            ),
        ]
        indexes = [
            models.Index(fields=["post", "level", "member"], name="thread_choice_of_post"),
            models.Index(
                fields=["member_list", "level", "member"],
                condition=Q(member_list__isnull=False),
                name="thread_choice_of_list",
            ),
        ]

    def __str__(self):
        return f"{self.member}: {self.level} of {self.post or self.member_list}"


class NotificationChoice(models.Model):
    """How a member wants to hear of one kind of news. Without a row: as the kind's declaration says."""

    class Mail(models.TextChoices):
        NEVER = "never", pgettext_lazy("by mail", "Never")
        AT_ONCE = "at-once", pgettext_lazy("by mail", "At once")
        DAILY = "daily", pgettext_lazy("by mail", "Daily")
        WEEKLY = "weekly", pgettext_lazy("by mail", "Weekly")

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notification_choices", db_index=False
    )
    kind = models.CharField(max_length=10)
    site = models.BooleanField(default=True)
    # Empty: as the kind's declaration says.
    mail = models.CharField(max_length=7, blank=True, default="", db_default="", choices=Mail)
    # Whether devices show it. None: as the kind's declaration says.
    push = models.BooleanField(null=True)

    class Meta:
        verbose_name, verbose_name_plural = _("choice of notifications"), _("choices of notifications")
        constraints = [models.UniqueConstraint(fields=["member", "kind"], name="notification_choice_once")]

    def __str__(self):
        return f"{self.member}: {self.kind}"
