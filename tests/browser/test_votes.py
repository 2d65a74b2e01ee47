"""Votes before one's eyes: they turn at once, and turn back when the site could not count them."""

import pytest
from django.template.loader import render_to_string
from playwright.sync_api import expect

from moments.models import PostVote
from tests.support.makers import make_comment
from tests.support.waiting import until

pytestmark = pytest.mark.django_db(transaction=True)
LOST = "net::ERR_FAILED"


@pytest.fixture
def reader(meet, moment, seb):
    reader = meet(seb)
    reader.opens("/new/")
    return reader


@pytest.fixture
def vote(reader):
    return reader.page.locator(".card .vote")


def stands(vote, pressed, number, name):
    expect(vote).to_have_attribute("aria-pressed", pressed)
    expect(vote).to_have_text(number)
    expect(vote).to_have_attribute("aria-label", name)


def test_a_vote_turns_before_the_site_has_answered(reader, vote):
    held = []
    reader.page.route("**/upvote/", lambda route: held.append(route))
    with reader.page.expect_request("**/upvote/"):
        vote.click()
    stands(vote, "true", "1", "1: upvote")
    assert not PostVote.objects.exists()
    held.pop().continue_()
    until(PostVote.objects.exists)
    stands(vote, "true", "1", "1: upvote")
    expect(vote).to_be_focused()


def test_it_turns_back_and_says_so_when_the_site_is_out_of_reach(reader, vote):
    reader.page.route("**/upvote/", lambda route: route.abort())
    vote.click()
    expect(reader.page.get_by_text("The site could not be reached")).to_be_visible()
    stands(vote, "false", "", "0: upvote")
    reader.forgives(LOST)
    reader.page.unroute("**/upvote/")
    vote.click()
    until(PostVote.objects.exists)
    stands(vote, "true", "1", "1: upvote")


def test_it_turns_back_when_the_site_refuses_it(reader, vote):
    reader.expected = {500}
    page = render_to_string("500.html")
    reader.page.route("**/upvote/", lambda route: route.fulfill(status=500, body=page))
    vote.click()
    expect(reader.page.get_by_text("Something broke on our side. What you typed")).to_be_visible()
    stands(vote, "false", "", "0: upvote")


def test_of_two_presses_the_last_one_counts(reader, vote):
    held, sent = [], []
    reader.page.on("request", lambda request: "vote/" in request.url and sent.append(request.url[-7:]))
    reader.page.route("**/upvote/", lambda route: held.append(route))
    with reader.page.expect_request("**/upvote/"):
        vote.click()
    vote.click()
    stands(vote, "false", "", "0: upvote")
    with reader.page.expect_response("**/unvote/"):
        held.pop().continue_()
    stands(vote, "false", "", "0: upvote")
    until(lambda: not PostVote.objects.exists())
    assert sent == ["upvote/", "unvote/"]


def test_votes_on_comments_turn_too(reader, moment, mia, seb):
    comment = make_comment(moment, mia)
    reader.opens(moment.get_absolute_url())
    vote = reader.page.locator(f"#c{comment.pk} .vote")
    for pressed, number, name in (("true", "1", "1: upvote"), ("false", "", "0: upvote")):
        vote.click()
        stands(vote, pressed, number, name)


def test_without_script_a_vote_leads_back_to_the_list(meet, moment, seb):
    reader = meet(seb, java_script_enabled=False)
    reader.opens("/new/")
    reader.page.locator(".card .vote").click()
    expect(reader.page.locator(".card .vote")).to_have_attribute("aria-pressed", "true")
    expect(reader.page).to_have_url(f"{reader.home}/new/")
