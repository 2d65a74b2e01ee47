"""Letters of the site, and what mail servers answer to them."""

import logging

from django.core.mail import EmailMessage
from django.urls import reverse

from reelive.models import Work

SMTP = "django.core.mail.backends.smtp.EmailBackend"
MIA = "mia@example.org"
SECRET = "QWER-TYUI"
# Servers repeat the address in what they answer.
BUSY = {"CONNECT": "421 too busy"}
LATER = {"RCPT": "450 come back later: {}"}
NEVER = {"RCPT": "550 nobody here: {}"}
SPAM = {"DATA": f"554 I do not take {SECRET} for {MIA}"}


def log_everything(caplog):
    """All that is logged with LOG_LEVEL=DEBUG."""
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.DEBUG, "django")
    return caplog


def letter(**fields):
    fields = {"subject": f"{SECRET} is your code", "body": f"Enter {SECRET}.", "to": [MIA]} | fields
    return EmailMessage(from_email="noreply@reelive.example", **fields)


def forgotten(client, address):
    return client.post(reverse("account_reset_password"), {"email": address})


def work_on(worker, clock):
    """Until nothing is left to do, however long the pauses."""
    while worker.work() or Work.objects.filter(status="READY").exists():
        clock.forward(minutes=1)


def state():
    work = Work.objects.get()
    return work.status, work.attempts, work.exception_class_path.rpartition(".")[2]
