"""The simulation behind docs/scale.md: nobody is counted twice, and what is asked for adds up."""

from random import Random

import pytest

from bench.scale.simulation import Habits, by_followers, delays, feeds, machines, votes
from tests.support.rows import for_each

SMALL = Habits(members=100_000)


@pytest.fixture(scope="module")
def groups():
    return by_followers(SMALL)


def test_each_member_is_in_one_group_and_follows_as_many_as_assumed(groups):
    assert sum(one.members for one in groups) == SMALL.members
    followed = sum(one.members * one.followers for one in groups) / SMALL.members
    # Nobody is followed by more than a fifth, and what they would have beyond that is left out.
    assert 0.9 * SMALL.followed < followed <= SMALL.followed
    assert [one.followers for one in groups] == sorted((one.followers for one in groups), reverse=True)
    assert groups[0].followers == SMALL.members // 5


def test_what_is_not_written_into_feeds_is_read(groups):
    everything = feeds(SMALL, groups, SMALL.members)
    some = feeds(SMALL, groups, 100)
    posts = SMALL.at_peak(SMALL.posts)
    assert everything.read == 0
    assert some.rows + posts * some.read == pytest.approx(everything.rows)


def test_an_author_with_many_followers_keeps_a_worker_for_as_long_as_their_rows_take(groups):
    few, many = (delays(SMALL, groups, most, 4, 1_000.0, Random(1)) for most in (100, 20_000))
    assert few.median <= few.of_99 <= few.longest
    assert many.longest >= 20 > few.longest


def test_the_fullest_shard_holds_the_post_with_most_votes():
    found = votes(SMALL, (4, 16), 20_000, Random(1))
    assert found.total == pytest.approx(100_000 * 0.2 * 3 / 86_400 * 3)
    for shards, rate in found.at_shard.items():
        assert rate >= max(found.hottest * 0.9, found.total / shards)


@for_each("rate, of_one, expected", [(0, 10, 0), (4, 10, 1), (5, 10, 1), (6, 10, 2), (50, 10, 10)])
def test_half_of_each_machine_is_kept_free(rate, of_one, expected):
    assert machines(rate, of_one) == expected
