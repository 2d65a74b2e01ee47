"""An export: all that the site holds of a member, in one archive for them alone, made by the task process."""

from datetime import timedelta
from functools import partial
from secrets import token_urlsafe

from django.conf import settings
from django.core.files.storage import storages
from django.db import models, transaction
from django.db.models import Q, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User

from .locking import lock_rows
from .mixins.in_steps import InSteps
from .refusals import Refused

PRIVATE = "private"  # the storage that has no address
ONCE_IN, KEPT = timedelta(days=1), timedelta(days=7)
OF_ALL = 8 * 1024**3  # bytes of all together, then the oldest go
AT_ONCE = 100


class ExportedToday(Refused):
    sentence = _("You asked for an export today. There is one a day: take that one, or come back tomorrow.")


def new_token():
    return token_urlsafe(32)


def drop_files(names):
    """Delete files of the private storage once the transaction is safe; those that are gone do no harm."""
    for name in names:
        transaction.on_commit(partial(storages[PRIVATE].delete, name))


class ExportQuerySet(models.QuerySet):
    def due(self, now):
        """Those of which the next step can be made. A clock that was ahead keeps none for longer."""
        wrong = Q(due__gt=now + 2 * KEPT)
        return self.filter(Q(due__lte=now) | wrong, state=Export.State.MAKING).order_by("due", "pk")

    def expire(self, now):
        """Discard what is over, a bounded number at a time."""
        over = self.filter(Q(kept_until__lte=now) | Q(kept_until__gt=now + 2 * KEPT)).order_by("kept_until")
        self.filter(pk__in=list(over.values_list("pk", flat=True)[:AT_ONCE])).discard()

    @transaction.atomic
    def discard(self):
        """Delete them and their files."""
        rows = list(self)
        for row in rows:
            drop_files(row.file_names())
        Export._base_manager.filter(pk__in=[row.pk for row in rows]).delete()


class ExportManager(models.Manager.from_queryset(ExportQuerySet)):
    @transaction.atomic
    def ask(self, member, with_pictures):
        """Begin an export in the place of the one before. Raises ExportedToday."""
        lock_rows(User.objects.filter(pk=member.pk))
        before, now = self.filter(member=member).first(), timezone.now()
        if before and before.state != Export.State.FAILED and abs(now - before.created) < ONCE_IN:
            raise ExportedToday
        self.filter(member=member).discard()
        return self.create(member=member, with_pictures=with_pictures, due=now, kept_until=now + KEPT)

    def make_room(self):
        """Discard the oldest files while all together are too large."""
        ready = self.filter(state=Export.State.READY)
        while (ready.aggregate(all=Sum("size"))["all"] or 0) > OF_ALL:
            ready.filter(pk=ready.order_by("kept_until", "pk").values_list("pk", flat=True)[0]).discard()


class Export(InSteps):
    """What it says lies in files of the private storage: pieces while it is made, and then one archive."""

    class State(models.TextChoices):
        MAKING = "making", _("Being made")
        STOPPED = "stopped", _("Stopped")
        READY = "ready", _("Ready")
        FAILED = "failed", _("Could not be made")

    member = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="export")
    token = models.CharField(max_length=43, unique=True, default=new_token, editable=False)
    state = models.CharField(_("state"), max_length=7, choices=State, default=State.MAKING)
    with_pictures = models.BooleanField(_("with pictures"), default=True)
    # How many parts are made, the key of the last row that was written of the next one, and the pieces.
    part = models.PositiveSmallIntegerField(default=0)
    cursor = models.BigIntegerField(default=0)
    pieces = models.JSONField(default=list)
    size = models.PositiveBigIntegerField(_("bytes"), default=0)
    created = models.DateTimeField(_("asked for"), default=timezone.now)
    kept_until = models.DateTimeField(_("kept until"), db_index=True)

    objects = ExportManager()

    class Meta:
        verbose_name, verbose_name_plural = _("export"), _("exports")
        indexes = [
            models.Index(fields=["due", "id"], condition=Q(state="making"), name="export_due"),
            models.Index(fields=["state", "kept_until"], name="export_ready"),
        ]

    def __str__(self):
        return f"export {self.pk}"

    @property
    def file_name(self):
        """Where the archive lies in the private storage."""
        return f"exports/{self.token}.zip"

    @property
    def next_piece(self):
        """The same on each try, so that what a process left behind that died is written over."""
        return f"exports/{self.token}/{len(self.pieces)}.ndjson"

    def file_names(self):
        """Whatever it may have left in the storage."""
        return [*(name for _part, name in self.pieces), self.next_piece, self.file_name]

    @transaction.atomic
    def give_up(self):
        """It could not be made: the member may ask again at once."""
        drop_files(self.file_names())
        Export.objects.filter(pk=self.pk).update(state=Export.State.FAILED, pieces=[])
