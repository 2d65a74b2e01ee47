"""Which members have their turn: what is done for each of them once a day is done for a few every minute."""

from accounts.models import User

MINUTES_OF_A_DAY = 1_440


def members_of_minute(now, minutes=MINUTES_OF_A_DAY):
    """The keys of members whose turn it is in this minute: the first, and the one behind the last.

    Args:
        now: an aware datetime.
        minutes: over how many of a day all members are spread.
    """
    last = User.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    share = last // minutes + 1
    first = (now.hour * 60 + now.minute) * share
    return first, first + share
