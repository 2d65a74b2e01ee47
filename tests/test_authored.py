"""What an author, another member and a visitor may do with a text, and where its links lead."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone

from moments.labels import SPOILER_QUORUM
from moments.ledger.chain import fingerprint
from moments.models import (
    Comment,
    Event,
    EventKind,
    LedgerEntry,
    Moment,
    Post,
    Report,
    Restrict,
    Revision,
    Tag,
)
from moments.models.mixins.authored import LINKS_ALONE
from moments.models.refusals import Gone, Locked, Suspended
from tests.support.makers import make_comment, make_member, make_moment, moderator
from tests.support.revisions import edit
from tests.support.rows import for_each

VISITOR = AnonymousUser()


@pytest.fixture
def comment(moment, mia):
    return make_comment(moment, mia, "That bench!")


@pytest.mark.parametrize("word", ["post", "comment"])
def test_addresses_by_hand_are_those_of_the_urls(word, moment, comment):
    text = {"post": moment, "comment": comment}[word]
    assert text.history_url == reverse(f"{word}-history", args=[text.pk])
    assert text.labels_url == reverse(f"{word}-labels", args=[text.pk])
    for voted, verb in ((False, "upvote"), (True, "unvote")):
        text.my_vote = voted
        assert text.vote_url == reverse(f"{word}-{verb}", args=[text.pk])


def test_a_list_says_which_texts_one_has_voted_for(moment, film, mia, seb, keith):
    other = make_moment(film, mia)
    moment.upvote(seb)
    votes = {
        viewer: dict(Moment.objects.with_my_vote(viewer).values_list("pk", "my_vote"))
        for viewer in (seb, keith, VISITOR)
    }
    assert votes[seb] == {moment.pk: True, other.pk: False}
    assert votes[keith] == votes[VISITOR] == {moment.pk: False, other.pk: False}


def test_only_the_author_edits_and_only_what_can_be_seen(moment, film, mia, seb):
    other = make_moment(film, mia)
    assert list(Moment.objects.editable_by(mia).order_by("pk")) == [moment, other]
    other.remove(moderator(), "spam")
    assert list(Moment.objects.editable_by(mia)) == [moment]
    assert not Moment.objects.editable_by(seb).exists()
    assert not Moment.objects.editable_by(VISITOR).exists()
    assert [moment.can_be_edited_by(viewer) for viewer in (mia, seb, VISITOR)] == [True, False, False]
    assert not other.can_be_edited_by(mia)


@for_each(
    "state, readers",
    [
        ("visible", [True, True, True]),
        ("removed", [True, False, False]),
        ("deleted", [False, False, False]),
        ("withheld", [False, False, False]),
    ],
)
def test_what_is_out_of_sight_is_read_by_its_author_at_most(moment, mia, seb, state, readers):
    moment.state = state
    assert [moment.can_be_read_by(viewer) for viewer in (mia, seb, VISITOR)] == readers


def test_a_text_whose_author_left_is_nobodys(moment, seb):
    moment.author = None
    assert [moment.role_of(viewer) for viewer in (seb, VISITOR)] == ["member", "visitor"]
    assert not moment.can_be_edited_by(VISITOR)
    Moment.objects.update(author=None)
    assert not Moment.objects.editable_by(VISITOR).exists()
    moment.state = "removed"
    assert not moment.can_be_read_by(VISITOR)


def test_the_role_of_a_viewer(moment, mia, seb):
    assert [moment.role_of(viewer) for viewer in (mia, seb, VISITOR)] == ["author", "member", "visitor"]


# Edits.


def edited(text, by=None, **texts):
    """The text as it is stored after an edit."""
    mine = type(text).objects.get(pk=text.pk)
    for name, value in texts.items():
        setattr(mine, name, value)
    mine.revise(by=by) if by else mine.revise()
    return type(text).objects.get(pk=text.pk)


def grow_old(text, minutes):
    type(text).objects.filter(pk=text.pk).update(created=timezone.now() - timedelta(minutes=minutes))


def test_a_slip_that_is_put_right_at_once_leaves_no_trace(moment):
    assert edited(moment, body="They dance.").edited is None
    grow_old(moment, 4.9)
    assert edited(moment, body="They dance!").edited is None
    assert Revision.objects.count() == 0


def test_a_later_edit_is_noted_and_keeps_what_was_said(moment, mia):
    grow_old(moment, 5.1)
    before = moment.texts
    after = edited(moment, body="They dance.")
    assert timezone.now() - after.edited < timedelta(minutes=1)
    kept = Revision.objects.get()
    assert (kept.texts, kept.editor, kept.post_id) == (before, mia, moment.pk)
    assert kept.created == after.edited


def test_an_edit_tells_what_it_replaced(moment):
    mine = Moment.objects.get(pk=moment.pk)
    mine.body = "They dance."
    mine.revise()
    assert (mine.replaced, mine.ledger_texts != moment.ledger_texts) == (moment.ledger_texts, True)


def test_an_edit_of_the_same_words_keeps_nothing(moment):
    grow_old(moment, 10)
    assert edited(moment).edited is not None
    assert Revision.objects.count() == 0


def test_once_one_edit_was_noted_all_are(moment):
    grow_old(moment, 10)
    edited(moment, body="Once.")
    grow_old(moment, 1)
    edited(moment, body="Twice.")
    assert [kept.texts["body"] for kept in Revision.objects.order_by("pk")] == [moment.body, "Once."]


def test_what_staff_edit_is_no_slip(moment, keith):
    assert edited(moment, by=keith, body="They dance.").edited is not None
    assert Revision.objects.get().editor == keith


def test_what_was_removed_meanwhile_is_not_edited(moment):
    open_page = Moment.objects.get(pk=moment.pk)
    moment.remove(moderator(), "spam")
    open_page.body = "They dance."
    with pytest.raises(Gone):
        open_page.revise()
    assert Moment.objects.get(pk=moment.pk).body == moment.body


def test_a_vote_that_comes_in_during_an_edit_is_kept(moment, seb):
    open_page = Moment.objects.get(pk=moment.pk)
    moment.upvote(seb)
    warm = Moment.objects.get(pk=moment.pk).hot
    open_page.body = "They dance."
    open_page.revise()
    stored = Moment.objects.get(pk=moment.pk)
    assert (stored.body, stored.votes, stored.hot) == ("They dance.", 1, warm)


def test_who_was_suspended_meanwhile_edits_nothing(moment, mia, keith):
    open_page = Moment.objects.get(pk=moment.pk)
    mia.suspend(keith, "Pills.")
    open_page.body = "Pills!"
    with pytest.raises(Suspended):
        open_page.revise()
    assert Moment.objects.get(pk=moment.pk).body == moment.body


def test_who_was_suspended_meanwhile_casts_no_vote(moment, seb, keith):
    seb.suspend(keith, "Pills.")
    with pytest.raises(Suspended):
        moment.upvote(seb)
    assert Moment.objects.get(pk=moment.pk).votes == 0


# Newcomers.


@for_each(
    "hours, body, reports",
    [
        (23, "https://a.example https://b.example", 1),
        (25, "https://a.example", 0),
        (23, "This is where the bench stands, seen from the town: https://a.example", 0),
    ],
)
def test_nothing_but_links_from_a_newcomer_is_reported(moment, hours, body, reports):
    newcomer = make_member("new", date_joined=timezone.now() - timedelta(hours=hours))
    comment = make_comment(moment, newcomer, body)
    found = Report.objects.filter(comment=comment)
    assert found.count() == reports
    assert {(report.member, report.note) for report in found} <= {(None, LINKS_ALONE)}


def test_an_edit_is_news_where_it_mentions_somebody(moment, mia, seb):
    news = Event.objects.filter(kind=EventKind.EDIT)
    for body, count in (("They dance.", 0), ("They dance, @seb.", 1), ("They sing.", 1)):
        edit(moment, body=body)
        assert list(news.values_list("post", "actor")) == [(moment.pk, mia.pk)] * count


def test_an_event_says_what_it_is_about_who_did_it_and_what_else_is_known(moment, comment, keith):
    for text in (moment, comment):
        text.note(EventKind.FLAG, keith.pk, detail="wrong")
    noted = Event.objects.filter(kind=EventKind.FLAG).order_by("pk")
    assert list(noted.values_list("post", "comment", "actor", "detail")) == [
        (moment.pk, None, keith.pk, "wrong"),
        (None, comment.pk, keith.pk, "wrong"),
    ]


def test_a_mention_leads_to_a_member_whom_the_author_reaches(moment, mia, seb, keith):
    Restrict.objects.create(member=seb, other=mia)
    Restrict.objects.create(member=keith, other=seb)
    body = "Look, @seb, @keith and @nobody."
    texts = {member: make_comment(moment, member, body).body_html for member in (mia, keith)}
    leads = {
        member.username: [other.username for other in (seb, keith) if other.get_absolute_url() in html]
        for member, html in texts.items()
    }
    assert leads == {"mia": ["keith"], "keith": ["seb", "keith"]}
    assert not any("/nobody/" in html for html in texts.values())


# Deletion.


def test_a_deleted_comment_keeps_nothing_that_it_said(comment, mia):
    make_revision = Revision.objects.create
    make_revision(comment=comment, editor=mia, texts={"body": "Before."}, created=timezone.now())
    assert [comment.delete_by_author(), comment.delete_by_author()] == [True, False]
    stored = Comment.objects.get()
    assert (stored.state, stored.body, stored.body_html) == ("deleted", "", "")
    assert Revision.objects.count() == 0


def test_who_leaves_takes_along_what_was_removed(comment, moment):
    comment.remove(moderator(), "spam")
    assert Post.objects.get(pk=moment.pk).comment_count == 0
    assert comment.delete_by_author() is False
    assert comment.erase() is True
    stored = Comment.objects.get()
    assert (stored.state, stored.body) == ("deleted", "")
    assert Post.objects.get(pk=moment.pk).comment_count == 0


# Locks.


def test_a_thread_is_locked_and_opened_once_each_with_a_row(moment, seb, keith):
    assert [moment.lock(keith, "Too loud."), moment.locked, moment.lock(keith)] == [True, True, False]
    with pytest.raises(Locked):
        make_comment(Moment.objects.get(pk=moment.pk), seb)
    assert [moment.unlock(keith, "Calm again."), moment.locked, moment.unlock(keith)] == [True, False, False]
    assert Moment.objects.get(pk=moment.pk).locked is False
    make_comment(moment, seb)
    rows = LedgerEntry.objects.order_by("number").values_list("action", "note", "target", "actor")
    target = f"post/{moment.pk}"
    assert list(rows) == [("lock", "Too loud.", target, "keith"), ("unlock", "Calm again.", target, "keith")]


def test_what_is_out_of_sight_is_not_locked_and_can_be_opened(moment, keith):
    moment.lock(keith)
    moment.remove(keith, "spam")
    assert moment.unlock(keith) is True
    assert moment.lock(keith) is False
    assert Moment.objects.get(pk=moment.pk).locked is False
    notes = LedgerEntry.objects.filter(action__in=["lock", "unlock"]).values_list("note", flat=True)
    assert list(notes) == ["", ""]


def test_what_is_restored_without_a_word_has_a_row_without_one(moment, keith):
    moment.remove(keith, "spam", "Pills.")
    assert (moment.removal.note, moment.removal.reason) == ("Pills.", "spam")
    assert moment.removal.text == fingerprint(moment.ledger_texts)
    assert moment.restore(keith) is True
    assert LedgerEntry.objects.order_by("number").last().note == ""
    assert (moment.removal, Moment.objects.get(pk=moment.pk).removal) == (None, None)


def test_a_tag_is_nobodys_own_and_restored_by_any_moderator(moment, keith):
    tag = Tag.objects.get(name="stars")
    assert [tag.remove(keith, "illegal"), tag.restore(keith), tag.restore(keith)] == [True, True, False]


# Labels.


def test_labels_are_counted_on_the_object_too(moment, comment, mia, seb, keith):
    assert [moment.label(member, "off-topic") for member in (mia, seb, seb, keith)] == [
        False, True, False, True
    ]  # fmt: skip
    assert moment.label(keith, "wrong") is True
    assert (moment.off_topic_labels, moment.wrong_labels, moment.is_labelled) == (2, 1, True)
    assert [(str(name), count) for name, count in moment.label_counts] == [
        ("Off-topic", 2),
        ("Wrong fact", 1),
    ]
    assert [moment.unlabel(seb, "off-topic"), moment.unlabel(seb, "off-topic")] == [True, False]
    stored = Moment.objects.get(pk=moment.pk)
    assert moment.off_topic_labels == stored.off_topic_labels == 1
    assert (comment.is_labelled, comment.label_counts) == (False, [])


def test_a_quorum_says_that_a_post_spoils(moment):
    for count, spoils in ((SPOILER_QUORUM - 1, False), (SPOILER_QUORUM, True), (SPOILER_QUORUM + 1, True)):
        moment.spoiler_labels = count
        assert moment.spoils_by_quorum is spoils


# Tags.


def test_tags_count_their_posts(moment, film, mia):
    def counts():
        return dict(Tag.objects.order_by("name").values_list("name", "post_count"))

    assert counts() == {"stars": 1, "tap dance": 1}
    make_moment(film, mia, tags=["stars"])
    moment.retag(["stars", "night"])
    assert counts() == {"night": 1, "stars": 2, "tap dance": 0}
    assert [tag.name for tag in Moment.objects.get(pk=moment.pk).tag_list] == ["stars", "night"]
    moment.remove(moderator(), "spam")
    assert counts() == {"night": 0, "stars": 1, "tap dance": 0}
    moment.restore(moderator())
    assert counts() == {"night": 1, "stars": 2, "tap dance": 0}
