"""A comment of a thread, read as a plain row by one statement.

A CommentRow answers by the names of Comment what a thread asks of it; it is no model, as a CardRow is none.
"""

from collections import namedtuple
from typing import NamedTuple

from django.db.models.fields.files import FieldFile

from accounts.models import User
from reelive.pagination import page_from

from .asked import Asked, read_rows
from .comment import Comment
from .ledger import LedgerEntry, Reason
from .mixins.labelled import LABEL_COLUMNS

# What is seen of a comment. A row begins with these: when one of them changes, it is rendered anew.
COLUMNS_SHOWN = {
    **{name: name for name in ("id", "state", "author_id", "post_id", "votes", "created", "edited")},
    **{name: name for name in (*LABEL_COLUMNS, "body_html", "descendants")},
    **{name: name for name in ("my_vote", "can_undelete", "is_muted", "has_muted_word")},
    "author_name": "author__username",
    "author_avatar": "author__avatar",
    "removal_id": "removal_id",
    "removal_reason": "removal__reason",
}
# What a thread is put together by.
PLACED_BY = {name: name for name in ("parent_id", "depth", "best", "reply_count")}
COMMENT_COLUMNS = COLUMNS_SHOWN | PLACED_BY


def page_of_tops(about, viewer, order, cursor, size):
    """The first comments of the branches of a thread behind the cursor. Raises BadCursor.

    Args:
        about: the post or list that the thread is about.
    """
    tops = Asked(_tops, viewer, **{about.model_name: about.pk})
    found = read_rows(tops, viewer, _rows, order, cursor, size)
    return page_from([CommentRow(*row) for row in found], order, size)


def short_thread(about, viewer, order, depth, most):
    """The comments of a thread down to this depth, by one statement; None where it has more than so many."""
    whole = Asked(_whole, viewer, **{about.model_name: about.pk}, depth=depth)
    found = read_rows(whole, viewer, _rows, ("depth", *order), size=most)
    rows = [CommentRow(*row) for row in found]
    in_branches = sum(1 + row.descendants for row in rows if not row.depth)
    return rows if max(len(rows), in_branches) <= most else None


def replies_to(tops, viewer, order, depth, most):
    """So many of the replies in the branches that these comments begin, down to this depth."""
    asked = Asked(_replies, viewer, tops=[top.pk for top in tops], depth=depth)
    found = read_rows(asked, viewer, _rows, ("depth", *order), size=most)
    return [CommentRow(*row) for row in found[:most]]


def comments_below(comment, viewer, order, depth, most):
    """So many of the comments of its branch that may stand below it, down to this depth."""
    root = comment.root_id or comment.pk
    asked = Asked(_below, viewer, root=root, written_after=comment.pk, above=comment.depth, depth=depth)
    found = read_rows(asked, viewer, _rows, ("depth", *order), size=most)
    return [CommentRow(*row) for row in found[:most]]


def _tops(viewer, **about):
    return Comment.objects.filter(depth=0, **about)


def _whole(viewer, depth, **about):
    return Comment.objects.filter(depth__lte=depth, **about)


def _replies(viewer, tops, depth):
    return Comment.objects.filter(root__pk__in=tops, depth__lte=depth)


def _below(viewer, root, written_after, above, depth):
    return Comment.objects.filter(root=root, pk__gt=written_after, depth__gt=above, depth__lte=depth)


def _rows(comments, viewer, opened):
    comments = comments.with_my_vote(viewer).with_filtered(viewer).with_undo(viewer)
    return comments.values_list(*COMMENT_COLUMNS.values())


class CommentAuthor(NamedTuple):
    pk: int
    username: str
    avatar_name: str

    is_house = User.is_house

    @property
    def avatar(self):
        field = User._meta.get_field("avatar")
        return field.attr_class(self, field, self.avatar_name)


class CommentRemoval(NamedTuple):
    """The row of the ledger by which a comment was removed."""

    number: int
    reason: str

    get_absolute_url, appeal_url = LedgerEntry.get_absolute_url, LedgerEntry.appeal_url

    def get_reason_display(self):
        return Reason(self.reason).label


class CommentRow(namedtuple("CommentRow", COMMENT_COLUMNS)):
    """A comment as a thread shows it: the columns of COMMENT_COLUMNS, and what a Comment makes of them."""

    model_name, is_marked_spoiler = Comment.model_name, False
    is_new, next_new = False, ""  # see moments.viewer.new_comments

    pk = property(lambda self: self.id)
    is_visible, is_removed, role_of = Comment.is_visible, Comment.is_removed, Comment.role_of
    get_absolute_url, link, reply_url = Comment.get_absolute_url, Comment.link, Comment.reply_url
    edit_url, delete_url, history_url = Comment.edit_url, Comment.delete_url, Comment.history_url
    undelete_url = Comment.undelete_url
    labels_url, join_url, vote_url = Comment.labels_url, Comment.join_url, Comment.vote_url
    report_url, send_url = Comment.report_url, Comment.send_url
    is_labelled, label_counts = Comment.is_labelled, Comment.label_counts

    @classmethod
    def of(cls, comment):
        """That of a comment that was read as an object."""
        return cls(*(_reached(comment, path) for path in COMMENT_COLUMNS.values()))

    @property
    def shown(self):
        """All that a thread tells of it, but for where it stands and whether it is new."""
        return self[: len(COLUMNS_SHOWN)]

    @property
    def author(self):
        return CommentAuthor(self.author_id, self.author_name, self.author_avatar) if self.author_id else None

    @property
    def removal(self):
        return CommentRemoval(self.removal_id, self.removal_reason) if self.removal_id else None


def _reached(found, path):
    for name in path.split("__"):
        found = getattr(found, name, None)
    return str(found) if isinstance(found, FieldFile) else found
