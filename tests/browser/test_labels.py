"""Labelling, folding and reporting in a real browser, with and without a script, on a phone and at a desk."""

import pytest
from playwright.sync_api import expect

from moments.labels import MEMBERS
from moments.models import Comment, Report
from tests.conftest import make_comment, make_member

pytestmark = pytest.mark.django_db(transaction=True)

FEW = MEMBERS["unkind"] - 1
WAYS = {
    "phone": {"width": 360},
    "phone without script": {"width": 360, "java_script_enabled": False},
    "desk": {"width": 1360},
    "desk without script": {"width": 1360, "java_script_enabled": False},
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


def labels(reader, remark):
    """Open the labels of the remark, in their place or on their page."""
    reader.page.locator(f"#c{remark.pk}").get_by_role("link", name="Label").click()
    menu = reader.page.locator(".labelling")
    expect(menu).to_be_visible()
    reader.can_touch(".labelling button")
    return menu


def test_a_member_labels_a_comment_and_takes_it_back(way, meet, moment, remark, seb):
    reader = meet(seb, **way)
    reader.opens(moment.get_absolute_url())
    expect(reader.page.get_by_text("Nobody here can dance.")).to_be_visible()
    labels(reader, remark).get_by_role("button", name="Unkind").click()
    expect(reader.page.locator(f"#labels-comment-{remark.pk}")).to_have_text(f"Unkind {MEMBERS['unkind']}")
    reader.opens(moment.get_absolute_url())
    fold = reader.page.get_by_text(f"Folded: {MEMBERS['unkind']} members find it unkind")
    expect(reader.page.get_by_text("Nobody here can dance.")).to_be_hidden()
    fold.click()
    expect(reader.page.get_by_text("Nobody here can dance.")).to_be_visible()
    reader.sees_that_it_fits()
    labels(reader, remark).get_by_role("button", name="Unkind").click()
    expect(reader.page.locator(f"#labels-comment-{remark.pk}")).to_have_text(
        f"Unkind {MEMBERS['unkind'] - 1}"
    )
    assert Comment.objects.get().unkind_labels == FEW


def test_a_fold_opens_by_keyboard(meet, moment, remark, seb, keith):
    remark.label(keith, "unkind")
    reader = meet(seb)
    reader.opens(moment.get_absolute_url())
    reader.page.locator(".folded-why").focus()
    reader.page.keyboard.press("Enter")
    expect(reader.page.get_by_text("Nobody here can dance.")).to_be_visible()


def test_a_report_is_made_judged_and_heard(way, meet, moment, remark, seb, keith):
    reader = meet(seb, **way)
    reader.opens(moment.get_absolute_url())
    labels(reader, remark).get_by_role("link", name="Report it").click()
    reader.arrives_at("Report a comment")
    reader.page.get_by_label("Private data").check()
    reader.page.get_by_label("In your words").fill("It names my street.")
    reader.presses("Report it")
    reader.arrives_at("Your reports")
    expect(reader.page.get_by_text("Waiting", exact=True)).to_be_visible()

    desk = meet(keith, **way)
    desk.page.goto("/admin/")
    desk.page.locator(".queue-rows a").first.click()
    expect(desk.page.get_by_text("It names my street.")).to_be_visible()
    desk.page.get_by_role("link", name="Keep it: nothing to do", exact=True).click()
    desk.page.get_by_label("Outcome").fill("There is no street in it.")
    desk.page.get_by_role("button", name="Keep it: nothing to do", exact=True).click()
    expect(desk.page.get_by_text("Kept:")).to_be_visible()
    assert Report.objects.get().state == "kept"

    reader.opens("/reports/")
    expect(reader.page.get_by_text("There is no street in it.")).to_be_visible()
    reader.presses("I have read it")
    expect(reader.page.get_by_text("new outcome")).to_have_count(0)
    reader.arrives_at("Your reports")


def test_a_visitor_is_asked_to_sign_in(way, meet, moment, remark):
    reader = meet(**way)
    reader.opens(moment.get_absolute_url())
    reader.page.locator(f"#c{remark.pk}").get_by_role("link", name="Label").click()
    reader.page.wait_for_url("**/accounts/login/?next=*")
