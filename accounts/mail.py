"""Letters to members wait sealed until the task process sends them: no page waits for a mail server."""

import json
from datetime import timedelta
from email.utils import make_msgid

from allauth.account import app_settings
from allauth.account.models import EmailAddress
from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext

from accounts.models import Letter
from reelive.languages import is_offered
from reelive.models import BEHIND_NEW_WORK
from reelive.retries import final, pause_before_next, refused_addresses, single_use
from reelive.sealing import seal
from reelive.tasks import task

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


def is_confirmed(member):
    """Whether the address is known to be the member's. Without a mail server none can be asked."""
    if not settings.MAIL_IS_ON:
        return bool(member.email)
    return EmailAddress.objects.filter(user=member, email__iexact=member.email, verified=True).exists()


def is_reachable(member):
    """Whether letters that the member did not ask for just now may go to their address."""
    return member.is_active and member.mail_refused is None and is_confirmed(member)


def why_no_mail(member):
    """Why no such letters go to the member, in a sentence; "" when they do."""
    if not settings.MAIL_IS_ON:
        return gettext("This site has no mail server yet: it keeps its letters for those who run it.")
    if not member.email:
        return gettext("You have no e-mail address here, so no letters reach you.")
    if member.mail_refused:
        return gettext(
            "Your mail server refused a letter of ours, so we send no more of these to that address."
        )
    if not is_confirmed(member):
        return gettext("Your e-mail address is not confirmed yet, so no letters are sent there.")
    return ""


def post(message, member=None, seconds=NOTICE_SECONDS, is_kept=False):
    """Have a message sent by the task process, for so many seconds at most.

    A letter that still waits when its member leaves is not sent. Its Message-ID is made here, once: should it
    arrive twice, mail programs can see that it is the same.

    Args:
        is_kept: whether it may lie in the mailbox of a site without a mail server: nobody gets in by it.
    """
    contents = {"subject": message.subject, "body": message.body, "to": message.to}
    _wait(send_letter, member, seconds, **contents, from_email=message.from_email, is_kept=is_kept)


def post_unwritten(writer, member, **about):
    """Have a letter written at the moment in which it is sent, since what it tells of may change until then.

    Letters that somebody waits for go first.

    Args:
        writer: the dotted path of a function that is given the member and what the letter is about. It
            answers with the fields of the message, or None where there is nothing to say any more.
    """
    later = send_letter.using(priority=BEHIND_NEW_WORK)
    _wait(later, member, NOTICE_SECONDS, writer=writer, about=about)


def _wait(sending, member, seconds, **contents):
    contents["headers"] = {"Message-ID": make_msgid(domain=settings.SITE_HOST)}
    letter = Letter.objects.create(
        member=member,
        sealed=seal(json.dumps(contents), Letter.purpose),
        expires=timezone.now() + timedelta(seconds=seconds),
    )
    sending.enqueue(letter.pk)


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
        if letter.member and (addresses := refused_addresses(error)):
            letter.member.note_refusal(addresses)
        if pause is None or timezone.now() + pause >= letter.expires:
            letter.delete()
            raise final(error) from None
        raise error from None


def burn_expired(now):
    Letter.objects.filter(expires__lte=now).delete()
