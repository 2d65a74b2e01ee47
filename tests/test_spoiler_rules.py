"""The spoiler rule: which posts lie beyond how far somebody has seen a film."""

from hypothesis import given
from hypothesis import strategies as st

from moments.spoilers.rules import (
    LAST_EPISODE,
    LAST_SEASON,
    NOT_SEEN,
    SEEN,
    UNPLACED,
    UNSEEN,
    ProgressPoint,
    beginning_of,
    end_of,
    episode_of,
    furthest,
    is_beyond,
    is_within,
    reached,
    story_time,
)

PARTS = st.one_of(st.none(), st.integers(0, 12))
SECONDS = st.one_of(st.none(), st.integers(0, 90))
TIMES = st.tuples(PARTS, PARTS, SECONDS)
PLACES = st.one_of(st.none(), st.integers(-3, 12).map(float))
CLOCKS = st.one_of(
    st.none(), TIMES.map(lambda time: story_time(*time)), st.builds(end_of, st.integers(1, 12), PARTS)
)


@given(place=PLACES, at=CLOCKS, flagged=st.booleans())
def test_who_said_nothing_is_spared_what_is_flagged(place, at, flagged):
    assert is_beyond(None, place, at, flagged=flagged) is flagged


@given(place=PLACES, at=CLOCKS, flagged=st.booleans())
def test_who_has_seen_it_all_sees_it_all(place, at, flagged):
    assert is_beyond(SEEN, place, at, flagged=flagged) is False


@given(place=PLACES, at=CLOCKS, flagged=st.booleans())
def test_who_has_seen_nothing_is_spared_all_that_has_a_place(place, at, flagged):
    assert is_beyond(UNSEEN, place, at, flagged=flagged) is (flagged if place is None else True)


@given(
    places=st.tuples(PLACES, PLACES).filter(lambda pair: None not in pair),
    at=CLOCKS,
    other=CLOCKS,
    flagged=st.booleans(),
)
def test_seeing_further_never_veils_more(places, at, other, flagged):
    near, far = sorted(places)
    for place in (-9.0, *places, 99.0):
        if is_beyond(ProgressPoint(far, other), place, at, flagged=flagged):
            assert is_beyond(ProgressPoint(near, other), place, at, flagged=flagged)


@given(time=TIMES.filter(any), place=PLACES)
def test_a_moment_is_not_veiled_for_whoever_is_up_to_it(time, place):
    at = story_time(*time)
    assert not is_beyond(ProgressPoint(0.0 if place is None else place, at), place, at, flagged=False)


@given(season=st.integers(1, LAST_SEASON), episode=st.integers(0, LAST_EPISODE - 2), second=SECONDS)
def test_an_episode_ends_behind_each_moment_of_it_and_before_the_next(season, episode, second):
    progress = ProgressPoint(NOT_SEEN, end_of(season, episode))
    assert not is_beyond(progress, 5.0, story_time(season, episode, second), flagged=False)
    assert is_beyond(progress, 5.0, story_time(season, episode + 1, 0), flagged=False)
    assert is_beyond(progress, 5.0, story_time(season, None, None), flagged=False)
    assert not is_beyond(
        ProgressPoint(NOT_SEEN, end_of(season)), 5.0, story_time(season, None, None), flagged=False
    )


@given(season=st.integers(0, LAST_SEASON), episode=st.one_of(st.none(), st.integers(0, LAST_EPISODE - 1)))
def test_the_end_of_an_episode_tells_which_it_was(season, episode):
    assert episode_of(end_of(season, episode)) == (season, episode)


def test_a_season_alone_names_no_episode():
    assert episode_of(story_time(2, None, None)) == (2, None)


@given(season=st.just(0), episode=PARTS, second=SECONDS)
def test_a_special_has_no_time_and_goes_by_its_place(season, episode, second):
    assert story_time(season, episode, second) is None
    up_to_the_pilot = ProgressPoint(1.0, story_time(1, 1, None))
    assert is_beyond(up_to_the_pilot, 3.0, story_time(season, episode, second), flagged=False)
    assert not is_beyond(up_to_the_pilot, 0.5, story_time(season, episode, second), flagged=False)


@given(place=st.integers(-3, 10**9).map(float), seen_time=CLOCKS, flagged=st.booleans())
def test_what_has_no_place_yet_is_for_those_who_have_seen_it_all(place, seen_time, flagged):
    for unplaced in (UNPLACED, UNPLACED + 12):
        assert is_beyond(ProgressPoint(place, seen_time), unplaced, None, flagged=flagged)
        assert not is_beyond(SEEN, unplaced, None, flagged=flagged)
        assert is_beyond(None, unplaced, None, flagged=flagged) is flagged


def test_a_moment_that_others_put_in_between_goes_by_the_clock():
    progress = ProgressPoint(7.0, story_time(2, 3, None))
    assert is_beyond(progress, 6.5, story_time(2, 4, 10), flagged=False)
    assert not is_beyond(progress, 7.5, story_time(2, 3, 10), flagged=False)


def test_a_place_is_reached_until_a_moment_that_is_later():
    story = [
        (1.0, story_time(None, None, 60)),
        (2.0, None),
        (3.0, 1800.0),
        (4.0, None),
        (5.0, 4000.0),
        (6.0, 90.0),
    ]
    assert reached(story, 1800.0) == 3.0
    assert reached(story, 59.0) == NOT_SEEN
    assert reached(story, 9000.0) == 6.0
    assert reached(story, end_of(1, 1)) == NOT_SEEN, "an episode says nothing of the minutes of a film"


def test_nothing_that_was_open_closes_when_one_sees_more():
    seen, place_alone = ProgressPoint(5, 600.0), ProgressPoint(7)
    in_series = ProgressPoint(6, story_time(1, 2, 0))
    told = {
        (None, seen): seen,
        (seen, SEEN): SEEN,
        (SEEN, seen): SEEN,
        (seen, ProgressPoint(3, 900.0)): ProgressPoint(5, 900.0),
        (ProgressPoint(3, 900.0), seen): ProgressPoint(5, 900.0),
        (seen, place_alone): ProgressPoint(7, 600.0),
        (place_alone, seen): ProgressPoint(7),
        (seen, ProgressPoint(4)): seen,
        (seen, in_series): in_series,
        (in_series, seen): in_series,
        (ProgressPoint(5), seen): seen,
    }
    for (before, after), both in told.items():
        assert (before, after, furthest(before, after)) == (before, after, both)


def test_a_season_begins_before_its_first_episode_and_an_episode_before_its_first_second():
    assert beginning_of(1) == 2e10
    assert beginning_of(2, 3) == 3e10 + 3e6 == story_time(2, 3, 0)
    assert beginning_of(0) is None


def test_only_who_has_said_nothing_of_place_and_time_is_at_the_start():
    assert [UNSEEN.is_start, ProgressPoint(NOT_SEEN, 1.0).is_start, ProgressPoint(0).is_start] == [
        True, False, False,
    ]  # fmt: skip


def test_a_part_is_open_when_its_last_place_and_its_latest_time_are():
    episode = story_time(1, 2, 0)
    for progress, until, is_open in (
        (ProgressPoint(4), 4, True),
        (ProgressPoint(4), 5, False),
        (ProgressPoint(4, 600.0), 4, True),
        (ProgressPoint(4, 599.0), 4, False),
        (ProgressPoint(4, episode), 4, True),
        (ProgressPoint(4, episode - 1), 4, False),
    ):
        found = is_within(progress, until, 600.0, episode)
        assert (progress, until, found) == (progress, until, is_open)
    assert is_within(ProgressPoint(4, 1.0), 4, None, episode)
