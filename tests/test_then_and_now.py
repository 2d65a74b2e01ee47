"""Reliving a moment again: what was felt then stands beside what is felt now."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from moments.feelings import FEELINGS
from moments.models import DiaryEntry
from moments.models.diary_entry_queryset import NEWEST_SHOWN
from tests.support.makers import make_entry
from tests.support.pages import select


@pytest.fixture
def entry(moment, seb):
    return make_entry(moment, seb, feelings=["love", "longing"], note="On a rainy night.")


# Reliving again.


def test_pressing_the_button_again_keeps_the_note_of_the_morning(as_seb, moment, seb):
    url = reverse("diary-entry-add", args=[moment.pk])
    as_seb.post(url, {"date": timezone.localdate(), "note": "In the morning.", "public": "on"})
    moment.feel(seb, "joy")
    as_seb.post(url, {"date": timezone.localdate(), "note": ""})
    entry = DiaryEntry.objects.get()
    assert (entry.note, entry.public, entry.feelings) == ("In the morning.", True, ["joy"])


# Then and now.


def then(client, moment):
    """What stands in the rows of then and now."""
    return select(client.get(moment.get_absolute_url()), ".then .then-row")


def test_what_was_felt_then_stands_beside_what_is_felt_now(as_seb, entry, moment, seb):
    moment.feel(seb, "joy")
    now, before = then(as_seb, moment)
    assert "is-now" in now["class"]
    assert [dot.text for dot in now.select(".dots li")] == [FEELINGS["joy"].name]
    assert before.select("time")[0]["datetime"] == "2024-03-14"
    assert FEELINGS["longing"].name in [dot.text for dot in before.select(".dots li")]
    assert before.select(".then-note")[0].text == "On a rainy night."


def test_the_newest_few_and_the_very_first_are_shown(as_seb, moment, seb):
    days = [date(2020 + number % 5, 1 + number // 5, 1) for number in range(15)]
    for day in days:
        make_entry(moment, seb, day)
    shown = [entry.date for entry in moment.diary_entries_of(seb)]
    assert shown == [*sorted(days, reverse=True)[:NEWEST_SHOWN], min(days)]


def test_the_button_comes_behind_the_day_and_the_note(as_seb, moment):
    (form,) = select(as_seb.get(moment.get_absolute_url()), "form.reactions-form")
    order = [part.get("name") or part.get("id") for part in form.find_all(True)]
    assert order.index("date") < order.index("note") < order.index("relive-button")


def test_a_moment_relived_for_the_first_time_has_no_then(as_seb, moment, seb):
    assert then(as_seb, moment) == []
    moment.relive(seb, note="Today.")
    assert then(as_seb, moment) == []
    assert "Today." in as_seb.get(moment.get_absolute_url()).text


def test_an_entry_with_a_note_is_not_lost_by_a_single_press(as_seb, moment, seb):
    make_entry(moment, seb, date(2020, 1, 1)), make_entry(moment, seb, date(2021, 1, 1), note="Kept.")
    _now, kept, other = then(as_seb, moment)
    assert [kept.select("form"), len(other.select("form"))] == [[], 1]
    assert [len(row.select(".then-verbs a")) for row in (kept, other)] == [1, 1]


def test_then_and_now_is_for_its_member_alone(as_mia, client, entry, moment):
    assert then(as_mia, moment) == []
    client.logout()
    assert then(client, moment) == []


def test_the_fragment_shows_then_and_now_too(as_seb, entry, moment):
    response = as_seb.post(
        reverse("feel", args=[moment.pk]), {"feeling": "joy"}, headers={"hx-request": "true"}
    )
    assert "</html>" not in response.text
    assert len(select(response, ".then .then-row")) == 2
