"""Background work as rows of the table of django-tasks-db: what waits, what runs, what was given up."""

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_tasks_db.models import DBTaskResult, get_date_max

from reelive.held_uploads import HeldUpload
from reelive.retries import PAUSES, WorkerLost, kind_of, pause_after
from reelive.tasks import TaskContext, TaskResultStatus

__all__ = ["HeldUpload", "Work"]

LEASE = timedelta(hours=1)
KEEP_DONE = timedelta(hours=1)
KEEP_GIVEN_UP = timedelta(days=14)
MOST_GIVEN_UP = MOST_AT_ONCE = 1_000
BEHIND_NEW_WORK = -10

READY, RUNNING, FAILED, SUCCESSFUL = (
    TaskResultStatus.READY,
    TaskResultStatus.RUNNING,
    TaskResultStatus.FAILED,
    TaskResultStatus.SUCCESSFUL,
)


class WorkQuerySet(models.QuerySet):
    def due(self, now):
        return self.filter(Q(run_after=get_date_max()) | Q(run_after__lte=now), status=READY)

    def given_up(self):
        return self.filter(status=FAILED).order_by("-finished_at")

    def waiting_since(self, now):
        """Since when the work that waits longest could have been done; None when none waits."""
        new = Q(run_after=get_date_max())
        times = self.due(now).aggregate(
            new=models.Min("enqueued_at", filter=new), again=models.Min("run_after", filter=~new)
        )
        return min(filter(None, times.values()), default=None)

    def left_behind(self, worker, now):
        """What this worker was at when it died, and what any worker has been at for longer than the lease.

        The worker that asks must not be at work. A start that lies far ahead was noted by a wrong clock.
        """
        return [
            work
            for work in self.filter(status=RUNNING)
            if work.worker_ids[-1:] == [worker] or abs(now - work.started_at) > LEASE
        ]

    def clear(self, now):
        """Drop what is done and what was given up long ago, a bounded number at a time."""
        done = self.filter(status=SUCCESSFUL, finished_at__lt=now - KEEP_DONE)
        old = self.filter(status=FAILED, finished_at__lt=now - KEEP_GIVEN_UP)
        for rows in (done[:MOST_AT_ONCE], old[:MOST_AT_ONCE], self.given_up()[MOST_GIVEN_UP:][:MOST_AT_ONCE]):
            self.filter(pk__in=list(rows.values_list("pk", flat=True))).delete()

    def mend_clock(self, now):
        """Nothing waits longer than the longest pause, though the clock was ahead when it was put off."""
        late = Q(run_after__gt=now + PAUSES[-1]) & ~Q(run_after=get_date_max())
        self.filter(late, status=READY).update(run_after=now)


class Work(DBTaskResult):
    """One piece of background work. Each change asks what the row was: of two workers one succeeds."""

    objects = WorkQuerySet.as_manager()

    class Meta:
        proxy = True
        verbose_name = verbose_name_plural = _("work given up")

    def __str__(self):
        return self.task_path.rpartition(".")[2].replace("_", " ").capitalize()

    @property
    def attempts(self):
        return len(self.worker_ids)

    @property
    def can_be_tried_again(self):
        try:
            return self.status == FAILED and not getattr(self.task.func, "single_use", False)
        except ImportError:
            return False

    def start(self, worker, now):
        """Take the work; False when another worker was quicker."""
        noted = {"status": RUNNING, "started_at": now, "worker_ids": [*self.worker_ids, worker]}
        for name, value in noted.items():
            setattr(self, name, value)
        return bool(Work.objects.filter(pk=self.pk, status=READY).update(**noted))

    def do(self):
        task = self.task
        context = [TaskContext(task_result=self.task_result)] if task.takes_context else []
        task.call(*context, *self.args_kwargs["args"], **self.args_kwargs["kwargs"])

    def finish(self, now):
        self._end(status=SUCCESSFUL, finished_at=now, exception_class_path="")

    def fail(self, error, now):
        """Put the work off, or give it up. The pause until the next try, or None."""
        pause, kind = pause_after(error, self.attempts), kind_of(error)
        if pause is None:
            self._end(status=FAILED, finished_at=now, exception_class_path=kind)
        else:
            later = {"run_after": now + pause, "priority": BEHIND_NEW_WORK}
            self._end(status=READY, exception_class_path=kind, **later)
        return pause

    def take_up(self, now):
        """Have work tried again whose worker died."""
        return self.fail(WorkerLost(), now)

    def try_again(self, by):
        """Have work that was given up tried from the start, with all its attempts."""
        if not self.can_be_tried_again:
            return False
        anew = {"status": READY, "run_after": timezone.now(), "worker_ids": [], "finished_at": None}
        rows = Work.objects.filter(pk=self.pk, status=FAILED)
        return bool(rows.update(exception_class_path="", **anew))

    def _end(self, **fields):
        running = Work.objects.filter(pk=self.pk, status=RUNNING, started_at=self.started_at)
        return bool(running.update(traceback="", **fields))
