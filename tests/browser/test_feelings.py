"""The wheel of the twelve feelings and the arc, by key and by hand, with script and without."""

import pytest
from playwright.sync_api import expect

from moments.models import FeelingTally
from tests.support.makers import make_film, make_moment
from tests.support.visitor import PHONE_AND_DESK

CONTROLS = ".wheel-room, .choice select, .choice .button, .chip"


@pytest.fixture
def story(transactional_db, film, mia):
    """Three joyful moments: one is full of love too, one is of another film."""
    ponyo = make_film("Ponyo", year=2008)
    moments = [
        make_moment(film, mia, "A Lovely Night"),
        make_moment(film, mia, "City of Stars"),
        make_moment(ponyo, mia, "Running on the Waves"),
    ]
    for house, moment in enumerate(moments, 5):
        FeelingTally.objects.create(moment=moment, feeling="joy", house=house, strength=house / 10)
    FeelingTally.objects.create(moment=moments[0], feeling="love", house=2, strength=0.2)
    return moments


@PHONE_AND_DESK
def test_a_feeling_is_picked_from_the_wheel_and_narrowed_down(story, meet, width, script):
    viewer = meet(width=width, java_script_enabled=script)
    page = viewer.page
    viewer.opens("/feelings/")
    viewer.can_touch(CONTROLS)
    page.get_by_role("link", name="Joy, most of all in Running on the Waves, Ponyo").press("Enter")
    expect(page.locator(".card-title")).to_have_text(
        ["Running on the Waves", "City of Stars", "A Lovely Night"]
    )
    page.get_by_role("navigation", name="Together with").get_by_role("link", name="Love").press("Enter")
    page.wait_for_url("**/feelings/joy/?with=love*")
    page.get_by_label("In", exact=True).select_option(label="La La Land")
    if not script:
        viewer.presses("Show")
    expect(page.locator(".card-title")).to_have_text(["A Lovely Night"])
    viewer.sees_that_it_fits()
    viewer.can_touch(CONTROLS)
    page.get_by_role("link", name="Leave out: with Love").click()
    expect(page.locator(".card-title")).to_have_text(["City of Stars", "A Lovely Night"])
    assert page.url.endswith("/feelings/joy/?film=la-la-land")


def test_the_hub_says_where_the_petal_that_one_points_at_is_strongest(story, meet):
    page = meet().page
    page.goto("/feelings/")
    petal = page.locator(".wheel-petal.feeling-love")
    expect(petal.locator(".wheel-text")).to_have_css("opacity", "0")
    petal.focus()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")
    expect(petal.locator(".wheel-text")).to_have_css("opacity", "1")
    expect(page.locator(".wheel-hub")).to_have_css("opacity", "0")


def test_a_dot_of_the_arc_leads_to_its_moment_by_key(story, meet):
    viewer = meet(width=(360, 1360))
    viewer.opens("/films/la-la-land/")
    dot = viewer.page.get_by_role("link", name="City of Stars: Joy, +0.90")
    for _width in viewer.at_each_width():
        expect(dot).to_be_visible()
    dot.press("Enter")
    expect(viewer.page.get_by_role("heading", level=1)).to_have_text("City of Stars")
    for _width in viewer.at_each_width():
        expect(viewer.page.get_by_text("Moment 2 of 2.")).to_be_visible()
