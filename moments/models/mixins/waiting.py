"""What waits in a table until the task process has done it, and is tried again where that may help."""

import logging

from django.db import models
from django.db.models import F

from reelive.giving_way import give_way
from reelive.retries import kind_of, pause_after

logger = logging.getLogger(__name__)


class Waiting(models.Model):
    """Is due at a time; `done` is the word for what is done with it."""

    done = ""

    attempts = models.PositiveSmallIntegerField(default=0)
    due = models.DateTimeField()

    class Meta:
        abstract = True

    def put_off(self, error, now):
        """Try again later where that may help; what never can is given up and said in the log."""
        rows = type(self)._base_manager.filter(pk=self.pk)
        pause = pause_after(error, self.attempts + 1)
        logger.warning("%s could not be %s: %s, %s", self, self.done, kind_of(error), pause or "given up")
        if pause is None:
            self.give_up()
        else:
            rows.update(attempts=F("attempts") + 1, due=now + pause)

    def give_up(self):
        type(self)._base_manager.filter(pk=self.pk).delete()


def do_each(waiting, do, now):
    """Do each by itself: one that fails keeps no other from being done.

    Args:
        waiting: the rows that are due.
        do: what is done with each, by its key and the time.

    Returns whether there were any.
    """
    for row in waiting:
        try:
            do(row.pk, now)
        except Exception as error:
            row.put_off(error, now)
        give_way()
    return bool(waiting)
