"""Workers that died: what they left is taken up, once."""

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from moments.management.turn import take_turn
from reelive import worker as worker_module
from reelive.models import LEASE, Work
from reelive.retries import PAUSES
from reelive.worker import Worker, worker_name
from tests.support.tasks import ENDS, job


@pytest.fixture
def queued(queued):
    ENDS.clear()


def test_of_two_workers_one_gets_the_work(queued):
    job.enqueue("first")
    one, two = Work.objects.get(), Work.objects.get()
    assert one.start("one", timezone.now())
    assert not two.start("two", timezone.now())
    assert Work.objects.get().worker_ids == ["one"]


def test_work_of_a_dead_worker_is_taken_up_at_its_next_start(worker):
    job.enqueue("first")
    Work.objects.get().start("here", timezone.now())
    assert worker.turn()
    work = Work.objects.get()
    assert (work.status, work.worker_ids) == ("SUCCESSFUL", ["here", "here"])


def test_work_of_another_machine_is_left_to_it_until_its_lease_is_over(worker, clock):
    job.enqueue("first")
    Work.objects.get().start("elsewhere", timezone.now())
    clock.forward(LEASE)
    worker.tidy()
    assert Work.objects.get().status == "RUNNING"
    clock.forward(seconds=1)
    worker.tidy()
    assert Work.objects.get().status == "READY"


def test_who_was_late_does_not_end_what_another_took_up(worker, clock):
    job.enqueue("first")
    late = Work.objects.get()
    late.start("elsewhere", timezone.now())
    clock.forward(hours=2)
    worker.tidy()
    Work.objects.get().start("here", timezone.now())
    late.finish(timezone.now())
    assert Work.objects.get().status == "RUNNING"


def test_work_that_kills_its_workers_is_given_up(worker, clock):
    job.enqueue("first")
    while Work.objects.get().start("here", timezone.now()):
        worker.tidy()
        clock.forward(PAUSES[-1])
    work = Work.objects.get()
    assert (work.status, work.exception_class_path) == ("FAILED", "reelive.retries.WorkerLost")


def test_work_whose_end_could_not_be_noted_is_taken_up_when_the_database_answers(worker, monkeypatch):
    def refuse(*_args):
        raise OperationalError

    job.enqueue("first")
    with monkeypatch.context() as lost:
        lost.setattr(Work, "finish", refuse)
        assert not worker.turn()
    assert Work.objects.get().status == "RUNNING"
    assert worker.turn()
    assert Work.objects.get().status == "SUCCESSFUL"


def test_tidying_that_fails_keeps_nobody_from_work(worker, monkeypatch):
    monkeypatch.setattr(Worker, "tidy", lambda worker: 1 / 0)
    job.enqueue("first")
    assert worker.turn()


def test_wrong_clock_delays_work_by_no_more_than_the_longest_pause(worker, clock):
    ENDS[:] = [OSError()]
    job.enqueue("first")
    worker.work()
    clock.forward(days=-2)
    worker.tidy()
    assert worker.work()
    assert Work.objects.get().status == "SUCCESSFUL"


def test_start_that_was_noted_by_a_wrong_clock_holds_no_lease(worker, clock):
    job.enqueue("first")
    Work.objects.get().start("elsewhere", timezone.now())
    clock.forward(days=-2)
    worker.tidy()
    assert Work.objects.get().status == "READY"


@pytest.mark.parametrize("vendor, same", [("sqlite", True), ("postgresql", False)])
def test_machines_have_names_only_where_several_share_a_database(vendor, same, settings, monkeypatch):
    monkeypatch.setattr(worker_module.connection, "vendor", vendor)
    names = []
    for machine in ("one", "two"):
        monkeypatch.setattr(worker_module.socket, "gethostname", lambda machine=machine: machine)
        names.append(worker_name())
    assert (names[0] == names[1]) is same
    assert all(name.endswith(f":{settings.DATA_DIR}") for name in names)


def test_a_turn_with_nothing_to_do_looks_and_writes_nothing(transactional_db):
    """It comes every second, and on SQLite each transaction waits for the one writer."""
    with CaptureQueriesContext(connection) as asked:
        assert take_turn(timezone.now()) is False
    assert [query["sql"] for query in asked if not query["sql"].startswith("SELECT")] == []
