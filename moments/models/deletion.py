"""A deletion that may be undone for a day, by the author of a text or the member whose diary entry it was.

What it took away lies here until then, and nowhere else.
"""

from datetime import timedelta
from functools import partial

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.utils import timezone

from .report import Report, one_of
from .revision import Revision

UNDOABLE = timedelta(days=1)  # for so long a member may undo a deletion, of whatever it is
DELETIONS_AT_ONCE = 500


class DeletionQuerySet(models.QuerySet):
    def on(self, target):
        return self.filter(**{target.model_name: target.pk})

    def undoable_by(self, member):
        """Those of the last day that the member made."""
        since = getattr(member, "undoable_since", None) or timezone.now() - UNDOABLE
        return self.filter(member=member.pk, created__gt=since)

    def wipe(self):
        """Forget for good what was deleted, pictures included."""
        for deletion in self:
            deletion.wipe()

    def wipe_expired(self, now):
        """The same for what was deleted a day ago; a clock that was ahead keeps nothing for longer."""
        self.filter(created__gt=now).update(created=now)
        self.filter(created__lte=now - UNDOABLE).order_by("pk")[:DELETIONS_AT_ONCE].wipe()

    def set_aside(self, target, files):
        """Keep what is about to be wiped from a post or comment, from its versions and from closed reports.

        Args:
            files: the names of the files of its picture.
        """
        reports = target.reports.exclude(snapshot="").values_list("pk", "snapshot")
        self.create(
            **{target.model_name: target},
            member_id=target.author_id,
            columns={name: _plain(getattr(target, name)) for name in target.erased_values},
            versions=[_plain_row(row) for row in target.revisions.order_by("pk").values()],
            snapshots=dict(reports),
            files=files,
            created=timezone.now(),
        )

    def set_aside_entry(self, entry):
        """Keep a diary entry whose row is about to go."""
        columns = entry.columns_to_keep()
        self.create(entry=entry.pk, member_id=entry.member_id, columns=columns, created=timezone.now())


class Deletion(models.Model):
    post = models.OneToOneField("Post", models.CASCADE, null=True, related_name="deletion")
    comment = models.OneToOneField("Comment", models.CASCADE, null=True, related_name="deletion")
    # The number of a diary entry, whose row is gone.
    entry = models.PositiveBigIntegerField(null=True, unique=True)
    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="deletions")
    columns = models.JSONField(default=dict)
    versions = models.JSONField(default=list)
    snapshots = models.JSONField(default=dict)
    files = models.JSONField(default=list)
    created = models.DateTimeField(default=timezone.now)

    objects = DeletionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=one_of(("post", "comment", "entry")), name="deletion_of_one"),
        ]
        indexes = [models.Index(fields=["created"], name="deletion_created")]

    def __str__(self):
        return f"deletion {self.pk}"

    @transaction.atomic
    def wipe(self):
        """Whoever undoes it at the same time comes before or after, and the files follow."""
        gone, _rows = Deletion.objects.filter(pk=self.pk).delete()
        for name in self.files if gone else ():
            transaction.on_commit(partial(default_storage.delete, name))

    def undo(self):
        """Put back the versions and what reports kept, and give back the columns."""
        Revision.objects.bulk_create(Revision(**row) for row in self._versions_of_those_who_are_here())
        for pk, snapshot in self.snapshots.items():
            Report.objects.filter(pk=pk).update(snapshot=snapshot)
        self.delete()
        return self.columns

    def _versions_of_those_who_are_here(self):
        """An editor may have left meanwhile."""
        editors = Revision._meta.get_field("editor").related_model.objects
        here = editors.filter(pk__in={row["editor_id"] for row in self.versions}).values_list("pk", flat=True)
        return [
            row | {"editor_id": row["editor_id"] if row["editor_id"] in here else None}
            for row in self.versions
        ]


def _plain(value):
    return value if value is None or isinstance(value, int | list) else str(value)


def _plain_row(row):
    return row | {"created": row["created"].isoformat()}
