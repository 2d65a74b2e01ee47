"""What came of each thing that a member brought from elsewhere: it comes once, however often it is sent."""

from hashlib import blake2b

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Subquery
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from .diary_entry import DiaryEntry

MOST_FELT = 60  # works of one series whose feeling is offered at once


class BroughtRowManager(models.Manager):
    def of(self, homecoming):
        return self.filter(member=homecoming.member_id, number=homecoming.pk)

    def felt(self, member, film, *parts):
        """What the member felt elsewhere at a film or series as a whole, or at its episodes: diary entries.

        They are for the member alone, and say by `raw` which number the place kept. A bounded number.
        """
        mine = self.filter(member=member.pk, kind=BroughtRow.Kind.FEELING, row=OuterRef("pk"))
        entries = DiaryEntry.objects.filter(*parts, Exists(mine), member=member.pk, whole_film=film)
        known, any_of_it = mine.exclude(said__feeling="").order_by("-id"), mine.order_by("-id")
        numbers = [Subquery(rows.values_list(KT("said__raw"))[:1]) for rows in (known, any_of_it)]
        entries = entries.annotate(raw=Coalesce(*numbers))
        return entries.order_by("season", "episode", "-date", "-id")[:MOST_FELT]


class BroughtRow(models.Model):
    """One of them. Until a homecoming is over, what it made can be told from what the member changed since.

    `key` is made of all that the record says, `row` is the key of what was made, and `mark` of how that was
    left. `said` is what has no other place: how a row was before, or what the place itself says.
    """

    class Kind(models.TextChoices):
        KNOWN = "known", _("it was here")
        LEFT = "left", _("it was left out")
        ENTRY = "entry", _("a diary entry")
        AMENDED = "amended", _("a diary entry that says more")
        FEELING = "feeling", _("a feeling")
        RATING = "rating", _("a rating")
        WANTED = "wanted", _("a film of the watchlist")
        LIST = "list", _("a list")
        LISTED = "listed", _("an entry of a list")
        REVIEW = "review", _("a review")
        FOLLOW = "follow", _("a film that is followed")
        PROGRESS = "progress", _("how far a film was seen")

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="brought_rows", db_index=False
    )
    # Of the homecoming, which is forgotten before its rows are.
    number = models.BigIntegerField(_("homecoming"))
    key = models.BigIntegerField()
    kind = models.CharField(_("kind"), max_length=8, choices=Kind)
    row = models.BigIntegerField(null=True)
    mark = models.BigIntegerField(null=True)
    said = models.JSONField(null=True)

    objects = BroughtRowManager()

    class Meta:
        verbose_name, verbose_name_plural = _("thing that was brought"), _("things that were brought")
        constraints = [models.UniqueConstraint(fields=["member", "key"], name="brought_row_once")]
        indexes = [
            models.Index(fields=["member", "kind", "row"], name="brought_row_here"),
            models.Index(fields=["number", "id"], name="brought_row_of_homecoming"),
        ]

    def __str__(self):
        return f"{self.kind} {self.row or ''}".strip()


def mark_of(state):
    """A whole number that stands for the columns of a row as they were left."""
    return int.from_bytes(blake2b(repr(state).encode(), digest_size=8).digest(), "big", signed=True)
