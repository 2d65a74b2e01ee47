"""What the task process does at each of its turns, beside the work that was given to it."""

from moments.archives.bringing import making as homecomings
from moments.archives.bringing.joining import join_due
from moments.archives.exports import making as exports
from moments.archives.imports import making as imports
from moments.forms.publishing import publish_due
from moments.notifications import mailings, pushes
from moments.notifications.reminders import remind
from moments.notifications.telling import tell_due
from moments.syndication.link_pictures import paint_due


def take_turn(now):
    """Publish what is due, tell of what happened, note what comes back today, send letters and pushes, paint
    a picture for links, and go on with what members take along and bring.

    Returns whether there was anything to do.
    """
    steps = (
        publish_due,
        tell_due,
        remind,
        mailings.send_due,
        pushes.send_due,
        paint_due,
        exports.make_due,
        imports.make_due,
        homecomings.make_due,
        join_due,
    )
    done = [step(now) for step in steps]
    return any(done)
