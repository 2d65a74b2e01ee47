"""What is new in a thread since a member was last there.

The times of the last visits travel in a cookie, so that reading a page writes nothing.
"""

from datetime import UTC, datetime
from math import ceil

COOKIE = "visits"
KEPT = 40


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
    newest = list(visits.items())[-KEPT:]
    return ".".join(f"{post:x}-{seconds:x}" for post, seconds in newest)


def _read(cookie: str) -> dict[int, int]:
    visits = {}
    for pair in cookie.split(".")[:KEPT] if cookie else ():
        post, _dash, seconds = pair.partition("-")
        try:
            visits[int(post, 16)] = max(0, min(int(seconds, 16), 2**32))
        except ValueError:
            continue
    return visits
