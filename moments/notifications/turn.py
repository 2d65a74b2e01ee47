"""What the task process does for notifications at each of its turns."""

from moments.notifications.mailings import send_due
from moments.notifications.telling import tell_due


def take_turn(now):
    """Tell members of what happened, and send the letters that are due. Whether there was anything to do."""
    told = tell_due(now)
    return send_due(now) or told
