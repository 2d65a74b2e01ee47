"""The time axis of an arc: most moments have a time, and dots stand where they happen."""

from dataclasses import replace
from importlib import import_module
from itertools import pairwise

import pytest
from django.apps import apps
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from moments.arc.arc import Arc, ArcMoment
from moments.arc.time_axis import in_order, time_name
from moments.graphics.arc import draw
from moments.models import FeelingTally, FilmArc
from moments.spoilers.rules import story_time
from tests.support.arcs import SVG, parsed
from tests.support.long_films import make_long_film
from tests.support.makers import make_moment
from tests.support.pages import texts

SECONDS = st.none() | st.integers(0, 7_200).map(float)
WHEN = st.tuples(st.integers(1, 3), st.none() | st.integers(1, 9), st.none() | st.integers(0, 3_000))
EPISODES = st.none() | WHEN.map(lambda when: story_time(*when))


def timed(key, at):
    fields = {"title": f"Moment {key}", "url": f"/m/{key}/", "at": at, "timed": int(at is not None)}
    return ArcMoment(key, float(key), {"joy": 1}, **fields)


def arc_of(times):
    return Arc(timed(key, at) for key, at in enumerate(times))


def shares(arc):
    return [round(arc.fraction(point.step), 3) for point in arc.points]


def test_dots_of_a_film_stand_at_their_minutes_or_beside_one_of_the_same():
    times = [0, 60, 60, *range(1_200, 7_201, 600)]
    arc = arc_of(map(float, times))
    crowded = [0.5 / 13, 1 / 13]
    assert shares(arc) == [round(share, 3) for share in (0, *crowded, *(at / 7_200 for at in times[3:]))]
    marks = [(mark.second, mark.share) for mark in arc.axis.marks]
    assert marks == [(1_800 * number, number / 4) for number in (1, 2, 3, 4)]


@pytest.mark.parametrize(
    "times",
    [
        [600.0 * number for number in range(11)],  # too few
        [600.0 * number for number in range(12)] + [None] * 12,  # not more than half
        [600.0 * number for number in range(12, 0, -1)],  # none in order
        [0.0] * 12,  # no length
        [],
    ],
)
def test_else_they_are_evenly_apart(times):
    arc = arc_of(times)
    assert arc.axis is None
    assert shares(arc) == [round(n / (len(times) - 1), 3) for n in range(len(times))]


def test_what_has_no_time_or_a_wrong_one_stands_between_its_neighbours():
    arc = arc_of([None, 600.0, None, 36_000.0, *(600.0 * number for number in range(3, 14))])
    at = [200, 600, 1_000, 1_400]
    assert shares(arc)[:4] == [pytest.approx(second / 7_800, abs=0.002) for second in at]
    assert shares(arc)[-1] == 1


def test_every_episode_of_a_series_has_the_same_room_and_every_season_a_mark():
    times = [story_time(season, episode, 600) for season in (1, 2) for episode in (1, 2, 3) for _ in (1, 2)]
    arc = arc_of(times)
    assert [(mark.season, mark.share) for mark in arc.axis.marks] == [(1, 0), (2, 0.5)]
    first = arc_of([story_time(1, episode, None) for episode in range(1, 25)])
    assert [mark.episode for mark in first.axis.marks] == [1, 5, 9, 13, 17, 21]


def test_what_comes_behind_the_last_time_takes_as_much_as_the_others():
    for behind in (1, 2):
        arc = arc_of([*(600.0 * number for number in range(12)), *[None] * behind])
        total = 6_600 * (11.5 + behind) / 11.5
        timed = [round(600 * number / total, 3) for number in range(12)]
        rest = [round((6_600 + (total - 6_600) * number / behind) / total, 3) for number in (1, 2)[:behind]]
        assert shares(arc) == [*timed, *rest]


def test_an_episode_ends_before_the_next_one_begins_whatever_is_known_of_its_moments():
    """The longest one tells how long they are; where no second is named, it is over."""
    seconds = (2_000, None, 3_000) * 4
    arc = arc_of([story_time(1, episode, second) for episode, second in enumerate(seconds, 1)])
    inside = (0.95 * 2 / 3, 0.95, 0.95) * 4
    assert shares(arc) == [round((before + part) / 12, 3) for before, part in enumerate(inside)]


def test_the_marks_of_the_longest_film_are_a_day_and_an_hour_apart():
    arc = arc_of([60_000.0 * number for number in range(13)])
    assert [mark.second for mark in arc.axis.marks] == [90_000 * number for number in range(1, 9)]


def test_a_glimpse_of_a_story_has_no_times():
    hidden = [ArcMoment.of_veiled(12 + key, 12.0 + key) for key in range(1_000)]
    arc = Arc([timed(key, 60.0 * key) for key in range(12)] + hidden)
    assert (len(arc.points), arc.axis) == (1, None)


def test_what_is_veiled_behind_the_last_dot_ends_the_width():
    arc = Arc([*(timed(key, 60.0 * key) for key in range(12)), ArcMoment.of_veiled(12, 12.0)])
    assert (shares(arc)[-1], arc.fraction_of(12)) == (round(11 / 12, 3), 1)


def test_a_story_runs_as_its_time_does():
    """Nine of its moments are in its first minutes: by their number it rises and falls."""
    happy = (1, 0, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0)
    times = [*(60.0 * number for number in range(9)), *(3_600.0 + 600 * number for number in range(3))]

    def arc_at(times):
        tallies = [{"joy" if one else "fear": 1} for one in happy]
        return Arc(replace(timed(key, at), tally=tallies[key]) for key, at in enumerate(times))

    assert [arc_at(when).shape.slug for when in ([None] * 12, times)] == ["icarus", "tragedy"]


def test_of_what_is_veiled_no_time_is_told():
    open_rows = [timed(key, 60.0 * key) for key in range(12)]
    hidden = [ArcMoment.of_veiled(12 + key, 12.0 + key) for key in range(12)]
    arc = Arc(open_rows + hidden)
    assert shares(arc)[-1] == round(11 / 23, 3)
    assert (arc.seen, arc.axis.marks[-1].second) == (pytest.approx(11.5 / 23), 600)


@given(
    times=st.lists(SECONDS, max_size=80) | st.lists(EPISODES, max_size=80),
    veiled=st.sets(st.integers(0, 79)),
)
def test_dots_keep_their_order_and_stay_apart_on_the_width(times, veiled):
    story = list(enumerate(times))
    arc = Arc(ArcMoment.of_veiled(key, key) if key in veiled else timed(key, at) for key, at in story)
    places = [arc.fraction(point.step) for point in arc.points]
    assert all(0 <= place <= 1 for place in (*places, arc.seen))
    if places:
        apart = 0.499 * places[-1] / max(1, len(places) - 1) if arc.axis else 0
        assert all(b > a and b - a >= apart for a, b in pairwise(places))
        assert places[-1] <= arc.seen
        assert len(list(parsed(draw(arc)).iter(f"{SVG}a"))) == len(places)


@given(st.lists(st.integers(0, 20).map(float), max_size=20))
def test_as_many_times_as_can_be_are_kept_in_order(times):
    longest = []
    for time in times:
        before = [count for count, earlier in zip(longest, times, strict=False) if earlier <= time]
        longest.append(1 + max(before, default=0))
    kept = [time for _, time in in_order(list(enumerate(times)))]
    assert kept == sorted(kept)
    assert len(kept) == max(longest, default=0)


def test_marks_are_drawn_and_the_table_says_the_times(client, film, mia):
    for number in range(12):
        moment = make_moment(film, mia, position=number + 1.0, timecode=number * 600)
        FeelingTally.objects.create(moment=moment, feeling="joy", house=3)
    page = client.get(film.get_absolute_url())
    cells = texts(page, ".arc-numbers td:nth-child(2)")
    assert cells == [f"{number // 6}:{number % 6}0:00" for number in range(12)]
    names = [text.text for text in parsed(page.context["arc"].drawing.wide).iter(f"{SVG}text")]
    assert [name for name in names if "min" in name] == ["20 min", "40 min", "60 min", "80 min", "100 min"]


def test_the_arc_of_a_long_film_has_times_once_it_is_drawn_anew(client, film, mia):
    def arc():
        return client.get(film.get_absolute_url()).context["arc"].drawing.arc

    seconds = [moment.timecode for moment in make_long_film(film, mia, 70) if not moment.spoiler]
    stored = FilmArc.objects.get().runs
    told = [run[7] for run in stored if run[8]]
    assert (sum(run[8] for run in stored), told == sorted(told)) == (len(seconds), True)
    assert set(told) <= set(seconds)
    assert (arc().axis is None, len(arc().points)) == (False, len(told))
    # As the release before stored it, and as the migration has it drawn anew.
    FilmArc.objects.update(runs=[run[:7] for run in stored], made=timezone.now())
    assert (arc().axis, len(arc().points)) == (None, len(told))
    import_module("moments.migrations.0093_times_of_runs").outdate(apps, None)
    FilmArc.objects.renew(timezone.now())
    assert FilmArc.objects.get().runs == stored


@pytest.mark.parametrize(
    ("when", "name"),
    [
        ((None, None, 1_990), "0:33:10"),
        ((2, 3, 5), "S2 E3 0:00:05"),
        ((2, 3, None), "S2 E3"),
        ((2, None, None), "S2"),
        ((None, None, None), ""),
    ],
)
def test_a_time_is_told_as_far_as_it_is_known(when, name):
    assert time_name(story_time(*when)) == name
