"""What is new in a thread to a member: on each comment, and as a way from one new comment to the next.

The first page of a thread says in the links to its other pages and orders since when, so that what was new
there is still new on those.
"""

from datetime import UTC, datetime
from itertools import pairwise

LATEST_SECOND = 2**32  # seconds since 1970


def read_before(request, about):
    """When the viewer had read the thread: by the address, or else by what is kept; None when never."""
    seen, since = request.viewer.last_read(about), _time_of(request.GET.get("since", ""))
    return min(seen, since) if seen and since else seen


def _time_of(seconds):
    """The time so many seconds after 1970, as the text of a number; None for any other text."""
    try:
        number = float(seconds)
    except ValueError:
        return None
    return datetime.fromtimestamp(number, UTC) if 0 < number < LATEST_SECOND else None


def mark_new(comments, viewer, seen):
    """Mark what others wrote since then, but for what is gone and what the viewer muted."""
    for comment in comments:
        is_quiet = comment.is_muted or comment.has_muted_word
        of_another = comment.author_id != viewer.pk and not is_quiet
        is_later = seen is not None and comment.created > seen
        comment.is_new = is_later and of_another and comment.is_visible


def chain_new(steps):
    """The new comments of a walk through a thread (see moments.threads), in the order of the page.

    Each is given the address of the next one, `next_new`; the last of them leads to the head of the thread.
    """
    new = [step.node.comment for step in steps if step.kind == "item" and step.node.comment.is_new]
    for comment in new:
        comment.next_new = "#comments"
    for comment, following in pairwise(new):
        comment.next_new = f"#c{following.pk}"
    return new
