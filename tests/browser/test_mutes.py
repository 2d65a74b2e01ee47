"""Muting and restricting somebody by hand, with script and without, on a phone and on a desk."""

import pytest
from playwright.sync_api import expect

from moments.models import Restrict
from tests.support.makers import make_comment, make_moment
from tests.support.visitor import PHONE_AND_DESK

CONTROLS = ".mute .button, .mutes .button, .hidden-why"


@PHONE_AND_DESK
def test_a_member_mutes_and_restricts_another_and_thinks_again(
    transactional_db, moment, mia, seb, meet, width, script
):
    make_moment(moment.film, seb, "A loud scene")
    make_comment(moment, seb, "Loud words.")
    viewer = meet(mia, width=width, java_script_enabled=script)
    page = viewer.page
    viewer.opens("/members/seb/")
    page.locator(".mute-sign").click()
    viewer.can_touch(CONTROLS)
    viewer.presses("Mute")
    expect(page.get_by_text("You muted @seb.")).to_be_visible()
    viewer.presses("Restrict")
    expect(page.get_by_text("You restrict @seb.")).to_be_visible()
    assert Restrict.objects.exists_between(mia.pk, seb.pk)
    viewer.sees_that_it_fits()
    viewer.opens("/new/")
    expect(page.locator(".card-title")).to_have_text(["A Lovely Night"])
    viewer.opens(moment.get_absolute_url())
    expect(page.get_by_text("Loud words.")).not_to_be_visible()
    viewer.can_touch(CONTROLS)
    page.get_by_text("Hidden for you: you muted @seb").click()
    expect(page.get_by_text("Loud words.")).to_be_visible()
    viewer.opens("/mutes/")
    viewer.can_touch(CONTROLS)
    viewer.presses("Unmute: @seb")
    viewer.presses("Lift: @seb")
    expect(page.get_by_text("Nobody.")).to_have_count(2)


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_a_member_hides_a_post_from_its_menu_and_thinks_again(transactional_db, moment, seb, meet, script):
    viewer = meet(seb, width=360, java_script_enabled=script)
    page = viewer.page
    viewer.opens(moment.get_absolute_url())
    page.get_by_role("link", name="More: report, flag, mute, copy the link").first.click()
    viewer.presses("Hide from my lists")
    expect(page.get_by_text("It is left out of your lists, since you hid it.")).to_be_visible()
    viewer.sees_that_it_fits()
    viewer.can_touch(".filtered .textlink")
    viewer.presses("Undo")
    expect(page.locator(".filtered")).to_have_count(0)


def test_a_visitor_mutes_a_tag_by_the_form(transactional_db, moment, meet):
    viewer = meet(width=(360, 1360))
    page = viewer.page
    viewer.opens("/tags/stars/")
    page.get_by_role("link", name="Mute this tag").click()
    page.get_by_label("For how long").select_option("For a week")
    viewer.presses("Mute")
    expect(page.get_by_role("link", name="#stars")).to_be_visible()
    viewer.sees_that_it_fits()
    viewer.can_touch(".mutes .button")
    viewer.opens("/new/")
    expect(page.locator(".card-title")).to_have_count(0)
    viewer.opens("/mutes/")
    viewer.presses("Unmute: #stars")
    viewer.opens("/new/")
    expect(page.locator(".card-title")).to_have_count(1)


def test_a_restricted_member_gets_the_text_back(transactional_db, moment, mia, seb, meet):
    Restrict.objects.add(mia, seb)
    writer = meet(seb, width=(360, 1360))
    page = writer.page
    writer.expected.add(422)
    writer.opens(moment.get_absolute_url())
    page.get_by_label("Your comment").fill("Let me through.")
    writer.presses("Comment")
    expect(page.get_by_text("You cannot write here.")).to_be_visible()
    expect(page.get_by_label("Your comment")).to_have_value("Let me through.")
    writer.sees_that_it_fits()
