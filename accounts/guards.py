"""How an account is guarded: its address, its password, a second factor, the devices that are signed in."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings

from accounts.devices import devices_of


def guards_of(request):
    """The state of each guard in a few words, for the settings page."""
    member = request.user
    keys = list(Authenticator.objects.filter(user=member))
    codes = next((key for key in keys if key.type == Authenticator.Type.RECOVERY_CODES), None)
    devices = devices_of(member, request.session.session_key)
    return {
        "address": member.email or "None",
        "unconfirmed": settings.MAIL_IS_ON and not _is_confirmed(member),
        "password": member.has_usable_password(),
        "second_factor": _second_factor([key.type for key in keys]),
        "codes_left": f"{len(codes.wrap().get_unused_codes())} left" if codes else "",
        "devices": _counted(len(devices), "device"),
        "connections": _connections(member) if settings.SOCIAL_PROVIDERS else "",
    }


def _is_confirmed(member):
    return EmailAddress.objects.filter(user=member, email=member.email, verified=True).exists()


def _second_factor(kinds):
    passkeys = kinds.count(Authenticator.Type.WEBAUTHN)
    parts = ["authenticator app"] if Authenticator.Type.TOTP in kinds else []
    parts += [_counted(passkeys, "passkey")] if passkeys else []
    return "On: " + " and ".join(parts) if parts else "Off"


def _connections(member):
    return _counted(SocialAccount.objects.filter(user=member).count(), "account")


def _counted(number, noun):
    return f"{number} {noun}" if number == 1 else f"{number or 'No'} {noun}s"
