"""What the task process does for notifications at each of its turns."""

from moments.notifications.mailings import send_due
"""What the task process does about notifications at each of its turns."""

from moments.notifications.reminders import remind
from moments.notifications.telling import tell_due


def take_turn(now):
    """Tell members of what happened, and send the letters that are due. Whether there was anything to do."""
    told = tell_due(now)
    return send_due(now) or told
    """Tell of what happened, then note what comes back today. Returns whether there was anything."""
    has_told = tell_due(now)
    return remind(now) or has_told
