"""What waits for the task process: done one by one, and tried again where that may help."""

from datetime import timedelta

import pytest
from django.utils import timezone

from moments.models import Event, EventKind
from moments.models.mixins import waiting
from moments.models.mixins.waiting import do_each
from reelive.retries import PAUSES

pytestmark = pytest.mark.django_db


@pytest.fixture
def at():
    return timezone.now()


@pytest.fixture
def events(moment, at):
    Event.objects.all().delete()
    return [Event.objects.create(kind=EventKind.SIGHT, post=moment, due=at, created=at) for _ in range(3)]


@pytest.fixture
def ways(monkeypatch):
    """How often others were let through."""
    given = []
    monkeypatch.setattr(waiting, "give_way", lambda: given.append(True))
    return given


def left():
    return list(Event.objects.order_by("pk").values_list("attempts", "due"))


def test_each_is_done_at_the_time_that_was_said_and_others_are_let_through_after_each(events, at, ways):
    done = []
    assert do_each(events, lambda key, now: done.append((key, now)), at) is True
    assert (done, len(ways)) == ([(event.pk, at) for event in events], 3)


def test_nothing_that_waits_is_nothing_done(ways):
    assert (do_each([], None, None), ways) == (False, [])


def test_one_that_fails_is_put_off_and_keeps_no_other_from_being_done(events, at, ways):
    done = []

    def do(key, now):
        if key == events[0].pk:
            raise OSError("The disk is away.")
        done.append(key)

    dues = [event.due for event in events[1:]]
    assert do_each(events, do, at)
    assert done == [event.pk for event in events[1:]]
    assert left() == [(1, at + PAUSES[0]), (0, dues[0]), (0, dues[1])]
    assert len(ways) == 3


def test_the_pauses_grow_with_the_attempts(events, at):
    event = events[0]
    for attempts, pause in enumerate(PAUSES[:3], start=1):
        event.put_off(OSError(), at)
        event.refresh_from_db()
        assert (event.attempts, event.due) == (attempts, at + pause)


def test_what_cannot_succeed_later_is_given_up_alone(events, at):
    events[1].put_off(ValueError("No such kind."), at)
    assert list(Event.objects.order_by("pk")) == [events[0], events[2]]


def test_after_the_last_pause_it_is_given_up(events, at):
    event = events[2]
    event.attempts = len(PAUSES) - 1
    event.put_off(OSError(), at)
    assert Event.objects.filter(pk=event.pk, due=at + timedelta(hours=24)).exists()
    event.attempts = len(PAUSES)
    event.put_off(OSError(), at)
    assert list(Event.objects.order_by("pk")) == events[:2]


def test_the_log_says_what_could_not_be_done_why_and_what_follows(events, at, full_log):
    events[0].put_off(OSError("mia@example.org"), at)
    events[1].put_off(ValueError("mia@example.org"), at)
    lines = [record.getMessage() for record in full_log.records if record.name == waiting.__name__]
    assert lines == [
        f"{events[0]} could not be {Event.done}: builtins.OSError, {PAUSES[0]}",
        f"{events[1]} could not be {Event.done}: builtins.ValueError, given up",
    ]
