"""Digests: when they are due by each member's own clock, and what they tell."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from moments.models import Mailing, Notification
from moments.models.mailing import LONGEST_WAIT, next_due
from tests.support.letters import MIA
from tests.support.makers import make_comment, make_moment
from tests.support.notifications import choose_mail, send_all, tell_all
from tests.support.rows import for_each

BERLIN, NEW_YORK, KIRITIMATI = "Europe/Berlin", "America/New_York", "Pacific/Kiritimati"


def utc(day, hour, minute=0):
    year, month, day = map(int, day.split("-"))
    return datetime(year, month, day, hour, minute, tzinfo=UTC)


@for_each(
    "topic, zone, told, due",
    [
        ("daily", BERLIN, utc("2026-01-14", 6), utc("2026-01-14", 7)),
        ("daily", BERLIN, utc("2026-01-14", 7), utc("2026-01-15", 7)),
        # Clocks go forward on 29 March 2026 and back on 25 October.
        ("daily", BERLIN, utc("2026-03-28", 12), utc("2026-03-29", 6)),
        ("daily", BERLIN, utc("2026-03-28", 6), utc("2026-03-28", 7)),
        ("daily", BERLIN, utc("2026-10-24", 12), utc("2026-10-25", 7)),
        ("daily", BERLIN, utc("2026-10-24", 5), utc("2026-10-24", 6)),
        ("weekly", BERLIN, utc("2026-03-24", 12), utc("2026-03-30", 6)),
        ("weekly", BERLIN, utc("2026-10-20", 12), utc("2026-10-26", 7)),
        ("daily", NEW_YORK, utc("2026-03-07", 20), utc("2026-03-08", 12)),
        ("daily", NEW_YORK, utc("2026-01-14", 20), utc("2026-01-15", 13)),
        # The day there is another one than in London.
        ("daily", KIRITIMATI, utc("2026-01-14", 12), utc("2026-01-14", 18)),
        ("weekly", KIRITIMATI, utc("2026-01-11", 12), utc("2026-01-11", 18)),
        ("weekly", KIRITIMATI, utc("2026-01-11", 19), utc("2026-01-18", 18)),
        ("weekly", NEW_YORK, utc("2026-01-12", 13), utc("2026-01-19", 13)),
        ("daily", "Nowhere/At_All", utc("2026-01-14", 6), utc("2026-01-14", 8)),
        ("removal", BERLIN, utc("2026-01-14", 6), utc("2026-01-14", 6)),
    ],
)
def test_a_digest_is_due_at_eight_by_the_clock_of_its_member(topic, zone, told, due):
    assert next_due(topic, zone, told) == due


@pytest.fixture
def at(clock):
    """Moves the clock to a time."""

    def move(time):
        clock.now = time

    move(utc("2026-01-14", 12))
    return move


@pytest.fixture
def daily(at, moment, mia):
    User.objects.filter(pk=mia.pk).update(time_zone=BERLIN)
    tell_all()
    Mailing.objects.all().delete()
    return mia


def test_a_day_of_comments_is_one_letter_in_the_morning(daily, at, moment, seb, mailoutbox):
    second = make_moment(moment.film, daily, "The Planetarium")
    for post in (moment, second, moment):
        make_comment(post, seb)
    tell_all(timezone.now())
    send_all(utc("2026-01-15", 6, 59))
    assert mailoutbox == []
    at(utc("2026-01-15", 7))
    send_all()
    (letter,) = mailoutbox
    assert letter.to == [MIA]
    assert ("A Lovely Night" in letter.body, "The Planetarium" in letter.body) == (True, True)
    assert letter.body.count("@seb") == 2


def test_a_day_without_news_is_no_letter_and_no_row(daily, at, moment, seb, mailoutbox):
    make_comment(moment, seb)
    tell_all(timezone.now())
    at(utc("2026-01-15", 7))
    send_all()
    at(utc("2026-01-16", 7))
    send_all()
    assert len(mailoutbox) == 1
    assert not Mailing.objects.exists()


def test_what_was_read_before_the_morning_is_no_letter(daily, at, moment, seb, mailoutbox):
    make_comment(moment, seb)
    tell_all(timezone.now())
    Notification.objects.mark_read(daily, Notification.objects.all(), timezone.now())
    at(utc("2026-01-15", 7))
    send_all()
    assert mailoutbox == []


def test_a_digest_tells_only_what_came_since_the_last(daily, at, moment, seb, mailoutbox):
    make_comment(moment, seb)
    tell_all(timezone.now())
    at(utc("2026-01-15", 7))
    send_all()
    make_comment(make_moment(moment.film, daily, "The Planetarium"), seb)
    tell_all(timezone.now())
    at(utc("2026-01-16", 7))
    send_all()
    assert "A Lovely Night" not in mailoutbox[1].body
    assert "The Planetarium" in mailoutbox[1].body


def test_each_digest_tells_of_the_kinds_that_were_chosen_for_it(daily, at, moment, seb, mailoutbox):
    choose_mail(daily, upvote="weekly", feeling="never")
    make_comment(moment, seb)
    moment.upvote(seb)
    moment.feel(seb, "joy")
    tell_all()
    at(utc("2026-01-15", 7))
    send_all()
    at(utc("2026-01-19", 7))
    send_all()
    first, second = (letter.body for letter in mailoutbox)
    assert ("commented" in first, "upvoted" in first) == (True, False)
    assert ("commented" in second, "upvoted" in second, "felt" in second) == (False, True, False)


def test_a_member_who_moves_gets_the_letter_by_the_new_clock(daily, at, as_mia, moment, seb, mailoutbox):
    make_comment(moment, seb)
    tell_all(timezone.now())
    assert Mailing.objects.get(topic="daily").due == utc("2026-01-15", 7)
    for zone, due in [(NEW_YORK, utc("2026-01-14", 13)), (KIRITIMATI, utc("2026-01-14", 18))]:
        as_mia.post("/accounts/profile/", {"theme": "system", "spoiler_stance": "veil", "time_zone": zone})
        assert Mailing.objects.get(topic="daily").due == due
    send_all(utc("2026-01-14", 18))
    assert len(mailoutbox) == 1


def test_times_in_a_letter_and_its_language_are_no_concern_of_the_next(daily, at, moment, seb, mailoutbox):
    make_comment(moment, seb)
    tell_all(timezone.now())
    send_all(utc("2026-01-15", 7))
    assert timezone.get_current_timezone_name() == "UTC"


def test_a_clock_that_was_ahead_keeps_no_letter_for_longer(daily, at, moment, seb, mailoutbox):
    make_comment(moment, seb)
    tell_all(timezone.now())
    Mailing.objects.update(due=timezone.now() + timedelta(days=400))
    send_all()
    assert len(mailoutbox) == 1
    make_comment(make_moment(moment.film, daily), seb)
    tell_all(timezone.now())
    assert Mailing.objects.get(topic="daily").due < timezone.now() + LONGEST_WAIT
