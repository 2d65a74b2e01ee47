"""A member before a browser keeps a moment: saves it, makes it a favourite, and is reminded of it."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from moments.models import Favourite, Reminder, SavedPost
from moments.search import index
from tests.support.visitor import PHONE_AND_DESK

SCRIPT = pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])


@PHONE_AND_DESK
def test_a_moment_is_saved_with_a_note_and_in_a_folder(transactional_db, moment, seb, meet, width, script):
    reader = meet(seb, width=width, java_script_enabled=script)
    reader.opens(moment.get_absolute_url())
    reader.presses("Save")
    expect(reader.page.get_by_role("button", name="Unsave")).to_be_visible()
    reader.page.get_by_role("link", name="Add a note").click()
    reader.page.get_by_label("A note for yourself").fill("For a rainy day")
    reader.page.get_by_label("Folder").fill("Rain")
    reader.presses("Save")
    expect(reader.page.get_by_text("For a rainy day")).to_be_visible()
    reader.page.get_by_role("link", name="Rain", exact=True).click()
    expect(reader.page.get_by_role("link", name="A Lovely Night").last).to_be_visible()
    reader.sees_that_it_fits()
    reader.page.get_by_role("button", name="Unsave: A Lovely Night").click()
    expect(reader.page.locator(".entry")).to_have_count(0)
    reader.presses("Undo")
    expect(reader.page.get_by_text("For a rainy day")).to_be_visible()
    assert SavedPost.objects.of(seb).get().folder.name == "Rain"


def test_with_script_the_page_stays_when_a_post_is_saved(transactional_db, moment, seb, meet):
    reader = meet(seb)
    reader.opens(moment.get_absolute_url())
    reader.page.evaluate("document.body.dataset.same = 'yes'")
    reader.presses("Save")
    expect(reader.page.locator(".toast")).to_have_count(1)
    expect(reader.page.get_by_role("button", name="Unsave")).to_be_focused()
    expect(reader.page.locator("body[data-same=yes]")).to_have_count(1)


@SCRIPT
def test_a_favourite_is_found_in_its_film(transactional_db, moment, seb, meet, script):
    index.catch_up()
    reader = meet(seb, width=360, java_script_enabled=script)
    reader.opens("/favourites/la-la-land/")
    reader.page.get_by_label("Find a moment").fill("lovely")
    if script:
        reader.page.get_by_role("option").first.click()
    else:
        reader.presses("Find")
        reader.page.locator(".picker-found label").first.click()
    reader.presses("Choose")
    expect(reader.page.locator("[data-favourite]")).to_have_count(1)
    reader.sees_that_it_fits()
    reader.opens(seb.get_absolute_url())
    expect(reader.page.locator(".favourite")).to_have_count(1)
    reader.sees_that_it_fits()
    assert Favourite.objects.of(seb).get().moment_id == moment.pk


@SCRIPT
def test_a_reminder_is_asked_for_and_deleted(transactional_db, moment, seb, meet, script):
    reader = meet(seb, width=360, java_script_enabled=script)
    reader.opens(f"/posts/{moment.pk}/remind/")
    day = timezone.localdate() + timedelta(days=30)
    reader.page.get_by_label("On this day").fill(day.isoformat())
    reader.presses("Remind me")
    reader.page.get_by_role("link", name="Your reminders").click()
    expect(reader.page.locator(".entry")).to_have_count(1)
    reader.sees_that_it_fits()
    assert Reminder.objects.get().date == day
    reader.page.get_by_role("button", name="Delete the reminder: A Lovely Night").click()
    expect(reader.page.locator(".entry")).to_have_count(0)
