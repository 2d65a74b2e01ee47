"""Letters to members wait sealed until the task process sends them: no page waits for a mail server."""

import json
from datetime import timedelta
from email.utils import make_msgid

from allauth.account import app_settings
from django.conf import settings
from django.utils import timezone, translation
from django_tasks import task

from accounts.models import Letter
from reelive.languages import is_offered
from reelive.retries import final, pause_before_next, single_use
from reelive.sealing import seal

NOTICE_SECONDS = 3 * 24 * 60 * 60

# Letters that the mail server has taken and whose rows could not be dropped yet: never to be sent again.
_taken = set()


class TooLate(Exception):
    """The letter could not be sent before it expired."""


def code_seconds(template_prefix):
    """For how many seconds the code in this letter holds."""
    if "password_reset" in template_prefix:
        return app_settings.PASSWORD_RESET_BY_CODE_TIMEOUT
    return app_settings.EMAIL_VERIFICATION_BY_CODE_TIMEOUT


def in_language_of(member):
    """A context in which texts are in the member's language; in the current one when they chose none."""
    chosen = getattr(member, "language", "")
    return translation.override(chosen if is_offered(chosen) else translation.get_language())


def post(message, member=None, seconds=NOTICE_SECONDS):
    """Have a message sent by the task process, for so many seconds at most.

    A letter that still waits when its member leaves is not sent. Its Message-ID is made here, once: should it
    arrive twice, mail programs can see that it is the same.
    """
    contents = {"subject": message.subject, "body": message.body, "to": message.to}
    contents["from_email"] = message.from_email
    contents["headers"] = {"Message-ID": make_msgid(domain=settings.SITE_HOST)}
    letter = Letter.objects.create(
        member=member,
        sealed=seal(json.dumps(contents), Letter.PURPOSE),
        expires=timezone.now() + timedelta(seconds=seconds),
    )
    send_letter.enqueue(letter.pk)


@task(takes_context=True)
@single_use
def send_letter(context, letter_id):
    """Send a letter. Nothing is done when it was sent before or its member has left.

    Its row is deleted after the mail server took the letter. A process that is killed in between sends it
    twice, which is better than never.
    """
    letter = Letter.objects.filter(pk=letter_id).first()
    if letter is None:
        return
    if letter_id not in _taken:
        _hand_over(letter, context)
        _taken.add(letter_id)
    letter.delete()
    _taken.discard(letter_id)


def _hand_over(letter, context):
    try:
        if letter.expires <= timezone.now():
            raise TooLate
        letter.send()
    except Exception as error:
        error.args = ()  # What mail servers answer repeats the address.
        pause = pause_before_next(context, error)
        if pause is None or timezone.now() + pause >= letter.expires:
            letter.delete()
            raise final(error) from None
        raise error from None


def burn_expired(now):
    Letter.objects.filter(expires__lte=now).delete()
