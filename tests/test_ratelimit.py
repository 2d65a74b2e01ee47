"""Quotas: how many in which time, for whom, and that they hold when many ask at once."""

import re
import threading
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import Allowance
from reelive import ratelimit
from reelive.exceptions import Refused
from reelive.ratelimit import (
    ARRIVAL,
    FORGET,
    LIMITS,
    SPEND,
    TRUST,
    TooMany,
    check,
    check_visitor,
    spend,
    spending,
)
from tests.support.rows import for_each

NOON = 1_800_000_000.0


def member(pk=1, days=30):
    return SimpleNamespace(pk=pk, date_joined=timezone.now() - timedelta(days=days))


def spent(action, member):
    """How many of the action the member gets before the first refusal."""
    for count in range(1_000):
        try:
            check(action, member)
        except TooMany:
            return count
    raise AssertionError("no limit")


def test_the_table_is_the_model_s():
    named = [set(re.findall(r"accounts_\w+", text)) for text in (SPEND, TRUST, ARRIVAL, FORGET)]
    assert named == [{Allowance._meta.db_table}] * 4
    assert [field.column for field in Allowance._meta.concrete_fields] == ["key", "tat"]


# Spending


@pytest.mark.django_db
def test_a_burst_is_allowed_and_then_one_at_a_time():
    assert [spend("k", 6, 60, now=NOON) for _ in range(6)] == [0.0] * 6
    assert spend("k", 6, 60, now=NOON) == pytest.approx(9.9)
    assert spend("k", 6, 60, now=NOON + 9) == pytest.approx(0.9)
    assert spend("k", 6, 60, now=NOON + 10) == 0.0
    assert spend("k", 6, 60, now=NOON + 11) > 0


@pytest.mark.django_db
def test_after_the_period_the_whole_burst_is_there_again():
    for start in (NOON, NOON + 60, NOON + 1_000):
        assert [spend("k", 6, 60, now=start) for _ in range(6)] == [0.0] * 6
        assert spend("k", 6, 60, now=start) > 0


@pytest.mark.django_db
def test_waiting_as_long_as_told_is_enough():
    for _ in range(7):
        spend("k", 7, 60, now=NOON)
    wait = spend("k", 7, 60, now=NOON)
    assert spend("k", 7, 60, now=NOON + wait + 0.001) == 0.0


@pytest.mark.django_db
def test_a_refusal_costs_nothing():
    for _ in range(6):
        spend("k", 6, 60, now=NOON)
    kept = Allowance.objects.get(key="k").tat
    for _ in range(50):
        spend("k", 6, 60, now=NOON)
    assert Allowance.objects.get(key="k").tat == kept


@pytest.mark.django_db
def test_keys_do_not_share():
    assert [spend(key, 1, 60, now=NOON) for key in ("a", "b", "'; --")] == [0.0, 0.0, 0.0]
    assert spend("a", 1, 60, now=NOON) == pytest.approx(59.4)


@pytest.mark.django_db
def test_a_clock_that_goes_back_refuses_no_longer_than_the_period():
    assert spend("k", 1, 60, now=NOON) == 0.0
    assert 0 < spend("k", 1, 60, now=NOON - 5) < 66


@pytest.mark.django_db
@for_each("ahead", [61, 3600, 86_400, 10 * 365 * 86_400])
def test_a_clock_that_was_ahead_locks_nobody_out(ahead):
    for _ in range(7):
        spend("k", 6, 60, now=NOON + ahead)
    assert 0 < spend("k", 6, 60, now=NOON) <= 10
    assert Allowance.objects.get(key="k").tat == NOON + 60
    assert spend("k", 6, 60, now=NOON + 10) == 0.0
    assert [spend("k", 6, 60, now=NOON + 100) for _ in range(6)] == [0.0] * 6


@pytest.mark.django_db
@pytest.mark.parametrize("action", [action for action, (limit, _period) in LIMITS.items() if limit < 300])
def test_no_action_is_locked_for_longer_than_its_period(action, monkeypatch):
    """Also through `check`, which takes back what a refused attempt had written."""
    clock = [NOON + 86_400]
    monkeypatch.setattr(ratelimit, "time", SimpleNamespace(time=lambda: clock[0]))
    spent(action, member())
    clock[0] = NOON
    limit, period = LIMITS[action]
    with pytest.raises(TooMany) as refusal:
        check(action, member())
    assert refusal.value.retry_after <= period / limit * 1.01 + 60
    clock[0] += refusal.value.retry_after
    check(action, member())


@pytest.mark.django_db
def test_quotas_that_nobody_draws_on_are_forgotten():
    for number in range(5):
        spend(f"old:{number}", 6, 60, now=NOON)
    spend("new", 6, 60, now=NOON + 100)
    assert ratelimit.forget_spent(NOON + 100, 3) == 3
    assert ratelimit.forget_spent(NOON + 100, 3) == 2
    assert list(Allowance.objects.values_list("key", flat=True)) == ["new"]


# Visitors


def visitor(address):
    return RequestFactory().post("/", REMOTE_ADDR=address)


@pytest.mark.django_db
def test_visitors_of_one_network_share_a_quota(monkeypatch):
    monkeypatch.setitem(LIMITS, "session", (2, 60))
    for address in ("192.0.2.1", "192.0.2.1", "2001:db8::1", "2001:db8::ffff:1", "192.0.2.2"):
        check_visitor("session", visitor(address))
    for address in ("192.0.2.1", "2001:db8::2"):
        with pytest.raises(TooMany):
            check_visitor("session", visitor(address))
    check_visitor("session", visitor("2001:db8:0:1::1"))


@pytest.mark.django_db
def test_drafts_of_all_visitors_have_a_limit_too(monkeypatch):
    monkeypatch.setitem(LIMITS, "draft-of-all", (3, 60))
    for number in range(3):
        check_visitor("draft", visitor(f"192.0.2.{number}"))
    with pytest.raises(TooMany):
        check_visitor("draft", visitor("192.0.2.99"))
    assert not Allowance.objects.filter(key="draft:192.0.2.99").exists()


@pytest.mark.django_db
def test_one_statement_decides():
    with CaptureQueriesContext(connection) as queries:
        spend("k", 6, 60)
    assert len(queries) == 1


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.integers(1, 20),
    st.integers(1, 86_400),
    st.lists(st.floats(0, 2), min_size=1, max_size=60),
)
def test_no_time_of_asking_gives_more_than_the_limit(db, limit, period, pauses):
    Allowance.objects.all().delete()
    now, allowed = NOON, []
    for pause in pauses:
        now += pause * period / limit
        if spend("k", limit, period, now=now) == 0.0:
            allowed.append(now)
    # In any period a burst and, meanwhile, what has come back since: less than twice the limit, and from the
    # second period on no more than the limit on average.
    for start in allowed:
        assert sum(start <= moment < start + 0.98 * period for moment in allowed) < 2 * limit
    assert len(allowed) <= limit + (now - NOON) * limit / period + 0.02


@pytest.mark.django_db(transaction=True)
def test_the_limit_holds_when_many_ask_at_once():
    answers, errors = [], []
    ready = threading.Barrier(8)

    def ask():
        try:
            ready.wait()
            answers.extend(spend("k", 20, 3600, now=NOON) for _ in range(6))
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert (len(answers), answers.count(0.0)) == (48, 20)


# The product's limits


@pytest.mark.django_db
@for_each(
    "action, limit, on_the_first_day",
    [
        ("post", 6, 3),
        ("film", 6, 3),
        ("edit", 20, 10),
        ("comment", 6, 3),
        ("vote", 60, 30),
        ("report", 20, 10),
        ("upload", 10, 5),
    ],
)
def test_a_member_has_a_limit_and_half_of_it_on_the_first_day(action, limit, on_the_first_day):
    assert spent(action, member(1)) == limit
    assert spent(action, member(2, days=0.9)) == on_the_first_day
    assert spent(action, member(3, days=1.1)) == limit


@pytest.mark.django_db
def test_actions_and_members_do_not_share():
    assert spent("post", member(1)) == 6
    assert spent("comment", member(1)) == spent("post", member(2)) == 6


@pytest.mark.django_db
def test_a_refusal_says_when_to_try_again():
    spent("post", member())
    with pytest.raises(TooMany) as refusal:
        check("post", member())
    assert refusal.value.retry_after == pytest.approx(99, abs=1)


@pytest.mark.django_db
def test_comments_are_counted_by_the_minute_and_by_the_hour(monkeypatch):
    clock = [NOON]
    monkeypatch.setattr(ratelimit, "time", SimpleNamespace(time=lambda: clock[0]))
    count = 0
    while count < 200:
        try:
            check("comment", member())
            count += 1
        except TooMany as refusal:
            if refusal.retry_after > 20:
                break
            clock[0] += refusal.retry_after
    # Six at once and then one in ten seconds meet sixty at once and then one a minute after 648 seconds.
    assert count == 71
    assert clock[0] - NOON == pytest.approx(648, abs=15)


@pytest.mark.django_db
def test_what_the_second_window_refuses_the_first_does_not_keep():
    limit, period = LIMITS["comment-hour"]
    for _ in range(limit):
        spend("comment-hour:1", limit, period)
    for _ in range(10):
        with pytest.raises(TooMany) as refusal:
            check("comment", member())
        assert refusal.value.retry_after == pytest.approx(59.4, abs=1)
    assert not Allowance.objects.filter(key="comment:1").exists()


@pytest.mark.django_db
@pytest.mark.parametrize("problem", [Refused, ZeroDivisionError])
def test_what_is_refused_or_breaks_spends_nothing(problem):
    with pytest.raises(problem), spending("post", member()):
        raise problem
    assert Allowance.objects.count() == 0
    with spending("post", member()):
        pass
    assert Allowance.objects.count() == 1


@pytest.mark.django_db
def test_limits_can_be_switched_off(settings):
    settings.LIMITS = False
    with CaptureQueriesContext(connection) as queries:
        for _ in range(100):
            check("post", member())
    assert len(queries) == 0


def test_an_unknown_action_is_a_mistake_of_ours(db):
    with pytest.raises(KeyError):
        check("dance", member())
