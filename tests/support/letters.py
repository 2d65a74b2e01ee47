"""Letters of the site, and what mail servers answer to them."""

import logging
from datetime import timedelta

from django.core.mail import EmailMessage
from django.db.models import Min
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import get_date_max

from reelive.mailers import mailer
from reelive.models import Work

SMTP = "django.core.mail.backends.smtp.EmailBackend"
MIA = "mia@example.org"
SECRET = "QWER-TYUI"
# Servers repeat the address in what they answer.
BUSY = {"CONNECT": "421 too busy"}
LATER = {"RCPT": "450 come back later: {}"}
NEVER = {"RCPT": "550 nobody here: {}"}
SPAM = {"DATA": f"554 I do not take {SECRET} for {MIA}"}


def send_by(settings, backend, **former):
    """Letters go out by this backend; its options are named as the settings that they were."""
    for name, value in mailer(EMAIL_BACKEND=backend, **former).items():
        setattr(settings, name, value)


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
    ready = Work.objects.filter(status="READY")
    while worker.work() or ready.exists():
        waiting = ready.filter(run_after__gt=timezone.now(), run_after__lt=get_date_max())
        due = waiting.aggregate(due=Min("run_after"))["due"]
        clock.forward(due - timezone.now() if due else timedelta(minutes=1))


def state():
    work = Work.objects.get()
    return work.status, work.attempts, work.exception_class_path.rpartition(".")[2]
