"""A label: one member's word that a post or comment is a spoiler, off-topic, a duplicate, wrong or unkind.

It takes nothing away: readers set what they find folded (see moments.labels).
"""

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

from moments.labels import KINDS, LABELS, SPOILER_QUORUM, counts


class LabelQuerySet(models.QuerySet):
    def on(self, thing):
        return self.filter(**{thing.WORD: thing})

    def by(self, member):
        """The kinds of label that the member gave."""
        return set(self.filter(member=member).values_list("kind", flat=True))


class Label(models.Model):
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="labels")
    post = models.ForeignKey(
        "moments.Post", models.CASCADE, null=True, blank=True, related_name="labels", db_index=False
    )
    comment = models.ForeignKey(
        "moments.Comment", models.CASCADE, null=True, blank=True, related_name="labels", db_index=False
    )
    kind = models.CharField(max_length=9, choices=[(kind.slug, kind.name) for kind in KINDS])
    created = models.DateTimeField(default=timezone.now, editable=False)

    objects = LabelQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(post__isnull=True) ^ Q(comment__isnull=True), name="label_one_target"
            ),
            models.UniqueConstraint(
                fields=["post", "member", "kind"],
                name="label_once_on_post",
                condition=Q(post__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["comment", "member", "kind"],
                name="label_once_on_comment",
                condition=Q(comment__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}, by {self.member}"


class Labelled(models.Model):
    """Counts the labels that members gave it, a column for each kind."""

    spoiler_labels = models.PositiveIntegerField(default=0, editable=False)
    off_topic_labels = models.PositiveIntegerField(default=0, editable=False)
    duplicate_labels = models.PositiveIntegerField(default=0, editable=False)
    wrong_labels = models.PositiveIntegerField(default=0, editable=False)
    unkind_labels = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        abstract = True

    is_flagged = False  # as a spoiler; what is flagged is veiled and need not be folded for that too

    @property
    def is_labelled(self):
        return any(getattr(self, kind.column) for kind in KINDS)

    @property
    def label_counts(self):
        """The labels that it was given, as their names and numbers."""
        return [(LABELS[slug].name, count) for slug, count in counts(self).items()]

    @property
    def spoils_by_quorum(self):
        return self.spoiler_labels >= SPOILER_QUORUM

    def can_be_labelled_by(self, member):
        """A label has to get through to the author, as a vote has."""
        return self.can_be_upvoted_by(member)

    @transaction.atomic
    def label(self, member, kind):
        """Add the member's label of this kind. A second one, or one on what is their own, changes nothing."""
        if not self.can_be_labelled_by(member):
            return False
        _label, added = Label.objects.get_or_create(member=member, kind=kind, **{self.WORD: self})
        if added:
            self._count_label(kind, +1)
        return added

    @transaction.atomic
    def unlabel(self, member, kind):
        removed, _rows = Label.objects.on(self).filter(member=member, kind=kind).delete()
        if removed:
            self._count_label(kind, -1)
        return bool(removed)

    def _count_label(self, kind, step):
        column, rows = LABELS[kind].column, type(self)._base_manager.filter(pk=self.pk)
        rows.update(**{column: F(column) + step})
        setattr(self, column, rows.values_list(column, flat=True).get())
