"""What is past its time is deleted by the site itself, and what a wrong clock wrote is brought back."""

from datetime import timedelta

import pytest
from django.conf import settings as django_settings
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.db import DatabaseError, connection
from django.utils import timezone

from accounts.models import Allowance
from reelive import housekeeping
from reelive.housekeeping import tidy

pytestmark = pytest.mark.django_db


def make_session(key, **age):
    Session.objects.create(session_key=key, session_data="", expire_date=timezone.now() + timedelta(**age))


def kept():
    return list(Session.objects.order_by("session_key").values_list("session_key", flat=True))


def in_cache():
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM cache")
        return {key.rpartition(":")[2] for (key,) in cursor.fetchall()}


def test_expired_sessions_go_a_few_at_a_time(monkeypatch):
    monkeypatch.setattr(housekeeping, "ROWS_DELETED_AT_ONCE", 2)
    for number in range(3):
        make_session(f"old{number}", seconds=-1)
    make_session("young", days=1)
    assert tidy() is True
    assert len(kept()) == 2
    assert tidy() is False
    assert kept() == ["young"]


def test_a_session_of_a_clock_that_was_ahead_gets_the_usual_end():
    make_session("ahead", days=400)
    tidy()
    left = Session.objects.get().expire_date - timezone.now()
    assert left <= timedelta(seconds=django_settings.SESSION_COOKIE_AGE)


def test_what_is_over_leaves_the_cache_and_what_can_only_be_of_a_wrong_clock():
    cache = caches["database"]
    cache.clear()  # a flush after other tests leaves this table as it is
    for key, seconds in (("over", -5), ("soon", 60), ("within", 3_500), ("tomorrow", 86_400)):
        cache.set(key, 1, seconds)
    tidy()
    assert in_cache() == {"soon", "within"}


def test_quotas_that_are_whole_again_are_no_rows():
    now = timezone.now().timestamp()
    Allowance.objects.bulk_create(
        [Allowance(key="over", tat=now - 1), Allowance(key="running", tat=now + 60)]
    )
    tidy()
    assert [allowance.key for allowance in Allowance.objects.all()] == ["running"]


def test_a_database_that_is_away_stops_nothing(monkeypatch):
    def away(*args):
        raise DatabaseError("gone")

    monkeypatch.setattr(housekeeping, "tidy", away)
    assert housekeeping._tried() is False
