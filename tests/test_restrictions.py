"""Restricting: who does not get through to whom, and with what."""

import pytest
from django.urls import reverse

from accounts.deletion import delete_account
from moments.models import Comment, CommentVote, Label, PostVote, Restrict, Revision, Verdict
from moments.models.refusals import Restricted
from tests.support.makers import make_comment, make_moment, make_revision, make_trivia
from tests.support.pages import select, the


@pytest.fixture
def restricted(mia, seb):
    """Seb, with whom mia wants nothing to do."""
    Restrict.objects.add(mia, seb)
    return seb


def test_a_restricted_member_does_not_comment_on_the_other_s_post(client, moment, restricted):
    client.force_login(restricted)
    response = client.post(reverse("comment-add", args=[moment.pk]), {"body": "Let me through."})
    assert (response.status_code, str(Restricted.sentence) in response.text) == (422, True)
    assert response.context["form"]["body"].value() == "Let me through."
    assert "restrict" not in response.text.lower().replace("muted and restricted", "")
    assert Comment.objects.count() == 0


def test_a_restricted_member_does_not_reply_to_the_other_anywhere(client, film, mia, keith, restricted):
    there = make_moment(film, keith)
    hers, his = make_comment(there, mia), make_comment(there, keith)
    client.force_login(restricted)
    answers = [
        client.post(reverse("comment-reply", args=[to.pk]), {"body": "Hear me."}) for to in (hers, his)
    ]
    assert [answer.status_code for answer in answers] == [422, 302]
    with pytest.raises(Restricted):
        make_comment(there, restricted, parent=hers)
    assert Comment.objects.get(author=restricted).parent == his


def test_the_other_may_still_answer_the_restricted_one(film, mia, restricted):
    theirs = make_moment(film, restricted)
    assert make_comment(theirs, mia).author == mia
    assert theirs.upvote(mia)


def test_a_restricted_member_has_no_vote_on_what_is_the_other_s(client, moment, mia, keith, restricted):
    comment = make_comment(moment, mia)
    for target in (moment, comment):
        with pytest.raises(Restricted):
            target.upvote(restricted)
    client.force_login(restricted)
    for url in (f"/posts/{moment.pk}/upvote/", f"/comments/{comment.pk}/upvote/"):
        answer = client.post(url, headers={"HX-Request": "true"})
        assert (answer.status_code, the(answer, "button")["aria-pressed"]) == (200, "false")
    assert PostVote.objects.count() == CommentVote.objects.count() == 0
    assert moment.upvote(keith)


def test_a_vote_cast_before_can_be_taken_back(moment, mia, seb):
    moment.upvote(seb)
    Restrict.objects.add(mia, seb)
    assert moment.unvote(seb)


def mentioned(target):
    return [link["href"] for link in select(target.body_html, "a.mention")]


def test_a_mention_by_a_restricted_member_is_a_plain_word(film, mia, keith, restricted):
    comment = make_comment(make_moment(film, keith), restricted, "Dear @mia, dear @keith!")
    assert mentioned(comment) == ["/members/keith/"]
    assert "@mia" in comment.body_html
    post = make_moment(film, restricted, body="Dear @mia, see this bench.", context="For @mia.")
    assert "/members/mia/" not in post.body_html + post.context_html
    assert mentioned(make_comment(post, keith, "Dear @mia!")) == ["/members/mia/"]


def test_texts_of_former_members_keep_their_mentions(moment, mia, seb, keith):
    Restrict.objects.add(mia, keith)
    comment = make_comment(moment, seb, "Dear @mia and @keith!")
    delete_account(seb, take_texts=False)
    former = Comment.objects.get(pk=comment.pk)
    former.render()
    assert former.body_html == comment.body_html
    assert mentioned(former) == ["/members/mia/", "/members/keith/"]


def test_an_edit_brings_no_mention_in(film, keith, restricted):
    comment = make_comment(make_moment(film, keith), restricted, "Dear friend!")
    comment.revise("Dear @mia!")
    assert "/members/mia/" not in Comment.objects.get().body_html


def test_an_old_comment_says_nothing_new_to_whom_it_answers(client, film, moment, mia, seb, keith):
    there = make_moment(film, keith)
    under_hers = make_comment(moment, seb, "Lovely.")
    to_her = make_comment(there, seb, "Lovely too.", parent=make_comment(there, mia))
    elsewhere = make_comment(there, seb, "Lovely as well.")
    Restrict.objects.add(mia, seb)
    client.force_login(seb)
    for comment in (under_hers, to_her, elsewhere):
        answer = client.post(reverse("comment-edit", args=[comment.pk]), {"body": "Dear @mia, hear me."})
        is_elsewhere = comment == elsewhere
        assert answer.status_code == (302 if is_elsewhere else 422)
        assert is_elsewhere or "Dear @mia, hear me." in answer.text
        comment.refresh_from_db()
        assert (comment.body == "Dear @mia, hear me.") is is_elsewhere


def test_an_older_version_is_not_put_back_before_the_eyes_of_whom_it_answers(client, moment, restricted, seb):
    comment = Comment.objects.create(post=moment, author=seb, body="Fine.", body_html="<p>Fine.</p>")
    revision = make_revision(comment, body="Nonsense, @mia!")
    client.force_login(restricted)
    answer = client.post(reverse("revision-restore", args=[revision.pk]), follow=True)
    assert str(Restricted.sentence) in answer.text
    assert Comment.objects.get().body == "Fine."
    assert Revision.objects.count() == 1


def test_what_was_said_can_still_be_deleted(client, moment, mia, seb):
    comment = make_comment(moment, seb)
    Restrict.objects.add(mia, seb)
    client.force_login(seb)
    client.post(reverse("comment-delete", args=[comment.pk]))
    assert Comment.objects.get().state == "deleted"


def test_a_moderator_mends_what_its_author_may_not(moment, mia, seb, keith):
    comment = make_comment(moment, seb, "Call 0123.")
    Restrict.objects.add(mia, seb), Restrict.objects.add(mia, keith)
    moment.lock(keith)
    assert comment.revise("Call me.", by=keith)


def test_a_restricted_member_does_not_judge_the_other_s_claim(client, film, mia, restricted):
    claim = make_trivia(film, mia)
    client.force_login(restricted)
    sent = {"stance": "dispute", "reason": "It was two takes.", "url": "https://example.org/"}
    for headers in ({}, {"HX-Request": "true"}):
        answer = client.post(reverse("verdict-add", args=[claim.pk]), sent, headers=headers)
        assert (answer.status_code, str(Restricted.sentence) in answer.text) == (422, True)
        assert "It was two takes." in answer.text
    assert Verdict.objects.count() == 0


def test_a_verdict_given_before_can_be_taken_back_and_not_be_changed(client, film, mia, seb):
    claim = make_trivia(film, mia)
    claim.judge(seb, "dispute", "It was two takes.")
    Restrict.objects.add(mia, seb)
    with pytest.raises(Restricted):
        claim.judge(seb, "dispute", "Hear me.")
    assert Verdict.objects.get().reason == "It was two takes."
    client.force_login(seb)
    client.post(reverse("verdict-revoke", args=[claim.pk]))
    assert Verdict.objects.count() == 0


def test_what_one_feels_at_a_moment_is_said_of_the_film(moment, restricted):
    """Nobody is told of it, and it does not reach who shared the moment."""
    assert moment.feel(restricted, "joy")
    assert moment.relive(restricted, note="Again.", public=True)


def test_no_quota_is_spent_on_what_does_not_get_through(client, moment, restricted, monkeypatch):
    monkeypatch.setattr("reelive.ratelimit.time.time", lambda: 1_800_000_000.0)
    client.force_login(restricted)
    for turn in range(7):
        sent = {"body": f"Let me through, {turn}."}
        assert client.post(reverse("comment-add", args=[moment.pk]), sent).status_code == 422
    for _ in range(61):
        client.post(reverse("post-upvote", args=[moment.pk]))
        client.post(reverse("post-label", args=[moment.pk]), {"kind": "duplicate"})
    assert (PostVote.objects.count(), Label.objects.count()) == (0, 0)
    assert client.post(reverse("feel", args=[moment.pk]), {"feeling": "joy"}).status_code == 302


def test_moderators_act_on_those_who_restrict_them(moment, mia, keith):
    Restrict.objects.add(mia, keith)
    assert moment.remove(keith, "spam")
