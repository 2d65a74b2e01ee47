"""What moderators remove and restore, each time with a row in the ledger."""

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from ..event import Event, EventKind
from ..ledger import Action, LedgerEntry
from ..locking import read_locked


class Moderated(models.Model):
    """Removed and restored in the steps that `remove` and `restore` list.

    The row is locked and read anew before it changes, so that an edit which came in meanwhile is part of what
    is acted on and fingerprinted. A model is Stateful besides, or says by `is_removed`, `hide` and `show` of
    its own what being removed means for it.
    """

    # What the ledger calls it, as in "post/12": rows that are written can never be changed, so this stays.
    model_name = ""

    removal = models.ForeignKey(
        LedgerEntry,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        db_index=False,
        verbose_name=_("removal"),
    )

    class Meta:
        abstract = True

    @transaction.atomic
    def remove(self, by, reason, note=""):
        """A moderator takes it out of sight. False when it was not in sight, or is gone.

        Args:
            by: the moderator.
            reason: one of the four of ledger.Reason.
            note: why, for everybody to read.
        """
        self.lock_parents()
        if not read_locked(self) or not self.take_out_of_sight():
            return False
        self.on_removed()
        self.set_removal(self.record_in_ledger(by, Action.REMOVE, reason=reason, note=note))
        self.tell_reporters(by)
        Event.objects.note(EventKind.REMOVAL, by.pk, number=self.removal.pk)
        return True

    @transaction.atomic
    def restore(self, by, note=""):
        """A moderator brings it back. False when it was not removed, or is not theirs to restore."""
        self.lock_parents()
        if not read_locked(self) or not self.can_be_restored_by(by):
            return False
        self.set_removal(None)
        self.bring_back()
        self.on_restored()
        row = self.record_in_ledger(by, Action.RESTORE, note=note)
        Event.objects.note(EventKind.RESTORED, by.pk, number=row.pk)
        return True

    # The steps that differ from model to model.

    def lock_parents(self):
        """Lock the rows that count this one, before this one: the order is in moments.models.locking."""

    def take_out_of_sight(self):
        """Take it out of sight, and say whether it was in sight."""
        raise NotImplementedError

    def bring_back(self):
        """Bring it back."""
        raise NotImplementedError

    def on_removed(self):
        """Change what follows from its being hidden, such as the numbers that count it."""

    def on_restored(self):
        """Change what follows from its being visible again."""

    def tell_reporters(self, by):
        """Tell those who reported it that it was removed."""

    def can_be_restored_by(self, member):
        """Nobody restores what is their own and was removed by somebody else."""
        is_own = getattr(self, "author_id", None) == member.pk
        removed_by_others = self.removal is not None and self.removal.actor != member.username
        return self.is_removed and not (is_own and removed_by_others)

    # What the ledger says of it.

    @property
    def ledger_name(self):
        return f"{self.model_name}/{self.pk}"

    @property
    def ledger_subject(self):
        """What it is, in words that say nothing of what it says."""
        raise NotImplementedError

    @property
    def ledger_texts(self):
        """What a removal takes away: these texts are fingerprinted."""
        raise NotImplementedError

    def record_in_ledger(self, by, action, **options):
        """Add the row about what `by` did to it. The options are those of LedgerManager.record."""
        return LedgerEntry.objects.record(by, action, self, texts=self.ledger_texts, **options)

    def set_removal(self, row):
        """Note the row of the ledger by which it was removed; None once it is restored."""
        self.removal = row
        type(self)._base_manager.filter(pk=self.pk).update(removal=row)
