"""Silence between two: a muted member is not seen, a restricted one does not get through. Neither is told."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef
from django.utils import timezone


class SilenceManager(models.Manager):
    def begin(self, member, other):
        """Whether that is new; nobody silences themselves or the house, and twice is once."""
        if member == other or other.is_house:
            return False
        _row, is_new = self.get_or_create(member=member, other=other)
        return is_new

    def end(self, member, other):
        removed, _rows = self.filter(member=member, other=other).delete()
        return bool(removed)

    def holds(self, member, other):
        """Whether the first silences the second, both by their keys; None is nobody."""
        return None not in (member, other) and self.filter(member=member, other=other).exists()

    def over(self, viewer, author="author"):
        """For a query: whether the viewer silences whom the column `author` of a row names."""
        return Exists(self.filter(member=viewer.pk, other=OuterRef(author)))


class Silence(models.Model):
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="%(class)ss", db_index=False
    )
    other = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    created = models.DateTimeField(default=timezone.now, editable=False)

    objects = SilenceManager()

    class Meta:
        abstract = True
        constraints = [
            models.UniqueConstraint(fields=["member", "other"], name="%(class)s_once"),
            models.CheckConstraint(condition=~models.Q(member=models.F("other")), name="%(class)s_of_others"),
        ]


class Mute(Silence):
    """The member does not want to see what the other posts and says."""

    def __str__(self):
        return f"{self.member} mutes {self.other}"


class Restrict(Silence):
    """The other cannot reply to the member, mention the member, or vote on what is the member's."""

    def __str__(self):
        return f"{self.member} restricts {self.other}"
