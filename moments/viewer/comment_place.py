"""Where a comment that was just written stands in its thread, and how many a page of a thread shows."""

from itertools import accumulate
from urllib.parse import urlencode

from moments import threads
from moments.models import Comment
from moments.models.comment import SORTS
from reelive.pagination import backwards, cursor_after, paginate

THREAD_PAGE = 200
TOP_FIELDS = ("id", "best", "votes", "descendants")
STEPS_BACK = 10  # comments that stand before a new one, where it is not on the first page


def is_folded(comment):
    """Whether it is so deep that it stands on a page of its own, below what it answers."""
    return comment.depth > threads.FOLD_DEPTH


def place_of_new(comment, sort="best"):
    """The address of the new comment at its place in the thread, in this order, where its author finds it."""
    page = comment.parent.get_absolute_url() if is_folded(comment) else _page_with(comment, sort)
    return f"{page}#c{comment.pk}"


def _page_with(comment, sort):
    """The page of the thread that has this comment on it, in this order."""
    query = {} if sort == "best" else {"sort": sort}
    about = comment.about
    tops = Comment.objects.of(about).filter(depth=0).only(*TOP_FIELDS)
    top, order = comment.root or comment, SORTS[sort]
    before = paginate(tops, backwards(order), cursor_after(top, order), THREAD_PAGE).items
    # A reply is not counted yet in what was read before it was written.
    filled = list(accumulate((1 + each.descendants for each in before), initial=2 + top.descendants))
    if filled[-1] > THREAD_PAGE and before:
        beside = sum(size <= THREAD_PAGE for size in filled[1 : 1 + STEPS_BACK])
        query["after"] = cursor_after(before[beside], order)
    return f"{about.thread_url}?{urlencode(query)}" if query else about.link
