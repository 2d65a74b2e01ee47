"""A label: one member's word that a post or comment is a spoiler, off-topic, a duplicate, wrong or unkind.

It takes nothing away: members choose from how many labels on a text is hidden for them (see moments.labels).
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from moments.labels import LABEL_KINDS


class LabelQuerySet(models.QuerySet):
    def on(self, target):
        return self.filter(**{target.model_name: target})

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
    kind = models.CharField(max_length=9, choices=[(kind.slug, kind.name) for kind in LABEL_KINDS])
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
