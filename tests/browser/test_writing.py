"""Nothing typed is lost, nothing is sent twice, and the form helps while one writes."""

import re

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from moments.models import Comment, Moment
from tests.support.makers import make_comment, make_moment

BODY, TAGS = "What happens, and", re.compile("^Tags")
SIX_MINUTES = "The camera never cuts. **Six minutes.**"
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def seb_there(meet, seb):
    return meet(seb)


def begin_moment(visitor, film, title="Traffic", body=SIX_MINUTES):
    page = visitor.page
    visitor.opens(f"{film.get_absolute_url()}moments/new/")
    page.get_by_label("Title").fill(title)
    page.get_by_label(BODY).fill(body)
    page.get_by_text("More about this scene").click()
    page.get_by_label(TAGS).fill("morning")


def come_back_in(visitor, name):
    """Sign in with the password, where the site asks for it."""
    visitor.page.get_by_label("E-mail or username").fill(name)
    visitor.page.get_by_label("Password").fill("correct horse")
    visitor.presses("Sign in")


def test_comment_of_somebody_signed_out_is_published_when_they_are_back(moment, seb, meet):
    visitor = meet(seb)
    visitor.opens(moment.get_absolute_url())
    visitor.page.get_by_label("Your comment").fill("Worth every bruise.")
    visitor.context.clear_cookies(name="sessionid")
    visitor.presses("Comment")
    come_back_in(visitor, "seb")
    visitor.arrives_at("A Lovely Night")
    expect(visitor.page.locator(".comment")).to_contain_text("Worth every bruise.")
    assert Comment.objects.get().author == seb


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_session_lost_in_the_middle_of_writing_keeps_the_text(script, film, seb, meet):
    visitor = meet(seb, java_script_enabled=script)
    begin_moment(visitor, film)
    Session.objects.all().delete()
    visitor.presses("Add it")
    come_back_in(visitor, "seb@example.org")
    visitor.arrives_at("Add a moment")
    expect(visitor.page.get_by_label(BODY)).to_have_value(SIX_MINUTES)
    visitor.presses("Add it")
    visitor.arrives_at("Traffic")


def test_draft_is_there_again_after_the_tab_was_closed(film, seb_there):
    seb_there.page.clock.install()
    begin_moment(seb_there, film)
    seb_there.page.clock.run_for(1_000)
    seb_there.page.close()
    seb_there.page = seb_there.context.new_page()
    seb_there.opens(f"{film.get_absolute_url()}moments/new/")
    expect(seb_there.page.get_by_label("Title")).to_have_value("Traffic")
    seb_there.presses("Discard draft")
    expect(seb_there.page.get_by_label("Title")).to_have_value("")


def test_text_that_the_site_lost_at_the_door_is_still_in_the_browser(film, seb_there):
    begin_moment(seb_there, film)
    Session.objects.all().delete()
    seb_there.presses("Add it")
    Session.objects.all().delete()
    come_back_in(seb_there, "seb")
    seb_there.arrives_at("Add a moment")
    expect(seb_there.page.get_by_label(BODY)).to_have_value(SIX_MINUTES)


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_double_click_shares_one_moment(script, film, seb, meet):
    visitor = meet(seb, java_script_enabled=script)
    begin_moment(visitor, film)
    visitor.page.get_by_role("button", name="Add it").dblclick()
    visitor.arrives_at("Traffic")
    assert Moment.objects.count() == 1


def test_double_click_makes_one_comment(moment, seb_there):
    seb_there.opens(moment.get_absolute_url())
    seb_there.page.get_by_label("Your comment").fill("Once.")
    seb_there.page.get_by_role("button", name="Comment", exact=True).dblclick()
    expect(seb_there.page.get_by_role("heading", name="1 comment")).to_be_visible()
    assert Comment.objects.count() == 1


def test_refused_form_says_why_and_keeps_everything(film, seb_there):
    begin_moment(seb_there, film, body="  As typed  ")
    seb_there.page.get_by_label(TAGS).fill("x")
    seb_there.expected = {422}
    seb_there.presses("Add it")
    tags = seb_there.page.get_by_label(TAGS)
    expect(tags).to_have_value("x")
    expect(tags).to_have_accessible_description(re.compile("2 to 40 characters"))
    expect(seb_there.page.get_by_label(BODY)).to_have_value("  As typed  ")


def test_duplicate_is_pointed_out_before_it_is_shared(moment, film, seb_there):
    begin_moment(seb_there, film, title="A lovely night")
    seb_there.page.get_by_label(BODY).click()
    expect(seb_there.page.get_by_role("link", name="A Lovely Night")).to_be_visible()
    seb_there.presses("Add it")
    expect(seb_there.page.get_by_role("alert")).to_be_focused()
    expect(seb_there.page.get_by_role("alert")).to_contain_text("Not added yet. Is it one of these?")
    seb_there.presses("Mine is another: add it")
    seb_there.arrives_at("A lovely night")
    assert Moment.objects.count() == 2


def test_preview_follows_the_typing(film, seb_there):
    begin_moment(seb_there, film)
    page = seb_there.page
    page.get_by_role("button", name="Preview").locator("visible=true").click()
    expect(page.locator("[data-preview-place] strong")).to_have_text("Six minutes.")
    page.get_by_label(BODY).fill("Now *slowly*, and ||hidden||.")
    expect(page.locator("[data-preview-place] em")).to_have_text("slowly")
    expect(page.get_by_label("Show spoiler")).not_to_be_checked()


def test_preview_after_the_session_was_lost_says_that_the_text_is_safe(film, seb_there):
    begin_moment(seb_there, film)
    Session.objects.all().delete()
    seb_there.page.get_by_role("button", name="Preview").locator("visible=true").click()
    expect(seb_there.page.locator("[data-preview-place]")).to_contain_text("Your text is safe.")


def test_preview_without_script_is_a_page_with_the_form_still_filled(film, seb, meet):
    visitor = meet(seb, java_script_enabled=False)
    begin_moment(visitor, film)
    visitor.presses("Preview")
    expect(visitor.page.locator("[data-preview-place] strong")).to_have_text("Six minutes.")
    expect(visitor.page.get_by_label(TAGS)).to_have_value("morning")


def test_format_buttons_put_their_signs_around_the_words(film, seb_there):
    begin_moment(seb_there, film, body="stars")
    body = seb_there.page.get_by_label(BODY)
    body.select_text()
    seb_there.presses("Hide a spoiler")
    expect(body).to_have_value(">!stars!<")


def test_tags_are_suggested_by_what_others_have_used(film, mia, seb_there):
    make_moment(film, mia, tags=["tap dance", "tape recorder"])
    begin_moment(seb_there, film)
    tags = seb_there.page.get_by_role("combobox", name="Tags")
    tags.press_sequentially(", tap")
    expect(seb_there.page.get_by_role("listbox").get_by_role("option")).to_have_count(2)
    tags.press("ArrowDown")
    tags.press("Enter")
    expect(tags).to_have_value(re.compile(r"^morning, tap(e recorder| dance), $"))
    expect(seb_there.page.get_by_role("listbox")).to_be_hidden()


def test_colours_picked_in_the_wells_are_written_in_the_field(film, seb_there):
    begin_moment(seb_there, film)
    seb_there.presses("Choose the colours")
    seb_there.page.get_by_label("Colour 1 of 5").fill("#112233")
    seb_there.presses("Add it")
    seb_there.arrives_at("Traffic")
    assert Moment.objects.get().palette[0] == "#112233"


def test_reply_in_the_thread_has_a_form_of_its_own(moment, mia, seb_there):
    talk = make_comment(moment, mia, "Look at the shoes.")
    seb_there.opens(moment.get_absolute_url())
    page = seb_there.page
    page.get_by_label("Your comment").fill("Left alone")
    page.get_by_role("link", name="Reply").click()
    form = page.locator(".reply-slot form")
    expect(form.get_by_role("textbox")).to_be_focused()
    form.get_by_text("Your reply").click()
    expect(form.get_by_role("textbox")).to_be_focused()
    form.get_by_role("textbox").fill("Green ones.")
    form.get_by_role("button", name="Reply").click()
    expect(page.locator(".thread ol")).to_contain_text("Green ones.")
    assert Comment.objects.get(parent=talk).body == "Green ones."
