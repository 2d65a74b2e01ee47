"""What it costs to tell many members of one thing, and who else is at it meanwhile."""

from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from moments.models import (
    Event,
    FeedEntry,
    Mailing,
    Notification,
    NotificationChoice,
    Push,
    ThreadChoice,
)
from moments.notifications import telling
from tests.support.devices import make_device
from tests.support.makers import make_comment, make_moment
from tests.support.notifications import inbox_of, tell_all, unread_of
from tests.support.telling import crowd, follow_all, reads, statements, writes

TABLES = ("feedentry", "notification", "notificationperson", "user", "mailing", "event")


def statements_of(event):
    """What it asks to tell everybody of an event, in one step."""
    with CaptureQueriesContext(connection) as queries:
        assert not telling.tell_some(event.pk, timezone.now())
    return statements(queries)


@pytest.mark.parametrize("number", [5, 400])
def test_a_step_reads_thrice_and_writes_each_table_once_however_many_follow_whatever(number, film, mia, seb):
    members = crowd(number)
    follow_all(members, person=mia)
    follow_all(members[::2], film=film)
    follow_all([seb], film=film)
    tell_all()
    post = make_moment(film, mia, body="With @seb and @member-1.")
    asked = statements_of(Event.objects.get(post=post))
    assert (len(reads(asked)), writes(asked)) == (3, Counter(TABLES))
    told = Notification.objects.filter(post=post)
    kinds = {kind: told.filter(kind=kind, people=1).count() for kind in ("mention", "followed")}
    assert kinds == {"mention": 2, "followed": number - 1}
    assert FeedEntry.objects.filter(post=post).count() == number + 1
    assert (Mailing.objects.filter(topic="daily").count(), Mailing.objects.count()) == (2, number + 1)
    assert set(User.objects.exclude(pk=mia.pk).values_list("username", "unread_notifications")) == {
        ("seb", 1), *((member.username, 1) for member in members)
    }  # fmt: skip


@pytest.mark.parametrize("number", [5, 400])
def test_what_was_read_and_is_for_devices_writes_each_table_once_as_well(number, moment, mia, seb, keith):
    members = crowd(number)
    make_device(members[0], "https://push.example/one")
    level, kind = ThreadChoice.Level.ALL, {"kind": "thread", "push": True}
    ThreadChoice.objects.bulk_create(
        ThreadChoice(member=member, post=moment, level=level) for member in members
    )
    NotificationChoice.objects.bulk_create(NotificationChoice(member=member, **kind) for member in members)
    make_comment(moment, seb)
    tell_all()
    Notification.objects.filter(member__in=members[1:]).update(read=timezone.now())
    comment = make_comment(moment, keith)
    asked = statements_of(Event.objects.get(comment=comment))
    # Comments and devices are asked for by themselves, and there is no feed.
    assert (len(reads(asked)), writes(asked)) == (5, Counter({*TABLES, "push"} - {"feedentry"}))
    people = dict(Notification.objects.filter(kind="thread").values_list("member", "people"))
    assert people == {member.pk: 2 if member == members[0] else 1 for member in members}
    assert Push.objects.get().notification.member == members[0]


def test_what_is_told_while_its_member_reads_stays_in_sight(moment, mia, seb, keith):
    moment.upvote(seb)
    tell_all()
    moment.upvote(keith)
    begun = timezone.now() + timedelta(minutes=2)
    Notification.objects.mark_read(mia, Notification.objects.all(), begun + timedelta(seconds=1))
    tell_all(begun)
    (row,) = inbox_of(mia)
    assert (row.newest_person, row.is_unread, unread_of(mia)) == ("keith", True, 1)
