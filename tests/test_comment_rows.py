"""A comment of a thread is read as a plain row, by a statement that viewers of one shape share."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from moments.models import Comment, Filter, Mute
from moments.models.comment import BEST, NEW
from moments.models.comment_row import CommentRow, comments_below, page_of_tops, replies_to, short_thread
from moments.models.filter import Filters
from moments.search.index import catch_up
from reelive import statements
from tests.support.clock import Clock
from tests.support.makers import make_comment, make_list, make_member, make_moment, moderator
from tests.support.rows import for_each
from tests.support.viewers import viewing, visitor

NAMES = (
    "pk", "model_name", "state", "author_id", "post_id", "votes", "created", "edited", "body_html",
    "descendants", "reply_count", "best", "depth", "parent_id", "is_visible", "is_removed", "is_labelled",
    "label_counts", "is_marked_spoiler", "link", "reply_url", "edit_url", "delete_url", "history_url",
    "labels_url", "join_url", "vote_url", "report_url", "send_url", "my_vote", "can_undelete", "is_muted",
    "has_muted_word",
)  # fmt: skip


@pytest.fixture
def thread(moment, mia, seb, anna):
    """Seven comments, of which one is voted for, flagged, by somebody muted, with a filtered word, gone."""
    first = make_comment(moment, mia, "They waltz.", unkind_labels=2)
    first.upvote(seb)
    make_comment(moment, anna, "Above the town.", parent=first)
    make_comment(moment, seb, "Of all things a lamp.", parent=first)
    make_comment(moment, mia, "It was a lamp.")
    deleted, removed = make_comment(moment, seb, "Never mind."), make_comment(moment, anna, "Buy this.")
    make_comment(moment, None, "Nobody knows me now.")
    deleted.delete_by_author()
    removed.remove(moderator(), "spam")
    Mute.objects.add(seb, anna)
    Filter.objects.add(seb, "word", "lamp")
    catch_up()
    return moment


def rows_for(viewer, about):
    tops = page_of_tops(about, viewer, BEST, None, 50).items
    return [*tops, *replies_to(tops, viewer, BEST, 8, 50)]


@for_each("who", ["seb", "anna", "visitor"])
def test_a_row_answers_as_the_comment_does(who, thread, seb, anna):
    viewer = {"seb": viewing(seb), "anna": viewing(anna), "visitor": visitor()}[who]
    rows = rows_for(viewer, thread)
    comments = Comment.objects.with_my_vote(viewer).with_filtered(viewer).with_undo(viewer)
    objects = {comment.pk: comment for comment in comments.select_related("author", "removal")}
    assert len(rows) == len(objects) == 7
    for row in rows:
        comment = objects[row.pk]
        assert {name: getattr(row, name) for name in NAMES} == {
            name: getattr(comment, name) for name in NAMES
        }
        assert CommentRow.of(comment) == row
        assert row.role_of(viewer) == comment.role_of(viewer)
        assert facts_of_author(row) == facts_of_author(comment)
        assert facts_of_removal(row) == facts_of_removal(comment)


@for_each("who", ["seb", "anna", "visitor"])
def test_a_short_thread_is_the_same_by_one_statement(who, thread, seb, anna):
    viewer = {"seb": viewing(seb), "anna": viewing(anna), "visitor": visitor()}[who]
    assert short_thread(thread, viewer, BEST, 8, 7) == rows_for(viewer, thread)


@for_each("depth", [8, 0])
def test_a_thread_that_does_not_fit_is_not_short(depth, thread, seb):
    assert short_thread(thread, viewing(seb), BEST, depth, 6) is None


def facts_of(comment):
    return {name: getattr(comment, name) for name in NAMES}


def facts_of_author(comment):
    author = comment.author
    return author and (author.pk, author.username, author.is_house, bool(author.avatar))


def facts_of_removal(comment):
    row = comment.removal
    return row and (row.number, row.get_reason_display(), row.get_absolute_url())


def test_a_row_says_what_is_the_viewers_own(thread, seb):
    rows = {row.body_html: row for row in rows_for(viewing(seb), thread)}
    own = ("my_vote", "is_muted", "has_muted_word", "can_undelete")
    marked = {name: [html for html, row in rows.items() if getattr(row, name)] for name in own}
    assert marked == {
        "my_vote": ["<p>They waltz.</p>"],
        "is_muted": ["<p>Buy this.</p>", "<p>Above the town.</p>"],
        "has_muted_word": ["<p>It was a lamp.</p>"],
        "can_undelete": [""],
    }


def test_what_can_be_undone_ends_although_the_statement_is_kept(thread, seb, monkeypatch):
    clock = Clock(monkeypatch)
    undoable = []
    for hours in (0, 23, 2):
        clock.forward(hours=hours)
        undoable.append([row.can_undelete for row in rows_for(viewing(seb), thread)].count(True))
    assert undoable == [1, 1, 0]


def test_the_second_viewer_of_a_shape_builds_no_query(thread, mia, seb, monkeypatch):
    monkeypatch.setattr(statements, "_kept", {})
    first, second = viewing(mia), viewing(seb)
    first.filters = second.filters = Filters()
    rows_for(first, thread)
    monkeypatch.setattr(Comment, "objects", None)
    with CaptureQueriesContext(connection) as queries:
        found = rows_for(second, thread)
    assert (len(found), len(queries)) == (7, 2)


def test_threads_of_a_post_and_of_a_list_are_told_apart(thread, mia, seb):
    member_list = make_list(mia)
    make_comment(member_list, seb, "A fine list.")
    viewer = viewing(seb)
    assert [row.body_html for row in rows_for(viewer, member_list)] == ["<p>A fine list.</p>"]
    assert len(rows_for(viewer, thread)) == 7


def test_so_many_rows_are_read_and_the_cursor_leads_on(film, mia):
    moment = make_moment(film, mia)
    tops = [make_comment(moment, mia, f"Top {number}") for number in range(3)]
    for number in range(3):
        make_comment(moment, mia, f"Below {number}", parent=tops[2])
    viewer = viewing(mia)
    page = page_of_tops(moment, viewer, NEW, None, 2)
    assert [row.pk for row in page.items] == [tops[2].pk, tops[1].pk]
    behind = page_of_tops(moment, viewer, NEW, page.next_cursor, 2)
    assert ([row.pk for row in behind.items], behind.next_cursor) == ([tops[0].pk], None)
    assert len(replies_to(page.items, viewer, NEW, 8, 2)) == 2
    assert len(comments_below(tops[2], viewer, BEST, 8, 10)) == 3
    assert (replies_to([], viewer, NEW, 8, 2), comments_below(tops[2], viewer, BEST, 0, 10)) == ([], [])


def test_a_mute_that_ends_is_over(thread, mia, seb, monkeypatch):
    clock, loud = Clock(monkeypatch), make_member("loud")
    Mute.objects.all().delete()
    make_comment(thread, loud, "Me again.")
    Mute.objects.add(seb, loud, clock.now + timedelta(hours=1))
    assert [row.author_name for row in rows_for(viewing(seb), thread) if row.is_muted] == ["loud"]
    clock.forward(hours=1)
    assert [row.author_name for row in rows_for(viewing(seb), thread) if row.is_muted] == []
