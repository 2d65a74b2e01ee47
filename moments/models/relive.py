"""A diary entry: on this day I relived this moment, and this is what I felt."""

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import Q, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from moments.feelings import FEELINGS
from reelive import markdown

from .ledger import Action, LedgerEntry
from .state import State

NOTE_LIMIT = 2_000
FIRST_YEAR = 1900
NEWEST = 4  # entries that stand beside what a member feels now


class DayTaken(Exception):
    """The member has another entry of the same moment on that day."""


class ReliveQuerySet(models.QuerySet):
    def listed(self):
        """Of moments that everybody may see."""
        return self.filter(moment__state=State.VISIBLE)

    def visible_to(self, reader):
        """One's own entries for ever, of others those of moments that are still here."""
        if not reader.is_authenticated:
            return self.listed()
        return self.filter(Q(moment__state=State.VISIBLE) | Q(member=reader))

    def between(self, first, last):
        return self.filter(date__range=(first, last))

    def day_before(self, date):
        """The last day with an entry before this one, or None."""
        return self.filter(date__lt=date).order_by("-date", "-id").values_list("date", flat=True).first()

    def day_after(self, date):
        return self.filter(date__gt=date).order_by("date", "id").values_list("date", flat=True).first()

    def then_and_now(self):
        """Of one member and moment: the newest few and the very first, newest first."""
        ranked = self.annotate(
            from_newest=Window(RowNumber(), order_by=["-date", "-id"]),
            from_oldest=Window(RowNumber(), order_by=["date", "id"]),
        )
        return ranked.filter(Q(from_newest__lte=NEWEST) | Q(from_oldest=1)).order_by("-date", "-id")


class Relive(models.Model):
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="relivings",
        db_index=False,
    )
    moment = models.ForeignKey("moments.Moment", models.CASCADE, related_name="relivings")
    date = models.DateField(default=timezone.localdate)
    note = models.TextField(max_length=NOTE_LIMIT, blank=True)
    note_html = models.TextField(blank=True, editable=False)
    public = models.BooleanField("everybody may read the note", default=False)
    feelings = models.JSONField(default=list, blank=True)
    created = models.DateTimeField(default=timezone.now, editable=False)

    objects = ReliveQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = "diary entry", "diary entries"
        constraints = [models.UniqueConstraint(fields=["member", "moment", "date"], name="relive_once_a_day")]
        indexes = [models.Index(fields=["member", "-date", "-id"], name="relive_diary")]

    def __str__(self):
        return f"{self.member} relived {self.moment} on {self.date}"

    @property
    def felt(self):
        """The feelings of that day in house order."""
        return [feeling for slug, feeling in FEELINGS.items() if slug in self.feelings]

    @property
    def month(self):
        return self.date.replace(day=1)

    @property
    def is_past(self):
        return self.date < timezone.localdate()

    def note_readable_by(self, member):
        return bool(self.note) and (self.public or self.member_id == member.pk)

    def amend(self, note, public, feelings):
        """Relived again that day: the feelings are those of now, but only a new note replaces the old."""
        self.feelings = feelings
        if note:
            self.note, self.public, self.note_html = note, public, markdown.render(note)
        self._write("note", "public", "note_html", "feelings")

    def revise(self, date, note, public, feelings):
        """Change this entry alone; what the moment's tally counts stays. False when it has been taken back.

        Raises DayTaken: one entry a day for each moment, also when two are moved there at once.
        """
        self.date, self.note, self.public, self.feelings = date, note, public, feelings
        self.note_html = markdown.render(note)
        try:
            with transaction.atomic():
                return self._write("date", "note", "public", "note_html", "feelings")
        except IntegrityError as error:
            raise DayTaken from error

    # What the ledger says of it.

    @property
    def ledger_name(self):
        return f"reliving/{self.pk}"

    @property
    def ledger_subject(self):
        return "a diary note"

    @property
    def film_id(self):
        return self.moment.film_id

    @transaction.atomic
    def remove(self, by, reason, note=""):
        """A moderator takes a public note out of sight; from now on it is for its member alone."""
        public = Relive.objects.filter(pk=self.pk, public=True).exclude(note="")
        changed = public.update(public=False)
        if changed:
            LedgerEntry.objects.record(by, Action.REMOVE, self, reason=reason, note=note, texts=[self.note])
        return bool(changed)

    def _write(self, *names):
        changes = {name: getattr(self, name) for name in names}
        return Relive.objects.filter(pk=self.pk).update(**changes) == 1
