"""A member before a browser puts a scene into a new list, orders the list and invites somebody."""

import pytest
from playwright.sync_api import expect

from moments.models import MemberList
from tests.support.makers import make_comment, make_list, make_moment
from tests.support.visitor import PHONE_AND_DESK, SMALL_PHONE_AND_DESK

SCRIPT = pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])


@SMALL_PHONE_AND_DESK
def test_a_scene_gets_into_a_new_list(transactional_db, moment, seb, mia, meet, width, script):
    writer = meet(seb, width=width, java_script_enabled=script)
    writer.opens(f"/posts/{moment.pk}/lists/")
    writer.page.get_by_label("Or the title of a new list").fill("Dances")
    writer.page.get_by_label("Note").fill("Look at the *sky*.")
    writer.presses("Add it")
    writer.page.get_by_role("link", name="See the list").click()
    expect(writer.page.get_by_role("heading", name="Dances")).to_be_visible()
    expect(writer.page.get_by_text("Look at the sky.")).to_be_visible()
    writer.sees_that_it_fits()
    writer.page.get_by_role("link", name="Co-writers").click()
    writer.page.get_by_label("Name of the member").fill("@mia")
    writer.presses("Invite")
    expect(writer.page.get_by_text("invited", exact=True)).to_be_visible()
    writer.sees_that_it_fits()
    assert MemberList.objects.get().writers.get().member == mia


@SCRIPT
def test_an_entry_moves_up_and_to_a_place(transactional_db, film, seb, meet, script):
    scenes = [make_moment(film, seb, f"Scene {letter}") for letter in "ABC"]
    best = make_list(seb, *scenes, is_ranked=True)
    writer = meet(seb, width=360, java_script_enabled=script)
    writer.opens(best.get_absolute_url())
    writer.page.get_by_role("button", name="One place up: Scene C").click()
    expect(writer.page.locator(".list-entry h2")).to_have_text(["Scene A", "Scene C", "Scene B"])
    writer.page.get_by_role("link", name="Note and place: Scene A").click()
    writer.page.get_by_label("Place").fill("3")
    writer.presses("Save")
    expect(writer.page.locator(".list-entry h2")).to_have_text(["Scene C", "Scene B", "Scene A"])
    writer.sees_that_it_fits()


@PHONE_AND_DESK
def test_a_list_is_talked_about(transactional_db, moment, seb, mia, meet, width, script):
    best = make_list(mia, moment, title="Dances")
    make_comment(best, mia, "Which one is yours?")
    reader = meet(seb, width=width, java_script_enabled=script)
    reader.opens(best.get_absolute_url())
    reader.page.get_by_label("Your comment").fill("The *tap* dance.")
    reader.presses("Comment")
    expect(reader.page.locator(".comment .prose").get_by_text("The tap dance.")).to_be_visible()
    reader.page.get_by_role("link", name="Reply").first.click()
    reader.page.get_by_label("Your reply").fill("That one.")
    reader.presses("Reply")
    expect(reader.page.locator(".comment .comment .prose")).to_have_text("That one.")
    expect(reader.page.get_by_role("heading", name="3 comments")).to_be_visible()
    reader.sees_that_it_fits()
