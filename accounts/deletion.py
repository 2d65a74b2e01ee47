"""Leaving: the account goes at once, and each app takes leave of what it holds of the member."""

from allauth.usersessions.models import UserSession
from django.db import transaction

from accounts.models import Allowance, User
from accounts.partners import partners
from reelive.ratelimit import LIMITS


@transaction.atomic
def delete_account(member, take_texts):
    """Delete the member; their texts go with them or stay without a name.

    The row is locked first: nothing new can point at the member from then on, so every counter agrees. Who
    clicks twice finds nobody to delete any more.
    """
    member = User.objects.select_for_update().filter(pk=member.pk).first()
    if member is None:
        return
    for farewell in partners("farewell"):
        farewell(member, take_texts)
    for session in UserSession.objects.filter(user=member):
        session.end()
    Allowance.objects.filter(key__in=[f"{action}:{member.pk}" for action in LIMITS]).delete()
    member.drop_avatar()
    member.delete()
