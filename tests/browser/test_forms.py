"""The forms that share: what is wrong is met first, a picture is chosen once, moments are found by typing."""

import re

import pytest
from django.contrib.sessions.models import Session
from PIL import Image
from playwright.sync_api import expect

from moments.models import Moment, SongUse
from tests.support.axe import CONTROLS, complaints
from tests.support.makers import make_moment
from tests.support.visitor import SMALL_PHONE_AND_DESK

pytestmark = pytest.mark.django_db(transaction=True)
SCRIPT = pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
BODY = "Two people, one bench, a city below."


@pytest.fixture
def still(tmp_path):
    path = tmp_path / "dusk.png"
    Image.linear_gradient("L").resize((1000, 600)).convert("RGB").save(path)
    return path


@pytest.fixture
def story(film, mia):
    titles = ["The Traffic Jam", "A Lovely Night", "The Planetarium", "Audition", "The Ending", "Overture"]
    return [
        make_moment(film, mia, title, position=float(number), timecode=number * 600)
        for number, title in enumerate(titles, 1)
    ]


def opens_form(visitor, film, kind="moments"):
    visitor.opens(f"{film.get_absolute_url()}{kind}/new/")
    visitor.expected = {422}
    return visitor.page


@SMALL_PHONE_AND_DESK
def test_a_refused_form_begins_with_what_is_wrong_and_leads_there(film, seb, meet, script, width):
    visitor = meet(seb, width=width, java_script_enabled=script)
    page = opens_form(visitor, film)
    page.get_by_label("Title").fill("The Bench")
    visitor.presses("Add it")
    alert = page.get_by_role("alert")
    expect(alert).to_be_focused()
    expect(alert).to_contain_text("That did not go through yet.")
    alert.get_by_role("link", name="Please fill this in.").click()
    expect(page.get_by_label("What happens, and")).to_be_focused() if script else None
    expect(page.get_by_label("Title")).to_have_value("The Bench")
    visitor.sees_that_it_fits()


def test_a_number_that_is_out_of_bounds_is_told_plainly(seb, meet):
    visitor = meet(seb)
    visitor.opens("/films/new/")
    visitor.expected = {422}
    visitor.page.get_by_label("Title").first.fill("Past Lives")
    visitor.page.get_by_label("Year").fill("2990")
    visitor.presses("Add it")
    expect(visitor.page.get_by_role("alert")).to_contain_text("Year: A year up to 2100.")


def test_a_complaint_goes_as_soon_as_one_mends_it(film, seb, meet):
    visitor = meet(seb)
    page = opens_form(visitor, film)
    visitor.presses("Add it")
    expect(page.get_by_role("alert").get_by_role("link")).to_have_count(2)
    title = page.get_by_label("Title")
    expect(title).to_have_attribute("aria-invalid", "true")
    title.fill("The Bench")
    expect(title).not_to_have_attribute("aria-invalid", "true")
    expect(page.get_by_role("alert").get_by_role("link")).to_have_count(1)
    page.get_by_label("What happens, and").fill(BODY)
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(page.get_by_text("Please fill this in.").locator("visible=true")).to_have_count(0)


def test_a_part_of_a_page_that_is_refused_is_met_as_well(film, mia, seb, meet):
    moment = make_moment(film, mia, "A Lovely Night")
    visitor = meet(seb)
    visitor.opens(moment.get_absolute_url())
    visitor.expected = {422}
    visitor.page.get_by_text("Another day, or a note").click()
    visitor.page.get_by_label("Date").fill("2999-01-01")
    visitor.presses("I relived this")
    expect(visitor.page.get_by_role("alert")).to_be_focused()
    expect(visitor.page.get_by_role("alert")).to_contain_text("That day has not come yet.")


@SCRIPT
def test_a_chosen_picture_is_there_again_and_is_shared(film, seb, meet, still, script):
    visitor = meet(seb, java_script_enabled=script)
    page = opens_form(visitor, film)
    page.get_by_label("Title").fill("The Bench")
    page.get_by_label("What happens, and").fill(BODY)
    page.get_by_label("A still").set_input_files(still)
    visitor.presses("Add it")
    kept = page.get_by_role("img", name="The picture that you chose").locator("visible=true")
    expect(kept).to_have_js_property("naturalWidth", 1000) if script else expect(kept).to_be_visible()
    page.get_by_label("What the still shows").fill("A grey dusk")
    visitor.presses("Add it")
    visitor.arrives_at("The Bench")
    expect(page.get_by_alt_text("A grey dusk")).to_be_visible()


def test_a_chosen_picture_waits_behind_the_sign_in(film, seb, meet, still):
    visitor = meet(seb)
    page = opens_form(visitor, film)
    page.get_by_label("Title").fill("The Bench")
    page.get_by_label("A still").set_input_files(still)
    Session.objects.all().delete()
    visitor.presses("Add it")
    page.get_by_label("E-mail or username").fill("seb")
    page.get_by_label("Password").fill("correct horse")
    visitor.presses("Sign in")
    visitor.arrives_at("Add a moment")
    expect(page.get_by_role("img", name="The picture that you chose").locator("visible=true")).to_be_visible()
    expect(page.get_by_label("Title")).to_have_value("The Bench")


def test_the_label_says_what_a_picture_needs_as_soon_as_there_is_one(film, seb, meet, still):
    page = opens_form(meet(seb), film)
    description = page.get_by_label("What the still shows")
    expect(description).to_have_attribute("aria-required", "false")
    page.get_by_label("A still").set_input_files(still)
    expect(description).to_have_attribute("aria-required", "true")


@pytest.mark.parametrize("width", [320, 1360])
def test_moments_are_chosen_by_the_keyboard(film, story, seb, meet, width):
    visitor = meet(seb, width=width)
    page = opens_form(visitor, film, "songs")
    page.get_by_label("Title").fill("City of Stars")
    page.get_by_label("Artist").fill("Ryan Gosling")
    page.get_by_label("What it does to you").fill(BODY)
    find = page.get_by_role("combobox", name="Find a moment")
    find.focus()
    options = page.get_by_role("option").locator("visible=true")
    expect(options).to_have_count(5)
    find.press_sequentially("lovely")
    expect(options).to_have_count(1)
    find.press("ArrowDown")
    expect(options).to_have_attribute("aria-selected", "true")
    expect(find).to_have_attribute("aria-activedescendant", re.compile("found_0$"))
    find.press("Enter")
    chip = page.get_by_role("checkbox", name="2. A Lovely Night")
    expect(chip).to_be_checked()
    expect(find).to_be_focused()
    expect(find).to_have_value("")
    page.get_by_label("How it is heard").select_option("performed")
    page.get_by_label("A note about it").fill("On the pier")
    visitor.sees_that_it_fits()
    find.fill("30:00")
    options.filter(has_text="The Planetarium").click()
    page.get_by_role("checkbox", name="3. The Planetarium").click()
    expect(page.get_by_role("checkbox", name="3. The Planetarium")).to_have_count(0)
    expect(find).to_be_focused()
    find.press("Escape")
    visitor.presses("Add it")
    visitor.arrives_at("City of Stars")
    assert list(SongUse.objects.values_list("moment", "role", "note")) == [
        (story[1].pk, "performed", "On the pier")
    ]


@pytest.mark.parametrize("kind", ["moments", "songs"])
def test_the_forms_are_accessible_with_all_that_opens_open(film, story, seb, meet, kind):
    visitor = meet(seb)
    page = opens_form(visitor, film, kind)
    page.get_by_text("More about this").click()
    if kind == "moments":
        page.get_by_role("radio", name="After another moment").check()
    find = page.get_by_role("combobox", name="Find a moment")
    find.fill("lovely")
    page.get_by_role("option", name="2. A Lovely Night").click()
    find.fill("the")
    expect(page.get_by_role("listbox").get_by_role("option").first).to_be_visible()
    find.press("ArrowDown")
    # At the top no bar lies over a part of what axe measures.
    page.evaluate("scrollTo(0, 0)")
    assert complaints(visitor) == {}
    visitor.can_touch(CONTROLS)


def test_enter_in_a_search_shares_nothing(film, story, seb, meet):
    page = opens_form(meet(seb), film, "songs")
    find = page.get_by_role("combobox", name="Find a moment")
    find.fill("nobody is called that")
    expect(page.get_by_text("No moment is called that.")).to_be_visible()
    find.press("Enter")
    expect(find).to_have_value("nobody is called that")


def test_moments_are_chosen_without_script(film, story, seb, meet):
    visitor = meet(seb, width=320, java_script_enabled=False)
    page = opens_form(visitor, film, "songs")
    page.get_by_label("Title").fill("City of Stars")
    page.get_by_label("Artist").fill("Ryan Gosling")
    page.get_by_label("What it does to you").fill(BODY)
    page.get_by_label("Find a moment").fill("lovely")
    visitor.presses("Find")
    page.get_by_role("checkbox", name="2. A Lovely Night").check()
    page.get_by_label("Find a moment").fill("audition")
    visitor.presses("Find")
    expect(page.get_by_role("checkbox", name="2. A Lovely Night")).to_be_checked()
    page.get_by_label("How it is heard").select_option("reprise")
    page.get_by_role("checkbox", name="4. Audition").check()
    visitor.sees_that_it_fits()
    visitor.presses("Add it")
    visitor.arrives_at("City of Stars")
    uses = SongUse.objects.order_by("moment__position").values_list("moment", "role")
    assert list(uses) == [(story[1].pk, "reprise"), (story[3].pk, "background")]


def begins(page):
    page.get_by_label("Title").fill("The Bench")
    page.get_by_label("What happens, and").fill(BODY)
    page.get_by_text("More about this scene").click()


def test_a_scene_is_put_on_the_line_by_the_keyboard(film, story, seb, meet):
    visitor = meet(seb, width=360)
    page = opens_form(visitor, film)
    begins(page)
    line = page.get_by_role("slider", name="About here")
    expect(line).to_be_hidden()
    page.get_by_role("radio", name="About here on the line").check()
    line.focus()
    line.press("Home")
    expect(page.locator(".story-ends output")).to_have_text("before all others")
    line.press("End")
    expect(page.locator(".story-ends output")).to_have_text("after all others")
    line.fill("340")
    expect(page.locator(".story-ends output")).to_have_text("between moment 2 and 3")
    visitor.presses("Add it")
    visitor.arrives_at("The Bench")
    expect(page.get_by_text("Moment 3 of 7")).to_be_visible()


@SCRIPT
def test_a_scene_comes_after_another_one_or_waits_for_its_place(film, story, seb, meet, script):
    visitor = meet(seb, java_script_enabled=script)
    page = opens_form(visitor, film)
    begins(page)
    visitor.presses("Add it")
    visitor.arrives_at("The Bench")
    expect(page.get_by_text("Not placed yet")).to_be_visible()
    assert not Moment.objects.get(title="The Bench").is_placed
    page.get_by_role("link", name="Edit", exact=True).first.click()
    page.wait_for_url("**/edit/")
    if not page.get_by_role("radio", name="After another moment").is_visible():
        page.get_by_text("More about this scene").click()
    page.get_by_role("radio", name="After another moment").check()
    if script:
        find = page.get_by_role("combobox", name="Find a moment")
        find.fill("lovely")
        page.get_by_role("option", name="2. A Lovely Night").click()
    else:
        page.get_by_label("Find a moment").fill("lovely")
        visitor.presses("Find")
        page.get_by_role("radio", name="2. A Lovely Night").check()
    visitor.presses("Save")
    visitor.arrives_at("The Bench")
    expect(page.get_by_text("Moment 3 of 7")).to_be_visible()


def test_after_sharing_one_is_told_so_and_may_add_the_song(film, seb, meet):
    visitor = meet(seb, width=360)
    page = opens_form(visitor, film)
    begins(page)
    visitor.presses("Add it")
    toast = page.locator("#toasts")
    expect(toast).to_contain_text("Added.")
    toast.get_by_role("link", name="Add its song").click()
    visitor.arrives_at("Add a song")
    expect(page.get_by_role("checkbox", name=re.compile("The Bench"))).to_be_checked()
