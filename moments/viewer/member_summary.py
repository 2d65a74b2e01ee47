"""What stands beside a member's lists: a few numbers, what they feel most, the last days of their diary."""

from collections import Counter

from accounts.models import User
from moments.feelings import FEELINGS
from moments.models import Comment, Post
from moments.models.last_read import NumberOf
from moments.models.viewer_shape import shape_of
from moments.viewer.diary_lines import note_veils, veils_of_moments
from reelive.prepared import PreparedRows
from reelive.statements import statement

MOST_COUNTED = 1_000


def _number_of_posts(author):
    posts = Post.objects.listed().filter(author=author).order_by().values("pk")[:MOST_COUNTED]
    return User.objects.filter(pk=author).values_list(NumberOf(posts))


NUMBER_OF_POSTS = PreparedRows(_number_of_posts)
ENTRIES_READ, DAYS_SHOWN, FEELINGS_SHOWN = 50, 4, 3


def member_summary(member, viewer, entries):
    """As many queries, however much the member shared; what is veiled for the viewer tells no feeling.

    Args:
        entries: of the member's diary, as far as the viewer may read it.
    """
    newest = list(entries.order_by("-date", "-id")[:ENTRIES_READ])
    note_veils(newest, viewer, veils_of_moments(newest, viewer))
    felt = Counter(slug for entry in newest if not entry.is_veiled for slug in entry.feelings)
    return {
        "post_number": _only(NUMBER_OF_POSTS(member.pk)),
        "comment_number": _comment_number(member, viewer),
        "entry_number": _bounded(entries),
        "most_felt": [FEELINGS[slug] for slug, _times in felt.most_common(FEELINGS_SHOWN)],
        "last_days": list(dict.fromkeys(entry.date for entry in newest if entry.is_dated))[:DAYS_SHOWN],
    }


def _comment_number(member, viewer):
    """As far as it is counted. Of all that the page asks this takes longest to write: it is written once."""
    is_own = viewer.pk == member.pk
    shape, values = shape_of(viewer, member)
    if shape is None:
        return _only(_number_of_comments(member, viewer, is_own))
    place, stand_in = shape.opened_place, shape.viewer
    key = ("comments of a member", shape, is_own)
    return _only(statement(key, lambda: _number_of_comments(place, stand_in, is_own)).rows(**values))


def _number_of_comments(member, viewer, is_own):
    rows = Comment.objects.listed().found_by(viewer).filter(author=member.pk)
    rows = rows if is_own else rows.without_filtered(viewer, member)
    rows = rows.order_by().values("pk")[:MOST_COUNTED]
    return User.objects.filter(pk=member.pk).values_list(NumberOf(rows))


def _bounded(rows):
    return rows.order_by()[:MOST_COUNTED].count()


def _only(rows):
    """The one number that was asked for."""
    ((number,),) = rows
    return number
