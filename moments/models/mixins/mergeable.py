"""What may be there twice, until moderators merge one into the other, to which its address leads then."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .stateful import State


class Mergeable(models.Model):
    """A film, person, tag or recording. Mixed in before Stateful: one that was merged is out of sight."""

    merged_into = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="merged_from",
        verbose_name=_("merged into"),
    )

    class Meta:
        abstract = True

    @property
    def of_now(self):
        """What stands in its place now; itself unless it was merged."""
        return self.merged_into or self

    def bring_back(self):
        """One that was merged into another comes back as one of its own."""
        return self.change_state(State.REMOVED, State.VISIBLE, merged_into=None)
