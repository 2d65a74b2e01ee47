"""A visitor upvotes, feels and comments: they are asked to join, and it is done when they have."""

import pytest
from playwright.sync_api import expect

from moments.models import Comment, PostVote, Reaction
from tests.support.makers import make_moment

pytestmark = pytest.mark.django_db(transaction=True)
WAYS = pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])


def joins(visitor):
    visitor.page.get_by_label("Username").fill("ana")
    visitor.page.get_by_label("E-mail").fill("ana@example.org")
    visitor.page.get_by_label("Password").fill("planetarium at night")
    visitor.presses("Join")


def signs_in(visitor):
    visitor.page.get_by_label("Username").fill("seb")
    visitor.page.get_by_label("Password").fill("correct horse")
    visitor.presses("Sign in")


@WAYS
def test_a_vote_is_cast_when_the_visitor_has_joined_and_they_are_back_at_it(script, film, mia, meet):
    for number in range(12):
        make_moment(film, mia, f"Scene {number}")
    visitor = meet(java_script_enabled=script)
    visitor.opens("/new/")
    card = visitor.page.locator(".card", has=visitor.page.get_by_role("link", name="Scene 2", exact=True))
    card.locator(".vote").click()
    asks = visitor.page.get_by_role("dialog") if script else visitor.page.get_by_role("main")
    expect(asks.get_by_role("heading", name="Join to upvote Scene 2")).to_be_visible()
    asks.get_by_role("button", name="Join").click()
    joins(visitor)
    expect(visitor.page.locator("#toasts")).to_contain_text("Your upvote for Scene 2 is counted.")
    expect(card.locator(".vote")).to_have_attribute("aria-pressed", "true")
    expect(card).to_be_in_viewport()
    assert visitor.page.url.startswith(f"{visitor.home}/new/#card-")
    assert PostVote.objects.get().voter.username == "ana"


@WAYS
def test_a_feeling_is_noted_by_who_signs_in(script, moment, seb, meet):
    visitor = meet(java_script_enabled=script)
    visitor.opens(moment.get_absolute_url())
    visitor.page.get_by_role("link", name="Wonder").click()
    visitor.page.get_by_role("button", name="Sign in").locator("visible=true").click()
    signs_in(visitor)
    expect(visitor.page.get_by_role("button", name="Wonder 1")).to_have_attribute("aria-pressed", "true")
    assert Reaction.objects.get().member == seb


def test_a_comment_is_typed_into_the_question(moment, seb, meet):
    visitor = meet()
    visitor.opens(moment.get_absolute_url())
    visitor.page.get_by_role("link", name="Join to comment").click()
    visitor.page.get_by_role("dialog").get_by_label("Your comment").fill("I held my breath.")
    visitor.page.get_by_role("dialog").get_by_role("button", name="Sign in").click()
    signs_in(visitor)
    expect(visitor.page.locator(".thread .prose")).to_have_text("I held my breath.")
    assert Comment.objects.get().author == seb


def test_the_dialog_closes_by_escape_and_gives_the_focus_back(moment, meet):
    visitor = meet(width=360)
    visitor.opens(moment.get_absolute_url())
    vote = visitor.page.locator("[data-page-vote] .vote")
    vote.press("Enter")
    dialog = visitor.page.get_by_role("dialog")
    expect(dialog).to_be_visible()
    visitor.sees_that_it_fits()
    visitor.can_touch("#join button")
    visitor.page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(vote).to_be_focused()


@WAYS
def test_the_welcome_is_three_presses(script, moment, meet):
    visitor = meet(java_script_enabled=script, width=360)
    visitor.opens("/accounts/signup/")
    joins(visitor)
    visitor.arrives_at("Which of these have you seen?")
    visitor.page.get_by_label("La La Land").check()
    visitor.presses("Go on")
    visitor.arrives_at("Which scene stayed with you?")
    visitor.page.get_by_label("A Lovely Night").check()
    visitor.page.get_by_label("Wonder").check()
    visitor.presses("Go on")
    visitor.arrives_at("A picture of yourself")
    visitor.presses("Skip this")
    expect(visitor.page).to_have_url(f"{visitor.home}/")
    assert Reaction.objects.get().feeling == "wonder"
