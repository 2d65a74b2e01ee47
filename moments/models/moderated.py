"""What moderators may take out of sight and bring back, each act with its row in the ledger."""

from django.db import models, transaction

from .ledger import Action, LedgerEntry
from .state import Stateful


class Moderated(Stateful):
    """A model says by `_take_out` and `_bring_back` how it moves; both answer whether it did."""

    WORD = ""
    removal = models.ForeignKey(
        LedgerEntry, models.PROTECT, null=True, blank=True, editable=False, related_name="+", db_index=False
    )

    class Meta:
        abstract = True

    @property
    def ledger_name(self):
        return f"{self.WORD}/{self.pk}"

    @property
    def ledger_subject(self):
        """What it is, in words that say nothing of what it says."""
        raise NotImplementedError

    @property
    def ledger_texts(self):
        """What a removal takes away: these texts are fingerprinted."""
        raise NotImplementedError

    @transaction.atomic
    def remove(self, by, reason, note=""):
        """A moderator takes it out of sight, for one of four reasons and for everybody to read."""
        if not self._take_out():
            return False
        self.removal = self._record(by, Action.REMOVE, reason=reason, note=note)
        self._keep_removal()
        return True

    @transaction.atomic
    def restore(self, by, note=""):
        """Nobody brings back what is their own and was removed by somebody else."""
        is_own = getattr(self, "author_id", None) == by.pk
        if is_own and self.removal and self.removal.actor != by.username:
            return False
        if not self._bring_back():
            return False
        self._record(by, Action.RESTORE, note=note)
        self.removal = None
        self._keep_removal()
        return True

    def _record(self, by, action, **options):
        return LedgerEntry.objects.record(by, action, self, texts=self.ledger_texts, **options)

    def _keep_removal(self):
        type(self)._base_manager.filter(pk=self.pk).update(removal=self.removal)
