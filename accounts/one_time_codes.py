"""The codes of an authenticator app: one step early or late is forgiven, and none is taken twice.

allauth remembers a used code for the length of one step alone, although it holds for three. Here the step of
the last code is kept beside the secret, and only a later one is taken.
"""

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.utils import decrypt
from django.db import transaction

LAST_STEP = "last_step"


@transaction.atomic
def use_code(authenticator, code):
    """Note the step of a code that is right, so that neither it nor an older one is taken again.

    Returns whether it is later than all that were used.
    """
    row = Authenticator.objects.select_for_update().get(pk=authenticator.pk)
    last = row.data.get(LAST_STEP, -1)
    later = [step for step in steps_of(decrypt(row.data["secret"]), code) if step > last]
    if later:
        row.data[LAST_STEP] = min(later)
        row.save(update_fields=["data"])
        authenticator.data = row.data
    return bool(later)


def steps_of(secret, code):
    """Of the steps that hold now, those whose code this is."""
    return [
        step
        for step in yield_hotp_counters_from_time()
        if compare_user_code(actual=code, expected=format_hotp_value(hotp_value(secret, step)))
    ]
