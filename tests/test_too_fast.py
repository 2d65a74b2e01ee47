"""One sentence says that a quota is used up, wherever somebody meets it."""

import pytest
from django.urls import reverse

from accounts.adapter import AccountAdapter
from moments.models import Comment
from reelive.ratelimit import TooMany, too_fast
from tests.support.pages import the

LATER = "That was too fast. Try again in 10 minutes."
SOON = "That was too fast. Wait a moment and try again."


@pytest.fixture
def used_up(monkeypatch):
    """Nobody may do anything twice within ten minutes."""
    actions = ("comment", "comment-hour", "vote")
    monkeypatch.setattr("reelive.ratelimit.LIMITS", dict.fromkeys(actions, (1, 600)))


def test_the_sentence_says_how_long_to_wait_where_that_is_known():
    assert (TooMany(599.5).sentence, too_fast()) == (LATER, SOON)


def test_form_page_and_plain_page_say_the_same(used_up, as_seb, moment):
    said = as_seb.post(reverse("comment-add", args=[moment.pk]), {"body": "Once."})
    assert said.status_code == 302
    again = as_seb.post(reverse("comment-add", args=[moment.pk]), {"body": "And again."})
    assert again.context["form"].non_field_errors() == [LATER]
    as_seb.post(reverse("post-upvote", args=[moment.pk]))
    vote = as_seb.post(reverse("post-unvote", args=[moment.pk]))
    assert (again.status_code, vote.status_code) == (429, 429)
    heading = the(vote, "h1")
    assert (heading.text, heading["data-toast"]) == (LATER, LATER), "a script shows it as a toast"
    assert Comment.objects.count() == 1


def test_sign_in_says_it_without_the_time():
    assert str(AccountAdapter.error_messages["rate_limited"]) == SOON
