"""The arc: its points, what of them is veiled, and the line of one member."""

import random
import re
from dataclasses import replace
from math import isclose

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moments.arc.arc import MOST_POINTS, Arc, ArcMoment
from moments.feelings import FEELINGS
from moments.graphics.arc import ArcDrawing, describe_arc, draw
from tests.support.arcs import SVG, films, parsed, rows_of, tallies
from tests.support.pages import select

# Points


def test_a_moment_is_as_high_as_it_feels_and_has_the_colour_of_its_strongest_feeling():
    point = Arc(rows_of({"joy": 1, "heartbreak": 3}, weight=4)).points[0]
    assert isclose(point.valence, (0.9 - 3) / 4)
    assert (point.feeling.slug, point.weight, point.title, point.url) == (
        "heartbreak",
        4,
        "Moment 0",
        "/m/0/",
    )


def test_moments_stand_in_story_order_however_they_come():
    rows = rows_of(*({slug: 1} for slug in FEELINGS))
    shuffled = rows[:]
    random.Random(7).shuffle(shuffled)
    assert Arc(shuffled).points == Arc(rows).points


def test_moments_of_the_same_place_keep_their_order_and_stay_apart():
    rows = [ArcMoment(key, 1.0, {slug: 1}) for key, slug in enumerate(("joy", "fear", "joy"))]
    arc = Arc(rows)
    assert [point.keys for point in arc.points] == [(0,), (1,), (2,)]
    assert arc.curve.xs == [0, 1, 2]


def test_a_moment_that_nobody_has_felt_is_counted_but_not_drawn():
    arc = Arc(rows_of({"joy": 1}, {}, {"fear": 0}, {"unknown": 9}))
    assert (len(arc.points), arc.unfelt) == (1, 3)


def test_the_reading_is_the_houses_the_members_or_mixed():
    house, members = (
        ArcMoment.of(1, 1.0, {"joy": 5}, {"fear": 4}, 4),
        ArcMoment.of(2, 2.0, {"joy": 5}, {"fear": 9}, 5),
    )
    assert Arc([house]).reading == "house"
    assert Arc([members]).reading == "members"
    assert Arc([house, members]).reading == "mixed"
    assert Arc([]).reading == ""


@given(films)
def test_heights_stay_between_saddest_and_happiest(film):
    arc = Arc(ArcMoment(key, 1.0, tally, weight=weight) for key, (tally, weight) in enumerate(film))
    assert all(-1 <= point.valence <= 1 for point in arc.points)


@given(films)
def test_binning_loses_no_moment_and_no_weight(film):
    rows = [ArcMoment(key, float(key), tally, weight=weight) for key, (tally, weight) in enumerate(film)]
    arc = Arc(rows)
    told = [row for row in rows if any(row.tally.values())]
    assert len(arc.points) == min(MOST_POINTS, len(told))
    assert [key for point in arc.points for key in point.keys] == [row.key for row in told]
    assert sum(point.weight for point in arc.points) == sum(row.weight for row in told)
    assert arc.moments + arc.unfelt == len(rows)


def test_ten_thousand_moments_make_sixty_dots_that_know_their_moments():
    arc = Arc(ArcMoment(key, float(key), {"joy": 1} if key < 5_000 else {"fear": 1}) for key in range(10_000))
    assert (len(arc.points), arc.is_binned, arc.shape.slug) == (60, True, "tragedy")
    assert [arc.index(key) for key in (0, 9_999, 10_000)] == [0, 59, None]


def test_every_moment_of_a_run_has_one_voice():
    loud = [
        ArcMoment(key, float(key), {"heartbreak": 1_000} if key == 0 else {"joy": 1}) for key in range(61)
    ]
    point = next(point for point in Arc(loud * 2).points if 0 in point.keys and len(point.keys) > 1)
    assert point.valence == pytest.approx(
        (-1.0 * point.keys.count(0) + 0.9 * (point.count - point.keys.count(0))) / point.count
    )


# What is veiled


stories = st.lists(st.tuples(tallies, st.booleans(), st.integers(0, 9)), max_size=90)


def told(story):
    """The rows of a story in which some moments are veiled."""
    return [
        ArcMoment.of_veiled(key, float(key)) if veiled else ArcMoment(key, float(key), tally, weight=weight)
        for key, (tally, veiled, weight) in enumerate(story)
    ]


@given(stories)
def test_every_moment_is_drawn_unfelt_or_veiled(story):
    arc = Arc(told(story))
    assert arc.moments + arc.unfelt + arc.veiled == len(story)
    assert arc.between + arc.ahead == arc.veiled
    assert sum(point.count for point in arc.points) == arc.moments
    assert len(arc.points) <= MOST_POINTS


@given(stories)
def test_dots_stand_in_the_part_of_the_width_that_was_seen(story):
    arc = Arc(told(story))
    shares = [arc.fraction(point.step) for point in arc.points]
    assert shares == sorted(set(shares))
    assert all(0 <= share <= arc.seen or arc.steps == 1 for share in shares)
    assert (arc.seen < 1) == (arc.ahead > 0)


@given(stories, tallies)
def test_what_a_veiled_moment_is_like_changes_nothing_that_is_drawn(story, secret):
    rows = told(story)
    careless = [replace(row, tally=secret, title="Secret", weight=9) if row.veiled else row for row in rows]
    assert draw(Arc(careless)) == draw(Arc(rows))


@given(st.lists(st.sampled_from(sorted(FEELINGS)), min_size=1, max_size=55), st.integers(1, 5))
def test_what_was_seen_keeps_its_heights_whatever_comes(slugs, ahead):
    rows = rows_of(*({slug: 1} for slug in slugs))
    later = [ArcMoment.of_veiled(1000 + key, 1000.0 + key) for key in range(ahead)]
    whole, part = Arc(rows), Arc(rows + later)
    assert part.points == whole.points
    assert part.shape == whole.shape
    assert (part.ahead, part.seen < 1) == (ahead, True)


def test_two_thirds_of_a_story_take_two_thirds_of_the_width():
    rows = [ArcMoment(key, float(key), {"joy": 1}) for key in range(17)]
    rows += [ArcMoment.of_veiled(key, float(key)) for key in range(17, 25)]
    arc = Arc(rows)
    assert arc.fraction(arc.points[-1].step) == pytest.approx(16 / 24)
    assert arc.seen == pytest.approx(16.5 / 24)


def test_a_long_story_of_which_little_was_seen_has_fewer_dots_for_it():
    rows = [ArcMoment(key, float(key), {"joy": 1}) for key in range(5_000)]
    rows += [ArcMoment.of_veiled(key, float(key)) for key in range(5_000, 10_000)]
    arc = Arc(rows)
    assert (len(arc.points), arc.ahead, round(arc.seen, 3)) == (30, 5_000, 0.5)


def test_an_arc_of_nothing_but_veils_is_all_ahead():
    arc = Arc(ArcMoment.of_veiled(key, float(key)) for key in range(3))
    assert (bool(arc), arc.ahead, arc.seen, arc.shape, arc.reading) == (False, 3, 0.0, None, "")
    assert Arc([ArcMoment.of_veiled(1, 1.0)]).seen == 0, "of a single moment, too"
    assert re.findall(r"\d+", describe_arc(arc)) == ["3"]
    assert len(select(draw(arc), ".arc-ahead text")) == 2
    assert bool(ArcDrawing(arc)) is True


def test_a_moment_without_a_dot_still_has_its_place():
    rows = [
        ArcMoment(1, 1.0, {"joy": 1}),
        ArcMoment(2, 2.0, {}),
        ArcMoment(3, 3.0, {"joy": 1}),
        ArcMoment.of_veiled(4, 4.0),
    ]
    arc = Arc(rows)
    assert [arc.fraction_of(key) for key in (1, 2, 3, 4)] == [0, 0.25, 0.5, 1]
    assert arc.fraction_of(5) is None
    marked = parsed(draw(arc, here=4)).find(f"{SVG}g[@class='arc-here']")
    assert [element.tag for element in marked] == [f"{SVG}line"]


# One's own line


@given(films, st.data())
def test_ones_own_points_lie_below_the_dots_of_their_moments(film, data):
    rows = [ArcMoment(key, float(key), tally) for key, (tally, _) in enumerate(film)]
    arc = Arc(rows)
    keys = data.draw(st.sets(st.sampled_from(range(250)), max_size=80))
    own = arc.under(Arc(ArcMoment(key, float(key), {"joy": 1}) for key in keys))
    drawn = {key for point in arc.points for key in point.keys}
    assert {key for point in own.values() for key in point.keys} == keys & drawn
    assert all(set(point.keys) <= set(arc.points[index].keys) for index, point in own.items())
    assert all(point.step == arc.points[index].step for index, point in own.items())
    assert list(own) == sorted(own)


def test_ones_own_feelings_below_one_dot_are_one_point():
    arc = Arc(ArcMoment(key, float(key), {"hope": 1}) for key in range(120))
    own = arc.under(Arc([ArcMoment(0, 0.0, {"joy": 1}), ArcMoment(1, 1.0, {"heartbreak": 1})]))
    assert [(index, point.keys, point.height) for index, point in own.items()] == [(0, (0, 1), "−0.05")]
