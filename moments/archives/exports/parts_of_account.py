"""By what members sign in and are reached: addresses, accounts elsewhere, devices."""

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.utils.translation import gettext_lazy as _

from moments.archives.exports.columns import Part, owned

ACCOUNT_PARTS = (
    Part(
        "addresses",
        _("Your e-mail addresses."),
        owned(EmailAddress, "user"),
        {
            "email": _("The address."),
            "verified": _("Whether it is confirmed."),
            "primary": _("Whether letters go there."),
        },
        ("account.EmailAddress.user",),
    ),
    Part(
        "connections",
        _("The accounts elsewhere by which you sign in."),
        owned(SocialAccount, "user"),
        {
            "provider": _("Where the account is."),
            "account": _("Its number there."),
            "date_joined": _("When you connected it, in UTC."),
            "extra_data": _("What was told of you there."),
        },
        ("socialaccount.SocialAccount.user",),
        {"account": "uid"},
    ),
    Part(
        "devices",
        _("The devices on which you are signed in."),
        owned(UserSession, "user"),
        {
            "ip": _("The address of its network."),
            "user_agent": _("What its browser says of itself."),
            "created_at": _("When you signed in, in UTC."),
            "last_seen_at": _("When it was last seen, in UTC."),
        },
        ("usersessions.UserSession.user",),
    ),
)
