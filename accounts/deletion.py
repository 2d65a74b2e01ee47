"""Leaving: the account goes at once, and each app erases what it holds of the member.

What that is, is said by the function that an AppConfig names as `on_delete`; see moments/models/erasure.py.
"""

from functools import partial

from django.db import transaction

from accounts.hooks import hooks
from accounts.models import Allowance, RetiredName, User
from reelive.mailbox import forget
from reelive.ratelimit import LIMITS


@transaction.atomic
def delete_account(member, take_texts):
    """Delete the member; their texts go with them or stay without a name.

    The row is locked first: nothing new can point at the member from then on, so every counter agrees. Who
    clicks twice finds nobody to delete any more. Only the quotas go before it, as they do whenever a member
    acts: two transactions that take rows in different order would wait for each other.
    """
    Allowance.objects.filter(key__in=[f"{action}:{member.pk}" for action in LIMITS]).delete()
    member = User.objects.select_for_update().filter(pk=member.pk).first()
    if member is None:
        return
    for on_delete in hooks("on_delete"):
        on_delete(member, take_texts)
    transaction.on_commit(partial(forget, member.email))
    member.end_sessions()
    RetiredName.objects.retire(member.username)
    member.drop_avatar()
    member.delete()  # and with the row the letters that wait
