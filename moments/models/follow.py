"""Following: a member wants to see what another shares, or what is shared about a film, a tag, an artist or
the films of somebody who is credited for them.

A post that reaches a follower is a row of FeedEntry, written by the task process (moments.notifications), so
that the feed of a member is one walk of an index, whatever they follow.
"""

from contextlib import suppress
from functools import reduce
from operator import or_

from django.conf import settings
from django.db import models, transaction
from django.db.models import Count, Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from reelive.statements import Given, statement
from reelive.upserts import upsert

from .event import Event, EventKind
from .refusals import FollowsEnough, Suspended
from .report import one_of
from .turns import MINUTES_OF_A_DAY, members_of_minute

MOST_FOLLOWS, MOST_ENTRIES = 1_000, 1_000  # of one member
ENTRIES_ON_FOLLOWING = 100
FOLLOWED_COLUMNS = ("person", "film", "tag", "credited")
NEWEST_IN_FEED = ("-created", "-post_id")


class FollowManager(models.Manager):
    @transaction.atomic
    def follow(self, member, is_told=True, **what):
        """The member follows something from now on. Returns whether that is new.

        Somebody whose account is private is asked first (FollowRequest), which is not to follow them yet.
        Nobody follows themselves, the house, whom they mute, or who restricts them, which they are not told.

        Args:
            is_told: whether the person hears of it. If not, one whose account is private is not asked either.
            what: one of `person`, `film`, `tag`, `credited` and `artist`, the last by the slug of the credit.

        Raises Suspended and FollowsEnough.
        """
        person = what.get("person")
        active = _lock_active(member, person)
        if member.pk not in active:
            raise Suspended
        if person and (person.pk not in active or not self.may_follow(member, person)):
            return False
        if self.filter(member=member, **what).exists():
            return False
        if person and active[person.pk].is_private:
            if is_told:
                FollowRequest.objects.ask(member, person)
            return False
        return self.begin(member, person, what, is_told)

    def begin(self, member, person, what, is_told=True):
        """Called by `follow`, and where a request is accepted, whose answer is no news to whoever gave it."""
        if self.filter(member=member).count() >= MOST_FOLLOWS:
            raise FollowsEnough
        row = self.create(member=member, **what)
        Event.objects.note(EventKind.FILL, member.pk, number=row.pk)
        if person:
            FollowRequest.objects.filter(member=member, person=person).delete()
            _count(member, person, +1)
        if person and is_told:
            Event.objects.note(EventKind.FOLLOW, member.pk, number=row.pk)
        return True

    def may_follow(self, member, person):
        """Whether the member can follow the person, who may not be told why not."""
        if member.pk == person.pk or person.is_house:
            return False
        silenced = member.mutes.in_force().filter(other=person) or person.restricts.filter(other=member)
        return not silenced

    @transaction.atomic
    def unfollow(self, member, **what):
        """Undo that: their feed keeps what something else explains that they follow."""
        person = what.get("person")
        _lock_active(member, person)
        removed, _rows = self.filter(member=member, **what).delete()
        if person:
            FollowRequest.objects.filter(member=member, person=person).delete()
        if removed:
            if person:
                _count(member, person, -1)
            FeedEntry.objects.drop_unexplained(member)
        return bool(removed)

    def follows(self, viewer, **what):
        """Whether the viewer follows it; never for visitors."""
        if not viewer.is_authenticated:
            return False
        ((column, target),) = what.items()
        key = getattr(target, "pk", target)
        return bool(statement(("follows", column), lambda: self._of(column)).rows(member=viewer.pk, key=key))

    def _of(self, column):
        return self.filter(member=Given("member"), **{column: Given("key")}).values_list("pk")[:1]

    def opens(self, viewer, member="member"):
        """An expression for a query: whether the viewer may read of a row's member what is for followers.

        Args:
            member: the column that names the member.
        """
        public = Exists(User.objects.filter(pk=OuterRef(member), is_private=False))
        if not viewer.is_authenticated:
            return Q(public)
        if viewer.is_staff:
            return Q(pk__isnull=False)
        followed = Exists(self.filter(member=viewer.pk, person=OuterRef(member)))
        return Q(public) | Q(**{member: viewer.pk}) | Q(followed)

    def is_open(self, member, viewer):
        """The same of one member."""
        return not member.is_private or User.objects.filter(self.opens(viewer, "pk"), pk=member.pk).exists()

    def hand_over(self, target, **what):
        """Who followed what was merged into the target follows that."""
        (column,) = what
        there = self.filter(**{column: target}).values("member")
        self.filter(**what).filter(member__in=there).delete()
        self.filter(**what).update(**{column: target})


def _lock_active(*members):
    """Lock the members until the transaction ends. Returns those who are not suspended by their keys."""
    rows = User.objects.filter(pk__in=[member.pk for member in members if member]).order_by("pk")
    rows = rows.select_for_update(no_key=True).only("is_active", "is_private")
    return {row.pk: row for row in rows if row.is_active}


def _count(member, person, step):
    User.objects.filter(pk=member.pk).update(following_count=F("following_count") + step)
    User.objects.filter(pk=person.pk).update(follower_count=F("follower_count") + step)


class Follow(models.Model):
    """What a member follows: exactly one of a member (`person`), a film, a tag, an artist and a Person, who
    is `credited`.
    """

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="follows", db_index=False
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="followers", db_index=False
    )
    film = models.ForeignKey("Film", models.CASCADE, null=True, related_name="+", db_index=False)
    tag = models.ForeignKey("Tag", models.CASCADE, null=True, related_name="+", db_index=False)
    # Old code may run that does not name it.
    credited = models.ForeignKey("Person", models.CASCADE, null=True, related_name="+", db_index=False)
    artist = models.CharField(max_length=100, blank=True, default="")
    created = models.DateTimeField(default=timezone.now)

    objects = FollowManager()

    class Meta:
        verbose_name, verbose_name_plural = _("follow"), _("follows")
        constraints = [
            # In this order of columns they lead from a post to its followers, too, by their keys.
            models.UniqueConstraint(fields=["person", "member"], name="follow_person_once"),
            models.UniqueConstraint(fields=["film", "member"], name="follow_film_once"),
            models.UniqueConstraint(fields=["tag", "member"], name="follow_tag_once"),
            models.UniqueConstraint(fields=["credited", "member"], name="follow_credited_once"),
            models.UniqueConstraint(
                fields=["artist", "member"], condition=~Q(artist=""), name="follow_artist_once"
            ),
            models.CheckConstraint(
                condition=(one_of(FOLLOWED_COLUMNS) & Q(artist=""))
                | (Q(**dict.fromkeys(FOLLOWED_COLUMNS)) & ~Q(artist="")),
                name="follow_of_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(person=None) | ~Q(member=F("person")), name="follow_of_others"
            ),
        ]
        indexes = [
            models.Index(fields=["member", "-id"], name="follow_of_member"),
            models.Index(fields=["person", "-id"], name="follow_newest_of_person"),
        ]

    def __str__(self):
        return f"{self.member} follows {self.person or self.film or self.tag or self.credited or self.artist}"


class FollowRequestManager(models.Manager):
    def ask(self, member, person):
        """Called by `follow`, in its transaction."""
        mine = self.filter(member=member)
        if mine.count() >= MOST_FOLLOWS:
            raise FollowsEnough
        row, is_new = mine.get_or_create(member=member, person=person)
        if is_new:
            Event.objects.note(EventKind.REQUEST, member.pk, number=row.pk)


class FollowRequest(models.Model):
    """The member asks to follow a person whose account is private."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="follow_requests", db_index=False
    )
    created = models.DateTimeField(default=timezone.now)

    objects = FollowRequestManager()

    class Meta:
        verbose_name, verbose_name_plural = _("request to follow"), _("requests to follow")
        constraints = [models.UniqueConstraint(fields=["member", "person"], name="follow_request_once")]
        indexes = [models.Index(fields=["person", "-id"], name="follow_request_newest")]

    def __str__(self):
        return f"{self.member} asks to follow {self.person}"

    @transaction.atomic
    def accept(self):
        """The member follows the person from now on, unless they took that back or may not."""
        active = _lock_active(self.member, self.person)
        if self.member_id in active and FollowRequest.objects.filter(pk=self.pk).exists():
            with suppress(FollowsEnough):
                Follow.objects.begin(self.member, self.person, {"person": self.person}, is_told=False)

    def decline(self):
        """The member is not told."""
        FollowRequest.objects.filter(pk=self.pk).delete()


class FeedEntryManager(models.Manager):
    def add(self, posts, members):
        """Put the posts into the feeds of members other than their authors. Done twice it changes nothing.

        Args:
            members: their keys.
        """
        rows = [
            FeedEntry(member_id=member, post_id=post.pk, created=post.created)
            for post in posts
            for member in members
            if member != post.author_id
        ]
        upsert(rows, ("post_id", "member_id"), {})

    def drop_unexplained(self, member):
        """Drop what nothing explains any more that the member follows."""
        follows = Follow.objects.filter(member=OuterRef("member"))
        reasons = (
            follows.filter(person=OuterRef("post__author")),
            follows.filter(film=OuterRef("post__film")),
            follows.filter(
                credited__credits__film=OuterRef("post__film"), credited__credits__gives_away=False
            ),
            follows.filter(tag__taggings__content_object=OuterRef("post")),
            follows.filter(artist=OuterRef("post__artist_slug")).exclude(artist=""),
        )
        explained = reduce(or_, (Q(Exists(reason)) for reason in reasons))
        self.filter(member=member).exclude(explained).delete()

    @transaction.atomic
    def trim(self, now):
        """Keep the newest of each member. Asked for each minute: every minute of a day has its members."""
        first, end = members_of_minute(now, MINUTES_OF_A_DAY)
        entries = self.filter(member__gte=first, member__lt=end).order_by()
        crowded = entries.values("member").annotate(number=Count("pk")).filter(number__gt=MOST_ENTRIES)
        for member in list(crowded.values_list("member", flat=True)):
            mine = self.filter(member=member)
            old = mine.order_by(*NEWEST_IN_FEED).values("pk")[MOST_ENTRIES:]
            mine.filter(pk__in=old).delete()


class FeedEntry(models.Model):
    """A post in the feed of a member who follows its author, its film, a tag of it, its artist or somebody
    who is credited for the film.
    """

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", db_index=False)
    post = models.ForeignKey("Post", models.CASCADE, related_name="+", db_index=False)
    # When the post was shared, so that one index has a feed in its order.
    created = models.DateTimeField()

    objects = FeedEntryManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "member"], name="feed_entry_once")]
        indexes = [models.Index(fields=["member", "-created", "-post"], name="feed_entry_newest")]

    def __str__(self):
        return f"{self.post_id} in the feed of {self.member}"
