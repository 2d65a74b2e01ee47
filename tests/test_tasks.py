"""Background work: what fails is done later, and what is kept of it is bounded."""

import logging
from datetime import timedelta
from smtplib import (
    SMTPAuthenticationError,
    SMTPConnectError,
    SMTPDataError,
    SMTPRecipientsRefused,
    SMTPServerDisconnected,
)

import pytest
from django.db import InterfaceError, OperationalError

from reelive.images import ImageError
from reelive.models import KEEP_DONE, KEEP_GIVEN_UP, Work
from reelive.retries import PAUSES, TryAgain, WorkerLost, may_pass, pause_after
from tests.support.rows import for_each
from tests.support.tasks import ENDS, SECRET, given_up, job


@pytest.fixture
def queued(queued):
    ENDS.clear()


# What is tried again.


def refused(*codes):
    replies = {f"{code}@example.org": (code, b"no") for code in codes}
    return SMTPRecipientsRefused(replies)


@for_each(
    "error, passes",
    [
        (ConnectionRefusedError(), True),
        (TimeoutError(), True),
        (OSError(28, "No space left on device"), True),
        (PermissionError(), True),
        (FileNotFoundError(), False),
        (OperationalError(), True),
        (InterfaceError(), True),
        (SMTPServerDisconnected(), True),
        (SMTPConnectError(554, b"go away"), True),
        (SMTPAuthenticationError(535, b"who are you"), True),
        (SMTPDataError(451, b"later"), True),
        (SMTPDataError(554, b"spam"), False),
        (refused(450), True),
        (refused(550), False),
        (refused(550, 451), True),
        (type("ClientError", (Exception,), {"__module__": "botocore.exceptions"})(), True),
        (TryAgain(), True),
        (WorkerLost(), True),
        (ImageError("not a picture"), False),
        (ValueError(), False),
        (TypeError(), False),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else "",
)
def test_only_what_may_pass_is_tried_again(error, passes):
    assert may_pass(error) is passes


def test_pauses_grow_and_end():
    pauses = [pause_after(OSError(), attempt) for attempt in range(1, len(PAUSES) + 2)]
    assert pauses == [*PAUSES, None]
    assert sorted(PAUSES) == PAUSES
    assert sum(PAUSES, timedelta(0)) < timedelta(days=3)


def test_failed_work_is_done_later(worker, clock):
    ENDS[:] = [OSError(), OSError(), None]
    job.enqueue("first")
    for pause in PAUSES[:2]:
        assert worker.work()
        clock.forward(pause - timedelta(seconds=1))
        assert not worker.work()
        clock.forward(seconds=1)
    assert worker.work()
    work = Work.objects.get()
    assert (work.status, work.attempts, work.exception_class_path) == ("SUCCESSFUL", 3, "")


def test_tries_end(worker, clock):
    ENDS[:] = [OSError()] * 99
    job.enqueue("first")
    while worker.work():
        clock.forward(PAUSES[-1])
    work = Work.objects.get()
    assert (work.status, work.attempts, work.exception_class_path) == (
        "FAILED",
        len(PAUSES) + 1,
        "builtins.OSError",
    )


@pytest.mark.parametrize("error", [ValueError(SECRET), ImageError(SECRET), OSError(SECRET)])
def test_only_the_class_of_an_error_is_kept_and_logged(error, worker, caplog):
    caplog.set_level(logging.DEBUG)
    ENDS[:] = [error]
    job.enqueue("first")
    worker.work()
    work = Work.objects.get()
    assert work.exception_class_path.endswith(type(error).__name__)
    assert work.traceback == ""
    assert type(error).__name__ in caplog.text
    assert SECRET not in caplog.text


def test_work_that_no_longer_exists_is_given_up(worker):
    job.enqueue("first")
    Work.objects.update(task_path="moments.tasks.forgotten")
    worker.work()
    work = Work.objects.get()
    assert (work.status, work.can_be_tried_again) == ("FAILED", False)


def test_new_work_comes_before_what_failed(worker, clock):
    ENDS[:] = [OSError()]
    first = job.enqueue("first").id
    worker.work()
    clock.forward(PAUSES[0])
    job.enqueue("second")
    worker.work()
    assert Work.objects.get(pk=first).status == "READY"


# What is kept.


def test_what_is_done_is_cleared_soon_and_what_was_given_up_later(worker, clock):
    given_up(), job.enqueue("second"), worker.work()
    job.enqueue("third")
    clock.forward(KEEP_DONE + timedelta(seconds=1))
    worker.tidy()
    assert sorted(Work.objects.values_list("status", flat=True)) == ["FAILED", "READY"]
    clock.forward(KEEP_GIVEN_UP)
    worker.tidy()
    assert [work.status for work in Work.objects.all()] == ["READY"]


def test_what_is_kept_of_what_was_given_up_is_bounded(worker, clock, monkeypatch):
    monkeypatch.setattr("reelive.models.MOST_GIVEN_UP", 2)
    for _ in range(5):
        clock.forward(seconds=1)
        newest = given_up()
    worker.tidy()
    assert Work.objects.count() == 2
    assert Work.objects.filter(pk=newest.pk).exists()
