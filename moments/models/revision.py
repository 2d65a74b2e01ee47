"""A revision: what a post or a comment said before an edit, for everybody to read."""

from datetime import UTC

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q

from .ledger import Action, LedgerEntry, Reason


class RevisionQuerySet(models.QuerySet):
    def kept(self):
        """Those whose words can still be read."""
        return self.filter(withdrawal=None)


class Revision(models.Model):
    """Written by `revise` of the text that it belongs to. `entry` is the ledger's row of an edit by staff."""

    post = models.ForeignKey("Post", models.CASCADE, null=True, related_name="revisions", db_index=False)
    comment = models.ForeignKey(
        "Comment", models.CASCADE, null=True, related_name="revisions", db_index=False
    )
    editor = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    texts = models.JSONField(default=dict)
    created = models.DateTimeField()
    entry = models.ForeignKey(LedgerEntry, models.PROTECT, null=True, related_name="+", db_index=False)
    withdrawal = models.ForeignKey(LedgerEntry, models.PROTECT, null=True, related_name="+", db_index=False)

    objects = RevisionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(post__isnull=True) ^ Q(comment__isnull=True), name="revision_of_one_text"
            ),
        ]
        indexes = [
            models.Index(fields=["post", "-id"], name="revision_post_new"),
            models.Index(fields=["comment", "-id"], name="revision_comment_new"),
        ]

    def __str__(self):
        return f"{self.subject} before {self.created:%Y-%m-%d %H:%M}"

    def get_absolute_url(self):
        return f"{self.subject.history_url}#edit-{self.pk}"

    @property
    def subject(self):
        """The post or comment that said it."""
        return self.post if self.post_id else self.comment

    @property
    def is_withdrawn(self):
        return self.withdrawal_id is not None

    @property
    def is_current(self):
        """Whether the text says the very same again: it is edited before anything can be withdrawn."""
        return self.texts == self.subject.texts

    @property
    def ledger_texts(self):
        """In the order in which a text is fingerprinted; a database may keep another one."""
        return [self.texts[name] for name in self.subject.READ if name in self.texts]

    @transaction.atomic
    def restore(self, by):
        """The author puts these words back. That is an edit, which keeps the words that it replaces."""
        subject = type(self.subject).objects.select_for_update().get(pk=self.subject.pk)
        kept = Revision.objects.kept().filter(pk=self.pk).first()
        if kept is None or not subject.can_be_edited_by(by):
            return False
        return subject.put_back(kept.texts)

    @transaction.atomic
    def withdraw(self, by):
        """The author takes back for good what should never have been said."""
        return self.subject.can_be_edited_by(by) and self._wipe(by)

    @transaction.atomic
    def strike(self, by, note=""):
        """A moderator takes away what tells private data, also when that was edited out already."""
        return self._wipe(by, note, reason=Reason.PRIVATE)

    def _wipe(self, by, note="", **options):
        """The ledger tells no word of it, and keeps no fingerprint either: whoever guesses what was said must
        not find out that it is right.
        """
        kept = Revision.objects.kept().select_for_update().filter(pk=self.pk).first()
        if kept is None or kept.is_current:
            return False
        when = kept.created.astimezone(UTC)
        note = f"What it said before the edit of {when:%Y-%m-%d %H:%M} UTC. {note}".strip()
        self.withdrawal = LedgerEntry.objects.record(by, Action.WITHDRAW, self.subject, note=note, **options)
        self.subject.drop_traces(kept.texts)
        self.texts = {}
        self.save(update_fields=["texts", "withdrawal"])
        return True
