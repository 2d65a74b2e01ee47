"""An export: all that the site holds of a member, in one archive for them alone, made by the task process."""

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
SEGMENT, NOTE = ".zip", ".json"
OF_ALL = 8 * 1024**3  # bytes of all together, then the oldest go


class ExportedToday(Refused):
    sentence = _("You asked for an export today. There is one a day: take that one, or come back tomorrow.")


class ExportManager(models.Manager.from_queryset(InStepsQuerySet)):
    @transaction.atomic
    def ask(self, member, with_pictures):
        """Begin an export in the place of the one before. Raises ExportedToday."""
        lock_rows(User.objects.filter(pk=member.pk))
        before, now = self.filter(member=member).first(), timezone.now()
        if before and before.state != Export.State.FAILED and abs(now - before.created) < ONCE_IN:
            raise ExportedToday
        self.filter(member=member).discard()
        return self.create(
            member=member, with_pictures=with_pictures, due=now, kept_until=now + READY_KEPT_FOR
        )

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
    # How many parts are made and packed, the number of the last row that was written of the next one, and the
    # pieces: of the parts, then of the archive with notes of them.
    part = models.PositiveSmallIntegerField(default=0)
    cursor = models.BigIntegerField(default=0)
    pieces = models.JSONField(default=list)
    # Of the archive as far as it is packed.
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
        """Where the archive lies in the private storage if an earlier release made it, as one file."""
        return f"exports/{self.token}.zip"

    # The names of what is written next are the same on each try, so that what a process left behind that died
    # is written over.

    @property
    def next_piece(self):
        return self._next(".ndjson")

    @property
    def next_segment(self):
        return self._next(SEGMENT)

    @property
    def next_note(self):
        return self._next(NOTE)

    def _next(self, ending):
        return f"exports/{self.token}/{len(self.pieces)}{ending}"

    @property
    def segments(self):
        """The names of the files that are the archive, one after the other."""
        return self._pieces(SEGMENT)

    @property
    def notes(self):
        """The names of the notes of what is in them."""
        return self._pieces(NOTE)

    def _pieces(self, ending):
        return [name for _part, name in self.pieces if name.endswith(ending)]

    @property
    def archive_names(self):
        return self.segments or [self.file_name]

    def names_of(self, number):
        """The names of the pieces of one part, in their order."""
        return [name for part, name in self.pieces if part == number]

    def pieces_of(self, parts):
        """How many pieces these parts have."""
        return sum(part in parts for part, _name in self.pieces)

    def file_names(self):
        """Whatever it may have left in the storage."""
        written = [name for _part, name in self.pieces]
        return [*written, self.next_piece, self.next_segment, self.next_note, self.file_name]

    @transaction.atomic
    def give_up(self):
        """It could not be made: the member may ask again at once."""
        drop_files(self.file_names())
        Export.objects.filter(pk=self.pk).update(state=Export.State.FAILED, pieces=[])
