"""What stands first: hot posts by votes and age, best comments by what their votes promise."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from math import log10, sqrt

EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
TENFOLD = 79_200  # seconds: ten times the votes weigh as much as being 22 hours younger
TOP_PLACES = 3  # of a list, as many as one sees at once on a phone
Z80 = 1.281551565545  # the normal quantile that leaves 10 % in each tail: an interval of 80 %


def hot(votes: int, created: datetime) -> float:
    """The rank of a post among the hot ones, higher is hotter; it changes with a vote and never decays.

    log10(votes) + time since EPOCH in units of 22 hours: a list of the hottest needs no work at read time and
    walks an index. `created` is an aware datetime.
    """
    return log10(max(1, votes)) + (created - EPOCH).total_seconds() / TENFOLD


def with_room(posts: Iterable, places: int = TOP_PLACES) -> list:
    """The hottest posts of a page in their order, with room for others in its first places.

    As long as nobody votes, hot means new, and whoever shares three things in a row would fill the top alone.
    So of one member's posts without a vote one stands there; the others follow behind those of other people.
    """
    first, behind, posts, seen = [], [], list(posts), set()
    while posts and len(first) < places:
        post = posts.pop(0)
        is_new = not post.votes and post.author_id is not None and not post.author.is_house
        (behind if is_new and post.author_id in seen else first).append(post)
        if is_new:
            seen.add(post.author_id)
    return first + behind + posts


def wilson(up: int, down: int, z: float = Z80) -> float:
    """The lower bound, in [0, 1], of the share of those for, given so many for and against; 0 without one.

    The score interval of E. B. Wilson, "Probable inference, the law of succession, and statistical
    inference", Journal of the American Statistical Association 22 (1927), 209–212. `z` is the normal quantile
    of the confidence.
    """
    if not up:
        return 0.0
    n = up + down
    share, zz = up / n, z * z
    spread = z * sqrt((share * (1 - share) + zz / (4 * n)) / n)
    return max(0.0, (share + zz / (2 * n) - spread) / (1 + zz / n))


def report_weight(age: timedelta) -> float:
    """How much a report weighs by the age of its reporter's account: 1 on the first day, 2 after nine days, 3
    after a hundred. The reports on one thing add up."""
    return 1 + log10(1 + max(0, age.days))
