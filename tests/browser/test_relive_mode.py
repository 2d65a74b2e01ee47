"""Through a film in relive mode: by keys, by swipe and by plain links, on a phone and at a desk."""

import re

import pytest
from playwright.sync_api import expect

from moments.models import Moment, Progress
from moments.spoilers.rules import ProgressPoint
from tests.support.axe import complaints
from tests.support.makers import make_moment
from tests.support.relive_in_browser import TITLES, at, cover, heading, make_many, make_scenes
from tests.support.visitor import PHONE_AND_DESK

pytestmark = pytest.mark.django_db(transaction=True)
SCRIPT = pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
SWIPE = """([from, to]) => {
    const target = document.querySelector("h1");
    const at = (x) => [new Touch({ identifier: 1, target, clientX: x, clientY: 300 })];
    const send = (name, touches, changedTouches) => target.dispatchEvent(
        new TouchEvent(name, { bubbles: true, touches, changedTouches }));
    send("touchstart", at(from), at(from));
    send("touchend", [], at(to));
}"""
AWAKE = """
    window.locks = [];
    Object.defineProperty(navigator, "wakeLock", { value: { async request() {
        const lock = { released: false, async release() { this.released = true; } };
        locks.push(lock);
        return lock;
    } } });
"""
HIDE = """(hidden) => {
    Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
}"""


@pytest.fixture
def scenes(film, mia):
    return make_scenes(film, mia)


@PHONE_AND_DESK
def test_a_visitor_walks_a_film_by_its_links_to_the_end_and_back(meet, film, scenes, width, script):
    viewer = meet(width=width, java_script_enabled=script)
    viewer.opens(cover(film))
    viewer.arrives_at("La La Land")
    viewer.page.get_by_role("button", name="Start").click()
    for number, title in enumerate(TITLES, 1):
        viewer.arrives_at(title)
        expect(viewer.page.get_by_text(f"{number} / 5")).to_be_visible()
        viewer.can_touch(".feel, .button, .relive-mode-leave")
        viewer.page.get_by_role("link", name="Next" if number < 5 else "Your arc", exact=True).click()
    viewer.arrives_at("La La Land")
    expect(viewer.page.get_by_text("You tapped nothing")).to_be_visible()
    viewer.page.get_by_role("link", name="Back", exact=True).click()
    for title in reversed(TITLES):
        viewer.arrives_at(title)
        back = "Back" if title != TITLES[0] else "First page"
        viewer.page.get_by_role("link", name=back, exact=True).click()
    viewer.arrives_at("La La Land")


def test_arrows_turn_escape_leaves_and_the_address_goes_along(meet, seb, film, scenes):
    viewer = meet(seb)
    viewer.opens(cover(film))
    viewer.page.keyboard.press("ArrowRight")
    for title, moment in zip(TITLES, scenes, strict=True):
        viewer.arrives_at(title)
        expect(viewer.page).to_have_url(viewer.home + at(moment))
        expect(viewer.page).to_have_title(re.compile(title))
        viewer.page.keyboard.press("ArrowRight")
    viewer.arrives_at("La La Land")
    expect(viewer.page).to_have_url(re.compile("/relive/end/$"))
    viewer.page.keyboard.press("ArrowLeft")
    viewer.arrives_at("The Farewell")
    viewer.page.keyboard.press("Escape")
    expect(viewer.page).to_have_url(viewer.home + film.get_absolute_url())


def test_turning_moves_focus_and_is_said(meet, film, scenes):
    viewer = meet()
    viewer.opens(at(scenes[0]))
    viewer.page.keyboard.press("ArrowRight")
    viewer.arrives_at("The Party")
    expect(heading(viewer)).to_be_focused()
    expect(viewer.page.locator("#stage-status")).to_have_text("Moment 2 of 5")


def test_the_browsers_own_back_and_on_turn_too(meet, film, scenes):
    viewer = meet()
    viewer.opens(at(scenes[0]))
    for title in ("The Party", "The Bench"):
        viewer.page.keyboard.press("ArrowRight")
        viewer.arrives_at(title)
    for go, title in (("go_back", "The Party"), ("go_back", "The Jam"), ("go_forward", "The Party")):
        getattr(viewer.page, go)()
        viewer.arrives_at(title)
    viewer.page.reload()
    viewer.arrives_at("The Party")


def test_a_moment_that_is_gone_meanwhile_is_looked_for_by_the_browser(meet, film, scenes):
    viewer = meet()
    viewer.opens(at(scenes[0]))
    viewer.page.wait_for_load_state("networkidle")
    Moment.objects.filter(pk=scenes[2].pk).update(state="withheld")
    viewer.expected.add(404)
    viewer.page.keyboard.press("ArrowRight")
    viewer.arrives_at("The Party")
    viewer.page.keyboard.press("ArrowRight")
    viewer.arrives_at("Page not found")


def test_swipes_turn_and_taps_on_the_sides_too(meet, film, scenes):
    viewer = meet(width=360)
    viewer.opens(at(scenes[0]))
    viewer.page.evaluate(SWIPE, [300, 200])
    viewer.arrives_at("The Party")
    viewer.page.evaluate(SWIPE, [100, 220])
    viewer.arrives_at("The Jam")
    viewer.page.evaluate(SWIPE, [100, 110])
    viewer.arrives_at("The Jam")
    viewer.page.touchscreen.tap(330, 150)
    viewer.arrives_at("The Party")
    viewer.page.touchscreen.tap(30, 150)
    viewer.arrives_at("The Jam")


@SCRIPT
def test_who_stops_goes_on_there_on_another_device(meet, seb, film, scenes, script):
    phone = meet(seb, width=360, java_script_enabled=script)
    phone.opens(at(scenes[0]))
    for title in ("The Party", "The Bench"):
        phone.page.get_by_role("link", name="Next", exact=True).click()
        phone.arrives_at(title)
    phone.page.get_by_role("button", name="Leave, keep my place").click()
    phone.arrives_at("La La Land")
    desk = meet(seb, java_script_enabled=script)
    desk.opens(film.get_absolute_url())
    desk.page.get_by_role("link", name="Relive it").click()
    desk.page.get_by_role("link", name="Go on at moment 3 of 5").click()
    desk.arrives_at("The Bench")


def test_the_place_is_kept_without_leaving_by_the_door(meet, seb, film, scenes):
    phone = meet(seb, width=360)
    phone.opens(at(scenes[0]))
    phone.page.keyboard.press("ArrowRight")
    phone.arrives_at("The Party")
    with phone.page.expect_response(re.compile("/bookmark/$")):
        pass
    assert Progress.objects.bookmark(seb, film) == scenes[1].pk


@SCRIPT
def test_the_story_moves_on_with_who_has_seen_more(meet, seb, film, scenes, script):
    Progress.objects.set_progress(seb, film, ProgressPoint(1.0))
    viewer = meet(seb, java_script_enabled=script)
    viewer.opens(at(scenes[0]))
    viewer.page.wait_for_load_state("networkidle")
    viewer.page.get_by_role("link", name="Next", exact=True).click()
    viewer.arrives_at("A moment later in the story")
    assert "The Party" not in viewer.page.content()
    if script:
        assert complaints(viewer) == {}
    viewer.presses("I have seen this too")
    viewer.arrives_at("The Party")
    viewer.page.get_by_role("link", name="Next", exact=True).click()
    viewer.arrives_at("A moment later in the story")
    assert Progress.objects.of(seb, film).place == 2.0


def test_the_screen_stays_awake_from_the_first_key_on(meet, film, scenes):
    viewer = meet()
    viewer.page.add_init_script(AWAKE)
    viewer.opens(at(scenes[0]))
    assert viewer.page.evaluate("locks.length") == 0
    for title in TITLES[1:3]:
        viewer.page.keyboard.press("ArrowRight")
        viewer.arrives_at(title)
    assert viewer.page.evaluate("locks.map((lock) => lock.released)") == [False]
    for hidden in (True, False):
        viewer.page.evaluate(HIDE, hidden)
    assert viewer.page.evaluate("locks.map((lock) => lock.released)") == [True, False]


def test_relive_mode_is_accessible(meet, seb, film, scenes):
    scenes[0].feel(seb, "joy")
    viewer = meet(seb)
    for place in (cover(film), at(scenes[0]), f"{cover(film)}end/"):
        viewer.opens(place)
        assert complaints(viewer) == {}, place


def test_one_moment_and_four_hundred_fit(meet, film, mia):
    only = make_moment(film, mia, "The Only One")
    viewer = meet(width=(360, 1360))
    viewer.opens(at(only))
    expect(viewer.page.locator(".relive-mode-line i")).to_have_count(1)
    Moment.objects.filter(pk=only.pk).update(position=200.5)
    make_many(film, mia, 399)
    viewer.opens(at(only))
    for _width in viewer.at_each_width():
        expect(viewer.page.get_by_text("202 / 400")).to_be_visible()
        pieces = viewer.page.locator(".relive-mode-line i").evaluate_all(
            "all => all.map((one) => one.offsetWidth)"
        )
        assert min(pieces) >= 3


def test_on_a_low_screen_all_feelings_the_title_and_the_way_on_are_in_sight(meet, scenes, film):
    viewer = meet(width=680)
    viewer.page.goto(f"/films/{film.slug}/relive/{scenes[0].pk}/")
    for width, height in [(780, 360), (680, 450), (568, 320)]:
        viewer.page.set_viewport_size({"width": width, "height": height})
        sees_all_of_a_moment(viewer)


def sees_all_of_a_moment(viewer):
    feelings = viewer.page.locator(".relive-mode-feels .feel")
    expect(feelings).to_have_count(12)
    for part in [*feelings.all(), viewer.page.locator("h1"), viewer.page.get_by_text("Next", exact=True)]:
        expect(part).to_be_in_viewport(ratio=0.99)
    assert len({feeling.bounding_box()["y"] for feeling in feelings.all()}) == 2
    foot = viewer.page.locator(".relive-mode-feels").bounding_box()
    title = viewer.page.locator("h1").bounding_box()
    assert title["y"] + title["height"] <= foot["y"]
    viewer.can_touch(".relive-mode-feels .feel", only_here=True)
