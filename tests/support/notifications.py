"""What members are told, as the task process tells it."""

from datetime import timedelta

from django.utils import timezone

from accounts.models import User
from moments.models import Notification, NotificationChoice
from moments.models.event import GRACE
from moments.notifications.inbox import fetched, rows_of
from moments.notifications.mailings import send_due
from moments.notifications.sentences import BY_ONE_ON_LIST
from moments.notifications.telling import tell_due
from moments.viewer.browser import Browser
from moments.viewer.viewer import Member


def tell_all(now=None):
    """Tell of all that has happened by now; without a time also of what might still be taken back."""
    later = timezone.now() + GRACE + timedelta(seconds=1)
    for time in [now] if now else [timezone.now(), later]:
        while tell_due(time):
            pass


def news_of(member):
    """What stands in the member's inbox, the newest first: pairs of a kind and who did it last."""
    tell_all()
    return [(row.kind, row.newest_person) for row in inbox_of(member)]


def inbox_of(member):
    viewer = Member(User.objects.get(pk=member.pk), Browser({}))
    return fetched(list(rows_of(viewer).order_by("-updated", "-id")), viewer)


def said_of_list(title, kind, person, about_comment=False):
    """The sentence of what one person did on a list, or to a comment on it."""
    return BY_ONE_ON_LIST[kind, about_comment] % {"person": person, "list": title}


def unread_of(member):
    """The number on the bell, which has to be that of the rows."""
    number = User.objects.get(pk=member.pk).unread_notifications
    assert number == Notification.objects.of(member).unread().count()
    return number


def send_all(now=None):
    """Send the letters that are due by now."""
    while send_due(now or timezone.now()):
        pass


def choose_mail(member, **choices):
    """The member wants to hear of kinds of news by letters, such as `reply="at-once"`."""
    for kind, mail in choices.items():
        NotificationChoice.objects.update_or_create(member=member, kind=kind, defaults={"mail": mail})
