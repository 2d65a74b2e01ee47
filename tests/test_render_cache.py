"""Cards and comments: kept as rendered, never older than what they show, and nobody's own but theirs."""

import pytest

from moments.feelings import FEELINGS
from moments.models import Comment, Mute, Post, Tag
from moments.templatetags.counts import counted
from reelive.render_cache import render_cache
from tests.support.makers import make_comment, moderator
from tests.support.pages import select, text_of, texts


@pytest.fixture(autouse=True)
def nothing_kept():
    render_cache.clear()


def card(client):
    return text_of(client.get("/"))


def retitled(moment, seb):
    moment.title = "The Tap Dance"
    moment.revise(["stars"])


def tagged(moment, seb):
    moment.revise(["magic hour"])


@pytest.mark.parametrize(
    ("change", "old", "new"),
    [
        (retitled, "A Lovely Night", "The Tap Dance"),
        (tagged, ">tap dance<", ">magic hour<"),
        (lambda moment, seb: make_comment(moment, seb), "Be the first", "1 <span"),
        (lambda moment, seb: moment.relive(seb), "</html>", counted(1, "times relived").split()[-1]),
        (lambda moment, seb: moment.feel(seb, "joy"), "</html>", FEELINGS["joy"].css),
        (lambda moment, seb: Tag.objects.get(name="stars").remove(moderator(), "spam"), ">stars<", "</html>"),
        (lambda moment, seb: Post.objects.filter(pk=moment.pk).update(spoiler=True), "card-excerpt", "veil"),
    ],
)
def test_a_change_shows_at_once(client, moment, seb, change, old, new):
    before = card(client)
    assert old in before
    change(moment, seb)
    after = card(client)
    assert new in after
    assert old == "</html>" or old not in after


def test_two_readers_share_a_card_and_keep_their_own_votes(client, moment, seb, keith):
    moment.upvote(seb)
    for member, pressed in ((seb, "true"), (keith, "false")):
        client.force_login(member)
        assert [vote["aria-pressed"] for vote in select(card(client), "button.vote")] == [pressed]


def test_a_kept_card_is_not_rendered_again(client, moment, monkeypatch):
    card(client)
    monkeypatch.setattr("reelive.render_cache.get_template", None)
    assert "A Lovely Night" in card(client)


@pytest.fixture
def comment(moment, mia):
    return make_comment(moment, mia, body="The lamp goes out.")


def thread(client, moment, member=None):
    if member:
        client.force_login(member)
    page = client.get(moment.get_absolute_url()).content.decode()
    return page[page.index('<ol class="thread">') :]


def reworded(comment, seb):
    comment.body = "The lamp goes out, and on again."
    comment.revise(comment.body)


@pytest.mark.parametrize(
    ("change", "old", "new"),
    [
        (reworded, "out.</p>", "out, and on again.</p>"),
        (lambda comment, seb: comment.upvote(seb), "<b></b>", "<b>1</b>"),
        (
            lambda comment, seb: make_comment(comment.post, seb, parent=comment),
            "</ol>",
            counted(1, "collapsed reply"),
        ),
        (lambda comment, seb: comment.delete_by_author(), "The lamp goes out.", "tombstone"),
        (
            lambda comment, seb: comment.remove(moderator(), "spam"),
            "The lamp goes out.",
            "/ledger/1/",
        ),
        (lambda comment, seb: comment.post.lock(moderator()), "data-reply", "</ol>"),
        (lambda comment, seb: seb.delete(), "</ol>", "@mia"),
    ],
)
def test_a_change_of_a_comment_shows_at_once(client, comment, seb, change, old, new):
    before = thread(client, comment.post)
    assert old in before
    change(comment, seb)
    after = thread(client, Comment.objects.get(pk=comment.pk).post)
    assert new in after
    assert old == "</ol>" or old not in after


def test_each_reader_gets_the_comment_as_it_is_for_them(client, comment, mia, seb, keith):
    comment.upvote(seb)
    for _once_rendered_and_once_kept in range(2):
        client.logout()
        (vote,) = select(thread(client, comment.post), ".vote")
        assert vote["href"].startswith(comment.join_url)
        for member, pressed in ((seb, "true"), (keith, "false")):
            (vote,) = select(thread(client, comment.post, member), ".vote")
            assert vote["aria-pressed"] == pressed
        own = thread(client, comment.post, mia)
        assert f"/comments/{comment.pk}/edit/" in own
        assert select(own, ".vote[aria-pressed]") == []


def test_muted_and_labelled_comments_are_hidden_for_those_concerned(client, comment, mia, seb, keith):
    thread(client, comment.post, seb)
    Mute.objects.create(member=seb, other=mia)
    (why,) = texts(thread(client, comment.post, seb), ".hidden-for-you summary")
    assert "@mia" in why
    assert select(thread(client, comment.post, keith), ".hidden-for-you") == []


def test_a_kept_comment_is_not_rendered_again(client, comment, monkeypatch):
    thread(client, comment.post)
    monkeypatch.setattr("reelive.render_cache.get_template", None)
    assert "The lamp goes out." in thread(client, comment.post)
