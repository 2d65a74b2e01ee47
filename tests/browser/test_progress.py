"""How far somebody has seen a film, said and met as a veil, with script and without."""

import pytest
from playwright.sync_api import expect

from tests.support.makers import make_comment, make_moment
from tests.support.visitor import PHONE_AND_DESK

LATER = "A moment later in the story"
CONTROLS = ".veil, .button, .progress-now a, .veiled a, label:has([type=radio]), select"


@pytest.fixture
def story(transactional_db, film, mia, seb):
    """Three moments, and what is said of the last."""
    titles = ("The Traffic Jam", "A Lovely Night", "The Ending Montage")
    moments = [make_moment(film, mia, title) for title in titles]
    make_comment(moments[2], mia, "I wept at the piano.")
    return moments


@PHONE_AND_DESK
def test_a_visitor_is_spared_what_comes_later_until_they_ask(story, meet, width, script):
    viewer = meet(width=width, java_script_enabled=script)
    viewer.opens(story[0].film.get_absolute_url())
    say_how_far(viewer, "A Lovely Night")
    meet_the_veil(viewer)
    lift_it(viewer)


@PHONE_AND_DESK
def test_a_member_is_spared_it_everywhere_and_can_take_it_back(story, meet, seb, width, script):
    viewer = meet(seb, width, java_script_enabled=script)
    viewer.opens(story[1].get_absolute_url())
    is_up_to_here(viewer)
    expect(viewer.page.get_by_text("After it")).to_be_visible()
    viewer.opens(story[0].film.get_absolute_url())
    expect(viewer.page.get_by_text("You have seen 2 of 3 moments.")).to_be_visible()
    meet_the_veil(viewer)
    elsewhere = meet(seb, width, java_script_enabled=script)
    elsewhere.opens("/new/")
    expect(elsewhere.page.get_by_role("heading", name=LATER)).to_be_visible()
    viewer.opens(story[0].film.get_absolute_url())
    viewer.page.get_by_role("link", name="Change").click()
    viewer.page.get_by_label("All of it").check()
    viewer.presses("Save")
    expect(viewer.page.get_by_role("heading", name="The Ending Montage")).to_be_visible()


def test_a_member_lifts_the_veil_of_a_card_where_it_stands(story, meet, seb):
    viewer = meet(seb)
    viewer.opens(story[1].get_absolute_url())
    is_up_to_here(viewer)
    viewer.opens("/new/")
    viewer.page.get_by_role("link", name="Show it anyway").press("Enter")
    expect(viewer.page.get_by_role("heading", name="The Ending Montage")).to_be_visible()
    expect(viewer.page.locator(".card")).to_have_count(3)
    assert viewer.page.url.endswith("/new/")


def is_up_to_here(viewer):
    """Says so by the button on the page of a moment; the next page knows it."""
    with viewer.page.expect_response("**/progress/"):
        viewer.page.get_by_role("button", name="I’m up to here").click()


def choose(page, title):
    """From what the combobox finds, or from the buttons that are there without script."""
    found = page.get_by_role("combobox", name="Find a moment")
    if found.count():
        found.press_sequentially(title[:4])
        page.get_by_role("option", name=f"2. {title}").click()
        expect(page.locator(".picked")).to_contain_text(title)
    else:
        page.get_by_label("Find a moment").fill(title)
        page.get_by_role("button", name="Find", exact=True).click()
        page.get_by_label(f"2. {title}").check()


def say_how_far(viewer, title):
    page = viewer.page
    page.get_by_role("link", name="Say how far").click()
    page.get_by_label("Up to a point").check()
    choose(page, title)
    viewer.sees_that_it_fits()
    viewer.can_touch(CONTROLS)
    viewer.presses("Save")
    expect(page.get_by_text("You have seen 2 of 3 moments.")).to_be_visible()


def meet_the_veil(viewer):
    page = viewer.page
    expect(page.get_by_role("heading", name=LATER)).to_be_visible()
    viewer.opens("/new/")
    expect(page.get_by_role("heading", name=LATER)).to_be_visible()
    assert "Montage" not in page.content()
    viewer.sees_that_it_fits()
    viewer.can_touch(CONTROLS)
    page.get_by_role("heading", name=LATER).get_by_role("link").click()
    expect(page.get_by_role("heading", name="It lies beyond what you have seen")).to_be_visible()
    assert "piano" not in page.content()
    viewer.sees_that_it_fits()
    viewer.can_touch(CONTROLS)


def lift_it(viewer):
    page = viewer.page
    page.get_by_role("link", name="Show it anyway").press("Enter")
    expect(page.get_by_role("heading", name="The Ending Montage")).to_be_visible()
    expect(page.get_by_text("I wept at the piano.")).to_be_visible()
    viewer.opens("/new/")
    expect(page.get_by_role("heading", name="The Ending Montage")).to_be_visible()
