"""The list below a search field while one types, and the films that narrow while one shares."""

import pytest
from playwright.sync_api import expect

from moments.search import index
from tests.support.makers import make_film, make_moment

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def seb_there(meet, seb):
    return meet(seb)


def field(visitor, within="main"):
    return visitor.page.locator(within).get_by_role("combobox", name="Search")


def options(visitor, within="main"):
    return visitor.page.locator(within).get_by_role("option")


def test_arrows_walk_the_list_and_enter_opens_what_is_chosen(film, mia, seb_there):
    make_moment(film, mia, "Lamp light")
    index.catch_up()
    seb_there.opens("/search/")
    search = field(seb_there)
    search.fill("la")  # one answer, however slowly the keys come
    expect(options(seb_there)).to_have_count(3)
    expect(search).to_have_attribute("aria-expanded", "true")
    for place, key in ((0, "ArrowDown"), (1, "ArrowDown"), (0, "ArrowUp"), (2, "ArrowUp")):
        search.press(key)
        chosen = options(seb_there).nth(place)
        expect(chosen).to_have_attribute("aria-selected", "true")
        expect(search).to_have_attribute("aria-activedescendant", chosen.get_attribute("id"))
    search.press("ArrowDown")
    search.press("Enter")
    seb_there.arrives_at("La La Land")


def test_escape_closes_the_list_and_enter_alone_searches(film, seb_there):
    seb_there.opens("/")
    search = field(seb_there, "header")
    search.press_sequentially("la")
    expect(options(seb_there, "header").first).to_be_visible()
    search.press("Escape")
    expect(seb_there.page.locator("header .combobox-list")).to_be_hidden()
    expect(search).to_have_attribute("aria-expanded", "false")
    expect(search).to_have_value("la")
    search.press("Enter")
    seb_there.page.wait_for_url("**/search/?q=la")


def test_an_option_is_opened_by_the_pointer(film, seb_there):
    seb_there.opens("/search/")
    field(seb_there).press_sequentially("la la")
    options(seb_there).filter(has_text="La La Land").click()
    seb_there.arrives_at("La La Land")


def test_an_older_answer_never_replaces_a_newer_one(film, seb_there):
    make_film("Ponyo", year=2008)
    held = []
    seb_there.page.route("**/search/suggest/?q=l*", lambda route: held.append(route))
    seb_there.opens("/search/")
    search = field(seb_there)
    with seb_there.page.expect_request("**/search/suggest/?q=l*"):
        search.press_sequentially("l")
    search.fill("")
    search.press_sequentially("pony")
    expect(options(seb_there).filter(has_text="Ponyo")).to_be_visible()
    for route in held:
        with seb_there.page.expect_request_finished(lambda request, late=route.request: request == late):
            route.fulfill(body='<li role="option" data-url="/">Late</li>')
    # What was asked for after it has come, so the page has read it by now.
    seb_there.page.evaluate("fetch(location).then((answer) => answer.text())")
    expect(options(seb_there).filter(has_text="Late")).to_have_count(0)


def test_the_films_to_share_something_of_narrow_at_each_key(film, seb_there):
    make_film("Ponyo", year=2008)
    seb_there.opens("/share/")
    films = seb_there.page.locator("#share-films h2")
    expect(films).to_have_count(2)
    search = seb_there.page.get_by_role("searchbox", name="Title of the film or series")
    search.press_sequentially("pon")
    expect(films).to_have_text(["Ponyo 2008"])
    expect(seb_there.page.get_by_role("link", name="Add “pon”")).to_be_visible()
    expect(seb_there.page.locator("#share-found")).to_have_text("1 film found")
    search.fill("Past Lives")
    seb_there.page.get_by_role("link", name="Add “Past Lives”").click()
    expect(seb_there.page.get_by_label("Title", exact=True)).to_have_value("Past Lives")


def test_what_may_be_meant_is_one_press_away(film, mia, seb_there):
    make_moment(film, mia, "Sebastian at the piano")
    seb_there.opens("/search/?q=sebastien")
    seb_there.page.get_by_role("link", name="Did you mean Sebastian?").click()
    seb_there.page.wait_for_url("**/search/?q=sebastian")
    expect(seb_there.page.get_by_role("heading", name="Sebastian at the piano")).to_be_visible()


def test_the_present_tab_is_in_sight_on_a_phone(moment, seb_there):
    seb_there.page.set_viewport_size({"width": 360, "height": 740})
    seb_there.opens("/search/?q=lovely&kind=members")
    expect(seb_there.page.locator(".tabs [aria-current]")).to_be_in_viewport(ratio=1)


def test_on_a_desk_films_stand_beside_what_else_is_found(meet, film, mia):
    make_moment(film, mia, "A land of its own")
    index.catch_up()
    viewer = meet(width=1360)
    viewer.opens("/search/?q=land")
    films = viewer.page.get_by_role("region", name="Films").bounding_box()
    posts = viewer.page.get_by_role("region", name="Moments, songs, trivia and reviews").bounding_box()
    assert (films["x"] >= posts["x"] + posts["width"], films["y"]) == (True, posts["y"])
    tabs = viewer.page.get_by_role("navigation", name="Kinds of results").get_by_role("link")
    for tab in tabs.all():
        expect(tab).to_be_in_viewport(ratio=0.99)
    viewer.opens("/search/?q=own")
    expect(viewer.page.get_by_text("Ways to ask")).to_be_visible()
    viewer.changes_to(360)
    expect(viewer.page.get_by_text("Ways to ask")).to_be_hidden()
    viewer.sees_that_it_fits()
