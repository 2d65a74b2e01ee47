"""Mute and restrict: a member does not see another, or is not reached by another. The other is not told.

A mute holds for a time or for good. A list of what members wrote leaves out muted authors by `without_muted`,
or marks them by `with_muted` where it shows a line in their place; lists of posts and comments ask
`without_filtered` (models/filter.py), which does that and more. What belongs to the viewer is never left out:
their own diary and reports are complete, whoever wrote what these are about.
"""

from django.conf import settings
from django.db import models, transaction
from django.db.models import BooleanField, Case, Exists, OuterRef, Q, Value, When
from django.utils import timezone

from .event import Event, EventKind
from .follow import Follow

MUTES_AT_ONCE = 500


def drop_ended(rows, now):
    """Drop mutes or filters that ended, a bounded number at a time, and have what is unread counted anew."""
    ended = dict(rows.filter(until__lte=now).order_by("until").values_list("pk", "member")[:MUTES_AT_ONCE])
    with transaction.atomic():
        rows.filter(pk__in=ended, until__lte=now).delete()
        Event.objects.note_all(EventKind.SIGHT, [{"actor_id": member} for member in set(ended.values())])


class MemberPairManager(models.Manager):
    def in_force(self, now=None):
        """The rows that have not ended; `now` may be an expression for a query."""
        return self.all()

    @transaction.atomic
    def add(self, member, other, **terms):
        """Returns whether that is new. Nobody can do it to themselves or to the house account.

        It ends that the one follows the other to whom they do not get through any more.

        Args:
            terms: columns that say on which terms, such as `until`; they replace those of before.
        """
        if member == other or other.is_house:
            return False
        is_new = not self.exists_between(member.pk, other.pk)
        self.update_or_create(member=member, other=other, defaults=terms)
        if is_new:
            follower, followed = self.model.ended_follow(member, other)
            Follow.objects.unfollow(follower, person=followed)
            Event.objects.note(EventKind.SIGHT, member.pk)
        return is_new

    def remove(self, member, other):
        removed, _rows = self.filter(member=member, other=other).delete()
        if removed:
            Event.objects.note(EventKind.SIGHT, member.pk)
        return bool(removed)

    def exists_between(self, member, other):
        """Whether `member` mutes, or restricts, `other`. Both are keys; None stands for nobody."""
        if None in (member, other):
            return False
        return self.in_force().filter(member=member, other=other).exists()

    def condition(self, viewer, author="author"):
        """An expression for a query: whether the viewer mutes the author of a row.

        Args:
            author: the column that names the author.
        """
        mine = self.in_force(getattr(viewer, "now", None)).filter(member=viewer.pk)
        return Exists(mine.filter(other=OuterRef(author)))

    def condition_against(self, member, author="author"):
        """An expression for a query: whether the author of a row restricts the member with this key."""
        return Exists(self.in_force().filter(member=OuterRef(author), other=member))


class MemberPair(models.Model):
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="%(class)ss", db_index=False
    )
    other = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    created = models.DateTimeField(default=timezone.now, editable=False)

    objects = MemberPairManager()

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(fields=["member", "other"], name="%(class)s_once"),
            models.CheckConstraint(condition=~models.Q(member=models.F("other")), name="%(class)s_of_others"),
        ]


class MuteManager(MemberPairManager):
    def in_force(self, now=None):
        return self.filter(Q(until=None) | Q(until__gt=now or timezone.now()))

    def add(self, member, other, until=None):
        """The same, until that time or for good."""
        return super().add(member, other, until=until)

    def expire(self, now):
        """Drop those that ended, a bounded number at a time."""
        drop_ended(self, now)


class Mute(MemberPair):
    """The member does not want to see what the other posts and says."""

    # None for good.
    until = models.DateTimeField(null=True)

    objects = MuteManager()

    class Meta(MemberPair.Meta):
        indexes = [
            models.Index(fields=["until"], condition=Q(until__isnull=False), name="mute_ending"),
        ]

    def __str__(self):
        return f"{self.member} mutes {self.other}"

    @staticmethod
    def ended_follow(member, other):
        """Who follows whom no longer."""
        return member, other


def muted_by(viewer, author="author"):
    """An expression for a query: whether the viewer mutes the author of a row; None where they mute nobody.

    Members mute by rows, and visitors by what their browser says.

    Args:
        author: the column that names the author.
    """
    if viewer.is_authenticated:
        return Mute.objects.condition(viewer, author)
    muted = viewer.filters.member if hasattr(viewer, "filters") else ()
    if not muted:
        return None
    key = author if author == "pk" else f"{author}__pk"
    return Case(When(Q(**{f"{key}__in": sorted(muted)}), then=Value(True)), default=Value(False))


def without_muted(rows, viewer, author="author", also=None):
    """Leave out the rows whose author the viewer muted.

    Args:
        author: the column that names the author.
        also: a Q of rows that are kept in any case.
    """
    muted = muted_by(viewer, author)
    return rows if muted is None else rows.filter(~Q(muted) | (also or Q()))


class WrittenQuerySet(models.QuerySet):
    """Of what members write; `author_field` is the column that names the author."""

    author_field = "author"

    def with_muted(self, viewer):
        """Say of each whether the viewer has muted its author."""
        return self.annotate(is_muted=muted_by(viewer, self.author_field) or Value(False, BooleanField()))

    def without_muted(self, viewer, also=None):
        return without_muted(self, viewer, self.author_field, also)


class Restrict(MemberPair):
    """The other cannot reply to the member, mention the member, or vote on and judge what is the member's."""

    def __str__(self):
        return f"{self.member} restricts {self.other}"

    @staticmethod
    def ended_follow(member, other):
        return other, member


UNHEARD = (Mute, Restrict)


def unheard(member, person, now=None):
    """A condition for a query: whether the member mutes or restricts the person.

    Who is muted is not to be seen, and who is restricted is not to get through. So neither is heard in an
    inbox, a letter, on a device or in a feed of news, of whatever they did before, as long as that lasts;
    what a restricted member wrote before stays where it stands.

    Args:
        member, person: their keys, or expressions for these.
        now: the time at which that holds, or an expression for it; by default, this moment.
    """
    mutes, restricts = (kind.objects.in_force(now).filter(member=member, other=person) for kind in UNHEARD)
    return Q(Exists(mutes)) | Q(Exists(restricts))


def among_unheard(column, member):
    """The same for a query of many persons, of whom the member mutes or restricts few.

    Args:
        column: the name of the column in which the persons are.
        member: their key, or an expression for it.
    """
    mutes, restricts = (kind.objects.in_force().filter(member=member).values("other") for kind in UNHEARD)
    return Q(**{f"{column}__in": mutes}) | Q(**{f"{column}__in": restricts})
