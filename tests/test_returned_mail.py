"""Letters that came back: what a mail service tells of them at the address with the secret."""

import json
import logging
import sys

import pytest
from django.test import Client

from accounts.models import User
from reelive.logs import LineFormatter
from tests.support.letters import MIA
from tests.support.rows import for_each

SECRET = "a-secret-of-the-service"
ADDRESS = f"/mail/returned/{SECRET}/"


def postmark(kind, record="Bounce", email=MIA):
    return {"RecordType": record, "Type": kind, "Email": email, "ID": 42, "BouncedAt": "2026-11-30T12:00:00Z"}


def brevo(event):
    return {"event": event, "email": MIA, "message-id": "<1@x>", "ts_event": 1764504000}


def resend(kind, **bounce):
    return {"type": kind, "created_at": "2026-11-30T12:00:00Z", "data": {"to": [MIA], "bounce": bounce}}


@pytest.fixture(autouse=True)
def service(settings):
    settings.MAIL_SERVICE, settings.RETURNED_MAIL_SECRET = "postmark", SECRET
    settings.ANYMAIL = {"POSTMARK_SERVER_TOKEN": "a token"}


def tell(said, address=ADDRESS):
    body = said if isinstance(said, str) else json.dumps(said)
    return Client(enforce_csrf_checks=True).post(address, body, content_type="application/json").status_code


def is_refused(member):
    return User.objects.get(pk=member.pk).mail_refused is not None


@for_each("name, said, refuses", [
    ("postmark", postmark("HardBounce"), True),
    ("postmark", postmark("HardBounce", email=MIA.upper()), True),
    ("postmark", postmark("BadEmailAddress"), True),
    ("postmark", postmark("SpamComplaint", "SpamComplaint"), True),
    ("postmark", postmark("HardBounce", email="somebody@else.example"), False),
    ("postmark", postmark("SoftBounce"), False),
    ("postmark", postmark("Transient"), False),
    ("postmark", postmark("Blocked"), False),
    ("postmark", postmark("", "Delivery"), False),
    ("brevo", brevo("hard_bounce"), True),
    ("brevo", brevo("soft_bounce"), False),
    ("brevo", brevo("delivered"), False),
    ("resend", resend("email.bounced", type="Permanent"), True),
    ("resend", resend("email.bounced", type="Transient"), False),
    ("resend", resend("email.complained"), True),
])  # fmt: skip
def test_what_comes_back_for_good_ends_letters_there(name, said, refuses, mia, settings):
    settings.MAIL_SERVICE = name
    assert tell(said) == 204
    assert is_refused(mia) is refuses


@for_each("name, said", [
    ("mailgun", {"signature": {}, "event-data": {
        "event": "failed", "severity": "permanent", "reason": "bounce", "recipient": MIA, "id": "1",
        "timestamp": 1764504000.5, "message": {"headers": {"message-id": "1@x"}}}}),
    ("sendgrid", [{"event": "bounce", "type": "bounce", "email": MIA, "timestamp": 1764504000}]),
    ("mailersend", {"type": "activity.hard_bounced", "data": {
        "id": "1", "type": "hard_bounced", "created_at": "2026-11-30T12:00:00Z", "email": {
            "message": {"id": "1"}, "recipient": {"email": MIA}}}}),
])  # fmt: skip
@pytest.mark.filterwarnings("ignore:django-anymail has dropped official support for SendGrid")
def test_every_service_that_can_send_is_understood(name, said, mia, settings):
    settings.MAIL_SERVICE, settings.ANYMAIL = name, {"MAILGUN_API_KEY": "a key"}
    assert tell(said) == 204
    assert is_refused(mia)


@for_each("said", ["", "no json", "[]", "{}x", '"text"', json.dumps(postmark("HardBounce", email=5))])
def test_what_cannot_be_read_is_a_bad_request(said, mia):
    assert tell(said) == 400
    assert not is_refused(mia)


@for_each("change, address", [
    ({}, "/mail/returned/another-secret-of-nobody/"),
    ({"RETURNED_MAIL_SECRET": ""}, ADDRESS),
    ({"MAIL_SERVICE": ""}, ADDRESS),
])  # fmt: skip
def test_without_service_or_secret_there_is_no_such_address(change, address, mia, settings):
    for name, value in change.items():
        setattr(settings, name, value)
    assert tell(postmark("HardBounce"), address) == 404
    assert not is_refused(mia)


def test_a_site_whose_mail_goes_by_a_server_does_not_need_the_package(mia, settings, monkeypatch):
    settings.MAIL_SERVICE = ""
    monkeypatch.setitem(sys.modules, "anymail", None)
    monkeypatch.setitem(sys.modules, "anymail.urls", None)
    assert tell(postmark("HardBounce")) == 404


def test_the_log_does_not_have_the_secret():
    record = logging.LogRecord("django", logging.WARNING, "", 0, "Not Found: %s", (ADDRESS,), None)
    assert LineFormatter().format(record).endswith("Not Found: /mail/returned/…/")
