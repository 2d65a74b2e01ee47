"""Letters by a service that takes them by HTTP: what it is sent, and what its answers lead to."""

import json

import pytest
import requests
from django.utils import timezone

from accounts.models import Letter, User
from tests.support.letters import MIA, send_by, work_on
from tests.support.makers import make_comment
from tests.support.notifications import choose_mail, send_all, tell_all

TAKEN = (200, {"ErrorCode": 0, "Message": "OK", "MessageID": "1", "To": MIA})
BUSY = (503, {"ErrorCode": 1, "Message": f"Not now, {MIA}"})
TOO_FAST = (429, {"ErrorCode": 1, "Message": "Slower"})
WRONG_KEY = (401, {"ErrorCode": 10, "Message": "Wrong key"})
# What Postmark says of an address from which letters came back.
INACTIVE = (
    422,
    {
        "ErrorCode": 406,
        "Message": "You tried to send to a recipient that has been marked as inactive.\n"
        f"Found inactive addresses: {MIA}.\nInactive recipients are ones that have generated a hard bounce.",
    },
)


@pytest.fixture
def service(settings, monkeypatch):
    """A service that answers with what a test plans, and then takes everything; what it was sent."""
    send_by(settings, "anymail.backends.postmark.EmailBackend")
    settings.ANYMAIL = {"POSTMARK_SERVER_TOKEN": "a token"}
    sent, plans = [], []

    def answer(_session, method, url, **asked):
        status, said = plans.pop(0) if plans else TAKEN
        response = requests.Response()
        response.status_code, response._content = status, json.dumps(said).encode()
        if status == 200:
            sent.append(json.loads(asked["data"]))
        return response

    monkeypatch.setattr(requests.Session, "request", answer)
    return sent, plans


@pytest.fixture
def waiting(moment, mia, seb, worker, service):
    """A letter for mia waits."""
    choose_mail(mia, comment="at-once")
    make_comment(moment, seb)
    tell_all(timezone.now())
    send_all()
    return Letter.objects.get()


def test_a_service_is_sent_both_texts_and_what_mail_programs_need(waiting, service, worker):
    worker.work()
    (letter,) = service[0]
    assert letter["To"] == MIA
    assert "commented" in letter["TextBody"]
    assert "<ol>" in letter["HtmlBody"]
    headers = {header["Name"]: header["Value"] for header in letter["Headers"]}
    assert headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert headers["List-Unsubscribe"].startswith("<http")


def test_a_service_that_is_busy_is_tried_again(waiting, service, worker, clock, full_log):
    service[1][:] = [BUSY, TOO_FAST]
    work_on(worker, clock)
    assert len(service[0]) == 1
    assert MIA not in full_log.text


def test_what_a_service_will_never_take_is_given_up(waiting, service, worker, mia):
    service[1][:] = [WRONG_KEY]
    worker.work()
    assert (service[0], Letter.objects.count()) == ([], 0)
    assert User.objects.get(pk=mia.pk).mail_refused is None


def test_an_address_that_a_service_refuses_gets_no_more_letters(waiting, service, worker, mia):
    service[1][:] = [INACTIVE]
    worker.work()
    assert (service[0], Letter.objects.count()) == ([], 0)
    assert User.objects.get(pk=mia.pk).mail_refused is not None
