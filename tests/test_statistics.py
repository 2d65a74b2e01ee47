"""The site in numbers: counted once a day by the task process, and shown to everybody."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from moments.models import Post, Statistics
from moments.models.statistics import COUNTED_AGAIN_AFTER, counted
from moments.tasks import tidy
from moments.views.statistics import MONTHS, STATISTICS_NAMES, last_months
from tests.support.makers import make_comment, make_entry, make_moment
from tests.support.pages import select, texts

NOW = timezone.now()


@pytest.fixture
def numbers(film, mia, seb, keith):
    """What is counted of a small site."""
    User.objects.update(date_joined=datetime(2024, 2, 29, 23, 30, tzinfo=UTC))
    first, second, spam = (make_moment(film, mia) for _number in range(3))
    Post.objects.filter(pk=first.pk).update(created=datetime(2024, 3, 1, tzinfo=UTC))
    make_comment(second, seb), second.feel(seb, "joy"), make_entry(second, seb)
    spam.remove(keith, "spam")
    Statistics.objects.renew(NOW)
    return Statistics.objects.get()


def test_each_month_has_its_own_number(numbers):
    month = f"{NOW.astimezone(UTC):%Y-%m}"
    assert {name: of for name, of in numbers.numbers.items() if of} == {
        "members": {"2024-02": 3},
        "posts": {"2024-03": 1, month: 1},
        "comments": {month: 1},
        "feelings": {month: 1},
        "diary": {month: 1},
        "removed-spam": {month: 1},
    }
    assert numbers.of("posts", [date(2024, 2, 1), date(2024, 3, 1)]) == [0, 1]
    assert numbers.total("posts") == 2


def test_everything_that_is_counted_has_a_name():
    assert set(STATISTICS_NAMES) == set(counted())


def test_it_is_counted_once_a_day(numbers, film, mia):
    make_moment(film, mia)
    tidy(NOW + COUNTED_AGAIN_AFTER - timedelta(minutes=1))
    assert Statistics.objects.get().total("posts") == 2
    tidy(NOW + COUNTED_AGAIN_AFTER)
    assert Statistics.objects.get().total("posts") == 3


def test_a_clock_that_was_ahead_keeps_no_numbers_for_longer(numbers, film, mia):
    Statistics.objects.update(made=NOW + timedelta(days=900))
    make_moment(film, mia)
    tidy(NOW)
    assert (Statistics.objects.get().total("posts"), Statistics.objects.get().made) == (3, NOW)


def test_the_page_shows_them_to_everybody_and_counts_nothing_itself(client, numbers):
    client.get(reverse("statistics"))
    with CaptureQueriesContext(connection) as asked:
        page = client.get(reverse("statistics"))
    assert len([query for query in asked if "moments_post" in query["sql"]]) == 0
    assert texts(page, ".statistics-total")[:3] == ["3", "2", "1"]
    assert len(select(page, ".statistics li:nth-child(2) rect")) == MONTHS
    assert len(select(page, "tbody tr")) == 1
    assert texts(page, "tbody tr:first-child td")[1:3] == ["1", "1"]


def test_the_table_begins_with_the_first_month_of_which_there_is_something(client, numbers):
    months = last_months(timezone.localdate())
    numbers.numbers["posts"][f"{months[-3]:%Y-%m}"] = 7
    numbers.save()
    page = client.get(reverse("statistics"))
    assert len(select(page, "tbody tr")) == 3
    assert texts(page, "tbody tr:last-child td")[:2] == ["0", "7"]


def test_a_site_that_was_not_counted_yet_says_so(client, db):
    page = client.get(reverse("statistics"))
    assert (page.context["row"], select(page, "table")) == (None, [])


def test_the_last_months_end_with_the_present_one():
    months = last_months(date(2026, 1, 31))
    assert (months[0], months[-2:]) == (date(2024, 2, 1), [date(2025, 12, 1), date(2026, 1, 1)])
