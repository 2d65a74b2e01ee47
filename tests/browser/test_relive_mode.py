"""Through a film in relive mode: by keys, by swipe and by plain links, on a phone and at a desk."""

import io
import re
import statistics

import pytest
from PIL import Image
from playwright.sync_api import expect

from moments.models import Moment, Progress, Reaction
from moments.spoilers import Horizon
from tests.browser.axe import complaints
from tests.conftest import make_film, make_moment

pytestmark = pytest.mark.django_db(transaction=True)

TITLES = ["The Jam", "The Party", "The Bench", "The Stars", "The Farewell"]
WIDTHS = pytest.mark.parametrize("width", [360, 1360])
SCRIPT = pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
GOAL = 100  # milliseconds from the key to the next moment on the screen
ROUNDS = 6  # a busy machine may spoil some
# From the key as the browser saw it to the end of the frame that shows another heading.
STOPWATCH = """() => {
    window.times = [];
    addEventListener("keydown", ({ timeStamp }) => {
        const before = document.querySelector("h1");
        const after = new MessageChannel();
        after.port1.onmessage = () => times.push(performance.now() - timeStamp);
        const look = () => {
            if (document.querySelector("h1") === before) setTimeout(look);
            else requestAnimationFrame(() => after.port2.postMessage(0));
        };
        look();
    }, true);
}"""
SWIPE = """([from, to]) => {
    const target = document.querySelector("h1");
    const at = (x) => [new Touch({ identifier: 1, target, clientX: x, clientY: 300 })];
    const send = (name, touches, changedTouches) => target.dispatchEvent(
        new TouchEvent(name, { bubbles: true, touches, changedTouches }));
    send("touchstart", at(from), at(from));
    send("touchend", [], at(to));
}"""

PLACE_OF_LETTER = """({ firstChild: text }, letter) => {
    const range = new Range();
    range.setStart(text, letter);
    range.setEnd(text, letter + 1);
    return range.getBoundingClientRect().left;
}"""
COLOUR_OF_DOT = "(chip) => getComputedStyle(chip, '::before').backgroundColor"
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
SHARE = """
    navigator.canShare = () => true;
    navigator.share = async ({ title, url, files }) => {
        document.documentElement.dataset.shared = [title, url, files[0].type].join(", ");
    };
"""


@pytest.fixture
def scenes(film, mia):
    palette = ["#0e0b2e", "#2a1b5e", "#6a3fa0", "#e27396", "#f5b94a"]
    return [
        make_moment(film, mia, title, position=float(place), palette=palette)
        for place, title in enumerate(TITLES, 1)
    ]


def cover(film):
    return f"{film.get_absolute_url()}relive/"


def heading(reader):
    return reader.page.get_by_role("heading", level=1)


def at(moment):
    return f"{cover(moment.film)}{moment.pk}/"


def chip(reader, name):
    return reader.page.get_by_role("button", name=name, exact=True)


def is_felt(reader, name, wanted):
    expect(chip(reader, name)).to_have_attribute("aria-pressed", "true" if wanted else "false")


@SCRIPT
@WIDTHS
def test_a_visitor_walks_a_film_by_its_links_to_the_end_and_back(meet, film, scenes, width, script):
    reader = meet(width=width, java_script_enabled=script)
    reader.opens(cover(film))
    reader.arrives_at("La La Land")
    reader.page.get_by_role("link", name="Take it scene by scene").click()
    for number, title in enumerate(TITLES, 1):
        reader.arrives_at(title)
        expect(reader.page.get_by_text(f"{number} / 5")).to_be_visible()
        reader.can_touch(".feel, .button, .stage-leave")
        reader.page.get_by_role("link", name="Next" if number < 5 else "Your arc", exact=True).click()
    reader.arrives_at("La La Land")
    expect(reader.page.get_by_text("nothing tapped")).to_be_visible()
    reader.page.get_by_role("link", name="Back", exact=True).click()
    for title in reversed(TITLES):
        reader.arrives_at(title)
        reader.page.get_by_role("link", name="Back" if title != TITLES[0] else "Cover", exact=True).click()
    reader.arrives_at("La La Land")


def test_arrows_turn_escape_leaves_and_the_address_goes_along(meet, seb, film, scenes):
    reader = meet(seb)
    reader.opens(cover(film))
    reader.page.keyboard.press("ArrowRight")
    for title, moment in zip(TITLES, scenes, strict=True):
        reader.arrives_at(title)
        expect(reader.page).to_have_url(reader.home + at(moment))
        expect(reader.page).to_have_title(re.compile(title))
        reader.page.keyboard.press("ArrowRight")
    reader.arrives_at("La La Land")
    expect(reader.page).to_have_url(re.compile("/relive/end/$"))
    reader.page.keyboard.press("ArrowLeft")
    reader.arrives_at("The Farewell")
    reader.page.keyboard.press("Escape")
    expect(reader.page).to_have_url(reader.home + film.get_absolute_url())


def test_turning_moves_focus_and_is_said(meet, film, scenes):
    reader = meet()
    reader.opens(at(scenes[0]))
    reader.page.keyboard.press("ArrowRight")
    reader.arrives_at("The Party")
    expect(heading(reader)).to_be_focused()
    expect(reader.page.locator("#stage-status")).to_have_text("Moment 2 of 5")


def test_the_browsers_own_back_and_on_turn_too(meet, film, scenes):
    reader = meet()
    reader.opens(at(scenes[0]))
    for title in ("The Party", "The Bench"):
        reader.page.keyboard.press("ArrowRight")
        reader.arrives_at(title)
    for go, title in (("go_back", "The Party"), ("go_back", "The Jam"), ("go_forward", "The Party")):
        getattr(reader.page, go)()
        reader.arrives_at(title)
    reader.page.reload()
    reader.arrives_at("The Party")


def test_whoever_loses_the_site_keeps_the_page_and_goes_on_later(meet, film, scenes):
    reader = meet()
    reader.opens(at(scenes[0]))
    reader.page.wait_for_load_state("networkidle")
    reader.context.set_offline(True)
    reader.page.keyboard.press("ArrowRight")
    reader.arrives_at("The Party")
    for _again in range(2):
        reader.page.keyboard.press("ArrowRight")
        expect(reader.page.get_by_text("The site could not be reached")).to_have_count(1)
    reader.arrives_at("The Party")
    expect(reader.page).to_have_url(reader.home + at(scenes[1]))
    reader.context.set_offline(False)
    reader.page.keyboard.press("ArrowRight")
    reader.arrives_at("The Bench")
    reader.forgives("ERR_INTERNET_DISCONNECTED")


def test_a_way_out_without_the_site_says_so_and_opens_later(meet, film, scenes):
    reader = meet()
    reader.opens(at(scenes[0]))
    reader.page.wait_for_load_state("networkidle")
    reader.context.set_offline(True)
    for way_out in (reader.page.locator(".stage-talk").click, lambda: reader.page.keyboard.press("Escape")):
        way_out()
        expect(reader.page.get_by_text("The site could not be reached")).to_have_count(1)
        reader.page.get_by_role("button", name="Dismiss").click()
        expect(reader.page).to_have_url(reader.home + at(scenes[0]))
    reader.context.set_offline(False)
    reader.page.keyboard.press("Escape")
    expect(reader.page).to_have_url(reader.home + film.get_absolute_url())
    reader.forgives("ERR_INTERNET_DISCONNECTED")  # the place is kept after a while, with no network too


def test_going_back_without_the_site_stays_at_the_moment_and_its_address(meet, film, scenes):
    reader = meet()
    reader.opens(at(scenes[0]))
    reader.page.keyboard.press("ArrowRight")
    reader.arrives_at("The Party")
    reader.page.route(f"**{at(scenes[0])}", lambda route: route.abort("internetdisconnected"))
    reader.page.reload()
    reader.page.go_back()
    expect(reader.page.get_by_text("The site could not be reached")).to_be_visible()
    reader.arrives_at("The Party")
    expect(reader.page).to_have_url(reader.home + at(scenes[1]))
    reader.forgives("ERR_INTERNET_DISCONNECTED")


def test_a_picture_that_does_not_come_holds_nobody_up(meet, film, scenes):
    reader = meet()
    reader.page.route(f"**{scenes[1].art_url}", lambda route: None)
    reader.opens(at(scenes[0]))
    reader.page.keyboard.press("ArrowRight")
    reader.arrives_at("The Party")


def test_a_moment_that_is_gone_meanwhile_is_looked_for_by_the_browser(meet, film, scenes):
    reader = meet()
    reader.opens(at(scenes[0]))
    reader.page.wait_for_load_state("networkidle")
    Moment.objects.filter(pk=scenes[2].pk).update(state="withheld")
    reader.expected.add(404)
    reader.page.keyboard.press("ArrowRight")
    reader.arrives_at("The Party")
    reader.page.keyboard.press("ArrowRight")
    reader.arrives_at("This scene was cut")


def test_swipes_turn_and_taps_on_the_sides_too(meet, film, scenes):
    reader = meet(width=360)
    reader.opens(at(scenes[0]))
    reader.page.evaluate(SWIPE, [300, 200])
    reader.arrives_at("The Party")
    reader.page.evaluate(SWIPE, [100, 220])
    reader.arrives_at("The Jam")
    reader.page.evaluate(SWIPE, [100, 110])
    reader.arrives_at("The Jam")
    reader.page.touchscreen.tap(330, 150)
    reader.arrives_at("The Party")
    reader.page.touchscreen.tap(30, 150)
    reader.arrives_at("The Jam")


@SCRIPT
@WIDTHS
def test_a_member_taps_a_feeling_and_takes_it_back(meet, seb, scenes, width, script):
    reader = meet(seb, width=width, java_script_enabled=script)
    reader.opens(at(scenes[0]))
    for name in ("Joy", "Love"):
        chip(reader, name).click()
        is_felt(reader, name, True)
    chip(reader, "Joy").click()
    is_felt(reader, "Joy", False)
    is_felt(reader, "Love", True)
    assert scenes[0].feelings_of(seb) == {"love"}
    reader.sees_that_it_fits()


def test_quick_taps_are_all_kept_and_are_there_on_return(meet, film, scenes):
    reader = meet()
    reader.opens(at(scenes[0]))
    for name in ("Joy", "Love", "Hope", "Fear"):
        chip(reader, name).click()
    for name in ("Joy", "Love", "Hope", "Fear"):
        is_felt(reader, name, True)
    expect(chip(reader, "Fear")).to_be_focused()
    for key, title in (("ArrowRight", "The Party"), ("ArrowLeft", "The Jam")):
        reader.page.keyboard.press(key)
        reader.arrives_at(title)
    is_felt(reader, "Hope", True)
    reader.page.reload()
    for name in ("Joy", "Love", "Hope", "Fear"):
        is_felt(reader, name, True)


def test_the_line_takes_the_colour_of_a_tap_at_once(meet, film, scenes):
    reader = meet()
    reader.opens(at(scenes[0]))
    reader.page.wait_for_load_state("networkidle")
    chip(reader, "Joy").click()
    is_felt(reader, "Joy", True)
    reader.page.keyboard.press("ArrowRight")
    reader.arrives_at("The Party")
    expect(reader.page.locator(".stage-line i").first).to_have_class("is-done feeling-joy")
    reader.page.keyboard.press("ArrowLeft")
    reader.arrives_at("The Jam")
    chip(reader, "Joy").click()
    is_felt(reader, "Joy", False)
    reader.page.keyboard.press("ArrowRight")
    reader.arrives_at("The Party")
    expect(reader.page.locator(".stage-line i").first).to_have_class("is-done")


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
    Progress.objects.reach(seb, film, Horizon(1.0))
    reader = meet(seb, java_script_enabled=script, reduced_motion="reduce")
    reader.opens(at(scenes[0]))
    reader.page.wait_for_load_state("networkidle")
    reader.page.get_by_role("link", name="Next", exact=True).click()
    reader.arrives_at("A moment later in the story")
    assert "The Party" not in reader.page.content()
    if script:
        assert complaints(reader) == {}
    reader.presses("I have seen this too")
    reader.arrives_at("The Party")
    reader.page.get_by_role("link", name="Next", exact=True).click()
    reader.arrives_at("A moment later in the story")
    assert Progress.objects.horizon(seb, film).place == 2.0


@SCRIPT
@WIDTHS
def test_a_visitor_feels_joins_and_keeps_it(meet, film, scenes, width, script):
    reader = meet(width=width, java_script_enabled=script)
    reader.opens(at(scenes[4]))
    chip(reader, "Heartbreak").click()
    is_felt(reader, "Heartbreak", True)
    reader.page.get_by_role("link", name="Your arc", exact=True).click()
    expect(reader.page.get_by_text("You felt something at 1 of 5 moments")).to_be_visible()
    reader.sees_that_it_fits()
    reader.page.get_by_role("link", name="Join and keep it").click()
    reader.page.get_by_label("Username").fill("ana")
    reader.page.get_by_label("E-mail").fill("ana@example.org")
    reader.page.get_by_label("Password").fill("planetarium at night")
    reader.presses("Join")
    reader.arrives_at("What you felt before")
    expect(reader.page.get_by_text("The Farewell")).to_be_visible()
    reader.presses("Keep them")
    expect(reader.page.get_by_text("What you felt is yours now.")).to_be_visible()
    felt = Reaction.objects.values_list("member__username", "moment__title", "feeling")
    assert list(felt) == [("ana", "The Farewell", "heartbreak")]


@WIDTHS
def test_the_end_shows_ones_own_line_and_a_card(meet, seb, film, scenes, width):
    for moment, feeling in zip(scenes, ("joy", "joy", "love", "wonder", "heartbreak"), strict=True):
        moment.feel(seb, feeling)
    reader = meet(seb, width=width, reduced_motion="reduce")
    reader.opens(f"{cover(film)}end/")
    expect(reader.page.get_by_text("You felt something at 5 of 5 moments")).to_be_visible()
    expect(reader.page.locator("svg.arc .arc-mine")).to_be_attached()
    card = reader.page.locator(".stage-card")
    card.scroll_into_view_if_needed()
    assert card.evaluate(
        "async (card) => { await card.decode(); return [card.naturalWidth, card.naturalHeight] }"
    ) == [
        1200,
        630,
    ]
    with reader.page.expect_download() as download:
        reader.page.get_by_role("link", name="Save the picture").click()
    picture = Image.open(io.BytesIO(download.value.path().read_bytes()))
    assert (picture.format, picture.size, download.value.suggested_filename) == (
        "PNG",
        (1200, 630),
        "la-la-land.png",
    )


def test_the_screen_stays_awake_from_the_first_key_on(meet, film, scenes):
    reader = meet()
    reader.page.add_init_script(AWAKE)
    reader.opens(at(scenes[0]))
    assert reader.page.evaluate("locks.length") == 0
    for title in TITLES[1:3]:
        reader.page.keyboard.press("ArrowRight")
        reader.arrives_at(title)
    assert reader.page.evaluate("locks.map((lock) => lock.released)") == [False]
    for hidden in (True, False):
        reader.page.evaluate(HIDE, hidden)
    assert reader.page.evaluate("locks.map((lock) => lock.released)") == [True, False]


def test_the_card_is_shared_where_the_device_knows_how(meet, film, scenes):
    without, reader = meet(), meet()
    without.page.add_init_script("delete Navigator.prototype.share")
    without.opens(f"{cover(film)}end/")
    expect(without.page.locator("[data-share]")).to_be_hidden()
    reader.page.add_init_script(SHARE)
    reader.opens(f"{cover(film)}end/")
    reader.presses("Share it")
    shared = ["La La Land", reader.home + film.get_absolute_url(), "image/png"]
    expect(reader.page.locator("html")).to_have_attribute("data-shared", ", ".join(shared))


def test_a_title_from_right_to_left_leaves_the_count_as_it_is(meet, mia):
    film = make_film("مرحبا بالعالم")
    first, *_rest = [make_moment(film, mia) for _ in range(3)]
    reader = meet()
    reader.opens(at(first))
    count = reader.page.get_by_text("1 / 3")
    one, three = (count.evaluate(PLACE_OF_LETTER, letter) for letter in (0, 4))
    assert one < three


def test_each_feeling_keeps_its_colour_where_colours_are_forced(meet, film, scenes):
    reader = meet(forced_colors="active")
    reader.opens(at(scenes[0]))
    dots = {name: chip(reader, name).evaluate(COLOUR_OF_DOT) for name in ("Joy", "Fear", "Anger")}
    assert len(set(dots.values())) == 3


@pytest.mark.parametrize("place", ["cover", "moment", "end"])
def test_relive_mode_is_accessible(place, meet, seb, film, scenes):
    scenes[0].feel(seb, "joy")
    reader = meet(seb, reduced_motion="reduce")
    reader.opens({"cover": cover(film), "moment": at(scenes[0]), "end": f"{cover(film)}end/"}[place])
    assert complaints(reader) == {}


@WIDTHS
def test_one_moment_and_four_hundred_fit(meet, film, mia, width):
    only = make_moment(film, mia, "The Only One")
    reader = meet(width=width)
    reader.opens(at(only))
    expect(reader.page.locator(".stage-line i")).to_have_count(1)
    Moment.objects.filter(pk=only.pk).update(position=200.5)
    make_many(film, mia, 399)
    reader.opens(at(only))
    expect(reader.page.get_by_text("202 / 400")).to_be_visible()
    pieces = reader.page.locator(".stage-line i").evaluate_all("all => all.map((one) => one.offsetWidth)")
    assert min(pieces) >= 3


def make_many(film, author, count):
    Moment.objects.bulk_create(
        Moment(
            kind="moment", film=film, author=author, title=f"Scene {n}", slug=f"scene-{n}", position=float(n)
        )
        for n in range(count)
    )


def test_the_next_moment_shows_within_a_tenth_of_a_second_of_the_key(meet, film, mia, capsys):
    make_many(film, mia, 40)
    reader = meet()
    reader.opens(at(film.posts.get(slug="scene-0")))
    reader.page.evaluate(STOPWATCH)
    medians = []
    for start in range(0, 9 * ROUNDS, 9):
        for number in range(start + 1, start + 10):
            reader.page.wait_for_load_state("networkidle")
            reader.page.wait_for_timeout(250)
            reader.page.keyboard.press("ArrowRight")
            expect(heading(reader)).to_have_text(f"Scene {number}")
        reader.page.wait_for_timeout(250)
        medians.append(statistics.median(reader.page.evaluate("times.slice(-9)")))
        if medians[-1] < GOAL:
            break
    with capsys.disabled():
        print(f" next moment after {min(medians):.0f} ms ", end="")  # noqa: T201 - the figure is to be read
    assert min(medians) < GOAL
