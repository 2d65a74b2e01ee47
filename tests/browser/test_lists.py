"""Long lists: more cards come in place, and by a plain link without script."""

import pytest
from playwright.sync_api import expect

from tests.support.makers import make_comment, make_film, make_member, make_moment, make_song

pytestmark = pytest.mark.django_db(transaction=True)
PAGE = 25


@pytest.fixture
def many(film, mia):
    for number in range(PAGE + 3):
        make_moment(film, mia, f"Scene number {number}")


def test_load_more_appends_the_rest_below_what_is_there(many, seb, meet):
    viewer = meet(seb)
    viewer.opens("/new/")
    cards = viewer.page.locator(".cards .card")
    expect(cards).to_have_count(PAGE)
    viewer.page.get_by_role("link", name="Load more").click()
    expect(cards).to_have_count(PAGE + 3)
    expect(viewer.page.get_by_role("link", name="Load more")).to_have_count(0)
    expect(viewer.page).to_have_url(f"{viewer.home}/new/?pages=2")
    titles = viewer.page.locator(".card-title").all_inner_texts()
    assert titles == [f"Scene number {number}" for number in reversed(range(PAGE + 3))]


def test_load_more_appends_for_visitors_too(many, meet):
    viewer = meet()
    viewer.opens("/new/")
    viewer.page.get_by_role("link", name="Load more").click()
    expect(viewer.page.locator(".cards .card")).to_have_count(PAGE + 3)


def test_without_script_load_more_leads_to_the_next_page_and_back(many, meet):
    viewer = meet(java_script_enabled=False)
    viewer.opens("/new/")
    viewer.page.get_by_role("link", name="Load more").click()
    expect(viewer.page.locator(".cards .card")).to_have_count(3)
    viewer.page.get_by_role("link", name="Previous page").click()
    expect(viewer.page.locator(".cards .card")).to_have_count(PAGE)
    expect(viewer.page).to_have_url(f"{viewer.home}/new/")


@pytest.mark.parametrize("signed_in", [True, False], ids=["member", "visitor"])
def test_back_finds_the_place_in_a_list_that_had_grown(signed_in, many, seb, meet):
    viewer = meet(seb) if signed_in else meet()
    viewer.opens("/new/")
    viewer.page.get_by_role("link", name="Load more").click()
    last = viewer.page.get_by_role("link", name="Scene number 1", exact=True).locator("visible=true").last
    last.scroll_into_view_if_needed()
    last.click()
    viewer.arrives_at("Scene number 1")
    viewer.page.go_back()
    expect(viewer.page.locator(".cards .card")).to_have_count(PAGE + 3)
    expect(last).to_be_in_viewport()


def test_card_that_came_later_can_be_upvoted(many, seb, meet):
    viewer = meet(seb)
    viewer.opens("/new/")
    viewer.page.get_by_role("link", name="Load more").click()
    vote = viewer.page.locator(".card", has_text="Scene number 0").locator(".vote")
    vote.click()
    expect(vote).to_have_attribute("aria-pressed", "true")


def test_more_films_come_in_place(seb, meet):
    for number in range(26):
        make_film(f"Film number {number}")
    viewer = meet(seb)
    viewer.opens("/films/?sort=newest")
    viewer.page.get_by_role("link", name="Load more").click()
    expect(viewer.page.locator(".films .film")).to_have_count(26)


def test_words_without_end_fit_the_narrowest_telephone(moment, film, mia, meet):
    endless = make_moment(
        film, mia, "Donaudampfschifffahrtselektrizitätenhauptbetriebswerk" * 2, position=9e3
    )
    member = make_member("x" * 30)
    make_comment(moment, member, "Rhabarberbarbara" * 20)
    make_comment(endless, member)
    viewer = meet(mia, width=320)
    for post in (moment, endless):
        viewer.opens(post.get_absolute_url())
    viewer.opens(film.get_absolute_url())
    viewer.opens("/films/la-la-land/songs/new/")
    viewer.opens(member.get_absolute_url())


def test_the_introduction_is_smaller_for_whoever_has_seen_it(many, meet):
    viewer = meet(width=(360, 1360))
    intro = viewer.page.locator(".intro")
    viewer.opens("/")
    first = {width: intro.bounding_box()["height"] for width in viewer.at_each_width()}
    viewer.page.reload()
    for width in viewer.at_each_width():
        assert intro.bounding_box()["height"] < first[width] * 0.7
        expect(intro.get_by_role("heading", level=1)).to_be_visible()
        expect(intro.get_by_role("link", name="Join Reelive")).to_be_visible()
    viewer.sees_that_it_fits()


def test_without_script_the_introduction_stays_as_it_is(many, meet):
    viewer = meet(java_script_enabled=False)
    intro = viewer.page.locator(".intro")
    viewer.opens("/")
    first = intro.bounding_box()["height"]
    viewer.page.reload()
    assert intro.bounding_box()["height"] == first


LEFT = "parts => parts.map((part) => Math.round(part.getBoundingClientRect().left))"


def test_an_own_card_without_a_vote_stands_in_line(meet, film, mia, seb):
    """At a desk its picture stands below those with a vote; on a phone nothing holds a place for it."""
    for number in range(2):
        make_moment(film, mia, f"Scene number {number}")
    upvoted = make_moment(film, mia)
    upvoted.upvote(seb)
    viewer = meet(mia)
    viewer.opens("/new/")
    for width, part in [(1360, ".card-art"), (360, ".card-foot > :first-child")]:
        viewer.changes_to(width)
        places = viewer.page.locator(part).evaluate_all(LEFT)
        (edge,) = viewer.page.locator(".cards").evaluate_all(LEFT)
        expected = [places[0]] * 3 if width > 700 else [places[0], edge, edge]
        assert places == expected
        assert places[0] > edge


def test_what_a_toast_offers_stays_inside_of_it(meet, moment, seb):
    """Also a long link beside a long sentence, on the narrowest screen."""
    viewer = meet(seb, width=320)
    viewer.opens(f"/posts/{moment.pk}/report/")
    viewer.page.get_by_label("Spam").check()
    viewer.presses("Report it")
    toast = viewer.page.locator(".toast")
    outer = toast.bounding_box()
    for part in (toast.get_by_role("link"), toast.get_by_role("button", name="Dismiss")):
        inner = part.bounding_box()
        assert outer["x"] <= inner["x"]
        assert inner["x"] + inner["width"] <= outer["x"] + outer["width"]
    assert toast.locator("p").bounding_box()["width"] > 120


ONE_LINE = """lines => lines.map((line) => new Set([...line.children].map((part) => {
    const box = part.getBoundingClientRect();
    return Math.round((box.top + box.bottom) / 2 / 4);
})).size)"""


def test_on_a_phone_what_a_card_is_of_stands_in_one_line(meet, mia):
    film = make_film("Along with the Gods: The Two Worlds")
    make_moment(film, make_member("m" * 30))
    make_moment(film, mia)
    make_song(film, mia)
    viewer = meet(width=360)
    viewer.opens("/new/")
    assert viewer.page.locator(".card-line").evaluate_all(ONE_LINE) == [1, 1, 1]
    expect(viewer.page.locator(".card-line time")).to_have_count(3)
    viewer.can_touch(".card-foot a", only_here=True)


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_on_a_phone_films_are_filtered_behind_one_press(script, meet, film):
    viewer = meet(width=360, java_script_enabled=script)
    viewer.opens("/films/")
    expect(viewer.page.get_by_label("Decade")).to_be_hidden()
    viewer.page.get_by_text("Filter and sort").click()
    viewer.page.get_by_label("Medium").select_option("Films")
    if not script:
        viewer.presses("Show")
    viewer.page.wait_for_url("**/films/?*medium=film*")
    expect(viewer.page.get_by_label("Medium")).to_be_visible()
    viewer.changes_to(1360)
    expect(viewer.page.get_by_text("Filter and sort")).to_be_hidden()


def test_a_film_without_songs_says_no_number_of_them(meet, film, mia):
    make_moment(film, mia)
    viewer = meet(width=360)
    viewer.opens(film.get_absolute_url())
    tabs = viewer.page.get_by_role("navigation", name="Kinds").get_by_role("link")
    expect(tabs).to_have_text(["Moments 1", "Songs", "Trivia", "Reviews"])
