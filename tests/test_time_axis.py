"""The time axis by itself: how few times are enough, which of two kinds counts, what lies between dots."""

import pytest

from moments.arc.time_axis import Mark, interpolated, is_told, time_axis
from moments.spoilers.rules import story_time

FILM = [(3.0, 60.0), (4.0, 120.0)]
SERIES = [(step, story_time(1, 1 + int(step), 0)) for step in (0.0, 1.0, 2.0)]


def episodes(axis):
    return [(mark.season, mark.episode) for mark in axis.marks]


def test_two_dots_with_a_time_each_have_an_axis_and_one_has_none():
    times = [(0.0, 0.0), (1.0, 600.0)]
    axis = time_axis(times, [0.0, 1.0], 1.0, 2)
    assert (axis.steps, axis.shares) == ([0.0, 1.0], [0.0, 1.0])
    assert axis.marks == [Mark(at / 600, at) for at in (120, 240, 360, 480, 600)]
    shorter = time_axis([(0.0, 0.0), (1.0, 599.0)], [0.0, 1.0], 1.0, 2)
    assert [mark.second for mark in shorter.marks] == [120, 240, 360, 480]
    assert time_axis(times, [0.0], 1.0, 2) is None
    assert time_axis(times[:1], [0.0, 1.0], 1.0, 2) is None


def test_more_than_half_of_the_times_have_to_be_in_order():
    wrong = [(2.0, 500.0), (3.0, 400.0)]
    assert time_axis([(0.0, 0.0), (1.0, 600.0), *wrong], [0.0, 3.0], 1.0, 4) is None
    assert time_axis([(0.0, 0.0), (1.0, 600.0), *wrong[:1]], [0.0, 2.0], 1.0, 3) is not None


def test_of_times_of_a_film_and_of_episodes_those_count_of_which_there_are_more():
    dots = [float(step) for step in range(5)]
    of_series = time_axis([*SERIES, *FILM], dots, 1.0, 5)
    assert episodes(of_series) == [(None, 1), (None, 2), (None, 3)]
    of_film = time_axis([*SERIES[:1], *FILM], dots, 1.0, 5)
    assert [mark.second for mark in of_film.marks] == [60, 120]


def test_the_times_of_one_episode_make_an_axis_too():
    times = [(0.0, story_time(1, 1, 60)), (1.0, story_time(1, 1, 120))]
    axis = time_axis(times, [0.0, 1.0], 1.0, 2)
    assert (episodes(axis), axis.shares) == ([(None, 1)], pytest.approx([0.475, 0.975]))


@pytest.mark.parametrize(
    "x, height", [(-7, 10), (1, 10), (1.5, 15), (2, 20), (2.5, 15), (3, 10), (4, 0), (9, 0)]
)
def test_a_line_is_as_high_as_its_ends_before_and_behind_it(x, height):
    assert interpolated([1, 2, 4], [10, 20, 0], x) == height


def test_the_width_is_shared_by_what_was_seen_and_the_steps_behind_it():
    axis = time_axis([(0.0, 0.0), (1.0, 600.0)], [0.0, 1.0], 0.5, 4)
    assert [axis.fraction(step) for step in (0.0, 1.0, 2.0, 3.0)] == [0.0, 0.5, 0.75, 1.0]
    assert [mark.share for mark in axis.marks] == [0.1, 0.2, 0.3, 0.4, 0.5]


def test_what_begins_before_the_first_time_begins_at_nothing_and_what_ends_behind_it_takes_as_much():
    axis = time_axis([(1.0, 300.0), (2.0, 500.0)], [0.0, 1.0, 2.0, 3.0], 1.0, 4)
    total = 500 * 3.5 / 2.5
    assert axis.shares == pytest.approx([100 / total, 300 / total, 500 / total, 1.0])


@pytest.mark.parametrize(
    "seconds, shares",
    [
        ((590, 600), [0.5, 1.0]),
        ((0, 590, 600), [0.0, 0.75, 1.0]),
        ((0, 10, 600), [0.0, 0.25, 1.0]),
        ((580, 590, 600), [0.5, 0.75, 1.0]),
    ],
)
def test_dots_that_crowd_are_half_as_far_apart_as_all_would_be_evenly(seconds, shares):
    steps = range(len(seconds))
    assert time_axis([*zip(steps, seconds, strict=True)], steps, 1.0, len(steps)).shares == shares


@pytest.mark.parametrize("timed, count, is_enough", [(11, 11, False), (12, 23, True), (12, 24, False)])
def test_a_dozen_times_are_enough_where_most_moments_have_one(timed, count, is_enough):
    assert is_told(timed, count) is is_enough
