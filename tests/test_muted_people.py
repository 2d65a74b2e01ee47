"""Who is muted counts nowhere among those who did the same: in the inbox, letters, pushes and feeds."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from moments.models import Mute, Notification, NotificationChoice, PrivateFeed
from moments.models.event import GRACE
from moments.notifications import letters, pushes
from tests.support.atom import entries, read
from tests.support.makers import make_member
from tests.support.notifications import inbox_of, tell_all, unread_of
from tests.support.rows import for_each

NAMES = ("anna", "ben", "cleo", "dora")
BY_ALL = "@dora and 3 others upvoted “A Lovely Night”"


@pytest.fixture
def fans(moment, mia):
    """Four members upvoted mia's moment, of which she was told."""
    NotificationChoice.objects.create(member=mia, kind="upvote", push=True)
    fans = {name: make_member(name) for name in NAMES}
    for fan in fans.values():
        moment.upvote(fan)
        tell_all()
    return fans


def said_to(member):
    """What is said in the inbox, in a letter, on a device and in the private feed; "" for nothing."""
    row, now = Notification.objects.get(member=member), timezone.now()
    since, until = row.since.isoformat(), (now + timedelta(days=1)).isoformat()
    letter = letters.write(member, "weekly", since, until)
    lines = letter["body"].splitlines() if letter else []
    message = pushes.write(member, row)
    feed = f"/feeds/{PrivateFeed.objects.renew(member, 'notifications')}/notifications.atom"
    return {
        "inbox": "".join(row.sentence for row in inbox_of(member)),
        "letter": "".join(line for line in lines if " upvoted " in line),
        "device": json.loads(message[0])["body"] if message else "",
        "feed": "".join(entries(read(Client(), feed))),
    }


def everywhere(sentence):
    return dict.fromkeys(("inbox", "letter", "device", "feed"), sentence)


@for_each(
    "muted, sentence",
    [
        ([], BY_ALL),
        (["anna", "ben"], "@dora and 1 other upvoted “A Lovely Night”"),
        (["cleo", "dora"], "@ben and 1 other upvoted “A Lovely Night”"),
        (["dora", "ben", "cleo"], "@anna upvoted “A Lovely Night”"),
        (NAMES, ""),
    ],
)
def test_who_is_muted_does_not_count(muted, sentence, fans, mia):
    for name in muted:
        Mute.objects.add(mia, fans[name])
    tell_all()
    assert said_to(mia) == everywhere(sentence)
    assert unread_of(mia) == bool(sentence)


def test_whose_mute_has_ended_and_whom_others_mute_counts(fans, mia, seb):
    Mute.objects.add(mia, fans["anna"], until=timezone.now())
    Mute.objects.add(seb, fans["ben"])
    assert said_to(mia) == everywhere(BY_ALL)


def test_a_muted_person_of_before_it_was_read_is_not_taken_off_those_of_later(fans, moment, mia):
    read = timezone.now() + 2 * GRACE
    Notification.objects.mark_read(mia, Notification.objects.all(), read)
    Mute.objects.add(mia, fans["anna"])
    for name in ("eve", "finn"):
        moment.upvote(make_member(name))
    tell_all(read + GRACE)
    assert [row.sentence for row in inbox_of(mia)] == ["@finn and 1 other upvoted “A Lovely Night”"]
