"""What members may label as a spoiler, off-topic, a duplicate, wrong or unkind: posts and comments."""

from operator import attrgetter

from django.db import models, transaction
from django.db.models import F

from moments.labels import LABEL_KINDS, LABELS_BY_SLUG, MEMBER_THRESHOLDS, counts, spoils_by_quorum

from ..event import EventKind
from ..label import Label

LABEL_COLUMNS = tuple(kind.column for kind in LABEL_KINDS)  # the columns that count them
LABEL_NUMBERS = attrgetter(*LABEL_COLUMNS)


class Labelled(models.Model):
    """Counts the labels that members gave it, a column for each kind. It is Authored too."""

    spoiler_labels = models.PositiveIntegerField(default=0, editable=False)
    off_topic_labels = models.PositiveIntegerField(default=0, editable=False)
    duplicate_labels = models.PositiveIntegerField(default=0, editable=False)
    wrong_labels = models.PositiveIntegerField(default=0, editable=False)
    unkind_labels = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        abstract = True

    is_marked_spoiler = False  # what is marked is veiled, and need not be hidden for that too

    @property
    def is_labelled(self):
        return any(LABEL_NUMBERS(self))

    @property
    def label_counts(self):
        """The labels that it was given, as their names and numbers."""
        return [(LABELS_BY_SLUG[slug].name, count) for slug, count in counts(self).items()]

    @property
    def spoils_by_quorum(self):
        return spoils_by_quorum(self.spoiler_labels)

    @transaction.atomic
    def label(self, member, kind, is_told=True):
        """Add the member's label of this kind. A second one, or one on what is their own, changes nothing.

        It has to get through to the author, as a vote has. Returns whether anything changed.

        Args:
            is_told: whether the author hears of it where it is the one by which members hide it.

        Raises Gone, Restricted and Suspended.
        """
        self.ensure_reaches_author(member.pk)
        if self.author_id == member.pk:
            return False
        _label, added = Label.objects.get_or_create(member=member, kind=kind, **{self.model_name: self})
        if added:
            self.count_label(kind, +1)
            if is_told and getattr(self, LABELS_BY_SLUG[kind].column) == MEMBER_THRESHOLDS[kind]:
                self.note(EventKind.FLAG, detail=kind)
        return added

    @transaction.atomic
    def unlabel(self, member, kind):
        """Take the member's label back. Returns whether anything changed."""
        removed, _rows = Label.objects.on(self).filter(member=member, kind=kind).delete()
        if removed:
            self.count_label(kind, -1)
        return bool(removed)

    def count_label(self, kind, step):
        """Count one label more (+1) or less (-1)."""
        column, rows = LABELS_BY_SLUG[kind].column, type(self)._base_manager.filter(pk=self.pk)
        rows.update(**{column: F(column) + step})
        setattr(self, column, rows.values_list(column, flat=True).get())
