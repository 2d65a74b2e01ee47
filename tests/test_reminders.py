"""What comes back to members on its day: reminders, and what they relived on this day years ago."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.deletion import delete_account
from moments.management.turn import take_turn
from moments.models import DiaryEntry, Event, NotificationChoice, Reminder, ThreadChoice
from moments.models.diary_entry import NO_ANNIVERSARY
from moments.models.reminder import (
    MOST_WAITING,
    REMINDER_KEPT_FOR,
    TooManyReminders,
    in_year,
    morning,
    next_return,
)
from moments.notifications import reminders
from moments.notifications.inbox import place_of_fetched
from moments.tasks import tidy
from tests.support.makers import cast, make_copies, make_entry, make_member, make_moment, make_series
from tests.support.notifications import inbox_of, unread_of
from tests.support.pages import select
from tests.support.rows import for_each

TODAY = timezone.localdate
DAY = timedelta(days=1)

SCENE = cast


@pytest.fixture
def reminder(moment, seb):
    """Seb wants to be reminded of the moment in a week."""
    return Reminder.objects.add(seb, moment, TODAY() + 7 * DAY, "Watch it with mia.")


def turn(now):
    """All that the task process does at that time."""
    while take_turn(now):
        pass


def told(member, kind="reminder"):
    return [row for row in inbox_of(member) if row.kind == kind]


# When that is.


@for_each("zone, day, due", [
    ("UTC", date(2027, 2, 14), datetime(2027, 2, 14, 9, tzinfo=UTC)),
    ("Europe/Berlin", date(2027, 3, 27), datetime(2027, 3, 27, 8, tzinfo=UTC)),
    ("Europe/Berlin", date(2027, 3, 28), datetime(2027, 3, 28, 7, tzinfo=UTC)),  # clocks were changed
    ("America/New_York", date(2027, 11, 7), datetime(2027, 11, 7, 14, tzinfo=UTC)),
    ("Pacific/Auckland", date(2027, 1, 1), datetime(2026, 12, 31, 20, tzinfo=UTC)),
    ("Nowhere/At-all", date(2027, 2, 14), datetime(2027, 2, 14, 9, tzinfo=UTC)),
])  # fmt: skip
def test_it_is_nine_in_the_morning_where_the_member_lives(zone, day, due, seb):
    seb.time_zone = zone
    assert morning(day, seb) == due


def test_the_last_of_february_stands_for_the_29th():
    assert in_year(date(2024, 2, 29), 2025) == date(2025, 2, 28)
    assert in_year(date(2024, 2, 29), 2028) == date(2028, 2, 29)


@for_each("after, expected", [
    (datetime(2026, 11, 30, 8, 59, tzinfo=UTC), date(2026, 11, 30)),
    (datetime(2026, 11, 30, 9, tzinfo=UTC), date(2027, 11, 30)),
    (datetime(2024, 11, 30, 10, tzinfo=UTC), date(2025, 11, 30)),
])  # fmt: skip
def test_an_entry_returns_on_the_next_of_its_days(after, expected, seb):
    assert next_return(date(2024, 11, 30), seb, after) == morning(expected, seb)


# Reminders.


def test_a_reminder_comes_back_on_its_day_with_its_note(reminder, moment, seb):
    turn(reminder.due - timedelta(seconds=1))
    assert told(seb) == []
    turn(reminder.due)
    (row,) = told(seb)
    assert (row.post_id, row.excerpt, unread_of(seb)) == (moment.pk, "Watch it with mia.", 1)
    assert "A Lovely Night" in row.sentence
    turn(reminder.due + DAY)
    assert len(told(seb)) == 1


def test_a_member_asks_for_it_in_a_form(as_seb, moment, seb):
    day = TODAY() + DAY
    url = reverse("post-remind", args=[moment.pk])
    assert url in as_seb.get(moment.labels_url, headers={"HX-Request": "true"}).text
    as_seb.post(url, {"date": day.isoformat(), "note": "First"})
    as_seb.post(url, {"date": day.isoformat(), "note": "Second"})
    reminder = Reminder.objects.get()
    assert (reminder.member, reminder.date, reminder.note) == (seb, day, "Second")
    assert reminder.due == morning(day, seb)


@for_each("days", [-1, 0, 3_654, 3_000_000])
def test_a_day_that_is_over_or_too_far_is_refused(days, as_seb, moment):
    try:
        day = (TODAY() + timedelta(days=days)).isoformat()
    except OverflowError:
        day = "9999-12-31"
    page = as_seb.post(reverse("post-remind", args=[moment.pk]), {"date": day, "note": "Kept"})
    assert (page.status_code, Reminder.objects.count()) == (422, 0)
    assert "Kept" in page.text


def test_what_was_removed_does_not_come_back(reminder, moment, seb, keith):
    moment.remove(keith, "spam")
    turn(reminder.due)
    assert told(seb) == []
    assert not Event.objects.filter(kind="reminder").exists()


def test_what_lies_beyond_stays_veiled(as_seb, film, mia, seb):
    spoiler = make_moment(film, mia, "The last look", spoiler=True)
    reminder = Reminder.objects.add(seb, spoiler, TODAY() + DAY, "")
    turn(reminder.due)
    assert len(told(seb)) == 1
    for url in ("/notifications/", "/reminders/", "/reminders/?past=1", f"/posts/{spoiler.pk}/remind/"):
        assert "The last look" not in as_seb.get(url).text


def test_it_comes_from_a_thread_of_which_one_wants_to_hear_nothing(reminder, moment, seb):
    ThreadChoice.objects.choose(seb, moment, ThreadChoice.Level.NOTHING)
    turn(reminder.due)
    assert len(told(seb)) == 1


def test_the_list_has_what_waits_and_what_came_back(as_seb, reminder):
    assert [len(select(as_seb.get(url), ".entry")) for url in ("/reminders/", "/reminders/?past=1")] == [1, 0]
    turn(reminder.due)
    assert [len(select(as_seb.get(url), ".entry")) for url in ("/reminders/", "/reminders/?past=1")] == [0, 1]


def test_a_deleted_reminder_goes_with_its_notification(as_seb, reminder, seb):
    turn(reminder.due)
    as_seb.post(reverse("reminder-delete", args=[reminder.pk]))
    assert (told(seb), unread_of(seb), Reminder.objects.count()) == ([], 0, 0)


def test_one_that_is_deleted_before_its_day_is_told_to_nobody(as_seb, reminder, seb):
    as_seb.post(reverse("reminder-delete", args=[reminder.pk]))
    turn(reminder.due)
    assert told(seb) == []


def test_nobody_else_sees_or_deletes_it(client, reminder, mia):
    client.force_login(mia)
    assert select(client.get("/reminders/"), ".entry") == []
    assert client.post(reverse("reminder-delete", args=[reminder.pk])).status_code == 404
    turn(reminder.due)
    assert told(mia) == []
    assert Reminder.objects.count() == 1


def test_a_hundred_may_wait(reminder, moment, seb):
    later = {
        name: lambda number, name=name: getattr(reminder, name) + (number + 1) * DAY
        for name in ("date", "due")
    }
    make_copies(reminder, MOST_WAITING - 1, **later)
    with pytest.raises(TooManyReminders):
        Reminder.objects.add(seb, moment, TODAY() + DAY, "")
    Reminder.objects.add(seb, moment, reminder.date, "The same day is no further one.")
    turn(reminder.due)
    Reminder.objects.add(seb, moment, TODAY() + DAY, "")
    assert Reminder.objects.filter(told=None).count() == MOST_WAITING


def test_what_came_back_is_dropped_with_its_notification(reminder):
    tidy(reminder.due)
    turn(reminder.due)
    tidy(reminder.due + REMINDER_KEPT_FOR)
    assert Reminder.objects.count() == 1
    tidy(reminder.due + REMINDER_KEPT_FOR + DAY)
    assert Reminder.objects.count() == 0


def test_many_that_are_due_cost_each_step_the_same(reminder, monkeypatch):
    make_copies(reminder, 30, date=lambda number: reminder.date + (number + 1) * DAY)
    monkeypatch.setattr("moments.models.reminder.REMINDERS_AT_ONCE", 10)
    with CaptureQueriesContext(connection) as queries:
        assert Reminder.objects.note_due(reminder.due) == 10
    asked = [query["sql"] for query in queries if not query["sql"].startswith(("SAVE", "REL", "BEGIN"))]
    assert len(asked) == 3
    assert Event.objects.filter(kind="reminder").count() == 10


@pytest.mark.parametrize("take_texts", [True, False])
def test_it_goes_with_the_account(take_texts, reminder, seb):
    delete_account(seb, take_texts)
    assert Reminder.objects.count() == 0
    turn(reminder.due)


# Years ago.


def returning(entry):
    """The entry once the task process has computed when it comes back."""
    turn(timezone.now())
    entry.refresh_from_db()
    return entry


def test_a_year_later_the_diary_comes_back(moment, seb):
    entry = returning(make_entry(moment, seb, TODAY() - 400 * DAY))
    turn(entry.returns)
    (row,) = told(seb, "years-ago")
    years = entry.returns.year - entry.date.year
    assert "A Lovely Night" in row.sentence
    assert (row.post_id, row.detail) == (moment.pk, str(years))
    entry.refresh_from_db()
    assert entry.returns == morning(in_year(entry.date, entry.date.year + years + 1), seb)


def test_several_of_one_day_are_one_row(film, mia, seb):
    day = TODAY() - 400 * DAY
    first, *_others = [make_entry(make_moment(film, mia), seb, day) for _number in range(3)]
    make_entry(first.moment, seb, in_year(day, day.year - 1))
    turn(returning(first).returns)
    assert [row.post_id for row in told(seb, "years-ago")] == [first.moment_id]


def test_a_day_of_many_episodes_comes_back_as_its_series(seb, keith):
    day, series = TODAY() - 400 * DAY, make_series("Ferries")
    entries = [series.log(seb, day, season=1, episode=number) for number in range(1, 25)]
    undated = series.log(seb, None)
    years = returning(entries[0]).returns.year - day.year
    assert returning(undated).returns == NO_ANNIVERSARY
    turn(entries[0].returns)
    (row,) = told(seb, "years-ago")
    assert (row.post_id, row.detail, row.film) == (None, str(years), series)
    assert "Ferries" in row.sentence
    assert place_of_fetched(row) == series.get_absolute_url()
    series.remove(keith, "spam")
    (row,) = told(seb, "years-ago")
    assert (row.film, "Ferries" in row.sentence, place_of_fetched(row)) == (None, False, "/notifications/")


def test_a_film_that_is_out_of_sight_does_not_come_back(film, seb, keith):
    entry = film.log(seb, TODAY() - 400 * DAY)
    film.remove(keith, "spam")
    turn(returning(entry).returns)
    assert told(seb, "years-ago") == []


def test_an_entry_with_another_day_comes_back_on_that_one(moment, seb):
    entry = returning(make_entry(moment, seb, TODAY() - 400 * DAY))
    entry.revise(entry.date - DAY, [])
    before = entry.date
    returning(entry)
    assert entry.returns.date() == in_year(before, entry.returns.year)


def test_what_was_removed_does_not_come_back_from_the_diary(moment, film, mia, seb, keith):
    day = TODAY() - 400 * DAY
    entry, other = make_entry(moment, seb, day), make_entry(make_moment(film, mia), seb, day)
    moment.remove(keith, "spam")
    turn(returning(entry).returns)
    assert [row.post_id for row in told(seb, "years-ago")] == [other.moment_id]


def test_what_is_late_is_not_told_on_another_day(moment, seb):
    entry = returning(make_entry(moment, seb, TODAY() - 400 * DAY))
    turn(entry.returns + timedelta(hours=13))
    assert told(seb, "years-ago") == []
    entry.refresh_from_db()
    assert entry.returns > timezone.now()


def test_a_member_can_switch_it_off(moment, seb):
    NotificationChoice.objects.create(member=seb, kind="years-ago", site=False)
    turn(returning(make_entry(moment, seb, TODAY() - 400 * DAY)).returns)
    assert told(seb, "years-ago") == []


def test_on_new_year_s_morning_in_the_far_east_it_is_a_year_ago(moment):
    far = make_member("far", time_zone="Pacific/Auckland")
    entry = make_entry(moment, far, date(2020, 1, 1))
    now = datetime(2027, 6, 1, tzinfo=UTC)
    reminders.plan_returns(now)
    turn(datetime(2027, 12, 31, 20, tzinfo=UTC))
    assert [row.detail for row in told(far, "years-ago")] == ["8"]
    assert entry.date == date(2020, 1, 1)


def test_many_entries_are_planned_and_told_in_steps(moment, seb, monkeypatch):
    entry = make_entry(moment, seb, date(2020, 1, 1))
    make_copies(entry, 30, date=lambda number: date(2020, 1, 2) + number * DAY)
    monkeypatch.setattr(reminders, "PLANNED_AT_ONCE", 10)
    monkeypatch.setattr(reminders, "RETURNED_AT_ONCE", 10)
    now = timezone.now()
    with CaptureQueriesContext(connection) as queries:
        assert reminders.plan_returns(now) == 10
    assert len([query for query in queries if query["sql"].startswith(("SELECT", "UPDATE"))]) == 2
    turn(now)
    assert DiaryEntry.objects.unplanned().count() == 0
    with CaptureQueriesContext(connection) as queries:
        assert reminders.note_returned(now + 800 * DAY) == 10
    assert len([query for query in queries if query["sql"].startswith(("SELECT", "UPDATE"))]) == 2
