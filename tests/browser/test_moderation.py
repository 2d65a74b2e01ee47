"""The staff's desk: in by the same door as everybody, remove what must go, and bring it back."""

import pytest
from playwright.sync_api import expect

from moments.admin.sweep import SWEEP_STEP
from moments.models import Comment, Report
from tests.support.makers import make_comment
from tests.support.reports import filed
from tests.support.visitor import PHONE_AND_DESK

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def desk(keith, meet):
    """Where the staff's sign-in has led."""
    desk = meet()
    desk.opens("/admin/")
    desk.page.get_by_label("E-mail or username").fill("keith")
    desk.page.get_by_label("Password").fill("correct horse")
    desk.presses("Sign in")
    expect(desk.page).to_have_url(f"{desk.home}/admin/")
    return desk


def act(desk, path, verb):
    """Open the row's page, press the verb and confirm it."""
    desk.opens(path)
    desk.page.get_by_role("link", name=verb, exact=True).click()
    if verb == "Remove":
        desk.page.get_by_label("Spam or malware").check()
    else:
        desk.page.get_by_label("Why").fill("Two members took another look.")
    desk.page.get_by_role("button", name=verb, exact=True).click()


def test_moderator_hides_a_post_and_brings_it_back(desk, moment, seb, meet):
    make_comment(moment, seb, "Look at the shoes.")
    viewer, path = meet(), moment.get_absolute_url()
    act(desk, f"/admin/moments/moment/{moment.pk}/change/", "Remove")
    expect(desk.page.get_by_text("Removed:")).to_be_visible()
    viewer.opens(path)
    viewer.arrives_at("Removed: Spam or malware")
    expect(viewer.page.get_by_text("Look at the shoes.")).to_be_visible()
    viewer.opens("/")
    expect(viewer.page.get_by_text("A Lovely Night")).to_have_count(0)
    act(desk, f"/admin/moments/moment/{moment.pk}/change/", "Restore")
    viewer.opens(path)
    viewer.arrives_at("A Lovely Night")


def test_author_still_sees_what_was_hidden(desk, moment, mia, meet):
    act(desk, f"/admin/moments/moment/{moment.pk}/change/", "Remove")
    author = meet(mia)
    author.opens(moment.get_absolute_url())
    expect(author.page.get_by_text(moment.body)).to_be_visible()
    expect(author.page.get_by_text("You alone can still read your text.")).to_be_visible()


def test_moderator_hides_a_comment_from_the_list(desk, moment, seb, meet):
    make_comment(moment, seb, "Buy my pills.")
    desk.opens("/admin/moments/comment/")
    desk.page.get_by_role("checkbox", name="Select this object").first.check()
    desk.page.locator("select[name=action]").select_option(label="Remove them")
    desk.page.get_by_role("button", name="Go", exact=True).click()
    desk.page.get_by_label("Spam or malware").check()
    desk.page.get_by_role("button", name="Remove", exact=True).click()
    viewer = meet()
    viewer.opens(moment.get_absolute_url())
    expect(viewer.page.get_by_text("Removed: Spam or malware.")).to_be_visible()
    expect(viewer.page.get_by_text("Buy my pills.")).to_have_count(0)


def test_member_finds_no_way_into_the_desk(seb, meet):
    member = meet(seb)
    member.expected = {403, 404}
    member.opens("/admin/")
    expect(member.page.get_by_text("Newest comments")).to_have_count(0)


@PHONE_AND_DESK
def test_a_removal_is_appealed_against_and_answered_in_public(desk, moment, seb, meet, width, script):
    comment = make_comment(moment, seb, "Take two of these and call me.")
    act(desk, f"/admin/moments/comment/{comment.pk}/change/", "Remove")
    author = meet(seb, width, java_script_enabled=script)
    author.opens(moment.get_absolute_url())
    author.page.get_by_role("link", name="Appeal in public").click()
    author.page.get_by_label("Why it should come back").fill(f"A recipe: https://example.org/{'soup' * 18}")
    author.sees_that_it_fits()
    author.can_touch(".button, textarea")
    author.presses("Appeal")
    expect(author.page.get_by_text("No moderator has answered yet.")).to_be_visible()
    answer(desk, "You are right, and it is back.")
    act(desk, f"/admin/moments/comment/{comment.pk}/change/", "Restore")
    viewer = meet(width=width, java_script_enabled=script)
    viewer.opens("/ledger/")
    expect(viewer.page.locator(".ledger-row")).to_have_count(4)
    viewer.can_touch(".ledger-number, .button, select")
    viewer.page.get_by_role("link", name="1", exact=True).click()
    expect(viewer.page.get_by_text("You are right, and it is back.")).to_be_visible()
    viewer.sees_that_it_fits()
    viewer.opens(moment.get_absolute_url())
    expect(viewer.page.get_by_text("Take two of these and call me.")).to_be_visible()


def answer(desk, text):
    """From the queue on the front page to the answer below the appeal."""
    desk.opens("/admin/")
    too_wide = "lists => lists.filter(list => list.scrollWidth > list.clientWidth).length"
    assert desk.page.locator(".queue-rows").evaluate_all(too_wide) == 0
    desk.page.locator(".queue-rows a").first.click()
    desk.page.get_by_role("link", name="Answer", exact=True).click()
    desk.page.get_by_label("Answer").fill(text)
    desk.page.get_by_role("button", name="Answer", exact=True).click()


@PHONE_AND_DESK
def test_moderator_removes_and_restores_a_comment_from_its_place(keith, moment, seb, meet, width, script):
    comment = make_comment(moment, seb, "Buy my pills.")
    desk = meet(keith, width, java_script_enabled=script)
    desk.opens(moment.get_absolute_url())
    desk.page.locator(f"#c{comment.pk}").get_by_role("link", name="Flag").click()
    desk.page.locator(".staff-verbs").get_by_role("link", name="Remove", exact=True).click()
    expect(desk.page.get_by_text("Buy my pills.")).to_be_visible()
    desk.sees_that_it_fits()
    desk.page.get_by_label("Spam or malware").check()
    desk.page.get_by_role("button", name="Remove", exact=True).click()
    desk.page.wait_for_url(f"**{moment.get_absolute_url()}#c{comment.pk}")
    expect(desk.page.locator(f"#c{comment.pk}")).to_contain_text("Removed: Spam or malware")
    desk.page.locator(f"#c{comment.pk}").get_by_role("link", name="More, for the staff").click()
    desk.sees_that_it_fits()
    desk.page.locator(".staff-verbs").get_by_role("link", name="Restore", exact=True).click()
    desk.page.get_by_label("Why").fill("It was a joke.")
    desk.page.get_by_role("button", name="Restore", exact=True).click()
    desk.page.wait_for_url(f"**{moment.get_absolute_url()}#c{comment.pk}")
    expect(desk.page.locator(f"#c{comment.pk} .prose")).to_have_text("Buy my pills.")


def test_moderator_goes_through_the_queue_by_keys(keith, film, moment, seb, mia, meet):
    comments = [make_comment(moment, mia, f"Pills for {name}.") for name in ("Anna", "Bill", "Carl")]
    for comment in comments:
        filed(seb, comment)
    desk = meet(keith)
    desk.opens("/admin/")
    desk.page.locator(".queue-rows a").first.click()

    def reads(words):
        expect(desk.page.locator(".case-said")).to_contain_text(words)
        desk.page.wait_for_load_state()

    reads("Pills for Anna.")
    desk.page.keyboard.press("j")
    reads("Pills for Bill.")
    desk.page.keyboard.press("k")
    reads("Pills for Anna.")
    desk.page.keyboard.press("x")
    desk.page.keyboard.type("jk: not a pill in it.")
    desk.page.get_by_role("button", name="Close: nothing to do", exact=True).click()
    reads("Pills for Bill.")
    desk.page.keyboard.press("r")
    desk.page.keyboard.press("ArrowUp")
    desk.page.get_by_role("button", name="Remove it", exact=True).click()
    reads("Pills for Carl.")
    assert Report.objects.get(comment=comments[0]).outcome == "jk: not a pill in it."
    assert Comment.objects.get(pk=comments[1].pk).state == "removed"


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_moderator_removes_all_of_a_spammer(keith, moment, seb, meet, script):
    for number in range(SWEEP_STEP + 5):
        make_comment(moment, seb, f"Pills, {number} of them.")
    desk = meet(keith, java_script_enabled=script)
    desk.opens(seb.get_absolute_url())
    desk.page.get_by_role("link", name="Remove all by this member").click()
    desk.page.get_by_label("Spam or malware").check()
    desk.presses("Remove them all")
    if not script:
        expect(desk.page.locator("progress")).to_have_attribute("value", str(SWEEP_STEP))
        desk.presses("Go on")
    expect(desk.page.get_by_text(f"Removed {SWEEP_STEP + 5} texts by @seb.")).to_be_visible()
    assert not Comment.objects.listed().exists()
