"""A waiting work: a film or series that a member brought records of, and that is not here, or not known.

The records wait with it. They are written when its film appears, or when the member says which film it is.
"""

import re
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reelive.text import fold

from .film_ids import FILM_IDS
from .mixins.unknown import Unknown

MOST_WAITING = 100_000  # records of a member
MOST_TOLD = 1_000  # works; more are many
AGAIN = timedelta(days=7)  # after which a work is looked for once more
# The first time: somebody may have added its film while it was written that it waits for it.
ASKED_AGAIN_AFTER = timedelta(minutes=10)
LONGEST_NAME = 80
SMALL_WORDS = frozenset(("a", "an", "and", "the"))
WORD = re.compile(r"\w+")
# The lists of a member, each with an index of its own.
LISTS = {
    "waiting": Q(film=None, is_left=False),
    "unnumbered": Q(film__isnull=False, is_left=False),
    "left": Q(film=None, is_left=True),
}


def rough_name(title):
    """What spellings of a title have in common, roughly: it only says whom it is worth to look at again."""
    words = WORD.findall(fold(title))
    return "".join([word for word in words if word not in SMALL_WORDS] or words)[:LONGEST_NAME]


def surest_id(ids):
    """The first of the ids by their place, as one text; empty without any."""
    return next((f"{place}:{ids[place]}" for place in FILM_IDS if ids.get(place)), "")


class WaitingWorkQuerySet(models.QuerySet):
    def of(self, member):
        return self.filter(member=member.pk)

    def waiting(self):
        """Those whose film nobody has chosen, what most waits for first."""
        return self._listed("waiting")

    def without_numbers(self):
        """Those whose series is known, and whose episodes are not known by what was said of them."""
        return self._listed("unnumbered")

    def left(self):
        """Those that the member does not want."""
        return self._listed("left")

    def _listed(self, name):
        return self.filter(LISTS[name]).order_by("-records", "-id")

    def number_told(self, member, viewer):
        """How many of the member's wait for their film; None for more than are counted.

        Nobody else is told of any.
        """
        if member.pk != viewer.pk:
            return 0
        number = self.of(member).waiting()[: MOST_TOLD + 1].count()
        return number if number <= MOST_TOLD else None

    def due(self, now):
        """Those that are looked for next."""
        return self.filter(due__lte=now, is_left=False).order_by("due", "id")


class WaitingWorkManager(models.Manager.from_queryset(WaitingWorkQuerySet)):
    def look_again(self, film):
        """A film was added, or is called otherwise now: whoever waits for it may find it. One statement."""
        titles = [film.title, film.original_title, *(other.title for other in film.called)]
        names = {rough_name(title) for title in titles} - {""}
        ids = [f"{place}:{getattr(film, place)}" for place in FILM_IDS if getattr(film, place)]
        found = self.filter(Q(name__in=sorted(names)) | Q(surest_id__in=ids), is_left=False)
        found.update(due=timezone.now())

    def look_for_parts(self, film):
        """Episodes of a series were added: whoever waits for their numbers may find them."""
        self.filter(film=film.pk, is_left=False).update(due=timezone.now())


class WaitingWork(Unknown):
    """Of one homecoming; the same work of another one has the same key."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="waiting_works",
        db_index=False,
        verbose_name=_("member"),
    )
    number = models.BigIntegerField(_("homecoming"))
    source = models.CharField(_("place"), max_length=20)
    choices = models.JSONField(default=dict)
    name = models.CharField(max_length=LONGEST_NAME, editable=False)
    surest_id = models.CharField(max_length=120, editable=False, blank=True)
    records = models.PositiveIntegerField(_("records"), default=0)
    is_left = models.BooleanField(_("left alone"), default=False)
    due = models.DateTimeField()
    created = models.DateTimeField(_("created"), default=timezone.now, editable=False)

    objects = WaitingWorkManager()

    class Meta:
        verbose_name, verbose_name_plural = _("waiting film"), _("waiting films")
        constraints = [
            models.UniqueConstraint(fields=["member", "number", "key"], name="waiting_work_once"),
        ]
        indexes = [
            *(
                models.Index(fields=["member", "-records", "-id"], condition=of, name=f"waiting_work_{name}")
                for name, of in LISTS.items()
            ),
            models.Index(fields=["due", "id"], condition=Q(is_left=False), name="waiting_work_due"),
            models.Index(fields=["name"], name="waiting_work_name"),
            models.Index(fields=["surest_id"], name="waiting_work_id"),
        ]

    @property
    def same(self):
        """All of the same member and work, whichever file they came with."""
        return WaitingWork.objects.filter(member=self.member_id, key=self.key)

    def choose(self, film):
        """It is this film, and all that is called so: their records are written next."""
        return self.same.update(film=film, is_left=False, due=timezone.now())

    def leave(self):
        """The member does not want them. They stay, and can be taken up again."""
        return self.same.filter(film=None).update(is_left=True)

    def take_up(self):
        """Undo that."""
        return self.same.filter(is_left=True).update(is_left=False, due=timezone.now())


class WaitingRecord(models.Model):
    """One thing that such a work waits with, as the file said it."""

    work = models.ForeignKey(WaitingWork, models.CASCADE, related_name="waiting_records", db_index=False)
    key = models.BigIntegerField()
    record = models.JSONField()

    class Meta:
        verbose_name, verbose_name_plural = _("waiting record"), _("waiting records")
        constraints = [models.UniqueConstraint(fields=["work", "key"], name="waiting_record_once")]

    def __str__(self):
        return f"{self.record.get('part', '')} {self.work_id}"
