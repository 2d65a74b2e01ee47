"""Notifications on devices: planned when news is told, written when they are sent, without spoilers."""

import json
from concurrent.futures import ThreadPoolExecutor

from django.utils import timezone

from accounts.mail import in_language_of
from accounts.zones import zone_named
from moments.models import Notification, Push, PushSubscription
from moments.notifications.choices import choices_of
from moments.notifications.inbox import fetched, place_of_fetched
from moments.viewer.browser import Browser
from moments.viewer.viewer import Member
from reelive import web_push
from reelive.formats import teaser

PUSHES_AT_ONCE = 20
LONGEST_SENTENCE = 300


def send_due(now):
    """Send the messages that are due, some of them. Returns whether there were any.

    They go side by side, so that a push service that does not answer keeps no other waiting.
    """
    claimed = [push for push in Push.objects.due(now)[:PUSHES_AT_ONCE] if Push.objects.claim(push, now)]
    if not claimed:
        return False
    rows = Push.objects.select_related("subscription__member", "subscription__session", "notification")
    with_session = rows.filter(subscription__in=PushSubscription.objects.alive())
    pushes = with_session.in_bulk([push.pk for push in claimed])
    Push.objects.filter(pk__in={push.pk for push in claimed} - pushes.keys()).delete()
    written = [(push, message) for push in pushes.values() if (message := _written(push, now))]
    with ThreadPoolExecutor(PUSHES_AT_ONCE) as threads:
        errors = list(threads.map(_problem, written))
    for (push, _message), error in zip(written, errors, strict=True):
        _note_outcome(push, error, now)
    return True


def _written(push, now):
    """The message; None when there is nothing to say, or it could not be written this time."""
    try:
        message = write(push.subscription.member, push.notification)
    except Exception as error:
        push.put_off(error, now)
        return None
    if message is None:
        Push.objects.filter(pk=push.pk).delete()
    return message


def write(member, notification):
    """What a device shows, in the member's language, and its topic; None when there is nothing to say.

    It is only told what the member may see by now and has not read, and only if they still want it.
    """
    rows = Notification.objects.filter(pk=notification.pk, member=member).unread().readable()
    if not member.is_active or not choices_of(member)[notification.kind].on_devices:
        return None
    row = rows.with_people().first()
    if row is None:
        return None
    with in_language_of(member), timezone.override(zone_named(member.time_zone)):
        (told,) = fetched([row], Member(member, Browser({})))
        said = {"title": "Reelive", "body": teaser(told.sentence, LONGEST_SENTENCE)}
    topic = f"{row.kind} {row.subject}"
    said |= {"url": place_of_fetched(told), "tag": topic, "unread": member.unread_notifications}
    return json.dumps(said, ensure_ascii=False).encode(), f"{member.pk} {topic}"


def _problem(written):
    """Send one message. Returns the error that kept it from being taken, None for none."""
    push, message = written
    device = push.subscription
    try:
        web_push.send(device.endpoint, device.public_key, device.secret, *message)
    except Exception as error:
        return error
    return None


def _note_outcome(push, error, now):
    device = PushSubscription.objects.filter(pk=push.subscription_id)
    if isinstance(error, (web_push.SubscriptionGone, web_push.NotPublic)):
        device.delete()
    elif error:
        push.put_off(error, now)
    else:
        device.update(last_ok=now)
        Push.objects.filter(pk=push.pk).delete()
