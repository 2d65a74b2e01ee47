"""Relive mode without the site: the page stays, and the next moment is there before it is asked for."""

import statistics

import pytest
from playwright.sync_api import expect

from tests.support.relive_in_browser import at, heading, make_many, make_scenes

pytestmark = pytest.mark.django_db(transaction=True)
GOAL = 6  # frames from the key to the next moment on the screen: a tenth of a second on an idle machine
# From the key to the frame that shows another heading.
FRAMES = """() => {
    window.frames_of_turns = [];
    addEventListener("keydown", () => {
        const before = document.querySelector("h1");
        let frames = 0;
        const look = () => {
            frames += 1;
            if (document.querySelector("h1") === before) requestAnimationFrame(look);
            else frames_of_turns.push(frames);
        };
        requestAnimationFrame(look);
    }, true);
}"""
FETCHED_AHEAD = """() => {
    const next = document.querySelector('.button[rel="next"]');
    return performance.getEntriesByName(next.href).length > 0;
}"""


@pytest.fixture
def scenes(film, mia):
    return make_scenes(film, mia)


def test_whoever_loses_the_site_keeps_the_page_and_goes_on_later(meet, film, scenes):
    viewer = meet()
    viewer.opens(at(scenes[0]))
    viewer.page.wait_for_load_state("networkidle")
    viewer.context.set_offline(True)
    viewer.page.keyboard.press("ArrowRight")
    viewer.arrives_at("The Party")
    for _again in range(2):
        with viewer.page.expect_event("requestfailed"):  # a key is not heard while another one is at work
            viewer.page.keyboard.press("ArrowRight")
        expect(viewer.page.get_by_text("The site could not be reached")).to_have_count(1)
    viewer.arrives_at("The Party")
    expect(viewer.page).to_have_url(viewer.home + at(scenes[1]))
    viewer.context.set_offline(False)
    viewer.page.keyboard.press("ArrowRight")
    viewer.arrives_at("The Bench")
    viewer.forgives("ERR_INTERNET_DISCONNECTED")


def test_a_way_out_without_the_site_says_so_and_opens_later(meet, film, scenes):
    viewer = meet()
    viewer.opens(at(scenes[0]))
    viewer.page.wait_for_load_state("networkidle")
    viewer.context.set_offline(True)
    for way_out in (
        viewer.page.locator(".relive-mode-talk").click,
        lambda: viewer.page.keyboard.press("Escape"),
    ):
        way_out()
        expect(viewer.page.get_by_text("The site could not be reached")).to_have_count(1)
        viewer.page.get_by_role("button", name="Dismiss").click()
        expect(viewer.page).to_have_url(viewer.home + at(scenes[0]))
    viewer.context.set_offline(False)
    viewer.page.keyboard.press("Escape")
    expect(viewer.page).to_have_url(viewer.home + film.get_absolute_url())
    viewer.forgives("ERR_INTERNET_DISCONNECTED")  # the place is kept after a while, with no network too


def test_going_back_without_the_site_stays_at_the_moment_and_its_address(meet, film, scenes):
    viewer = meet()
    viewer.opens(at(scenes[0]))
    viewer.page.keyboard.press("ArrowRight")
    viewer.arrives_at("The Party")
    viewer.page.route(f"**{at(scenes[0])}", lambda route: route.abort("internetdisconnected"))
    viewer.page.reload()
    viewer.page.go_back()
    expect(viewer.page.get_by_text("The site could not be reached")).to_be_visible()
    viewer.arrives_at("The Party")
    expect(viewer.page).to_have_url(viewer.home + at(scenes[1]))
    viewer.forgives("ERR_INTERNET_DISCONNECTED")


def test_a_picture_that_does_not_come_holds_nobody_up(meet, film, scenes):
    viewer = meet()
    viewer.page.route(f"**{scenes[1].art_url}", lambda route: None)
    viewer.opens(at(scenes[0]))
    viewer.page.keyboard.press("ArrowRight")
    viewer.arrives_at("The Party")


def into(held):
    """What holds back each request in this list."""
    return lambda route: held.append(route)


def test_the_next_moment_shows_at_the_key_without_the_site(meet, film, mia):
    """Nothing is asked of the site between the key and the next moment: it was fetched ahead."""
    make_many(film, mia, 12)
    viewer = meet()
    viewer.opens(at(film.posts.get(slug="scene-0")))
    viewer.page.evaluate(FRAMES)
    for number in range(1, 10):
        viewer.page.wait_for_function(FETCHED_AHEAD)
        held = []
        viewer.page.route("**/*", into(held))
        viewer.page.keyboard.press("ArrowRight")
        expect(heading(viewer)).to_have_text(f"Scene {number}")
        for request in held:
            request.continue_()
        viewer.page.unroute("**/*")
    viewer.page.wait_for_function("frames_of_turns.length === 9")
    assert statistics.median(viewer.page.evaluate("frames_of_turns")) <= GOAL
