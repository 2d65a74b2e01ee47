"""Where among the moments of a film one belongs by its time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moments.models.story_line import number_by_time
from moments.spoilers.rules import are_comparable, story_time

SECONDS = st.one_of(st.none(), st.integers(0, 7_200).map(float))
EPISODES = st.tuples(st.integers(1, 3), st.integers(1, 9)).map(lambda when: story_time(*when, None))


@pytest.mark.parametrize(
    ("times", "at", "length", "number"),
    [
        ([], 60.0, None, 0),
        ([10.0, 20.0], 15.0, None, 1),
        ([10.0, 20.0], 10.0, None, 1),
        ([10.0, 20.0], 5.0, None, 0),
        ([10.0, 20.0], 25.0, None, 2),
        ([10.0, None, None, None, 50.0], 20.0, None, 2),  # a quarter of the way
        ([None] * 25, 0.25 * 7_200, 7_200, 6),
        ([None] * 25, 7_100.0, 7_200, 25),
        ([None] * 25, 60.0, None, None),  # nothing tells where a minute is
        ([None] * 25, 8_000.0, 7_200, None),  # longer than the film
        ([10.0, None, None], 20.0, None, 3),
        ([None, story_time(1, 1, None), None, story_time(2, 1, None)], story_time(1, 5, None), None, 3),
        ([None, None], story_time(1, 5, None), None, None),
        ([10.0, None], story_time(1, 5, None), None, None),  # minutes say nothing of episodes
        ([10.0], None, 7_200, None),
    ],
)
def test_a_moment_stands_where_its_time_says(times, at, length, number):
    assert number_by_time(times, at, length) == number


@given(
    times=st.lists(st.one_of(SECONDS, EPISODES), max_size=12),
    at=st.one_of(st.integers(0, 7_200).map(float), EPISODES),
    length=st.one_of(st.none(), st.integers(0, 9_000)),
)
def test_it_never_stands_behind_the_first_later_one_nor_before_the_last_earlier_one(times, at, length):
    number = number_by_time(times, at, length)
    known = [(i, time) for i, time in enumerate(times) if are_comparable(time, at)]
    first_later = next((i for i, time in known if time > at), len(times))
    before = [i for i, time in known if i < first_later]
    if number is None:
        assert not known, "a known time tells on which side"
    else:
        assert (before[-1] + 1 if before else 0) <= number <= first_later


@given(times=st.lists(st.integers(0, 7_200).map(float), max_size=12), at=st.integers(0, 7_200).map(float))
def test_among_moments_in_the_order_of_their_times_the_order_stays(times, at):
    times = sorted(times)
    times.insert(number_by_time(times, at, None), at)
    assert times == sorted(times)
