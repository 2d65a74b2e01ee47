"""The two ranks: hot for posts, the Wilson bound for comments and verdicts."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moments.ranking import EPOCH, TENFOLD, hot, report_weight, wilson

COUNTS = st.integers(0, 10**9)
TIMES = st.datetimes(datetime(1990, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC))


@pytest.mark.parametrize(
    "votes, created, rank",
    [
        (1, EPOCH, 0.0),
        (0, EPOCH, 0.0),
        (-5, EPOCH, 0.0),
        (10, EPOCH, 1.0),
        (1, EPOCH + timedelta(hours=22), 1.0),
        (1000, EPOCH + timedelta(hours=44), 5.0),
        (1, EPOCH - timedelta(hours=11), -0.5),
        (7, datetime(2026, 7, 1, tzinfo=UTC), 2589.572370767287),
    ],
)
def test_hot_rank_of_a_post(votes, created, rank):
    assert hot(votes, created) == pytest.approx(rank, abs=1e-9)


def test_hot_rank_does_not_depend_on_the_zone_of_the_clock():
    there = EPOCH.astimezone(tz=None) + timedelta(days=3)
    assert hot(3, there) == hot(3, EPOCH + timedelta(days=3))


@given(COUNTS, TIMES)
def test_tenfold_votes_weigh_as_much_as_22_hours(votes, created):
    votes = max(1, votes)
    later = created + timedelta(seconds=TENFOLD)
    assert hot(10 * votes, created) == pytest.approx(hot(votes, later), abs=1e-9)


@given(COUNTS, COUNTS, TIMES)
def test_more_votes_are_never_colder(few, many, created):
    few, many = sorted([few, many])
    assert hot(few, created) <= hot(many, created)


@given(COUNTS, TIMES, TIMES)
def test_the_younger_of_equals_is_never_colder(votes, old, young):
    old, young = sorted([old, young])
    assert hot(votes, old) <= hot(votes, young)


@given(st.integers(1, 10**6), TIMES)
def test_one_more_vote_always_counts(votes, created):
    assert hot(votes, created) < hot(votes + 1, created)


@pytest.mark.parametrize(
    "up, down, bound",
    [
        (1, 0, 0.378448),
        (5, 0, 0.752743),
        (10, 0, 0.858931),
        (10, 1, 0.739495),
        (10, 5, 0.501220),
        (100, 10, 0.867689),
        (0, 0, 0),
        (0, 1, 0),
        (0, 1000, 0),
    ],
)
def test_wilson_bound(up, down, bound):
    assert round(wilson(up, down), 6) == bound


@given(COUNTS, COUNTS)
def test_the_bound_is_a_share_below_the_one_seen(up, down):
    bound = wilson(up, down)
    assert 0 <= bound <= 1
    assert bound <= up / max(1, up + down) + 1e-12


def test_nothing_but_votes_against_is_no_bound_at_all():
    assert [wilson(0, down) for down in (0, 1, 114, 115, 10**6)] == [0.0] * 5


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_a_vote_for_raises_the_bound_and_one_against_lowers_it(up, down):
    assert wilson(up + 1, down) > wilson(up, down)
    assert wilson(up, down + 1) <= wilson(up, down)


@given(st.integers(1, 10**5), st.integers(0, 10**5), st.integers(2, 100))
def test_the_same_share_of_more_votes_is_surer(up, down, times):
    assert wilson(up * times, down * times) > wilson(up, down)


@given(COUNTS, COUNTS, st.floats(0, 5), st.floats(0, 5))
def test_more_confidence_promises_less(up, down, z, more):
    z, more = sorted([z, more])
    assert wilson(up, down, more) <= wilson(up, down, z) + 1e-12


@pytest.mark.parametrize(
    "age, weight",
    [
        (timedelta(hours=23), 1),
        (timedelta(days=9, hours=23), 2),
        (timedelta(days=99), 3),
        (timedelta(seconds=-1), 1),  # the clocks of two machines differ
    ],
)
def test_a_report_weighs_more_by_the_age_of_its_reporters_account(age, weight):
    assert report_weight(age) == pytest.approx(weight)
