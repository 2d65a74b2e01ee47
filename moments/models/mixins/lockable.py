"""What moderators may lock: the thread of a post, to which nobody adds then, and the facts of a film."""

from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from ..ledger import Action, LedgerEntry
from ..locking import read_locked
from ..refusals import Locked


class Lockable(models.Model):
    """Locked and unlocked by moderators, each time with its row in the ledger. What is said stays."""

    # The actions by which it is unlocked and locked, as the ledger calls them.
    lock_actions = (Action.UNLOCK, Action.LOCK)

    locked = models.BooleanField(_("thread locked"), default=False, editable=False)

    class Meta:
        abstract = True

    @transaction.atomic
    def lock(self, by, note=""):
        """False when it was locked already, or is out of sight."""
        if not read_locked(self) or self.locked or not self.is_visible:
            return False
        self._set_lock(by, True, note)
        return True

    @transaction.atomic
    def unlock(self, by, note=""):
        """False when it was not locked."""
        if not read_locked(self) or not self.locked:
            return False
        self._set_lock(by, False, note)
        return True

    def ensure_unlocked(self, member):
        """Refuse a member who wants to add to a locked thread; their words have to reach its author besides.

        Args:
            member: the member's key.

        Raises Locked, and what `ensure_reaches_author` raises.
        """
        if self.ensure_reaches_author(member, "locked")["locked"]:
            raise Locked

    def _set_lock(self, by, locked, note):
        self.locked = locked
        type(self)._base_manager.filter(pk=self.pk).update(locked=locked)
        LedgerEntry.objects.record(by, self.lock_actions[locked], self, note=note)
