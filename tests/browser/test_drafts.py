"""A draft saves itself when typing stops, is resumed on another device, and goes when it is sent."""

import pytest
from playwright.sync_api import expect

from moments.models import Comment, Draft, Moment

BODY = "What happens, and"
pytestmark = pytest.mark.django_db(transaction=True)


def is_saving(response):
    return response.request.method == "POST" and "draft" in (response.request.post_data or "")


def pause(page):
    """Nobody types for a while. Waits until the draft is saved."""
    with page.expect_response(is_saving) as saved:
        page.clock.run_for(4_000)
    assert saved.value.status == 200
    expect(page.get_by_text("Draft saved at")).to_be_visible()


def test_draft_saves_itself_and_is_resumed_on_another_device(film, seb, meet):
    here, there = meet(seb), meet(seb)
    here.page.clock.install()
    here.opens(f"{film.get_absolute_url()}moments/new/")
    here.page.get_by_label("Title").fill("Traffic")
    here.page.get_by_label(BODY).fill("Six minutes.")
    pause(here.page)
    here.page.get_by_label(BODY).fill("The camera never cuts.")
    pause(here.page)
    there.opens("/drafts/")
    there.page.get_by_role("link", name="Resume: Traffic").click()
    expect(there.page.get_by_label(BODY)).to_have_value("The camera never cuts.")
    there.presses("Add it")
    there.arrives_at("Traffic")
    assert (Moment.objects.get().body, Draft.objects.count()) == ("The camera never cuts.", 0)


def test_page_that_is_loaded_again_has_its_draft(film, seb, meet):
    visitor = meet(seb)
    visitor.page.clock.install()
    visitor.opens(f"{film.get_absolute_url()}moments/new/")
    visitor.page.get_by_label("Title").fill("Traffic")
    pause(visitor.page)
    visitor.page.evaluate("localStorage.clear()")
    visitor.page.reload()
    expect(visitor.page.get_by_label("Title")).to_have_value("Traffic")
    assert Draft.objects.count() == 1


def test_comment_saves_itself_and_takes_its_draft_along(moment, seb, meet):
    visitor = meet(seb)
    visitor.page.clock.install()
    visitor.opens(moment.get_absolute_url())
    visitor.page.get_by_label("Your comment").fill("Worth every bruise.")
    pause(visitor.page)
    visitor.presses("Comment")
    expect(visitor.page.locator(".comment")).to_contain_text("Worth every bruise.")
    assert (Comment.objects.count(), Draft.objects.count()) == (1, 0)


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_button_saves_a_comment_as_a_draft(script, moment, seb, meet):
    visitor = meet(seb, java_script_enabled=script)
    visitor.opens(moment.get_absolute_url())
    visitor.page.get_by_label("Your comment").fill("Worth every bruise.")
    visitor.presses("Save draft")
    expect(visitor.page.get_by_text("Draft saved at")).to_be_visible()
    expect(visitor.page.get_by_label("Your comment")).to_have_value("Worth every bruise.")
    assert (Comment.objects.count(), Draft.objects.get().form) == (0, "comment")
