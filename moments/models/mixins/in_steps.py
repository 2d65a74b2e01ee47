"""Long work of the task process for one member: done step by step, stopped and continued by them at will."""

from datetime import timedelta
from functools import partial
from secrets import token_urlsafe

from django.core.files.storage import storages
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from .waiting import Waiting

PRIVATE = "private"  # the storage that has no address
MAKING, STOPPED = "making", "stopped"
READY_KEPT_FOR, OVER_AT_ONCE = timedelta(days=7), 100
# A process that has begun a step has so long for it; after that another one takes it up.
LEASE = timedelta(minutes=10)


def new_token():
    return token_urlsafe(32)


def drop_files(names):
    """Delete files of the private storage once the transaction is safe; those that are gone do no harm."""
    for name in names:
        transaction.on_commit(partial(storages[PRIVATE].delete, name))


class InStepsQuerySet(models.QuerySet):
    def due(self, now):
        """Those of which the next step can be made. A clock that was ahead keeps none for longer."""
        wrong = Q(due__gt=now + 2 * READY_KEPT_FOR)
        return self.filter(Q(due__lte=now) | wrong, state=MAKING).order_by("due", "pk")

    def expire(self, now):
        """Discard what is over, a bounded number at a time."""
        is_over = Q(kept_until__lte=now) | Q(kept_until__gt=now + 2 * READY_KEPT_FOR)
        over = self.filter(is_over).order_by("kept_until")
        self.filter(pk__in=list(over.values_list("pk", flat=True)[:OVER_AT_ONCE])).discard()

    @transaction.atomic
    def discard(self):
        """Delete them and their files."""
        rows = list(self)
        for row in rows:
            drop_files(row.file_names())
        self.model._base_manager.filter(pk__in=[row.pk for row in rows]).delete()


class InSteps(Waiting):
    """A model that mixes this in has a `state`, of which MAKING and STOPPED are two, a time `kept_until`, and
    says by `file_names` what it may have left in the private storage."""

    done = "made"

    class Meta:
        abstract = True

    def take(self, now):
        """Take the next step; False when another process was quicker."""
        return bool(self._in_state(MAKING).filter(due=self.due).update(due=now + LEASE))

    def note(self, now, **progress):
        """Note what a step has made, in its transaction. False when it was stopped meanwhile."""
        return bool(self._in_state(MAKING).update(due=now, attempts=0, **progress))

    def stop(self):
        """What is made so far is kept. Returns whether it was being made."""
        return bool(self._in_state(MAKING).update(state=STOPPED))

    def go_on(self):
        """Undo that."""
        return bool(self._in_state(STOPPED).update(state=MAKING, due=timezone.now()))

    def _in_state(self, state):
        return type(self)._base_manager.filter(pk=self.pk, state=state)
