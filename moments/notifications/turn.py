"""What the task process does about notifications at each of its turns."""

from moments.notifications.mailings import send_due
from moments.notifications.reminders import remind
from moments.notifications.telling import tell_due


def take_turn(now):
    """Tell of what happened, note what comes back today, and send the letters that are due.

    Returns whether there was anything to do.
    """
    return any([tell_due(now), remind(now), send_due(now)])
