"""What is new in a thread since a member was last there.

The times of the last visits travel in a cookie, so that reading a page writes nothing.
"""

from datetime import UTC, datetime
from math import ceil

from reelive.cookies import packed, unpacked

COOKIE = "visits"
POSTS_KEPT = 40
LATEST = 2**32  # seconds since 1970


def last_visit(cookie: str, post_id: int) -> datetime | None:
    """When the thread of this post was last read, by the cookie; None when never or when it is garbled."""
    seconds = _read(cookie).get(post_id)
    return None if seconds is None else datetime.fromtimestamp(seconds, UTC)


def with_visit(cookie: str, post_id: int, now: datetime) -> str:
    """The cookie with this visit in it; the oldest beyond KEPT are forgotten."""
    visits = _read(cookie)
    visits.pop(post_id, None)
    # Rounded up, or what was written in the same second just before would count as new.
    visits[post_id] = ceil(now.timestamp())
    return packed(list(visits.items())[-POSTS_KEPT:])


def _read(cookie: str) -> dict[int, int]:
    return {post: min(seconds, LATEST) for post, seconds in unpacked(cookie, 2, POSTS_KEPT)}
