"""Which lists of members a viewer gets, by who sees them and who has their address."""

from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from .deletion import UNDOABLE
from .film import Film
from .follow import Follow
from .list_entry import ListEntry
from .list_writer import ListWriter
from .mixins.authored import AuthoredQuerySet
from .mixins.stateful import State
from .notification import Notification
from .report import Report

LISTS_AT_ONCE = 100


class Visibility(models.TextChoices):
    PUBLIC = "public", _("Public: everybody finds it")
    UNLISTED = "unlisted", _("Unlisted: whoever has its address reads it")
    PRIVATE = "private", _("Private: you and its co-writers read it")


class MemberListQuerySet(AuthoredQuerySet):
    def visible_to(self, viewer):
        """Which lists have a page for the viewer: the one place that decides it.

        What is private is for its owner and co-writers, and whose account is private is read by followers
        alone. One that staff removed has a page too, which tells why, and its words to its owner alone.
        """
        here = self.exclude(state=State.DELETED).filter(author__is_active=True)
        for_others = Follow.objects.opens(viewer, "author") & ~Q(visibility=Visibility.PRIVATE)
        if not viewer.is_authenticated:
            return here.filter(for_others)
        return here.filter(for_others | Q(author=viewer.pk) | Q(ListWriter.objects.condition(viewer.pk)))

    def open_to(self, viewer):
        """What a member may upvote, report or copy."""
        return self.visible_to(viewer).listed()

    def known_to(self, viewer):
        """Whose comments the viewer may read: what is in sight for them and unlisted only where they have its
        address, since they write in it or were there. Else the numbers of comments would lead to it.

        Args:
            viewer: None for the site itself.
        """
        if viewer is None:
            return self.listed().filter(author__is_active=True)
        rows = self.visible_to(viewer).listed()
        if not viewer.is_authenticated:
            return rows.filter(visibility=Visibility.PUBLIC)
        writes = Q(author=viewer.pk) | Q(ListWriter.objects.condition(viewer.pk))
        return rows.filter(~Q(visibility=Visibility.UNLISTED) | writes | self._was_read_by(viewer.pk))

    def read_by(self, member):
        """The same for a query of members, or of what they are told.

        Args:
            member: an expression for the key of the member.
        """
        inside = OuterRef(member)
        writes = Q(author=member) | Q(ListWriter.objects.condition(inside))
        follows = Exists(Follow.objects.filter(member=inside, person=OuterRef("author")))
        is_open = ~Q(visibility=Visibility.PRIVATE) & (Q(author__is_private=False) | Q(follows))
        is_known = ~Q(visibility=Visibility.UNLISTED) | self._was_read_by(inside)
        return self.listed().filter(writes | (is_open & is_known), author__is_active=True)

    def _was_read_by(self, member):
        rows = self.model.last_reads.rel.related_model.objects
        return Q(Exists(rows.filter(member=member, member_list=OuterRef("pk"))))

    def found_by(self, viewer):
        """The public ones, as lists of lists show them; not those by whom the viewer mutes."""
        opens = Follow.objects.opens(viewer, "author")
        found = self.listed().filter(opens, visibility=Visibility.PUBLIC, author__is_active=True)
        return found.without_muted(viewer)

    def published(self):
        """What everybody finds, crawlers included."""
        open_authors = {"author__is_active": True, "author__is_private": False}
        return self.listed().filter(visibility=Visibility.PUBLIC, **open_authors)

    def writable_by(self, member):
        """The member's own lists, and those in which they are co-writers."""
        writes = Q(ListWriter.objects.condition(member.pk))
        return self.listed().filter(Q(author=member.pk) | writes, author__is_active=True)

    @transaction.atomic
    def drop(self):
        """Delete these lists for good, with their threads, and count anew what members were told of them."""
        keys = list(self.values_list("pk", flat=True))
        Report.objects.filter(Q(member_list__in=keys) | Q(comment__member_list__in=keys)).drop()
        told = set(Notification.objects.filter(member_list__in=keys).values_list("member", flat=True))
        self.delete()
        Notification.objects.count_unread(told)

    def having(self, target):
        """Say of each whether the post or film is in it, `has_it`."""
        name = "film" if isinstance(target, Film) else "post"
        inside = ListEntry.objects.filter(member_list=OuterRef("pk"), **{name: target.pk})
        return self.annotate(has_it=Exists(inside))


class MemberListManager(models.Manager.from_queryset(MemberListQuerySet)):
    def expire(self, now):
        """Forget for good what was deleted a day ago; a clock that was ahead keeps nothing for longer."""
        gone = self.filter(state=State.DELETED)
        gone.filter(deleted__gt=now).update(deleted=now)
        old = gone.filter(deleted__lte=now - UNDOABLE).order_by("deleted")[:LISTS_AT_ONCE]
        self.filter(pk__in=list(old.values_list("pk", flat=True))).drop()
