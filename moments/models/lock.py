"""A lock on a thread: nobody may add to it from now on, and what is said stays."""

from django.db import models, transaction

from .ledger import Action, LedgerEntry


class Lockable(models.Model):
    """Locked and opened by moderators, each time with its row in the ledger."""

    locked = models.BooleanField("thread locked", default=False, editable=False)

    class Meta:
        abstract = True

    @transaction.atomic
    def lock(self, by, note=""):
        return self._set_lock(by, True, Action.LOCK, note)

    @transaction.atomic
    def unlock(self, by, note=""):
        return self._set_lock(by, False, Action.UNLOCK, note)

    def _set_lock(self, by, locked, action, note):
        rows = type(self).objects.filter(pk=self.pk, locked=not locked)
        changed = (rows.listed() if locked else rows).update(locked=locked)
        if changed:
            self.locked = locked
            LedgerEntry.objects.record(by, action, self, note=note)
        return bool(changed)
