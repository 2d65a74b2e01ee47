"""The bars and pictures on a phone: what leaves the screen, what comes back, and what opens."""

import re

import pytest
from playwright.sync_api import expect

from tests.support.makers import make_comment, make_film, make_moment, make_song

pytestmark = pytest.mark.django_db(transaction=True)
IN_SIGHT = """name => {
    const box = document.querySelector(name).getBoundingClientRect();
    return box.bottom > 1 && box.top < innerHeight - 1;
}"""


def in_sight(viewer):
    return [viewer.page.evaluate(IN_SIGHT, name) for name in (".topbar", ".bottombar")]


def scrolls(viewer, place):
    viewer.page.evaluate("place => scrollTo({ top: place, behavior: 'instant' })", place)
    viewer.page.wait_for_function("document.documentElement.dataset.bars !== undefined")
    viewer.page.evaluate(
        "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
    )


def test_the_bars_leave_while_one_scrolls_down_and_come_back(meet, film, mia):
    for _number in range(6):
        make_moment(film, mia)
    viewer = meet(width=360)
    viewer.opens("/new/")
    assert in_sight(viewer) == [True, True]
    scrolls(viewer, 900)
    assert in_sight(viewer) == [False, False]
    scrolls(viewer, 700)
    assert in_sight(viewer) == [True, True]
    scrolls(viewer, 1_000)
    viewer.page.locator(".brand").focus()
    assert in_sight(viewer)[0], "whoever comes there by key sees where they are"


def test_without_a_script_the_upper_bar_scrolls_away_and_the_lower_stays(meet, film, mia):
    for _number in range(6):
        make_moment(film, mia)
    viewer = meet(width=360, java_script_enabled=False)
    viewer.opens("/new/")
    viewer.page.mouse.wheel(0, 900)
    expect(viewer.page.locator(".bottombar")).to_be_in_viewport()


def test_on_a_phone_the_upper_bar_is_one_line_and_repeats_nothing(meet, seb):
    for viewer in (meet(width=360), meet(seb, width=360)):
        viewer.opens("/feelings/")
        assert viewer.page.locator(".topbar").bounding_box()["height"] <= 57
        links = viewer.page.locator(":is(.topbar nav, .bottombar) a:visible").all()
        addresses = [link.get_attribute("href") for link in links]
        assert len(addresses) == len(set(addresses))
        expect(viewer.page.get_by_role("link", name="Feelings", exact=True)).to_be_in_viewport(ratio=0.95)
        viewer.can_touch(".topbar a, .topbar button", only_here=True)


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_what_stands_further_down_stays_one_press_away(script, meet, moment, seb):
    make_comment(moment, seb, "Fine. " * 200)
    viewer = meet(width=360, java_script_enabled=script)
    viewer.opens(moment.get_absolute_url())
    viewer.page.mouse.move(180, 400)
    viewer.page.mouse.wheel(0, 900)
    jumps = viewer.page.get_by_role("navigation", name="On this page")
    expect(jumps).to_be_in_viewport(ratio=1)
    jumps.get_by_role("link", name="1 comment").click()
    title = viewer.page.locator("#comments-title")
    expect(title).to_be_in_viewport(ratio=1)
    below = jumps.bounding_box()
    assert title.bounding_box()["y"] >= below["y"] + below["height"]


@pytest.mark.parametrize("width", [320, 1360])
def test_the_whole_menu_is_in_sight(width, meet, keith):
    viewer = meet(keith, width=width)
    viewer.page.set_viewport_size({"width": width, "height": 706})
    viewer.page.goto("/films/")
    viewer.page.get_by_role("button", name="Your menu").click()
    for control in viewer.page.locator("#menu a, #menu button:visible").all():
        expect(control).to_be_in_viewport(ratio=0.99)
    assert viewer.page.evaluate("menu.scrollHeight <= menu.clientHeight")
    viewer.can_touch("#menu li a", only_here=True)


def test_nothing_lies_over_the_form_of_those_who_join(meet):
    viewer = meet(width=360)
    viewer.opens("/accounts/signup/")
    expect(viewer.page.locator(".bottombar")).to_have_count(0)


def test_the_chosen_time_is_in_sight(meet, film, mia):
    make_moment(film, mia)
    viewer = meet(width=360)
    viewer.opens("/top/?by=all")
    expect(viewer.page.get_by_role("link", name="All time")).to_be_in_viewport(ratio=0.95)


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_a_picture_stands_above_its_title_and_opens(script, meet, moment):
    viewer = meet(width=360, java_script_enabled=script)
    viewer.opens(moment.get_absolute_url())
    picture = viewer.page.get_by_role("link", name="The picture alone")
    box, title = picture.bounding_box(), viewer.page.get_by_role("heading", level=1).bounding_box()
    assert title["y"] >= box["y"] + box["height"]
    assert abs(box["width"] / box["height"] - 16 / 9) < 0.02
    picture.click()
    if not script:
        viewer.page.wait_for_url("**/art/*.svg")
        return
    expect(viewer.page.get_by_role("dialog")).to_be_visible()
    viewer.page.keyboard.press("Escape")
    expect(viewer.page.get_by_role("dialog")).to_have_count(0)


def test_seven_feelings_are_behind_one_press(meet, moment, seb):
    viewer = meet(seb, width=360)
    viewer.opens(moment.get_absolute_url())
    feelings = viewer.page.locator("#relive .feel:visible")
    expect(feelings).to_have_count(5)
    viewer.page.get_by_text("More feelings").click()
    expect(feelings).to_have_count(12)
    feelings.last.click()
    expect(viewer.page.locator("#relive .feel[aria-pressed=true]")).to_be_visible()


def test_a_song_says_where_it_is_heard_and_where_to_look_for_it(meet, film, mia):
    viewer = meet(width=360)
    song = make_song(film, mia, "City of Stars", artist="Ryan Gosling & Emma Stone")
    viewer.opens(song.get_absolute_url())
    places = viewer.page.locator(".hero-listen a").evaluate_all(
        "links => links.map((link) => [link.href, link.rel])"
    )
    assert [address.partition("?")[0].split("/")[2] for address, _rel in places] == [
        *("www.youtube.com", "open.spotify.com", "music.apple.com"),
    ]
    assert all(
        "City%20of%20Stars%20Ryan%20Gosling%20%26%20Emma%20Stone" in address for address, _rel in places
    )
    assert {rel for _address, rel in places} == {"nofollow noopener"}
    order = viewer.page.locator("h2").all_inner_texts()
    assert order.index("Heard in") < order.index("No comments yet")


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_a_film_keeps_what_is_done_rarely_behind_one_sign(script, meet, film, mia):
    make_moment(film, mia)
    viewer = meet(mia, width=360, java_script_enabled=script)
    viewer.opens(film.get_absolute_url())
    verbs = viewer.page.locator(".film-verbs > *")
    expect(verbs).to_have_text(["Relive it", "Log it", re.compile("^\\s*Add"), re.compile("Report")])
    assert len({verb.bounding_box()["y"] for verb in verbs.all()}) == 1, "they stand in one row"
    rare = viewer.page.locator(".film-more > ul")
    expect(rare).to_be_hidden()
    viewer.page.locator(".film-more > summary").click()
    for name in ("Share", "Add to a list", "Edit this film", "Mute this film", "Report"):
        expect(rare.get_by_role("link", name=name)).to_be_visible()
    viewer.can_touch(".film-verbs a, .film-verbs button, .film-verbs summary")
    viewer.sees_that_it_fits()


def test_a_film_is_logged_from_its_head(meet, film, mia):
    viewer = meet(mia, width=360)
    viewer.opens(film.get_absolute_url())
    viewer.page.get_by_role("link", name="Log it", exact=True).click()
    expect(viewer.page.locator("form.log-form")).to_be_in_viewport()


def test_a_film_has_one_button_to_add_and_says_where_else_it_is(meet, mia):
    film = make_film(
        "Ponyo", imdb="tt0876563", wikidata="Q28891", summary="A fish who wants to be a girl. " * 12
    )
    make_moment(film, mia)
    viewer = meet(width=360)
    viewer.opens(film.get_absolute_url())
    expect(viewer.page.get_by_role("link", name="A song")).to_be_hidden()
    viewer.page.locator(".add > summary").first.click()
    for name in ("A moment", "A song", "Trivia"):
        expect(viewer.page.locator(".add").get_by_role("link", name=name)).to_be_visible()
    expect(viewer.page.get_by_role("link", name="IMDb")).to_have_attribute(
        "href", "https://www.imdb.com/title/tt0876563/"
    )
    text = viewer.page.locator(".synopsis > p")
    before = text.bounding_box()["height"]
    viewer.page.locator(".synopsis").get_by_text("More").click()
    assert text.bounding_box()["height"] > before


def test_a_printed_page_has_its_title_below_the_picture(meet, moment):
    viewer = meet(width=718)
    viewer.page.emulate_media(media="print")
    viewer.opens(moment.get_absolute_url())
    picture = viewer.page.locator(".hero-art").bounding_box()
    title = viewer.page.get_by_role("heading", level=1).bounding_box()
    assert picture["height"] > 100
    assert title["y"] >= picture["y"] + picture["height"]
