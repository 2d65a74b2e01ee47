"""A row of a film as a whole, or of one season or episode of a series."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from moments.spoilers.rules import LAST_EPISODE, LAST_SEASON

MOST_HALVES = 10  # half stars of a rating
# For a unique constraint: two that have no season are of the same.
WHOLE_WORK = (Coalesce("season", -1), Coalesce("episode", -1))


class Whole(models.Model):
    """An episode names its season, too."""

    season = models.PositiveSmallIntegerField(
        _("season"), null=True, blank=True, validators=[MaxValueValidator(LAST_SEASON)]
    )
    episode = models.PositiveSmallIntegerField(
        _("episode"), null=True, blank=True, validators=[MaxValueValidator(LAST_EPISODE - 1)]
    )

    class Meta:
        abstract = True

    @property
    def episode_text(self):
        """The season and episode, where it is of one: S2 E3."""
        parts = (("S", self.season), ("E", self.episode))
        return " ".join(f"{letter}{number}" for letter, number in parts if number is not None)


def stars_text(halves):
    """Half stars as they are written: ★★★½."""
    return "★" * (halves // 2) + "½" * (halves % 2)
