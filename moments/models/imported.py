"""An import: a member brings along what an export of another site of this kind holds of them."""

from datetime import timedelta

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User

from .locking import lock_rows
from .mixins.in_steps import READY_KEPT_FOR, InSteps, InStepsQuerySet, drop_files, new_token
from .refusals import Refused

ONCE_IN = timedelta(days=1)
LONGEST_UID = 100
OF_ALL = 1024**3  # bytes of all held files together, then the oldest go


class ImportRunning(Refused):
    sentence = _("An import of yours is under way. Stop it first, or wait until it is done.")


class ImportedToday(Refused):
    sentence = _("You have imported something today. Come back tomorrow.")


class ImportManager(models.Manager.from_queryset(InStepsQuerySet)):
    @transaction.atomic
    def hold(self, member, found, size):
        """Keep a file for its preview, in the place of the one before. Returns the row.

        Args:
            found: by the name of a part, how many rows of it the file has and how many are here already.
            size: of the file, in bytes.

        Raises ImportRunning, and ImportedToday.
        """
        lock_rows(User.objects.filter(pk=member.pk))
        before, now = self.filter(member=member).first(), timezone.now()
        if before and before.state == Import.State.MAKING:
            raise ImportRunning
        if before and before.begun and abs(now - before.begun) < ONCE_IN:
            raise ImportedToday
        self.filter(member=member).discard()
        self._make_room(size)
        return self.create(member=member, found=found, size=size, due=now, kept_until=now + ONCE_IN)

    def _make_room(self, size):
        held = self.filter(state=Import.State.HELD)
        while (oldest := held.order_by("created", "pk").first()) and self._size_of(held) + size > OF_ALL:
            held.filter(pk=oldest.pk).discard()

    def _size_of(self, rows):
        return rows.aggregate(all=Sum("size"))["all"] or 0


class Import(InSteps):
    """First a held file with a preview; then work in steps, each of which leaves its mark here."""

    class State(models.TextChoices):
        HELD = "held", _("Waiting for your word")
        MAKING = "making", _("Being made")
        STOPPED = "stopped", _("Stopped")
        DONE = "done", _("Done")
        FAILED = "failed", _("Could not be made")

    member = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="import_of_theirs")
    token = models.CharField(max_length=43, unique=True, default=new_token, editable=False)
    state = models.CharField(_("state"), max_length=7, choices=State, default=State.HELD)
    with_settings = models.BooleanField(default=False)
    size = models.PositiveIntegerField(_("bytes"), default=0)
    found = models.JSONField(default=dict)
    # By the name of a part: how many rows were made, were here already, and were left out.
    outcome = models.JSONField(default=dict)
    # How many parts are done, and at which byte the next row of the next one begins.
    part = models.PositiveSmallIntegerField(default=0)
    place = models.PositiveIntegerField(default=0, db_default=0)
    # The release before counted rows of the next part here; at 0 it reads that part anew, which does no harm.
    row = models.PositiveIntegerField(default=0)
    films_made = models.PositiveSmallIntegerField(default=0)
    created = models.DateTimeField(default=timezone.now)
    begun = models.DateTimeField(null=True)
    kept_until = models.DateTimeField(db_index=True)

    objects = ImportManager()

    class Meta:
        verbose_name, verbose_name_plural = _("import"), _("imports")
        indexes = [models.Index(fields=["due", "id"], condition=Q(state="making"), name="import_due")]

    def __str__(self):
        return f"import {self.pk}"

    @property
    def file_name(self):
        """Where the file lies in the private storage."""
        return f"imports/{self.token}.zip"

    def file_names(self):
        return [self.file_name]

    def begin(self, with_settings):
        """The member has seen the preview and wants it. Returns whether it was waiting for that."""
        now = timezone.now()
        held = Import.objects.filter(pk=self.pk, state=Import.State.HELD)
        begun = {"state": Import.State.MAKING, "with_settings": with_settings, "begun": now, "due": now}
        return bool(held.update(**begun, kept_until=now + READY_KEPT_FOR))

    @transaction.atomic
    def end(self, state):
        """Its file is of no more use."""
        drop_files(self.file_names())
        Import.objects.filter(pk=self.pk).update(state=state)

    def give_up(self):
        self.end(Import.State.FAILED)


class ImportedRowManager(models.Manager):
    def uids(self, member, kind, keys):
        """What rows of a part were called where they come from, by their keys here."""
        rows = self.filter(member=member, kind=kind, row__in=keys)
        return dict(rows.values_list("row", "uid"))

    def known(self, member, kind, uids):
        """The keys of those rows here that were brought along, by what they were called."""
        rows = self.filter(member=member, kind=kind, uid__in=uids)
        return dict(rows.values_list("uid", "row"))


class ImportedRow(models.Model):
    """A row that a member brought along: it is made once, however often it comes."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="imported_rows", db_index=False
    )
    kind = models.CharField(max_length=20)
    uid = models.CharField(max_length=LONGEST_UID)
    row = models.BigIntegerField()

    objects = ImportedRowManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "kind", "uid"], name="imported_row_once")]
        indexes = [models.Index(fields=["member", "kind", "row"], name="imported_row_here")]

    def __str__(self):
        return f"{self.kind} {self.uid}"
