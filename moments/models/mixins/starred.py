"""A review's own column among those of all posts: how many half stars it gives, if any."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..kinds import Kind
from .whole import MOST_HALVES, stars_text

IS_REVIEW = models.Q(kind=Kind.REVIEW)
ONLY_REVIEWS = models.Q(rating=None) | models.Q(kind=Kind.REVIEW, rating__range=(1, MOST_HALVES))


class Starred(models.Model):
    rating = models.PositiveSmallIntegerField(
        _("rating"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(MOST_HALVES)]
    )

    class Meta:
        abstract = True

    @property
    def stars_text(self):
        """The rating as it is written: ★★★½; empty without one."""
        return stars_text(self.rating) if self.rating else ""
