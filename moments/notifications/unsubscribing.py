"""Links in letters by which a member gets no more of them, from a mail program and without signing in.

A link is good for one topic alone and says nothing of the member but a number. All links of a member are void
as soon as the key that they are signed with is another one (accounts.models.User.letter_key).
"""

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from accounts.models import User
from moments.notifications.choices import TOPICS

SALT = "moments.notifications.unsubscribing"
LONGEST_KEY = 18  # digits
DIGITS_OF_SIGNATURE = 32  # hexadecimal digits


def address_of(member, topic):
    """Where letters of the topic are stopped for this member."""
    signature = _signature(member.pk, topic, member.key_for_letters(), settings.SECRET_KEY)
    token = f"{member.pk}.{topic}.{signature}"
    return settings.SITE_URL + reverse("notification-unsubscribe", args=[token])


def holder_of(token):
    """The member and the topic of a token; None when it is none of ours, or void by now."""
    pk, _dot, rest = token.partition(".")
    topic, _dot, signature = rest.partition(".")
    if not (pk.isascii() and pk.isdecimal() and len(pk) <= LONGEST_KEY and topic in TOPICS):
        return None
    member = User.objects.filter(pk=int(pk)).exclude(letter_key="").first()
    if member is None:
        return None
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    signatures = [_signature(member.pk, topic, member.letter_key, secret) for secret in secrets]
    fits = [constant_time_compare(signature, signed) for signed in signatures]
    return (member, topic) if any(fits) else None


def _signature(pk, topic, key, secret):
    digest = salted_hmac(SALT, f"{pk} {topic} {key}", secret=secret, algorithm="sha256").hexdigest()
    return digest[:DIGITS_OF_SIGNATURE]
