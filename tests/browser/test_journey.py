"""A newcomer's whole story, told on a phone with script and at a desk without."""

import re

import pytest
from PIL import Image
from playwright.sync_api import expect

from moments.models import Moment, Post
from tests.support.makers import make_comment
from tests.support.visitor import PHONE_AND_DESK
from tests.support.waiting import until

CONTROLS = ".vote, .feel, .bottombar a, .topbar a, .button, .tabs a"


@pytest.fixture
def still(tmp_path):
    """A picture whose top is blue and whose ground is warm."""
    dusk = Image.linear_gradient("L").resize((1000, 600))
    path = tmp_path / "dusk.png"
    Image.merge("RGB", (dusk, dusk.point(lambda light: light // 2), Image.new("L", dusk.size, 90))).save(path)
    return path


@pytest.fixture
def remark(moment, seb):
    return make_comment(moment, seb, "The lamp post deserves a credit.")


@PHONE_AND_DESK
def test_newcomer_joins_shares_talks_relives_and_takes_it_back(
    transactional_db, meet, still, remark, width, script
):
    ana = meet(width=width, java_script_enabled=script)
    join(ana)
    share_moment(ana, still)
    follow_its_tag(ana)
    comment_and_reply(ana)
    upvote_what_others_wrote(ana, remark)
    feel_and_relive(ana)
    edit_moment(ana)
    delete_moment(ana)


def join(ana):
    ana.opens("/")
    ana.page.get_by_role("link", name="Join", exact=True).click()
    ana.page.get_by_label("Username").fill("Ana")
    ana.page.get_by_label("E-mail").fill("ana@example.org")
    ana.page.get_by_label("Password").fill("planetarium at night")
    ana.presses("Join")
    ana.arrives_at("Which of these have you seen?")
    ana.can_touch(CONTROLS)
    ana.presses("Skip all of it")
    expect(ana.page).to_have_url(ana.home + "/")
    ana.sees_that_it_fits()


def share_moment(ana, still):
    page = ana.page
    page.get_by_role("link", name=re.compile("^Add")).locator("visible=true").first.click()
    ana.arrives_at("What stayed with you?")
    ana.can_touch(CONTROLS + ", .chip")
    page.get_by_role("link", name="A moment", exact=True).click()
    ana.arrives_at("Add a moment")
    page.get_by_label("Title").fill("Planetarium")
    page.get_by_label("What happens, and").fill("They *rise* among the stars.\n\n>!And dance there.!<")
    page.get_by_label("A still").set_input_files(still)
    page.get_by_label("What the still shows").fill("Dusk over a warm hill")
    page.get_by_text("More about this scene").click()
    page.get_by_label(re.compile("^Tags")).fill("stars, First Kiss")
    ana.presses("Add it")
    ana.arrives_at("Planetarium")
    expect(page.get_by_alt_text("Dusk over a warm hill")).to_be_visible()
    expect(page.locator("em", has_text="rise")).to_be_visible()
    ana.can_touch(CONTROLS)


def follow_its_tag(ana):
    ana.page.get_by_role("link", name="first kiss").click()
    ana.arrives_at("#first kiss")
    ana.page.get_by_role("link", name="Planetarium").locator("visible=true").first.click()
    ana.arrives_at("Planetarium")


def comment_and_reply(ana):
    page = ana.page
    page.get_by_role("textbox", name="Your comment").fill("I held my breath.")
    ana.presses("Comment")
    comment = page.get_by_role("listitem").filter(has_text="I held my breath.").first
    comment.get_by_role("link", name="Reply").click()
    form = page.locator("form", has=page.get_by_role("button", name="Reply", exact=True))
    form.get_by_role("textbox").fill("So did I, still.")
    ana.presses("Reply")
    answer = page.locator(".thread ol").get_by_text("So did I, still.")
    expect(answer).to_be_visible()
    ana.can_touch(CONTROLS)
    assert Moment.objects.get(title="Planetarium").comment_count == 2


def upvote_what_others_wrote(ana, remark):
    page = ana.page
    ana.opens(remark.post.get_absolute_url())
    for name, of_what in (("[data-page-vote]", remark.post), (".thread", remark)):
        vote = page.locator(f"{name} .vote")
        vote.click()
        expect(page.locator(f"{name} .vote")).to_have_attribute("aria-pressed", "true")
        expect(vote).to_have_text("1")
        until(type(of_what).objects.filter(pk=of_what.pk, votes=1).exists)
    page.locator("[data-page-vote] .vote").click()
    expect(page.locator("[data-page-vote] .vote")).to_have_attribute("aria-pressed", "false")


def feel_and_relive(ana):
    page = ana.page
    page.get_by_role("button", name="Wonder").click()
    expect(page.get_by_role("button", name="Wonder 1")).to_have_attribute("aria-pressed", "true")
    page.get_by_text("Another day").click()
    page.get_by_label("A note for your diary").fill("With popcorn.")
    page.get_by_role("button", name="I relived this").click()
    expect(page.locator(".then-list").get_by_text("With popcorn.")).to_be_visible()
    ana.opens("/members/ana/diary/")
    expect(page.get_by_text("With popcorn.")).to_be_visible()
    expect(page.get_by_text("Only you see this note")).to_be_visible()


def edit_moment(ana):
    page = ana.page
    ana.opens(Moment.objects.get(title="Planetarium").get_absolute_url())
    page.get_by_role("link", name="Edit", exact=True).first.click()
    ana.arrives_at("Edit Planetarium")
    page.get_by_label("Title").fill("The Planetarium")
    ana.presses("Save")
    ana.arrives_at("The Planetarium")


def delete_moment(ana):
    moment = Moment.objects.get(title="The Planetarium")
    ana.page.locator(".byline").get_by_role("link", name="More").click()
    ana.page.locator(".labelling").get_by_role("link", name="Delete").click()
    ana.arrives_at("Delete “The Planetarium”?")
    ana.presses("Delete it")
    ana.arrives_at("La La Land")
    assert not Post.objects.listed().filter(author__username="ana").exists()
    ana.opens(moment.get_absolute_url())
    ana.arrives_at("Deleted by its author")
    expect(ana.page.get_by_text("I held my breath.")).to_be_visible()
