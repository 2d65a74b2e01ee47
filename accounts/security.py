"""How an account is guarded: its address, its password, a second factor, the devices that are signed in."""

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.utils.translation import gettext, ngettext, pgettext

from accounts.mail import is_confirmed
from accounts.sessions import sessions_of


def security_overview(request):
    """The state of each guard in a few words, for the settings page."""
    member = request.user
    keys = list(Authenticator.objects.filter(user=member))
    codes = next((key for key in keys if key.type == Authenticator.Type.RECOVERY_CODES), None)
    devices = sessions_of(member, request.session.session_key)
    return {
        "address": member.email or gettext("None"),
        "unconfirmed": settings.MAIL_IS_ON and (member.mail_refused is not None or not is_confirmed(member)),
        "password": member.has_usable_password(),
        "second_factor": _second_factor([key.type for key in keys]),
        "codes_left": _codes_left(len(codes.wrap().get_unused_codes())) if codes else "",
        "devices": _devices(len(devices)),
        "connections": _connections(member) if settings.SOCIAL_PROVIDERS else "",
    }


def _codes_left(number):
    return ngettext("%(number)d left", "%(number)d left", number) % {"number": number}


def _devices(number):
    return ngettext("%(number)d device", "%(number)d devices", number) % {"number": number}


def _second_factor(kinds):
    has_app, number = Authenticator.Type.TOTP in kinds, kinds.count(Authenticator.Type.WEBAUTHN)
    if has_app and number:
        sentence = ngettext(
            "On: authenticator app and %(number)d passkey",
            "On: authenticator app and %(number)d passkeys",
            number,
        )
    elif number:
        sentence = ngettext("On: %(number)d passkey", "On: %(number)d passkeys", number)
    elif has_app:
        return gettext("On: authenticator app")
    else:
        return pgettext("state", "Off")
    return sentence % {"number": number}


def _connections(member):
    number = SocialAccount.objects.filter(user=member).count()
    if not number:
        return gettext("No accounts")
    return ngettext("%(number)d account", "%(number)d accounts", number) % {"number": number}
