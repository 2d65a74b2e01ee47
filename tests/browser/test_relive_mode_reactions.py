"""Reactions in relive mode: tapped, kept, drawn at the end, and shared as a card."""

import io

import pytest
from PIL import Image
from playwright.sync_api import expect

from moments.models import Reaction
from tests.support.makers import make_film, make_moment
from tests.support.relive_in_browser import at, cover, make_scenes
from tests.support.visitor import PHONE_AND_DESK

pytestmark = pytest.mark.django_db(transaction=True)

PLACE_OF_LETTER = """({ firstChild: text }, letter) => {
    const range = new Range();
    range.setStart(text, letter);
    range.setEnd(text, letter + 1);
    return range.getBoundingClientRect().left;
}"""
COLOUR_OF_DOT = "(chip) => getComputedStyle(chip, '::before').backgroundColor"
SHARE = """
    navigator.canShare = () => true;
    navigator.share = async ({ title, url, files }) => {
        document.documentElement.dataset.shared = [title, url, files[0].type].join(", ");
    };
"""


@pytest.fixture
def scenes(film, mia):
    return make_scenes(film, mia)


def chip(viewer, name):
    return viewer.page.get_by_role("button", name=name, exact=True)


def is_felt(viewer, name, wanted):
    expect(chip(viewer, name)).to_have_attribute("aria-pressed", "true" if wanted else "false")


@PHONE_AND_DESK
def test_a_member_taps_a_feeling_and_takes_it_back(meet, seb, scenes, width, script):
    viewer = meet(seb, width=width, java_script_enabled=script)
    viewer.opens(at(scenes[0]))
    for name in ("Joy", "Love"):
        chip(viewer, name).click()
        is_felt(viewer, name, True)
    chip(viewer, "Joy").click()
    is_felt(viewer, "Joy", False)
    is_felt(viewer, "Love", True)
    assert scenes[0].feelings_of(seb) == {"love"}
    viewer.sees_that_it_fits()


def test_quick_taps_are_all_kept_and_are_there_on_return(meet, film, scenes):
    viewer = meet()
    viewer.opens(at(scenes[0]))
    for name in ("Joy", "Love", "Hope", "Fear"):
        chip(viewer, name).click()
    for name in ("Joy", "Love", "Hope", "Fear"):
        is_felt(viewer, name, True)
    expect(chip(viewer, "Fear")).to_be_focused()
    for key, title in (("ArrowRight", "The Party"), ("ArrowLeft", "The Jam")):
        viewer.page.keyboard.press(key)
        viewer.arrives_at(title)
    is_felt(viewer, "Hope", True)
    viewer.page.reload()
    for name in ("Joy", "Love", "Hope", "Fear"):
        is_felt(viewer, name, True)


def test_the_line_takes_the_colour_of_a_tap_at_once(meet, film, scenes):
    viewer = meet()
    viewer.opens(at(scenes[0]))
    viewer.page.wait_for_load_state("networkidle")
    chip(viewer, "Joy").click()
    is_felt(viewer, "Joy", True)
    viewer.page.keyboard.press("ArrowRight")
    viewer.arrives_at("The Party")
    expect(viewer.page.locator(".relive-mode-line i").first).to_have_class("is-done feeling-joy")
    viewer.page.keyboard.press("ArrowLeft")
    viewer.arrives_at("The Jam")
    chip(viewer, "Joy").click()
    is_felt(viewer, "Joy", False)
    viewer.page.keyboard.press("ArrowRight")
    viewer.arrives_at("The Party")
    expect(viewer.page.locator(".relive-mode-line i").first).to_have_class("is-done")


@PHONE_AND_DESK
def test_a_visitor_feels_joins_and_keeps_it(meet, film, scenes, width, script):
    viewer = meet(width=width, java_script_enabled=script)
    viewer.opens(at(scenes[4]))
    chip(viewer, "Heartbreak").click()
    is_felt(viewer, "Heartbreak", True)
    viewer.page.get_by_role("link", name="Your arc", exact=True).click()
    expect(viewer.page.get_by_text("You felt something at 1 of 5 moments")).to_be_visible()
    viewer.sees_that_it_fits()
    viewer.page.get_by_role("link", name="Join and keep it").click()
    viewer.page.get_by_label("Username").fill("ana")
    viewer.page.get_by_label("E-mail").fill("ana@example.org")
    viewer.page.get_by_label("Password").fill("planetarium at night")
    viewer.presses("Join")
    viewer.arrives_at("What you felt before")
    expect(viewer.page.get_by_text("The Farewell")).to_be_visible()
    viewer.presses("Keep them")
    expect(viewer.page.get_by_text("What you felt is yours now.")).to_be_visible()
    felt = Reaction.objects.values_list("member__username", "moment__title", "feeling")
    assert list(felt) == [("ana", "The Farewell", "heartbreak")]


def test_the_end_shows_ones_own_line_and_a_card(meet, seb, film, scenes):
    for moment, feeling in zip(scenes, ("joy", "joy", "love", "wonder", "heartbreak"), strict=True):
        moment.feel(seb, feeling)
    viewer = meet(seb, width=(360, 1360))
    viewer.opens(f"{cover(film)}end/")
    expect(viewer.page.get_by_text("You felt something at 5 of 5 moments")).to_be_visible()
    expect(viewer.page.locator("svg.arc .arc-mine")).to_be_attached()
    card = viewer.page.locator(".relive-mode-card")
    card.scroll_into_view_if_needed()
    assert card.evaluate(
        "async (card) => { await card.decode(); return [card.naturalWidth, card.naturalHeight] }"
    ) == [
        1200,
        630,
    ]
    with viewer.page.expect_download() as download:
        viewer.page.get_by_role("link", name="Save the picture").click()
    picture = Image.open(io.BytesIO(download.value.path().read_bytes()))
    assert (picture.format, picture.size, download.value.suggested_filename) == (
        "PNG",
        (1200, 630),
        "la-la-land.png",
    )


def test_the_card_is_shared_where_the_device_knows_how(meet, film, scenes):
    without, viewer = meet(), meet()
    without.page.add_init_script("delete Navigator.prototype.share")
    without.opens(f"{cover(film)}end/")
    expect(without.page.locator("[data-share]")).to_be_hidden()
    viewer.page.add_init_script(SHARE)
    viewer.opens(f"{cover(film)}end/")
    viewer.presses("Share it")
    shared = ["La La Land", viewer.home + film.get_absolute_url(), "image/png"]
    expect(viewer.page.locator("html")).to_have_attribute("data-shared", ", ".join(shared))


def test_a_title_from_right_to_left_leaves_the_count_as_it_is(meet, mia):
    film = make_film("مرحبا بالعالم")
    first, *_rest = [make_moment(film, mia) for _ in range(3)]
    viewer = meet()
    viewer.opens(at(first))
    count = viewer.page.get_by_text("1 / 3")
    one, three = (count.evaluate(PLACE_OF_LETTER, letter) for letter in (0, 4))
    assert one < three


def test_each_feeling_keeps_its_colour_where_colours_are_forced(meet, film, scenes):
    viewer = meet(forced_colors="active")
    viewer.opens(at(scenes[0]))
    dots = {name: chip(viewer, name).evaluate(COLOUR_OF_DOT) for name in ("Joy", "Fear", "Anger")}
    assert len(set(dots.values())) == 3
