"""The runs of a long story, as they are stored and as a viewer sees them."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moments.arc.arc import MOST_POINTS, Arc, ArcMoment
from moments.arc.runs import Part, Runs, StoryMoment, rows_of_run, runs_of
from moments.feelings import FEELINGS
from moments.spoilers.rules import SEASON, SEEN, UNSEEN, ProgressPoint, is_beyond, is_within

TALLIES = st.dictionaries(st.sampled_from(list(FEELINGS)), st.integers(0, 9), max_size=3)
FILM_TIMES = st.none() | st.integers(0, 20).map(float)
SERIES_TIMES = st.none() | st.integers(0, 20).map(lambda at: SEASON + at)
MOMENT = st.tuples(
    st.integers(0, 30), FILM_TIMES, SERIES_TIMES, st.booleans(), st.integers(0, 3), TALLIES, st.integers(0, 9)
)
PROGRESS = st.sampled_from([UNSEEN, SEEN]) | st.builds(
    ProgressPoint, st.integers(-1, 31).map(float), FILM_TIMES | SERIES_TIMES
)


@st.composite
def stories(draw, most=150):
    """Moments in story order; each has a time of one kind, or none."""
    rows = sorted(draw(st.lists(MOMENT, min_size=1, max_size=most)), key=lambda row: row[0])
    return [
        StoryMoment(
            key, float(place), film, series if film is None else None, flagged, weight, tally, {}, felt
        )
        for key, (place, film, series, flagged, weight, tally, felt) in enumerate(rows, 1)
    ]


def stored(story):
    """The runs as they come back from the database."""
    return Runs.of_stored(json.loads(json.dumps(runs_of(story))))


@given(stories())
def test_runs_are_few_and_hold_every_moment_once_in_order(story):
    runs = stored(story)
    assert len(runs) == min(MOST_POINTS, len(story))
    assert (runs.count, sum(run.count for run in runs)) == (len(story), len(story))
    assert max(run.count for run in runs) - min(run.count for run in runs) <= 1
    for index, run in enumerate(runs):
        part = story[runs.start(index) : runs.start(index) + run.count]
        assert (run.first, run.place, run.until) == (part[0].key, part[0].place, part[-1].place)
        assert run.flagged.count == sum(moment.flagged for moment in part)
        assert {runs.index(moment.place, moment.key) for moment in part} == {index}
        assert {runs.index_of_number(moment.key) for moment in part} == {index}
        assert all(0 <= runs.share(moment.place) < 1 for moment in part)


@given(stories(), PROGRESS)
def test_a_run_that_is_seen_has_no_moment_beyond(story, progress):
    runs = stored(story)
    for index, run in enumerate(runs):
        part = story[runs.start(index) : runs.start(index) + run.count]
        if is_within(progress, *run.reach):
            assert not any(
                is_beyond(
                    progress,
                    moment.place,
                    moment.series_time if moment.film_time is None else moment.film_time,
                    flagged=moment.flagged,
                )
                for moment in part
            )
        assert is_within(SEEN, *run.reach)


@given(stories(), st.lists(st.sampled_from(["whole", "open", "none"]), min_size=60, max_size=60))
def test_an_arc_counts_every_moment_of_the_runs(story, shown):
    rows = []
    for run, how in zip(stored(story), shown, strict=False):
        part = {"whole": run.whole, "open": run.open, "none": Part()}[how]
        rows += rows_of_run(run, part, "a run", "/posts/1/")
    arc = Arc(rows)
    assert arc.moments + arc.unfelt + arc.veiled == len(story)
    assert arc.steps == arc.moments + arc.veiled
    assert arc.between + arc.ahead == arc.veiled
    assert sum(point.count for point in arc.points) == arc.moments
    shares = [arc.fraction(point.step) for point in arc.points]
    assert shares == sorted(set(shares))
    assert all(0 <= share <= arc.seen or arc.steps == 1 for share in shares)


def test_a_story_of_no_moments_has_no_runs():
    assert runs_of([]) == []


def test_what_is_felt_of_a_run_is_the_mean_of_its_moments():
    story = [
        StoryMoment(1, 1.0, None, None, False, 2, {"joy": 3}, {}, 0),
        StoryMoment(2, 2.0, None, None, True, 5, {}, {"fear": 9, "hope": 1}, 9),
        StoryMoment(3, 3.0, None, None, False, 7, {}, {"fear": 9}, 1),
    ] * 40
    run, with_unfelt = stored(story)[:2]
    assert (run.count, run.open, run.flagged) == (
        2,
        Part(1, 1, 1, 2, {"joy": 1.0}),
        Part(1, 1, 0, 5, {"fear": 0.9, "hope": 0.1}),
    )
    assert run.whole == Part(2, 2, 1, 7, {"joy": 1.0, "fear": 0.9, "hope": 0.1})
    assert with_unfelt.whole == Part(2, 1, 1, 2, {"joy": 1.0}), "the first of these two nobody has felt"


@pytest.mark.parametrize("kind, start", [("film_time", 0.0), ("series_time", SEASON)])
def test_the_time_of_a_run_is_one_in_the_middle_of_those_that_no_flag_covers(kind, start):
    plain = StoryMoment(1, 1.0, None, None, False, 0, {}, {}, 0)
    times = [plain._replace(**{kind: start + second}) for second in (50, 20, 40, 30)]
    flagged = [plain._replace(**{kind: start + second}, flagged=True) for second in (35, 36)]
    run = stored([plain, *times, *flagged] * MOST_POINTS)[0]
    assert (run.count, run.at, run.timed) == (7, start + 40, 4)


def test_a_run_is_told_as_far_as_the_viewer_may_know_it():
    felt, unfelt = (Part(3, count, count, 5, {"joy": float(count)}) for count in (2, 0))
    run = stored([StoryMoment(7, 1.0, 60.0, None, False, 5, {"joy": 1}, {}, 0)])[0]
    run, names = (
        run._replace(open=felt, flagged=Part(1, 1, 0, 2, {"fear": 1.0}), timed=3),
        ("a run", "/posts/7/"),
    )
    mixed = Part(4, 3, 2, 7, {"joy": 2.0, "fear": 1.0})
    assert run.whole == mixed
    dot = ArcMoment(7, 1.0, felt.shares, True, 5, *names, count=2, at=60.0, timed=3)
    rest = ArcMoment((7, "unfelt"), 1.0, {}, count=1)
    told = [
        (felt, [dot, rest, ArcMoment.of_veiled((7, "veiled"), 1.0)]),
        (
            mixed,
            [replace(dot, tally=mixed.shares, is_first_guess=False, is_mixed=True, weight=7, count=3), rest],
        ),
        (unfelt, [replace(rest, count=3, at=60.0, timed=3), ArcMoment.of_veiled(7, 1.0)]),
        (Part(), [ArcMoment.of_veiled(7, 1.0, 4)]),
    ]
    for part, rows in told:
        assert list(rows_of_run(run, part, *names)) == rows


def test_the_share_of_a_place_is_how_many_moments_come_before_it():
    plain = StoryMoment(0, 0.0, None, None, False, 0, {"joy": 1}, {}, 0)
    story = [plain._replace(key=number, place=10.0 * number) for number in range(180)]
    runs = stored(story)
    assert [180 * runs.share(moment.place) for moment in story] == pytest.approx(range(180))
    between = {-5.0: 0, 25.0: 2, 45.0: 4.5, 9_999.0: 179}
    assert {place: round(180 * runs.share(place), 9) for place in between} == between
    assert [stored([plain] * 180).share(0.0), stored([plain]).share(0.0)] == [177 / 180, 0]
