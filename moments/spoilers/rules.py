"""The spoiler rule: how far a viewer has seen a film, and which posts lie beyond that.

`is_beyond` is the rule as one can read it. Pages ask the same in SQL (`moments.spoilers.sql`), and a test
compares the two over all that they may be given: whoever changes one changes both. For whom nothing is
veiled, such as the author, is said by `PostQuerySet.veiled_for`.
"""

from collections.abc import Iterable
from typing import NamedTuple

NOT_SEEN, ALL_SEEN = -1e12, 1e12  # places before and behind every story
# From here to ALL_SEEN stand moments that nobody has placed yet: as late as can be, only for those who have
# seen all. Each has a place of its own, so that what belongs to it can be told.
UNPLACED = 5e11
SEASON, EPISODE = 1e10, 1e6  # seconds that a season and an episode have room for; season 0 begins at 1e10
LAST_SEASON = 9_999
LAST_EPISODE, LAST_SECOND = 9_998, 999_998  # where something stands that names no episode, or no second


class ProgressPoint(NamedTuple):
    """How far somebody has seen a film: up to a place in its story, and to a time where that is known.

    `place` is compared with the position of moments, and `story_time` with what the function of that name
    makes of season, episode and second.
    """

    place: float
    story_time: float | None = None

    @property
    def is_all(self) -> bool:
        return self.place >= ALL_SEEN

    @property
    def is_start(self) -> bool:
        return self.place <= NOT_SEEN and self.story_time is None


UNSEEN, SEEN = ProgressPoint(NOT_SEEN), ProgressPoint(ALL_SEEN)


def furthest(before: ProgressPoint | None, after: ProgressPoint) -> ProgressPoint:
    """How far somebody has seen who saw this after that: nothing that was open closes again."""
    if before is None or after.is_all:
        return after
    place = max(before.place, after.place)
    if are_comparable(before.story_time, after.story_time):
        return ProgressPoint(place, max(before.story_time, after.story_time))
    # A time decides before a place: one that is behind the place would close what is open.
    is_kept = after.story_time is None or before.place > after.place
    return ProgressPoint(place, before.story_time if is_kept else after.story_time)


def story_time(season: int | None, episode: int | None, second: int | None) -> float | None:
    """The season, episode and second of a moment as one number to compare; None when none of them is known.

    What is not known counts as late: a moment that names only its episode stands at the episode's end.
    Season 0 holds the specials of a series. Its numbers do not say when they happen, so that a special has no
    time and goes by its place.
    """
    if season == 0:
        return None
    if season is None and episode is None:
        return None if second is None else float(second)
    season = 1 if season is None else season
    episode = LAST_EPISODE if episode is None else episode
    return (season + 1) * SEASON + episode * EPISODE + (LAST_SECOND if second is None else second)


def beginning_of(season: int, episode: int = 0) -> float | None:
    """The story time at which a season or one of its episodes begins; None for specials."""
    return story_time(season, episode, 0)


def end_of(season: int, episode: int | None = None) -> float:
    """The story time at which an episode is over, or the whole season; no moment of it is later."""
    episode = LAST_EPISODE + 1 if episode is None else episode
    return (season + 1) * SEASON + episode * EPISODE + LAST_SECOND + 1


def episode_of(at: float) -> tuple[int, int | None]:
    """The season and episode of a story time; no episode when the season is over, or when none was named."""
    season, rest = divmod(at, SEASON)
    episode = int(rest // EPISODE)
    return int(season) - 1, None if episode >= LAST_EPISODE else episode


def is_beyond(
    progress: ProgressPoint | None, place: float | None, at: float | None, *, flagged: bool
) -> bool:
    """Whether a post must be veiled for a viewer.

    Args:
        progress: how far the viewer has seen the film; None when they have not said.
        place: the post's place in the story; None when it belongs to no place.
        at: its story time, where that is known. Where both have one, it decides and not the place: members
            put moments in between later, and a place does not tell when it is.
        flagged: whether its author, or a quorum of members, says that it gives the story away.
    """
    if progress is None:
        return flagged
    if are_comparable(at, progress.story_time) and at != progress.story_time:
        return at > progress.story_time
    if place is None:
        return flagged and not progress.is_all
    return place > progress.place


def is_part_beyond(progress: ProgressPoint | None, at: float | None, *, flagged: bool) -> bool:
    """Whether the words of a season or episode must be veiled for a viewer.

    It stands at no place of the line: those who have not said by season and episode how far they are see them
    once they have seen all.

    Args:
        at: the story time up to which one has to have come; None where nobody can tell.
        flagged: whether the words give the story away to those who have said nothing.
    """
    return is_beyond(progress, UNPLACED, at, flagged=flagged)


def is_within(
    progress: ProgressPoint, until: float, film_time: float | None, series_time: float | None
) -> bool:
    """Whether nothing of a part of a story can lie beyond this progress.

    It is surer than the rule: where it says yes, no moment of the part is beyond.

    Args:
        until: the place of its last moment.
        film_time, series_time: the latest story time of its moments that name no season or episode, and of
            those that do.
    """
    seen = progress.story_time
    latest = None if seen is None else film_time if seen < SEASON else series_time
    return until <= progress.place and (latest is None or latest <= seen)


def are_comparable(one: float | None, other: float | None) -> bool:
    """Whether two times can be compared: both within one film, or both with season and episode."""
    return one is not None and other is not None and (one < SEASON) == (other < SEASON)


def reached(moments: Iterable[tuple[float, float | None]], at: float) -> float:
    """The place on the story line that is safe to show by a time.

    Args:
        moments: place and story time of a film's moments in the order of the story.
        at: the story time that the viewer has seen up to.

    Returns:
        The place of the last moment known to be no later, before any that is known to be later.
    """
    place = NOT_SEEN
    for where, time in moments:
        if are_comparable(time, at):
            if time > at:
                break
            place = where
    return place
