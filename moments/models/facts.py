"""Facts that anybody may edit, of a film or of a person: what is locked, what is kept, how it is put back."""

from django.db import transaction

from moments.revisions.history import FIELD_LABELS, worded

from .mixins.revised import Revised, lock_facts
from .refusals import FactsLocked, Gone


class Facts(Revised):
    """Everybody's to edit, and each edit is kept: a model says by `fact_names` which columns they are."""

    gone, refusal = Gone, FactsLocked

    class Meta:
        abstract = True

    @property
    def whole(self):
        """Itself; of a season or episode it is the series that it belongs to."""
        return self

    def can_be_edited_by(self, viewer):
        return self.is_visible and viewer.is_authenticated and not self.locked

    @transaction.atomic
    def revise(self, by=None, seen=None, as_staff=False, picture=None, source=""):
        """Save changed facts and keep those from before, also when a slip is put right at once.

        Whoever edits at the same time waits here.

        Args:
            by: who edits.
            seen: the facts as the editor saw them on the form. A fact that is the same here was not edited,
                and so stays as somebody else may have made it meanwhile. None when all of them are edited.
            as_staff: whether the facts may be locked.
            picture: a reelive.images.Picture that takes the place of the one before.
            source: where they are known from, in a few words or as a link.

        Raises Gone, FactsLocked and Suspended.
        """
        lock_facts(type(self).objects.filter(pk=self.pk), by, as_staff, self.gone, self.refusal)
        stored = type(self).objects.get(pk=self.pk)
        before = stored.texts
        self.begin_edit(before)
        self.leave_unedited(seen, before)
        self.slug, self.edited, self.revision = stored.slug, stored.edited, None
        self.replaced = stored.ledger_texts
        self.complete_edit(stored, picture)
        if self.texts != before:
            self.keep_version(by, before, source)
            self.sort_title = self.place_in_alphabet
            self.save_edit()
            self.follow_edit(before)
        self.end_edit()

    # The steps that differ from model to model.

    def begin_edit(self, before):
        """Take along what is not among the columns, from the facts as they are stored."""

    def end_edit(self):
        """Let go of that."""

    def complete_edit(self, stored, picture):
        """Change what follows from the facts before they are compared with those that are stored."""

    def follow_edit(self, before):
        """Change other rows that follow from the facts; `before` is what they were."""

    @property
    def reported_texts(self):
        return [f"{FIELD_LABELS[name]}: {text}" for name, text in worded(self.texts).items() if text]
