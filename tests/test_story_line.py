"""Where among the moments of a film one belongs by its time."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moments.models.story_line import number_by_time, place_between, room_by_time
from moments.spoilers.rules import SEASON, are_comparable, reached, story_time

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


@st.composite
def stories(draw):
    """A film as members fill it: each by its time, or at a spot that its time corrects."""
    story = []
    for name in range(draw(st.integers(0, 14))):
        times, at = [time for _, _, time in story], draw(st.one_of(SECONDS, EPISODES))
        number = (
            number_by_time(times, at, draw(st.sampled_from([None, 7_200]))) if draw(st.booleans()) else None
        )
        if number is None:
            start, end = room_by_time(times, at) if at is not None else (0, len(times))
            number = min(max(draw(st.integers(0, len(times))), start), end)
        before = story[number - 1][1:] if number else None
        after = story[number][1:] if number < len(story) else None
        story.insert(number, (name, place_between(before, after, at), at))
    return story


@given(story=stories(), seen=st.one_of(st.integers(0, 7_200).map(float), EPISODES))
def test_moments_with_times_stand_in_their_order_and_progress_by_the_second_agrees(story, seen):
    places = [place for _, place, _ in story]
    assert places == sorted(set(places)), "a new one moves no other"
    for is_series in (False, True):
        times = [time for _, _, time in story if time is not None and (time >= SEASON) == is_series]
        assert times == sorted(times)
    until = reached([(place, time) for _, place, time in story], seen)
    for _, place, time in story:
        if are_comparable(time, seen):
            assert (place <= until) == (time <= seen)


def test_times_leave_room_where_halves_of_halves_would_not():
    last, places = (2.0, 7_200.0), [(1.0, 0.0)]
    for second in (*range(1, 200), *[200] * 30):
        places.append((place_between(places[-1], last, float(second)), float(second)))
    assert places == sorted(set(places))
    assert places[-1] < last
