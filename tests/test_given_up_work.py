"""Work that was given up is seen by the staff and by programs, and can be tried again."""

from smtplib import SMTPDataError

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse

from reelive.models import Work
from reelive.retries import PAUSES
from tests.support.makers import make_member
from tests.support.tasks import ENDS, SECRET, given_up, job


@pytest.fixture
def queued(queued):
    ENDS.clear()


def test_readyz_tells_of_work_given_up_and_stays_ready(client, worker, clock):
    given_up(), given_up()
    response = client.get("/readyz")
    assert (response.status_code, response.json()["status"], response.json()["tasks"]) == (
        200,
        "ready",
        "2 given up",
    )
    clock.forward(days=1)
    assert client.get("/readyz").json()["tasks"] == "ok"


def test_readyz_tells_when_nobody_works(client, worker, clock):
    job.enqueue("first")
    clock.forward(minutes=5)
    assert client.get("/readyz").json()["tasks"] == "ok"
    clock.forward(minutes=15)
    said = client.get("/readyz").json()["tasks"].replace("\xa0", " ")
    assert said == "the oldest waits since 20 minutes; is a task worker running?"
    worker.work()
    assert client.get("/readyz").json()["tasks"] == "ok"


def test_work_that_waits_for_its_next_try_is_no_sign_of_a_missing_worker(client, worker, clock):
    ENDS[:] = [OSError()] * 5
    job.enqueue("first")
    for pause in PAUSES[:4]:
        worker.work()
        clock.forward(pause)
    worker.work()
    clock.forward(PAUSES[4])
    assert client.get("/readyz").json()["tasks"] == "ok"


def test_staff_see_what_was_given_up_and_none_of_its_words(as_keith, worker):
    work = given_up(SMTPDataError(554, SECRET.encode()))
    for page in ("admin:index", "admin:reelive_work_changelist"):
        text = as_keith.get(reverse(page)).text
        assert "Job" in text
        assert "smtplib.SMTPDataError" in text
        assert SECRET not in text
    text = as_keith.get(reverse("admin:reelive_work_change", args=[work.pk])).text
    assert "smtplib.SMTPDataError" in text
    assert "first" not in text


def test_staff_have_work_tried_again(as_keith, worker):
    work = given_up()
    address = reverse("admin:reelive_work_try_again", args=[work.pk])
    assert as_keith.get(address).status_code == 200
    answer = as_keith.post(address, {"confirmed": "yes"})
    assert answer["Location"] == reverse("admin:reelive_work_changelist")
    assert LogEntry.objects.get().get_change_message() == "Queued again"
    assert worker.work()
    work = Work.objects.get()
    assert (work.status, work.attempts) == ("SUCCESSFUL", 1)


def test_work_that_waits_already_is_not_queued_again(worker, keith):
    work = given_up()
    assert work.try_again(keith)
    assert not work.try_again(keith)


def test_nobody_else_sees_work(client, worker):
    work = given_up()
    client.force_login(make_member("anna", is_staff=True))
    work_list = reverse("admin:reelive_work_changelist")
    sections = client.get(reverse("admin:index")).context["sections"]
    assert not any(section.url.startswith(work_list) for section in sections)
    for name, args in (("changelist", []), ("change", [work.pk]), ("try_again", [work.pk])):
        assert client.post(reverse(f"admin:reelive_work_{name}", args=args)).status_code in (403, 404)
    assert Work.objects.get().status == "FAILED"


def test_rows_of_the_queue_have_no_page_of_their_own(as_keith):
    assert as_keith.get("/admin/django_tasks_database/dbtaskresult/").status_code == 404
