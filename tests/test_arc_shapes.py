"""The curve of an arc and the shape that it is named after."""

from itertools import pairwise
from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moments.arc.arc import signed
from moments.arc.shapes import SHAPES, Curve, Shape, correlation, shape_of
from tests.support.arcs import heights

# Curve


@given(st.lists(heights, min_size=1, max_size=70), st.data())
def test_the_curve_never_overshoots_its_neighbours(ys, data):
    xs = [0.0]
    for _ in ys[1:]:
        xs.append(xs[-1] + data.draw(st.floats(0.01, 5)))
    curve = Curve(xs, ys)
    for i in range(len(ys) - 1):
        low, high = sorted(ys[i : i + 2])
        for step in range(21):
            y = curve.at(xs[i] + (xs[i + 1] - xs[i]) * step / 20)
            assert low - 1e-9 <= y <= high + 1e-9


@given(st.lists(heights, min_size=2, max_size=70))
def test_the_drawn_control_points_do_not_overshoot_either(ys):
    curve = Curve(range(len(ys)), ys)
    for i, (_, y1, _, y2, x, y) in enumerate(curve.beziers()):
        low, high = sorted(ys[i : i + 2])
        assert low - 1e-9 <= min(y1, y2) <= max(y1, y2) <= high + 1e-9
        assert (x, y) == (i + 1, ys[i + 1])


@given(st.lists(heights, min_size=1, max_size=70))
def test_the_curve_goes_through_its_points_and_rests_beyond_them(ys):
    curve = Curve(range(len(ys)), ys)
    assert [curve.at(x) for x in range(len(ys))] == pytest.approx(ys)
    assert (curve.at(-5), curve.at(len(ys) + 5)) == (ys[0], ys[-1])


def test_the_curve_is_level_on_top_of_a_hill():
    assert Curve([0, 1, 2], [0, 1, 0]).slopes[1] == 0


lines = st.lists(st.integers(-100, 100).map(lambda y: y / 100), min_size=2, max_size=40)


@given(lines)
def test_a_curve_upside_down_is_the_mirrored_curve(ys):
    curve, mirrored = Curve(range(len(ys)), ys), Curve(range(len(ys)), [-y for y in ys])
    assert mirrored.slopes == pytest.approx([-slope for slope in curve.slopes])


@given(lines)
def test_a_curve_read_backwards_is_the_same_curve(ys):
    curve, back = Curve(range(len(ys)), ys), Curve(range(len(ys)), ys[::-1])
    end = len(ys) - 1
    for step in range(4 * end + 1):
        assert curve.at(step / 4) == pytest.approx(back.at(end - step / 4), abs=1e-9)


@given(lines)
def test_between_two_points_the_curve_goes_one_way(ys):
    curve = Curve(range(len(ys)), ys)
    for i in range(len(ys) - 1):
        heights = [curve.at(i + step / 20) for step in range(21)]
        rises = [b - a for a, b in pairwise(heights)]
        assert all(rise >= -1e-9 for rise in rises) or all(rise <= 1e-9 for rise in rises)


@given(lines, st.floats(0.1, 1000))
def test_a_curve_stretches_with_its_width(ys, wide):
    curve, stretched = Curve(range(len(ys)), ys), Curve([wide * x for x in range(len(ys))], ys)
    for step in range(4 * len(ys)):
        assert stretched.at(wide * step / 4) == pytest.approx(curve.at(step / 4), abs=1e-6)


# Shape


@pytest.mark.parametrize(
    "heights, slug",
    [
        ([-1, -0.4, 0.1, 0.8], "rags-to-riches"),
        ([0.9, 0.5, -0.2, -1], "tragedy"),
        ([0.8, -0.6, -0.7, 0.9], "man-in-a-hole"),
        ([-0.8, 0.6, 0.7, -0.9], "icarus"),
        ([-0.9, 0.5, 0.6, -0.6, -0.5, 0.9], "cinderella"),
        ([0.9, -0.5, -0.6, 0.6, 0.5, -0.9], "oedipus"),
        ([-0.1, 0.0, 0.1], "rags-to-riches"),
        ([0.1, 0.0, -0.1], "tragedy"),
    ],
)
def test_a_line_is_named_after_the_basic_arc_that_it_follows(heights, slug):
    shape = shape_of(heights)
    assert shape.slug == slug
    assert shape.is_clear


@pytest.mark.parametrize("heights", [[], [0.4], [-0.9, 0.9], [0.3, 0.3, 0.3], [-0.5, -0.5, -0.56]])
def test_too_little_or_a_flat_line_has_no_shape(heights):
    assert shape_of(heights) is None


@given(st.lists(heights, min_size=2, max_size=60))
def test_a_line_upside_down_is_the_opposite_shape(ys):
    shape, mirrored = shape_of(ys), shape_of([-y for y in ys])
    if shape is None:
        assert mirrored is None
        return
    assert isclose(shape.fit, mirrored.fit, abs_tol=0.002)
    waves = {known.slug: waves for (_, waves), known in SHAPES.items()}
    if waves[shape.slug] == waves[mirrored.slug]:
        assert shape.slug != mirrored.slug


@given(st.lists(heights, min_size=2, max_size=40), st.floats(0.2, 0.9))
def test_a_shape_does_not_depend_on_how_strongly_it_is_felt(ys, share):
    shape, faint = shape_of(ys), shape_of([y * share for y in ys])
    if shape and faint:
        assert isclose(shape.fit, faint.fit, abs_tol=0.002)


@given(lines, st.floats(0.5, 4), st.floats(-3, 3))
def test_a_shape_is_the_same_brighter_or_louder(ys, louder, brighter):
    shape, other = shape_of(ys), shape_of([louder * y + brighter for y in ys])
    if shape and other:
        assert other.fit == pytest.approx(shape.fit, abs=0.0015)


@given(lines)
def test_a_line_read_backwards_fits_as_well(ys):
    shape, back = shape_of(ys), shape_of(ys[::-1])
    assert (shape is None) == (back is None)
    if shape:
        assert back.fit == pytest.approx(shape.fit, abs=0.0015)


@given(lines)
def test_a_named_shape_never_runs_against_its_line(ys):
    shape = shape_of(ys)
    assert shape is None or 0 <= shape.fit <= 1


@given(lines, st.floats(0.1, 50))
def test_a_shape_does_not_depend_on_how_far_its_points_are_apart(ys, wide):
    assert shape_of(ys, [wide * x for x in range(len(ys))]) == shape_of(ys)


def test_a_gap_in_the_story_weighs_in_its_shape():
    ys = [0.0, 1.0, 0.0]
    assert shape_of(ys, [0, 5, 10]).slug == "icarus"
    assert shape_of(ys, [0, 1, 10]).slug == "tragedy"
    assert shape_of(ys, [4, 5, 14]) == shape_of(ys, [0, 1, 10]), "wherever it begins"


@given(st.lists(heights, min_size=2, max_size=40), st.lists(heights, min_size=2, max_size=40))
def test_a_correlation_is_between_minus_one_and_one_and_the_same_both_ways(one, other):
    size = min(len(one), len(other))
    one, other = one[:size], other[:size]
    assert -1 - 1e-9 <= correlation(one, other) <= 1 + 1e-9
    assert correlation(one, other) == pytest.approx(correlation(other, one))


def test_correlation_of_what_does_not_vary_is_nothing():
    assert correlation([1, 1, 1], [1, 2, 3]) == 0.0
    assert isclose(correlation([1, 2, 3], [2, 4, 6]), 1.0)


def test_a_height_is_written_with_its_sign():
    assert [signed(value) for value in (0.583, -0.3, 0)] == ["+0.58", "−0.30", "+0.00"]


# In numbers that were worked out by hand


def test_between_two_points_the_curve_is_the_cubic_of_hermite():
    """Secants 1 and −1/4 turn at the middle: slopes 1, 0, −1/4."""
    curve = Curve([0, 1, 3], [0, 1, 0.5])
    assert curve.slopes == [1, 0, -0.25]
    assert [curve.at(x) for x in (0.25, 0.5, 1.5, 2, 2.5)] == [0.296875, 0.625, 0.9453125, 0.8125, 0.6484375]


def test_the_control_points_stand_a_third_of_the_way():
    first, second = Curve([0, 3, 9], [0, 1, 0.5]).beziers()
    assert first == pytest.approx((1, 1 / 3, 2, 1, 3, 1))
    assert second == pytest.approx((5, 1, 7, 2 / 3, 9, 0.5))


def test_a_steep_neighbour_is_held_back():
    """Slopes 1, 5, 9 go three secants far at most, together: 3 / √(1² + 5²) of the first two is kept."""
    assert Curve([0, 1, 2], [0, 1, 10]).slopes == pytest.approx([3 / 26**0.5, 15 / 26**0.5, 9])


def test_where_the_line_is_level_so_is_the_curve():
    assert Curve([0, 1, 2, 3], [0, 0, 1, 2]).slopes == [0, 0, 1, 1]
    assert Curve([0, 1, 2, 3], [0, 1, 1, 2]).slopes == [1, 0, 0, 1]
    all_but_level, slight = Curve([0, 1, 2], [0, 1e-10, 1]), Curve([0, 1, 2], [0, 1e-5, 2e-5])
    assert all_but_level.slopes == pytest.approx([0, 0, 1])
    assert slight.slopes == pytest.approx([1e-5] * 3), "however slight, a slope is one"


def test_a_single_point_is_a_level_line():
    curve = Curve([4], [0.3])
    assert (curve.slopes, curve.at(0), curve.at(9), list(curve.beziers())) == ([0], 0.3, 0.3, [])


@pytest.mark.parametrize(
    "heights, slug, fit, is_clear",
    [
        ([0, 0.05, 0.1], "rags-to-riches", 0.992, True),
        ([0, 0.3, 1], "rags-to-riches", 0.969, True),
        ([0, 1, 0.2], "icarus", 0.975, True),
        ([0, -1, 0], "man-in-a-hole", 0.991, True),
        ([0, 0.1, 0.05, 0.2], "cinderella", 0.78, True),
    ],
)
def test_a_shape_says_how_well_it_fits(heights, slug, fit, is_clear):
    shape = shape_of(heights)
    assert (shape.slug, shape.fit, shape.is_clear) == (slug, fit, is_clear)


def test_a_shape_is_clear_from_a_fit_of_six_tenths_on():
    assert [Shape("", "", "", fit).is_clear for fit in (0.599, 0.6)] == [False, True]


def test_the_correlation_is_that_of_pearson():
    assert correlation([1, 2, 3], [1, 3, 2]) == pytest.approx(0.5)
    assert correlation([0, 1, 5], [2, 1, 4]) == pytest.approx(0.75**0.5)
    assert correlation([0, 1, 2], [5, 3, 1]) == pytest.approx(-1)
