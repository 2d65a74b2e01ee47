"""A member's diary from the first note to the year, on a phone and at a desk, with script and without."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from moments.models import DiaryEntry
from moments.views import diary
from tests.support.makers import make_film, make_moment
from tests.support.visitor import PHONE_AND_DESK

CONTROLS = ".feel, .button, .tabs a, .textlink, .calendar-day, .neighbours a"


@pytest.fixture(autouse=True)
def few_entries_have_charts(monkeypatch):
    """The year of these tests has a handful of entries."""
    monkeypatch.setattr(diary, "ENTRIES_FOR_CHARTS", 1)


@PHONE_AND_DESK
def test_a_member_keeps_a_diary(transactional_db, meet, moment, seb, width, script):
    viewer = meet(seb, width, java_script_enabled=script)
    relive_on_a_day_long_ago(viewer, moment)
    find_it_in_the_diary(viewer)
    edit_it(viewer)
    relive_it_again(viewer, moment)
    look_at_the_years(viewer)


def relive_on_a_day_long_ago(viewer, moment):
    page = viewer.page
    viewer.opens(moment.get_absolute_url())
    page.get_by_role("button", name="Love").click()
    expect(page.get_by_role("button", name="Love 1")).to_have_attribute("aria-pressed", "true")
    page.get_by_text("Another day").click()
    page.locator("#id_date").fill("2024-03-14")
    page.get_by_label("A note for your diary").fill("With *popcorn*.")
    viewer.presses("I relived this")
    expect(page.locator(".then").get_by_text("14 March 2024").first).to_be_visible()
    expect(page.locator(".then").get_by_text("With popcorn.")).to_be_visible()
    viewer.sees_that_it_fits()
    viewer.can_touch(CONTROLS)


def find_it_in_the_diary(viewer):
    page = viewer.page
    viewer.opens("/members/seb/")
    page.get_by_role("link", name="Diary", exact=True).click()
    page.get_by_role("link", name="March 2024", exact=True).click()
    expect(page.get_by_role("heading", name="March 2024")).to_be_visible()
    page.get_by_role("link", name="14 March: 1 entry").click()
    expect(page).to_have_url(re.compile(r"/members/seb/diary/2024/3/#day-14$"))
    expect(page.locator(":target").get_by_text("With popcorn.")).to_be_in_viewport()
    expect(page.get_by_text("Only you see this note")).to_be_visible()
    viewer.sees_that_it_fits()
    viewer.can_touch(CONTROLS)


def edit_it(viewer):
    page = viewer.page
    page.get_by_role("link", name="Edit the entry of 14 March").click()
    viewer.arrives_at("Edit your diary entry")
    viewer.can_touch(CONTROLS)
    page.get_by_label("Love").uncheck()
    page.get_by_label("Heartbreak").check()
    page.get_by_label("A note for your diary").fill("I cried, in truth.")
    page.get_by_label("Everybody who sees the entry may read the note").check()
    viewer.presses("Save")
    expect(page.get_by_text("I cried, in truth.")).to_be_visible()
    expect(page.locator(".entry").get_by_text("Heartbreak")).to_be_visible()
    expect(page.get_by_text("Only you see this note")).to_have_count(0)
    entry = DiaryEntry.objects.get()
    assert (entry.feelings, entry.public) == (["heartbreak"], True)


def relive_it_again(viewer, moment):
    page = viewer.page
    viewer.opens(moment.get_absolute_url())
    viewer.presses("I relived it again")
    rows = page.locator(".then-row")
    expect(rows).to_have_count(3)
    expect(rows.first).to_contain_text("Love")
    expect(rows.last).to_contain_text("Heartbreak")
    expect(rows.last).to_contain_text("14 March 2024")
    viewer.sees_that_it_fits()


def look_at_the_years(viewer):
    page, this_year = viewer.page, str(timezone.localdate().year)
    viewer.opens("/members/seb/")
    page.get_by_role("link", name=this_year, exact=True).click()
    viewer.arrives_at(this_year)
    expect(page.get_by_role("link", name=re.compile(": Love, .0.80"))).to_be_visible()
    page.get_by_role("link", name="Earlier 2024").click()
    viewer.arrives_at("2024")
    expect(page.get_by_text("I cried")).to_have_count(0)
    page.get_by_text("As a table").click()
    expect(page.get_by_role("row", name=re.compile("March"))).to_contain_text("−1.00")
    viewer.sees_that_it_fits()
    viewer.can_touch(CONTROLS)


def test_a_year_of_titles_without_a_gap_fits(transactional_db, meet, seb):
    film = make_film("W" * 150)
    for number in "12":
        entry = make_moment(film, seb, "M" * 149 + number).relive(seb)
    viewer = meet(width=(360, 1360))
    viewer.opens(f"/members/seb/{entry.date.year}/")
    viewer.opens(f"/members/seb/diary/{entry.date.year}/{entry.date.month}/")
