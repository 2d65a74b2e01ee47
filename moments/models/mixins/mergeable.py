"""What may be there twice, until moderators merge one into the other, to which its address leads then."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Mergeable(models.Model):
    """A film, person, tag or recording. Mixed in before Moderated, whose rule it narrows."""

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

    def can_be_restored_by(self, member):
        """What was merged into another is no longer there to be restored."""
        return self.is_removed and not self.merged_into_id
