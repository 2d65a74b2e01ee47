"""What each dot of an arc tells, field by field, and what the arc says of its whole."""

import pytest

from moments.arc.arc import MOST_POINTS, Arc, ArcMoment
from moments.feelings import FEELINGS


def moment(key, tally, **fields):
    return ArcMoment(key, key + 1.0, tally, title=f"Moment {key}", url=f"/m/{key}/", **fields)


def test_a_dot_of_one_moment_tells_all_of_it():
    (point,) = Arc([moment(3, {"joy": 2}, is_first_guess=True, weight=4, at=60.0)]).points
    assert (point.keys, point.step, point.place, point.until, point.count) == ((3,), 0, 4.0, 4.0, 1)
    assert (point.is_first_guess, point.weight, point.title, point.url) == (True, 4, "Moment 3", "/m/3/")
    assert (point.valence, point.height, point.feeling) == (0.9, "+0.90", FEELINGS["joy"])
    assert (point.at, point.time) == (60.0, "0:01:00")


def test_a_moment_is_ones_own_where_nobody_else_speaks_for_it():
    few, own, all_of_five = {"fear": 4}, {"joy": 1}, {"fear": 5}
    told = {
        (): ({}, False, False),
        ("own",): (own, False, True),
        ("house",): ({"hope": 1}, True, False),
        ("house", "own"): ({"hope": 1}, True, False),
        ("members", "own"): (all_of_five, False, False),
    }
    for who, (tally, is_first_guess, is_own) in told.items():
        house, members = {"hope": 1} if "house" in who else {}, all_of_five if "members" in who else few
        mine = own if "own" in who else {}
        row = ArcMoment.of(1, 2.0, house, members, sum(members.values()), mine, weight=3)
        assert row == ArcMoment(1, 2.0, tally, is_first_guess, weight=3, is_own=is_own)


def test_an_arc_says_whether_any_of_it_is_the_viewer_s_alone():
    theirs, own, unfelt = (
        moment(1, {"joy": 2}),
        moment(2, {"joy": 1}, is_own=True),
        moment(3, {}, is_own=True),
    )
    assert [Arc(rows).has_own for rows in ([theirs, own], [theirs], [theirs, unfelt])] == [True, False, False]


def test_the_height_of_what_only_the_viewer_felt_is_told_to_nobody_else():
    dots = Arc([moment(1, {"joy": 2}), moment(2, {"joy": 1}, is_own=True)]).points
    assert [(dot.height, dot.height_for_all) for dot in dots] == [("+0.90", "+0.90"), ("+0.90", "")]


def test_a_dot_of_a_run_tells_where_it_begins_and_ends():
    """Of 120 moments each two are a dot; how loudly each was felt does not matter."""
    tallies = [{"joy": 10} if key % 2 else {"heartbreak": 1} for key in range(2 * MOST_POINTS)]
    arc = Arc(
        moment(key, tally, is_first_guess=key < 3, weight=1 + key % 2, at=float(key))
        for key, tally in enumerate(tallies)
    )
    first, second = arc.points[:2]
    assert (second.keys, second.step, second.place, second.until) == ((2, 3), 2.5, 3.0, 4.0)
    assert (second.title, second.url, second.weight, second.at) == ("Moment 2 – Moment 3", "/m/2/", 3, 2.0)
    assert (first.is_first_guess, second.is_first_guess) == (True, False)
    assert second.valence == pytest.approx((0.9 - 1.0) / 2)
    assert (arc.is_binned, arc.moments, len(arc.points), arc.index(3)) == (True, 120, 60, 1)


def test_an_arc_counts_what_is_felt_unfelt_and_veiled():
    arc = Arc(
        [
            moment(0, {"fear": 1}),
            ArcMoment.of_veiled(1, 2.0),
            moment(2, {}),
            moment(3, {"joy": 1}),
            ArcMoment.of_veiled(4, 5.0),
            ArcMoment.of_veiled(5, 6.0),
        ]
    )
    assert (arc.moments, arc.unfelt, arc.veiled, arc.steps) == (2, 1, 3, 5)
    assert (arc.between, arc.ahead, arc.is_binned) == (1, 2, False)
    assert [arc.fraction_of(key) for key in range(6)] == [0, 0.25, 0.375, 0.5, 0.75, 1]
    assert (arc.curve.xs, arc.curve.ys) == ([0, 2], [-0.7, 0.9])
    assert (arc.lowest.keys, arc.highest.keys) == ((0,), (3,))
    assert [feeling.slug for feeling in arc.feelings] == ["joy", "fear"], "in the order of the house"
    assert arc.seen == 0.625, "half a step behind the last dot"


def test_a_row_that_stands_for_several_moments_takes_their_room_and_stands_in_its_middle():
    rows = [moment(0, {"joy": 1}, count=3), ArcMoment.of_veiled(1, 2.0, 4), moment(2, {"fear": 1}, count=2)]
    arc = Arc([*rows, ArcMoment.of_veiled(3, 4.0, 3)])
    assert (arc.steps, arc.ahead, [point.step for point in arc.points]) == (12, 3, [1, 7.5])
    assert [11 * arc.fraction_of(key) for key in range(4)] == pytest.approx([1, 4.5, 7.5, 10])


def test_what_nobody_felt_at_either_end_of_a_story_stands_at_that_end():
    arc = Arc([moment(0, {}), moment(1, {"joy": 1}), moment(2, {"fear": 1}), moment(3, {})])
    assert [arc.fraction_of(key) for key in range(4)] == [0, 0, 1, 1]


def test_a_story_that_is_known_to_its_end_is_seen_as_a_whole():
    assert Arc([moment(0, {"joy": 1}), moment(1, {"fear": 1})]).seen == 1


def test_half_a_story_has_half_the_dots_and_a_glimpse_of_one_has_one():
    felt = [moment(key, {"joy": 1}) for key in range(90)]
    assert len(Arc([*felt, *(ArcMoment.of_veiled(key, 1e3 + key) for key in range(90))]).points) == 30
    glimpse = Arc([*felt[:2], *(ArcMoment.of_veiled(key, 1e3 + key) for key in range(1_000))])
    assert [point.keys for point in glimpse.points] == [(0, 1)]


def test_an_arc_below_another_is_gathered_by_its_dots():
    arc = Arc(moment(key, {"hope": 1}) for key in range(2 * MOST_POINTS))
    own = Arc([moment(7, {"joy": 1}), moment(3, {"fear": 1}), moment(2, {"joy": 1}), moment(999, {"joy": 1})])
    below = arc.under(own)
    assert {index: (point.keys, point.step) for index, point in below.items()} == {
        1: ((2, 3), 2.5),
        3: ((7,), 6.5),
    }
    assert below[1].valence == pytest.approx((0.9 - 0.7) / 2)


def test_whose_feelings_an_arc_tells():
    house, members = moment(0, {"joy": 1}, is_first_guess=True), moment(1, {"joy": 1})
    own, of_several = moment(2, {"joy": 1}, is_own=True), moment(3, {"joy": 1}, is_mixed=True, count=2)
    told = [
        ("", []), ("house", [house]), ("house", [house, house]), ("members", [members]),
        ("mixed", [house, members]), ("mixed", [of_several]),
        ("own", [own]), ("own", [own, own]), ("house", [house, own]), ("members", [members, own]),
    ]  # fmt: skip
    assert [(Arc(rows).reading, rows) for _whose, rows in told] == told
