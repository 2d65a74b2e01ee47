"""Upvotes: once each, never on one's own, taken back at any time."""

import pytest

from moments.models import Comment, Post, PostVote, Tagging
from moments.models.refusals import Gone
from moments.ranking import hot, wilson
from tests.support.makers import make_comment, moderator
from tests.support.pages import the


def test_a_vote_counts_once_and_warms_the_post(moment, seb):
    assert [moment.upvote(seb), moment.upvote(seb)] == [True, False]
    post = Post.objects.get(pk=moment.pk)
    assert post.votes == PostVote.objects.count() == 1
    assert post.hot == pytest.approx(hot(1, post.created), abs=1e-9)
    assert set(Tagging.objects.values_list("hot", flat=True)) == {post.hot}


def test_unvoting_twice_changes_nothing_more(moment, seb):
    moment.upvote(seb)
    assert [moment.unvote(seb), moment.unvote(seb)] == [True, False]
    assert Post.objects.get(pk=moment.pk).votes == 0


def test_author_cannot_upvote_own_moment(moment, mia):
    assert not moment.upvote(mia)
    assert Post.objects.get(pk=moment.pk).votes == 0


def test_a_removed_moment_takes_no_votes(moment, seb):
    moment.remove(moderator(), "spam")
    with pytest.raises(Gone):
        moment.upvote(seb)


def test_a_vote_on_a_comment_lifts_its_rank(moment, mia, seb):
    comment = make_comment(moment, mia)
    assert comment.upvote(seb)
    assert not comment.upvote(mia)
    stored = Comment.objects.get(pk=comment.pk)
    assert (stored.votes, stored.best) == (1, pytest.approx(wilson(1, 0)))


def test_the_vote_button_works_as_a_plain_form(as_seb, moment, seb):
    response = as_seb.post(f"/posts/{moment.pk}/upvote/")
    assert response["Location"] == f"/posts/{moment.pk}/"
    assert PostVote.objects.filter(voter=seb).count() == 1
    as_seb.post(f"/posts/{moment.pk}/unvote/")
    assert PostVote.objects.count() == 0


def test_a_vote_goes_back_to_where_it_was_cast_but_not_off_the_site(as_seb, moment):
    response = as_seb.post(f"/posts/{moment.pk}/upvote/", {"next": "/new/"})
    assert response["Location"] == "/new/"
    response = as_seb.post(f"/posts/{moment.pk}/upvote/", {"next": "//evil.example/"})
    assert response["Location"] == f"/posts/{moment.pk}/"


def test_a_vote_on_a_comment_goes_back_to_that_comment(as_seb, moment, mia):
    comment = make_comment(moment, mia)
    page = moment.get_absolute_url()
    for verb, votes in (("upvote", 1), ("unvote", 0)):
        response = as_seb.post(f"/comments/{comment.pk}/{verb}/", {"next": page})
        assert response["Location"] == f"{page}#c{comment.pk}"
        assert Comment.objects.get(pk=comment.pk).votes == votes
    response = as_seb.post(f"/comments/{comment.pk}/upvote/", {"next": "https://evil.example/"})
    assert response["Location"] == comment.get_absolute_url()


def test_all_votes_of_a_page_are_buttons_of_one_form(as_seb, moment, mia):
    comment = make_comment(moment, mia)
    page = as_seb.get(f"{moment.get_absolute_url()}?sort=new")
    assert the(page, "form#votes")["method"] == "post"
    assert the(page, "form#votes input[name=next]")["value"] == f"{moment.get_absolute_url()}?sort=new"
    for verb in (f"/posts/{moment.pk}/upvote/", f"/comments/{comment.pk}/upvote/"):
        button = the(page, f'button[formaction="{verb}"]')
        assert button["form"] == "votes"


def test_the_fragment_after_a_vote_takes_it_back(as_seb, moment):
    button = the(as_seb.post(f"/posts/{moment.pk}/upvote/", headers={"HX-Request": "true"}), "button")
    assert (button["formaction"], button["aria-pressed"]) == (f"/posts/{moment.pk}/unvote/", "true")


def test_a_signed_out_voter_is_sent_to_sign_in_and_back_to_the_post(client, moment):
    response = client.post(f"/posts/{moment.pk}/upvote/")
    assert response["Location"] == f"/accounts/login/?next=%2Fposts%2F{moment.pk}%2F"
    assert PostVote.objects.count() == 0


def test_no_more_than_sixty_votes_a_minute(as_seb, moment, monkeypatch):
    monkeypatch.setattr("reelive.ratelimit.time.time", lambda: 1_800_000_000.0)
    answers = [as_seb.post(f"/posts/{moment.pk}/upvote/").status_code for _ in range(61)]
    assert answers == [302] * 60 + [429]
