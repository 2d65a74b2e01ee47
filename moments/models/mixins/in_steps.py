"""Long work of the task process for one member: done step by step, stopped and continued by them at will."""

from datetime import timedelta

from django.utils import timezone

from .waiting import Waiting

MAKING, STOPPED = "making", "stopped"
# A process that has begun a step has so long for it; after that another one takes it up.
LEASE = timedelta(minutes=10)


class InSteps(Waiting):
    """A model that mixes this in has a `state`, of which MAKING and STOPPED are two."""

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
