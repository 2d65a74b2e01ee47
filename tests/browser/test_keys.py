"""Everything by keyboard alone: the shortcuts, the skip link, and all that opens or folds."""

import pytest
from playwright.sync_api import expect

from tests.support.makers import make_comment, make_moment

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def seb_there(meet, seb):
    return meet(seb)


@pytest.fixture
def keys(seb_there):
    return seb_there.page.keyboard


def test_j_and_k_walk_the_list_and_enter_opens(film, mia, seb_there, keys):
    for title in ("First", "Second", "Third"):
        make_moment(film, mia, title)
    seb_there.opens("/new/")
    titles = seb_there.page.locator("[data-item-link]")
    for key, place in (("j", 0), ("j", 1), ("j", 2), ("j", 2), ("k", 1)):
        keys.press(key)
        expect(titles.nth(place)).to_be_focused()
    keys.press("Enter")
    seb_there.arrives_at("Second")


def test_u_upvotes_what_is_in_focus_and_takes_it_back(film, mia, seb_there, keys):
    make_moment(film, mia, "First")
    seb_there.opens("/new/")
    vote = seb_there.page.locator(".card .vote")
    for wanted in ("true", "false"):
        keys.press("j")
        keys.press("u")
        expect(vote).to_have_attribute("aria-pressed", wanted)


def test_u_and_r_on_a_page_mean_the_post(moment, seb_there, keys):
    seb_there.opens(moment.get_absolute_url())
    keys.press("u")
    expect(seb_there.page.locator("[data-page-vote] .vote")).to_have_attribute("aria-pressed", "true")
    keys.press("r")
    expect(seb_there.page.get_by_label("Your comment")).to_be_focused()
    keys.type("jkur?/")
    expect(seb_there.page.get_by_label("Your comment")).to_have_value("jkur?/")


def test_r_replies_to_the_comment_in_focus(moment, mia, seb_there, keys):
    make_comment(moment, mia, "Look at the shoes.")
    seb_there.opens(moment.get_absolute_url())
    keys.press("j")
    keys.press("r")
    expect(seb_there.page.locator(".reply-slot textarea")).to_be_focused()


def test_slash_goes_to_the_search_and_searches(moment, seb_there, keys):
    seb_there.opens("/")
    keys.press("/")
    expect(seb_there.page.get_by_role("combobox", name="Search")).to_be_focused()
    keys.type("lovely")
    keys.press("Enter")
    expect(seb_there.page).to_have_url(f"{seb_there.home}/search/?q=lovely")


def test_question_mark_lists_the_keys_and_escape_closes_the_list(moment, seb_there, keys):
    seb_there.opens("/")
    keys.press("?")
    shortcuts = seb_there.page.get_by_role("dialog", name="Keyboard shortcuts")
    expect(shortcuts).to_be_visible()
    keys.press("Escape")
    expect(shortcuts).to_be_hidden()


def test_skip_link_comes_first_and_leads_to_the_content(moment, seb_there, keys):
    seb_there.opens("/")
    keys.press("Tab")
    skip = seb_there.page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    keys.press("Enter")
    expect(seb_there.page.get_by_role("main")).to_be_focused()


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_hidden_passage_opens_by_space(script, film, mia, meet):
    moment = make_moment(film, mia, body="Before, >!she leaves!<, after.")
    viewer = meet(java_script_enabled=script)
    viewer.opens(moment.get_absolute_url())
    spoiler = viewer.page.get_by_label("Show spoiler")
    spoiler.focus()
    passage = viewer.page.locator(".spoiler > span")
    expect(passage).to_be_hidden()
    viewer.page.keyboard.press("Space")
    expect(passage).to_be_visible()


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_veil_of_a_spoiling_moment_lifts_by_enter(script, film, mia, meet):
    moment = make_moment(film, mia, "She leaves", body="For Paris, alone.", spoiler=True)
    viewer = meet(java_script_enabled=script)
    viewer.opens(moment.get_absolute_url())
    viewer.arrives_at("A moment later in the story")
    expect(viewer.page.get_by_text("For Paris")).to_be_hidden()
    viewer.page.get_by_role("link", name="Show it anyway").press("Enter")
    expect(viewer.page.get_by_text("For Paris")).to_be_visible()


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_thread_folds_by_enter(script, moment, mia, seb, meet):
    make_comment(moment, seb, "A reply.", make_comment(moment, mia, "Look at the shoes."))
    viewer = meet(java_script_enabled=script)
    viewer.opens(moment.get_absolute_url())
    fold = viewer.page.locator(".thread summary").first
    fold.press("Enter")
    expect(viewer.page.get_by_text("A reply.")).to_be_hidden()
    expect(viewer.page.get_by_text("1 reply, collapsed")).to_be_visible()
    fold.press("Enter")
    expect(viewer.page.get_by_text("A reply.")).to_be_visible()


def test_menu_opens_and_closes_by_keyboard(seb_there, keys):
    seb_there.opens("/")
    button = seb_there.page.get_by_role("button", name="Your menu")
    button.press("Enter")
    settings = seb_there.page.get_by_role("link", name="Settings")
    expect(settings).to_be_visible()
    keys.press("Escape")
    expect(settings).to_be_hidden()
    expect(button).to_be_focused()
