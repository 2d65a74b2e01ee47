"""Upvotes: once each, never on one's own, withdrawn at any time."""

import pytest

from moments.models import Comment, Post, PostVote, Tagging
from moments.ranking import hot, wilson
from tests.conftest import make_comment, moderator


def test_a_vote_counts_once_and_warms_the_post(moment, seb):
    assert [moment.upvote(seb), moment.upvote(seb)] == [True, False]
    post = Post.objects.get(pk=moment.pk)
    assert post.votes == PostVote.objects.count() == 1
    assert post.hot == pytest.approx(hot(1, post.created), abs=1e-9)
    assert set(Tagging.objects.values_list("hot", flat=True)) == {post.hot}


def test_withdrawing_twice_changes_nothing_more(moment, seb):
    moment.upvote(seb)
    assert [moment.withdraw_vote(seb), moment.withdraw_vote(seb)] == [True, False]
    assert Post.objects.get(pk=moment.pk).votes == 0


def test_author_cannot_upvote_own_moment(moment, mia):
    assert not moment.upvote(mia)
    assert Post.objects.get(pk=moment.pk).votes == 0


def test_a_removed_moment_takes_no_votes(moment, seb):
    moment.remove(moderator(), "spam")
    assert not moment.upvote(seb)


def test_a_vote_on_a_comment_lifts_its_rank(moment, mia, seb):
    comment = make_comment(moment, mia)
    assert comment.upvote(seb)
    assert not comment.upvote(mia)
    stored = Comment.objects.get(pk=comment.pk)
    assert (stored.votes, stored.best) == (1, pytest.approx(wilson(1, 0)))


def test_the_vote_button_works_as_a_plain_form(as_seb, moment, seb):
    response = as_seb.post(f"/posts/{moment.pk}/upvote/")
    assert response["Location"] == moment.get_absolute_url()
    assert PostVote.objects.filter(voter=seb).count() == 1
    as_seb.post(f"/posts/{moment.pk}/withdraw/")
    assert PostVote.objects.count() == 0


def test_a_vote_goes_back_to_where_it_was_cast_but_not_off_the_site(as_seb, moment):
    response = as_seb.post(f"/posts/{moment.pk}/upvote/", {"next": "/new/"})
    assert response["Location"] == "/new/"
    response = as_seb.post(f"/posts/{moment.pk}/upvote/", {"next": "//evil.example/"})
    assert response["Location"] == moment.get_absolute_url()


def test_a_vote_on_a_comment_goes_back_to_that_comment(as_seb, moment, mia):
    comment = make_comment(moment, mia)
    page = moment.get_absolute_url()
    for verb, votes in (("upvote", 1), ("withdraw", 0)):
        response = as_seb.post(f"/comments/{comment.pk}/{verb}/", {"next": page})
        assert response["Location"] == f"{page}#c{comment.pk}"
        assert Comment.objects.get(pk=comment.pk).votes == votes
    response = as_seb.post(f"/comments/{comment.pk}/upvote/", {"next": "https://evil.example/"})
    assert response["Location"] == comment.get_absolute_url()


def test_all_votes_of_a_page_are_buttons_of_one_form(as_seb, moment, mia):
    comment = make_comment(moment, mia)
    html = as_seb.get(f"{moment.get_absolute_url()}?sort=new").content.decode()
    assert html.count('<form id="votes" method="post"') == 1
    assert f'name="next" value="{moment.get_absolute_url()}?sort=new"' in html
    for verb in (f"/posts/{moment.pk}/upvote/", f"/comments/{comment.pk}/upvote/"):
        assert f'form="votes" formaction="{verb}" hx-post="{verb}"' in html


def test_the_fragment_after_a_vote_withdraws_it(as_seb, moment):
    answer = as_seb.post(f"/posts/{moment.pk}/upvote/", headers={"HX-Request": "true"}).content.decode()
    assert f'formaction="/posts/{moment.pk}/withdraw/"' in answer
    assert 'aria-pressed="true"' in answer


def test_a_signed_out_voter_is_sent_to_sign_in_and_back_to_the_post(client, moment):
    response = client.post(f"/posts/{moment.pk}/upvote/")
    assert response["Location"] == "/accounts/login/?next=%2Ffilms%2Fla-la-land%2Fmoments%2Fa-lovely-night%2F"
    assert PostVote.objects.count() == 0


def test_no_more_than_sixty_votes_a_minute(as_seb, moment, monkeypatch):
    monkeypatch.setattr("reelive.ratelimit.time.time", lambda: 1_800_000_000.0)
    answers = [as_seb.post(f"/posts/{moment.pk}/upvote/").status_code for _ in range(61)]
    assert answers == [302] * 60 + [429]
