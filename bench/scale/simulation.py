"""Votes and feeds of a site of 100,000,000 members in its busiest hour.

What members do is assumed (`Habits`): few are followed by many, and few posts get most of the votes. No
database is asked: how much one can do is told by bench.scale.costs.
"""

import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import accumulate, pairwise
from operator import mul
from random import Random
from typing import NamedTuple

DAY = 86_400  # seconds
HOUR, DAYS_KEPT = 3_600, 180
MOST_ENTRIES = 1_000  # that a feed keeps: the limit of the site
OF_A_POST = 0.02  # seconds that a post costs which nobody is told of
ALONE, STEP = 1_000, 1.02


@dataclass(frozen=True)
class Habits:
    """What is assumed of the members."""

    members: int = 100_000_000
    share_a_day: float = 0.2  # of the members, who come on a day
    votes: float = 3.0  # of each who comes, on that day
    posts: float = 0.05
    peak: float = 3.0  # how much more there is in the busiest hour than on average
    followed: float = 30.0  # whom a member follows, on average
    popularity: float = 1.1  # exponent of Pareto's law for followers; the smaller, the more unequal
    votes_exponent: float = 1.05  # of Zipf's law for the votes of a day over its posts

    def at_peak(self, of_each: float) -> float:
        """How many a second in the busiest hour."""
        return self.members * self.share_a_day * of_each / DAY * self.peak


class Group(NamedTuple):
    """So many members who are followed by so many each."""

    members: int
    followers: int


def by_followers(habits: Habits) -> list[Group]:
    """All members, the most followed first, by Pareto's law: the first thousand one by one, then those of
    nearly the same rank together. Nobody is followed by more than a fifth of the site."""
    edges = list(range(1, ALONE + 1))
    while edges[-1] < habits.members:
        edges.append(min(habits.members, math.ceil(edges[-1] * STEP)))
    shape = [(habits.members / first) ** (1 / habits.popularity) for first in edges]
    sizes = [after - first for first, after in pairwise([*edges, habits.members + 1])]
    scale = habits.followed * habits.members / sum(map(mul, sizes, shape))
    most = habits.members // 5
    return [Group(size, min(most, round(one * scale))) for size, one in zip(sizes, shape, strict=True)]


class Feeds(NamedTuple):
    """Posts of authors with at most `threshold` followers are written into feeds, `rows` in a second of the
    busiest hour, and in the end `stored` lie there. Those of others are read with the feed: of `read`
    authors, on average."""

    threshold: int
    rows: float
    read: float
    stored: float


def feeds(habits: Habits, groups: Sequence[Group], threshold: int) -> Feeds:
    below = sum(one.members * one.followers for one in groups if one.followers <= threshold) / habits.members
    above = sum(one.members * one.followers for one in groups if one.followers > threshold) / habits.members
    posts_of_one = habits.share_a_day * habits.posts * DAYS_KEPT
    stored = habits.members * min(MOST_ENTRIES, below * posts_of_one)
    return Feeds(threshold, habits.at_peak(habits.posts) * below, above, stored)


class Delays(NamedTuple):
    """Seconds from a post to its last row in a feed."""

    median: float
    of_99: float  # in a hundred posts
    longest: float


def delays(
    habits: Habits, groups: Sequence[Group], threshold: int, workers: int, rows: float, random: Random
) -> Delays:
    """The busiest hour is played: posts come by chance, each is told by one worker, in turn. In the middle of
    it the author posts who is followed most among those whose posts are written.

    Args:
        rows: that one worker writes in a second.
    """
    rate, now, found = habits.at_peak(habits.posts), 0.0, []
    fans = [one.followers if one.followers <= threshold else 0 for one in groups]
    authors = random.choices(fans, [one.members for one in groups], k=round(rate * HOUR))
    authors[len(authors) // 2] = max(fans)
    free = [0.0] * workers
    for followers in authors:
        now += random.expovariate(rate)
        end = max(now, heappop(free)) + OF_A_POST + followers / rows
        heappush(free, end)
        found.append(end - now)
    found.sort()
    return Delays(found[len(found) // 2], found[len(found) * 99 // 100], found[-1])


def zipf(count: int, exponent: float) -> list[float]:
    """The running sum of the shares of so many, the greatest first."""
    weights = [1 / rank**exponent for rank in range(1, count + 1)]
    total = sum(weights)
    return [one / total for one in accumulate(weights)]


class Votes(NamedTuple):
    """In a second of the busiest hour: all, those at the post with most of them, and those at the shard with
    most of them, for each number of shards, when a post and its votes lie together."""

    total: float
    hottest: float
    at_shard: dict[int, float]


def votes(habits: Habits, shards: Sequence[int], sample: int, random: Random) -> Votes:
    """Drawn: `sample` votes on the posts of a day."""
    posts = round(habits.members * habits.share_a_day * habits.posts)
    total, shares = habits.at_peak(habits.votes), zipf(posts, habits.votes_exponent)
    drawn = [bisect_left(shares, random.random()) for _ in range(sample)]
    at_shard = {
        number: max(Counter(shard_of(post, number) for post in drawn).values()) / sample * total
        for number in shards
    }
    return Votes(total, shares[0] * total, at_shard)


def shard_of(key: int, shards: int) -> int:
    """Keys are spread as by a hash: neighbours lie apart."""
    return (key * 0x9E3779B97F4A7C15 % 2**64) * shards >> 64


def machines(rate: float, of_one: float, spare: float = 2.0) -> int:
    """How many are needed where each does `of_one` a second and half of it is kept free."""
    return math.ceil(rate * spare / of_one)
