"""When background work that failed is tried again, and when it is given up.

A task tells by the error that it raises. Nothing is kept of an error but its class: its text may repeat an
address or other words of members.
"""

from datetime import timedelta
from smtplib import SMTPDataError, SMTPRecipientsRefused
from typing import Any

from django.db import InterfaceError, OperationalError

from reelive.tasks import TaskContext

# The first five tries fall into the quarter of an hour for which a code holds.
PAUSES = [
    timedelta(**pause)
    for pause in (
        {"seconds": 10},
        {"minutes": 1},
        {"minutes": 3},
        {"minutes": 8},
        {"minutes": 30},
        {"hours": 2},
        {"hours": 6},
        {"hours": 12},
        {"hours": 24},
    )
]
TOO_MANY = 429


class TryAgain(Exception):
    """Raised by a task that found that it came too early."""


class WorkerLost(Exception):
    """The worker ended in the middle of the work."""


def may_pass(error: BaseException) -> bool:
    """Whether the same work may succeed later: a server or a disk that fails, not a refusal or a mistake."""
    if getattr(error, "is_final", False):
        return False
    if isinstance(error, SMTPRecipientsRefused):
        return any(code < 500 for code, _reply in error.recipients.values())
    if isinstance(error, SMTPDataError):
        return error.smtp_code < 500
    if isinstance(getattr(error, "status_code", None), int):  # a mail service that takes letters by HTTP
        return error.status_code == TOO_MANY or error.status_code >= 500
    if isinstance(error, FileNotFoundError):
        return False
    passing = (
        OSError,
        OperationalError,
        InterfaceError,
        TryAgain,
        WorkerLost,
    )  # an SMTPException is an OSError
    return isinstance(error, passing) or _is_of_the_bucket(error)


def refused_addresses(error: BaseException) -> list[str]:
    """The addresses that a mail server, or a service for mail, refuses for good."""
    if isinstance(error, SMTPRecipientsRefused):
        return [] if may_pass(error) else list(error.recipients)
    # django-anymail is installed only where a service sends the mail.
    return error.email_message.to if type(error).__name__ == "AnymailRecipientsRefused" else []


def pause_after(error: BaseException, attempts: int) -> timedelta | None:
    """How long to wait after the last of so many attempts failed; None to give up.

    The first loss of a worker costs no pause: it says nothing about the work.
    """
    pauses = [timedelta(0), *PAUSES] if isinstance(error, WorkerLost) else PAUSES
    return pauses[attempts - 1] if may_pass(error) and attempts <= len(pauses) else None


def pause_before_next(context: TaskContext, error: BaseException) -> timedelta | None:
    """For a task that clears up when it is given up: None where work is done at once and has no later."""
    can_wait = context.task_result.task.get_backend().supports_defer
    return pause_after(error, context.attempt) if can_wait else None


def final(error: Exception) -> Exception:
    """Marks an error after which the task does not want to be tried again, whatever kind it is of."""
    error.is_final = True
    return error


def single_use(function: Any) -> Any:
    """Marks a task whose material is destroyed when it is given up, so that nobody can ask for it again."""
    function.single_use = True
    return function


def kind_of(error: BaseException) -> str:
    return f"{type(error).__module__}.{type(error).__qualname__}"


def _is_of_the_bucket(error: BaseException) -> bool:
    """Errors of boto3, which is installed only where uploads live in a bucket."""
    return any(kind.__module__.startswith(("botocore.", "boto3.")) for kind in type(error).__mro__)
