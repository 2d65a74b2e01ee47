"""On which day something was seen, and whether it was seen before, where a place says no more than days."""

from datetime import timedelta

import pytest
from django.utils import timezone

from moments.archives.bringing import making, reading
from moments.archives.bringing.choices import Choices
from moments.models import DiaryEntry
from tests.support.bringing import bring, held, undo
from tests.support.homecoming import diary
from tests.support.makers import make_film
from tests.support.rows import for_each

pytestmark = pytest.mark.django_db


@pytest.fixture
def films(db):
    return [make_film(title, year=1999) for title in ("Heat", "Ran")]


@for_each(
    "name, table, days",
    [
        ("history.csv", "title,year,tmdbId,imdbId,watchedAt,comment,location\n{}",
         ["Heat,1999,,,2024-02-02,,", "Heat,1999,,,2023-01-01,,", "Heat,1999,,,,,"]),
        ("NetflixViewingHistory.csv", "Title,Date\n{}", ["Heat,2/2/24", "Heat,1/1/23"]),
        ("x.csv", "media_id,source,media_type,title,status,end_date\n{}",
         [f"1,manual,movie,Heat,Completed,{day}" for day in ("2024-02-02", "2023-01-01")]),
    ],
)  # fmt: skip
def test_the_second_day_of_a_film_is_a_rewatch_where_no_column_says_so(
    films, mia, monkeypatch, name, table, days
):
    monkeypatch.setattr(reading, "RECORDS_AT_ONCE", 1)
    bring(mia, table.format("\n".join(days) + "\n"), name)
    entries = DiaryEntry.objects.order_by("date").values_list("date__year", "rewatch")
    assert list(entries) == [(2023, False), (2024, True)]
    bring(mia, {"diary.csv": diary(("Heat", 4, "2024-02-02"), ("Heat", 4, "2024-02-09"))})
    last = DiaryEntry.objects.order_by("date").values_list("date__day", "rewatch").last()
    assert (DiaryEntry.objects.count(), last) == (3, (9, False)), "the other place says whether it was one"


def write_at(row, now):
    row.begin(Choices().as_json())
    while making.make_due(now):
        pass
    row.refresh_from_db()
    return row.outcome["seen"]


def test_tomorrow_is_today_where_a_member_is_ahead_and_a_later_day_is_tried_again(films, mia):
    now = timezone.now() + timedelta(hours=1)
    today, tomorrow, later = (now.date() + timedelta(days=days) for days in (0, 1, 4))
    rows = {"diary.csv": diary(("Heat", 4, tomorrow), ("Ran", 4, later))}
    assert write_at(held(mia, rows), now) == {"made": 1, "left": 1}
    assert DiaryEntry.objects.get().date == today
    assert write_at(held(mia, rows), now) == {"known": 1, "left": 1}
    row = held(mia, rows)
    assert write_at(row, now + timedelta(days=4)) == {"known": 1, "made": 1}
    assert [entry.date for entry in DiaryEntry.objects.order_by("date")] == [today, later]
    assert undo(row) == {"gone": 1, "stay": 0}
