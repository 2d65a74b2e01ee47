"""Leaving: the account goes at once, and each app takes leave of what it holds of the member.

An app does so in a function of its own, called with the member and whether to take the texts; its AppConfig
names it by a dotted path, as `farewell`.
"""

from allauth.usersessions.models import UserSession
from django.apps import apps
from django.db import transaction
from django.utils.module_loading import import_string

from accounts.models import Allowance, User
from reelive.ratelimit import LIMITS


@transaction.atomic
def delete_account(member, take_texts):
    """Delete the member; their texts go with them or stay without a name.

    The row is locked first: nothing new can point at the member from then on, so every counter agrees.
    """
    member = User.objects.select_for_update().get(pk=member.pk)
    for farewell in _farewells():
        farewell(member, take_texts)
    for session in UserSession.objects.filter(user=member):
        session.end()
    Allowance.objects.filter(key__in=[f"{action}:{member.pk}" for action in LIMITS]).delete()
    member.drop_avatar()
    member.delete()


def _farewells():
    paths = [getattr(app, "farewell", None) for app in apps.get_app_configs()]
    return [import_string(path) for path in paths if path]
