"""Ten thousand followers: what it costs the one who shares, and each step of those who tell."""

import pytest
from django.db import connection
from django.db.models import Count
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from moments.models import Event, FeedEntry, Mailing, Notification, NotificationPerson
from moments.notifications import telling
from moments.notifications.news import MEMBERS_AT_ONCE
from tests.support.makers import make_moment
from tests.support.notifications import tell_all
from tests.support.telling import crowd, follow_all, statements, writes

MANY = 10_000
pytestmark = pytest.mark.one_database


def shared(film, member):
    """A post, its event, and what it asked of the database to share it."""
    with CaptureQueriesContext(connection) as queries:
        post = make_moment(film, member)
    return post, Event.objects.get(post=post), statements(queries)


def steps_of(event):
    """What each step of telling asks."""
    while True:
        with CaptureQueriesContext(connection) as queries:
            are_more = telling.tell_some(event.pk, timezone.now())
        yield statements(queries)
        if not are_more:
            return


def test_ten_thousand_followers_cost_who_shares_nothing_and_each_step_the_same(film, mia, keith, seb):
    make_moment(film, keith), make_moment(film, mia)
    follow_all([seb], person=keith)
    tell_all()
    _post, event, few = shared(film, keith)
    (of_one,) = steps_of(event)
    members = crowd(MANY)
    follow_all(members, person=mia)
    follow_all(members[:: MANY // 100], film=film)

    post, event, many = shared(film, mia)
    assert len(many) == len(few)
    steps = list(steps_of(event))
    assert len(steps) == MANY // MEMBERS_AT_ONCE + 1
    *full, last = steps
    assert {len(step) for step in full} == {len(of_one)}
    assert len(last) < len(of_one), "the last has nobody to tell, and drops the event"
    assert all(set(writes(step).values()) == {1} for step in steps)

    told = Notification.objects.filter(kind="followed", post=post, people=1)
    assert (told.count(), FeedEntry.objects.filter(post=post).count()) == (MANY, MANY)
    assert NotificationPerson.objects.filter(notification__in=told, member=mia).count() == MANY
    assert Mailing.objects.filter(member__in=told.values("member")).count() == MANY
    unread = User.objects.filter(pk__in=told.values("member")).values_list("unread_notifications")
    assert dict(unread.annotate(Count("pk")).order_by()) == {1: MANY}
    assert not Event.objects.exists()
