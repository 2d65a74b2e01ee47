"""What stands first: hot posts by votes and age, best comments by what their votes promise."""

from datetime import UTC, datetime, timedelta
from math import log10, sqrt

EPOCH = datetime(2020, 1, 1, tzinfo=UTC)
TENFOLD = 79_200  # seconds: ten times the votes weigh as much as being 22 hours younger
Z80 = 1.281551565545  # the normal quantile that leaves 10 % in each tail: an interval of 80 %


def hot(votes: int, created: datetime) -> float:
    """The rank of a post among the hot ones, higher is hotter; it changes with a vote and never with time.

    log10(votes) + time since EPOCH in units of 22 hours: a list of the hottest needs no work at read time and
    walks an index. `created` is an aware datetime.
    """
    return log10(max(1, votes)) + (created - EPOCH).total_seconds() / TENFOLD


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
