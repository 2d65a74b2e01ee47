"""A co-writer of a list: invited by its owner, and in it once they have accepted."""

from django.conf import settings
from django.db import models, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User

from .event import EventKind
from .locking import lock_rows
from .mute import Mute, Restrict, without_muted
from .notification import Notification
from .refusals import Refused

MOST_WRITERS = 20  # of a list, the invited ones included
MOST_SHARED = 100  # lists of others in which a member writes


class TooManyWriters(Refused):
    sentence = _("A list has at most twenty co-writers. Take somebody out first.")


class NobodyToInvite(Refused):
    """There is no such member, or they left, or they are the owner."""

    sentence = _("There is no member of that name whom you could invite.")


class WritesEnough(Refused):
    sentence = _("You write in a hundred lists of others. Leave one of them first.")


class ListWriterQuerySet(models.QuerySet):
    def accepted(self):
        return self.filter(accepted__isnull=False)

    def condition(self, member, member_list="pk"):
        """An expression for a query: whether the member of this key writes in the list of a row.

        Args:
            member_list: the column that names the list.
        """
        return Exists(self.accepted().filter(member_list=OuterRef(member_list), member=member))

    def shown_to(self, viewer):
        """Those in a list, without those who are suspended or whom the viewer mutes."""
        return without_muted(self.accepted().filter(member__is_active=True), viewer, "member")

    def invitations_to(self, viewer):
        """What the viewer has not answered yet, but for invitations by whom they do not hear."""
        waiting = self.filter(member=viewer.pk, accepted=None, member_list__state="visible")
        for pairs in (Mute, Restrict):
            waiting = waiting.exclude(pairs.objects.condition(viewer, "member_list__author"))
        return waiting


class ListWriterManager(models.Manager.from_queryset(ListWriterQuerySet)):
    @transaction.atomic
    def invite(self, member_list, owner, name):
        """The owner asks a member to write in the list too. Returns whether that is new.

        Raises Gone, NobodyToInvite, Suspended and TooManyWriters.
        """
        member_list.ensure_owned_by(owner)
        member = User.objects.named([name]).filter(is_active=True).first()
        if member is None or member.is_house or member.pk == owner.pk:
            raise NobodyToInvite
        rows = self.filter(member_list=member_list)
        if rows.filter(member=member).exists():
            return False
        if rows.count() >= MOST_WRITERS:
            raise TooManyWriters
        self.create(member_list=member_list, member=member)
        member_list.note(EventKind.INVITED, owner.pk, number=member.pk)
        return True

    @transaction.atomic
    def drop(self, member_list, member):
        """They write in it no more, or need not answer any more. Returns whether anything changed."""
        removed, _rows = self.filter(member_list=member_list, member=member).delete()
        if removed:
            Notification.objects.drop(member, EventKind.INVITED, member_list.ledger_name)
        return bool(removed)


class ListWriter(models.Model):
    member_list = models.ForeignKey("MemberList", models.CASCADE, related_name="writers", db_index=False)
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="list_writings", db_index=False
    )
    created = models.DateTimeField(default=timezone.now, editable=False)
    # When they said yes; None while they are only invited.
    accepted = models.DateTimeField(null=True, editable=False)

    objects = ListWriterManager()

    class Meta:
        verbose_name, verbose_name_plural = _("co-writer"), _("co-writers")
        constraints = [models.UniqueConstraint(fields=["member_list", "member"], name="list_writer_once")]
        indexes = [models.Index(fields=["member", "-id"], name="list_writer_newest")]

    def __str__(self):
        return f"{self.member} in {self.member_list}"

    @transaction.atomic
    def accept(self):
        """The member writes in the list from now on. Returns whether that is new.

        Raises WritesEnough.
        """
        lock_rows(User.objects.filter(pk=self.member_id))
        if ListWriter.objects.accepted().filter(member=self.member_id).count() >= MOST_SHARED:
            raise WritesEnough
        rows = ListWriter.objects.filter(pk=self.pk, accepted=None, member__is_active=True)
        return bool(rows.filter(member_list__state="visible").update(accepted=timezone.now()))
