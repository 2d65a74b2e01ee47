"""What letters of notifications say: written when they are sent, of what the member may see by then."""

from datetime import datetime

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.mail import in_language_of, is_reachable
from accounts.zones import zone_named
from moments.models import Notification
from moments.models.mailing import DAILY, WEEKLY
from moments.models.notification import NEWEST_FIRST
from moments.notifications.choices import kinds_of
from moments.notifications.inbox import fetched, place_of_fetched
from moments.notifications.kinds import KINDS_BY_SLUG
from moments.notifications.unsubscribing import address_of
from moments.viewer.browser import Browser
from moments.viewer.viewer import Member
from reelive.formats import teaser

MOST_TOLD = 20  # in one letter
LONGEST_SUBJECT = 120
WHERE_TO_APPEAL = _("It is row %(number)d of the public moderation log. You can appeal against it there.")
SUBJECTS = {DAILY: _("Your daily letter from Reelive"), WEEKLY: _("Your weekly letter from Reelive")}


def rows_for(member, topic, since, until):
    """What a letter tells: unread things that the member may see and wants to hear of by such letters."""
    rows = Notification.objects.filter(member=member, kind__in=kinds_of(member, topic))
    return rows.filter(updated__gte=since, updated__lte=until).unread().readable()


def write(member, topic, since, until):
    """The fields of the message, as accounts.mail takes them; None when there is nothing to say any more.

    Args:
        since, until: between which times the news came, as ISO texts.
    """
    if not is_reachable(member):
        return None
    rows = rows_for(member, topic, datetime.fromisoformat(since), datetime.fromisoformat(until))
    rows = list(rows.with_people().order_by(*NEWEST_FIRST)[: MOST_TOLD + 1])
    if not rows:
        return None
    with in_language_of(member), timezone.override(zone_named(member.time_zone)):
        return _message(member, topic, rows)


def _message(member, topic, rows):
    notifications = fetched(rows[:MOST_TOLD], Member(member, Browser({})))
    for notification in notifications:
        notification.url = settings.SITE_URL + place_of_fetched(notification)
        notification.note = _note(notification)
    stop_url, subject = address_of(member, topic), _subject(topic, notifications)
    context = {
        "subject": subject,
        "member": member,
        "notifications": notifications,
        "are_more": len(rows) > MOST_TOLD,
        "why": _why(topic),
        "site_url": settings.SITE_URL,
        "inbox_url": settings.SITE_URL + reverse("notifications"),
        "choices_url": settings.SITE_URL + reverse("notification-choices"),
        "stop_url": stop_url,
    }
    return {
        "subject": subject,
        "body": render_to_string("notifications/mail/letter.txt", context),
        "html": render_to_string("notifications/mail/letter.html", context),
        "to": [member.email],
        "from_email": settings.DEFAULT_FROM_EMAIL,
        "headers": _headers(stop_url),
        "is_kept": True,
    }


def _headers(stop_url):
    """A mail program offers to stop these letters (RFC 8058), and no machine answers them (RFC 3834)."""
    return {
        "List-Unsubscribe": f"<{stop_url}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
        "Precedence": "bulk",
    }


def _subject(topic, notifications):
    if topic in SUBJECTS:
        return str(SUBJECTS[topic])
    if len(notifications) == 1:
        return teaser(notifications[0].sentence, LONGEST_SUBJECT)
    return gettext("Reelive: %(kind)s") % {"kind": KINDS_BY_SLUG[topic].label}


def _why(topic):
    """Why the member gets this letter."""
    if topic == DAILY:
        return gettext("You get this letter once a day, when there is something to tell.")
    if topic == WEEKLY:
        return gettext("You get this letter once a week, when there is something to tell.")
    return gettext("You hear of this at once: %(kind)s.") % {"kind": KINDS_BY_SLUG[topic].label}


def _note(notification):
    """What else is to be said of a removal: where it is written down, and what one can do about it."""
    if notification.kind != "removal" or not notification.row:
        return ""
    return WHERE_TO_APPEAL % {"number": notification.row.number}
