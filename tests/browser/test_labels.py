"""Labelling, folding and reporting in a real browser, with and without a script, on a phone and at a desk."""

import re

import pytest
from playwright.sync_api import expect

from moments.labels import MEMBER_THRESHOLDS
from moments.models import Comment, Post, Report
from tests.support.makers import make_comment, make_member

pytestmark = pytest.mark.django_db(transaction=True)

FEW = MEMBER_THRESHOLDS["unkind"] - 1
WAYS = {
    "phone": {"width": (360, 1360)},
    "desk without script": {"width": (1360, 360), "java_script_enabled": False},
}


@pytest.fixture(params=WAYS)
def way(request):
    return WAYS[request.param]


@pytest.fixture
def remark(moment, mia):
    """A comment that one more label will fold."""
    remark = make_comment(moment, mia, "Nobody here can dance.")
    for number in range(FEW):
        remark.label(make_member(f"fan{number}"), "unkind")
    return remark


def labels(viewer, remark):
    """Open the menu of the remark, in its place or on its page."""
    viewer.page.locator(f"#c{remark.pk}").get_by_role("link", name="More").click()
    menu = viewer.page.locator(".labelling")
    expect(menu).to_be_visible()
    viewer.can_touch(".labelling button")
    return menu


def test_a_member_labels_a_comment_and_takes_it_back(way, meet, moment, remark, seb):
    viewer = meet(seb, **way)
    viewer.opens(moment.get_absolute_url())
    expect(viewer.page.get_by_text("Nobody here can dance.")).to_be_visible()
    labels(viewer, remark).get_by_role("button", name="Unkind").click()
    expect(viewer.page.locator(f"#labels-comment-{remark.pk}")).to_have_text(
        f"Unkind {MEMBER_THRESHOLDS['unkind']}"
    )
    viewer.opens(moment.get_absolute_url())
    hiding_for = viewer.page.get_by_text(
        f"Hidden for you: {MEMBER_THRESHOLDS['unkind']} members find it unkind"
    )
    expect(viewer.page.get_by_text("Nobody here can dance.")).to_be_hidden()
    hiding_for.click()
    expect(viewer.page.get_by_text("Nobody here can dance.")).to_be_visible()
    viewer.sees_that_it_fits()
    labels(viewer, remark).get_by_role("button", name="Unkind").click()
    expect(viewer.page.locator(f"#labels-comment-{remark.pk}")).to_have_text(
        f"Unkind {MEMBER_THRESHOLDS['unkind'] - 1}"
    )
    assert Comment.objects.get().unkind_labels == FEW


def test_what_is_hidden_for_you_opens_by_keyboard(meet, moment, remark, seb, keith):
    remark.label(keith, "unkind")
    viewer = meet(seb)
    viewer.opens(moment.get_absolute_url())
    viewer.page.locator(".hidden-why").focus()
    viewer.page.keyboard.press("Enter")
    expect(viewer.page.get_by_text("Nobody here can dance.")).to_be_visible()


def test_a_report_is_made_judged_and_heard(way, meet, moment, remark, seb, keith):
    viewer = meet(seb, **way)
    viewer.opens(moment.get_absolute_url())
    labels(viewer, remark).get_by_role("link", name="Report").click()
    viewer.arrives_at("Report a comment")
    viewer.page.get_by_label("Private data").check()
    viewer.page.get_by_label("In your words").fill("It names my street.")
    viewer.presses("Report it")
    expect(viewer.page.get_by_role("link", name="Your reports")).to_be_visible()
    viewer.opens("/reports/")
    expect(viewer.page.get_by_text("Waiting", exact=True)).to_be_visible()

    desk = meet(keith, **way)
    desk.page.goto("/admin/")
    desk.page.locator(".queue-rows a").first.click()
    expect(desk.page.get_by_text("It names my street.")).to_be_visible()
    desk.page.locator("summary", has_text="Close: nothing to do").click()
    desk.page.locator(".decision[open]").get_by_label("Outcome").fill("There is no street in it.")
    desk.page.get_by_role("button", name="Close: nothing to do", exact=True).click()
    expect(desk.page.get_by_text("Kept:")).to_be_visible()
    assert Report.objects.get().state == "kept"

    viewer.opens("/reports/")
    expect(viewer.page.get_by_text("There is no street in it.")).to_be_visible()
    viewer.presses("Mark as read")
    expect(viewer.page.get_by_text("new outcome")).to_have_count(0)
    viewer.arrives_at("Your reports")


def test_a_visitor_is_asked_to_sign_in(way, meet, moment, remark):
    viewer = meet(**way)
    viewer.opens(moment.get_absolute_url())
    viewer.page.locator(f"#c{remark.pk}").get_by_role("link", name="Report").click()
    viewer.page.wait_for_url("**/accounts/login/?next=*")


def test_the_menu_is_closed_by_its_sign_and_by_escape(meet, moment, remark, seb):
    viewer = meet(seb)
    viewer.opens(moment.get_absolute_url())
    sign = viewer.page.locator(f"#c{remark.pk}").get_by_role("link", name="More")
    sign.click()
    expect(viewer.page.locator(".labelling")).to_be_visible()
    expect(sign).to_have_attribute("aria-expanded", "true")
    sign.click()
    expect(viewer.page.locator(".labelling")).to_have_count(0)
    sign.click()
    viewer.page.locator(".labelling button").first.focus()
    viewer.page.keyboard.press("Escape")
    expect(viewer.page.locator(".labelling")).to_have_count(0)
    expect(sign).to_be_focused()


def test_the_address_of_a_comment_is_copied(meet, moment, remark, seb):
    viewer = meet(seb, permissions=["clipboard-read", "clipboard-write"])
    viewer.opens(moment.get_absolute_url())
    labels(viewer, remark).get_by_role("link", name="Copy link").click()
    expect(viewer.page.get_by_text("The link is copied.")).to_be_visible()
    address = viewer.page.evaluate("navigator.clipboard.readText()")
    assert address.endswith(f"/comments/{remark.pk}/")


def test_a_member_mutes_the_author_from_the_menu(way, meet, moment, remark, seb):
    viewer = meet(seb, **way)
    viewer.opens(moment.get_absolute_url())
    labels(viewer, remark).get_by_role("button", name=f"Mute @{remark.author.username}").click()
    expect(viewer.page.get_by_text(f"Hidden for you: you muted @{remark.author.username}")).to_be_visible()


def menu_of_card(viewer, address):
    """Open the menu of the one card in this list, below it or on its page."""
    viewer.opens(address)
    sign = viewer.page.locator(".card").get_by_role("link", name="More")
    if viewer.width < 700:
        viewer.can_touch(".card [data-menu]", only_here=True)
    sign.click()
    expect(viewer.page.locator(".labelling")).to_be_visible()
    viewer.sees_that_it_fits()
    return viewer.page.locator(".labelling")


def test_a_member_flags_from_a_list_and_sees_it_on_the_card(way, meet, moment, seb):
    viewer = meet(seb, **way)
    menu_of_card(viewer, "/new/").get_by_role("button", name="Off-topic").click()
    expect(viewer.page.locator(f"#labels-post-{moment.pk}")).to_have_text("Off-topic 1")
    assert Post.objects.get().off_topic_labels == 1


def test_a_visitor_and_the_author_find_theirs_in_the_menu_of_a_card(way, meet, moment, mia):
    visitor, author = meet(**way), meet(mia, **way)
    menu_of_card(visitor, "/").get_by_role("link", name="Report").click()
    visitor.page.wait_for_url("**/accounts/login/?next=*")
    menu_of_card(author, f"/members/{mia.username}/").get_by_role("link", name="Delete").click()
    author.arrives_at(f"Delete “{moment.title}”?")


def test_who_mutes_from_a_list_stays_there(meet, moment, seb):
    viewer = meet(seb)
    menu_of_card(viewer, "/new/").get_by_role("button", name=f"Mute @{moment.author.username}").click()
    expect(viewer.page.locator(".card")).to_have_count(0)
    expect(viewer.page).to_have_url(re.compile("/new/$"))
