"""The spoiler horizon: how far a reader has seen a film, and what of it would give the rest away.

`is_beyond` is the rule. `models/progress.py` says the same in SQL, for lists; a test compares the two.
"""

from collections.abc import Iterable
from typing import NamedTuple

NOT_SEEN, ALL = -1e12, 1e12  # places before and behind every story
SEASON, EPISODE = 1e10, 1e6  # seconds that a season and an episode have room for; season 0 begins at 1e10
LAST_SEASON = 9_999
LAST_EPISODE, LAST_SECOND = 9_998, 999_998  # where something stands that names no episode, or no second


class Horizon(NamedTuple):
    """How far somebody has seen: up to a place on the story line, and by the clock where that is known."""

    place: float
    clock: float | None = None

    @property
    def is_all(self) -> bool:
        return self.place >= ALL

    @property
    def is_start(self) -> bool:
        return self.place <= NOT_SEEN and self.clock is None


UNSEEN, SEEN = Horizon(NOT_SEEN), Horizon(ALL)


def clock(season: int | None, episode: int | None, second: int | None) -> float | None:
    """Season, episode and second of a moment as one number to compare; None when nobody said.

    What is not known counts as late: a moment that names its episode alone stands at the episode's end.
    """
    if season is None and episode is None:
        return None if second is None else float(second)
    season = 1 if season is None else season
    episode = LAST_EPISODE if episode is None else episode
    return (season + 1) * SEASON + episode * EPISODE + (LAST_SECOND if second is None else second)


def end_of(season: int, episode: int | None = None) -> float:
    """The clock when an episode is over, or the whole season; no moment of it is later."""
    episode = LAST_EPISODE + 1 if episode is None else episode
    return (season + 1) * SEASON + episode * EPISODE + LAST_SECOND + 1


def episode_of(at: float) -> tuple[int, int | None]:
    """The season and episode that a clock stands in; no episode when the season is over or none was named."""
    season, rest = divmod(at, SEASON)
    episode = int(rest // EPISODE)
    return int(season) - 1, None if episode >= LAST_EPISODE else episode


def is_beyond(horizon: Horizon | None, place: float | None, at: float | None, *, flagged: bool) -> bool:
    """Whether something must be veiled for a reader.

    Args:
        horizon: how far the reader has seen the film; None when they have not said.
        place: where it belongs on the story line; None for what belongs nowhere in it.
        at: its clock, where that is known. It goes before the place, for what others add later in between.
        flagged: its author, or a quorum of members, says that it gives something away.
    """
    if horizon is None:
        return flagged
    if on_one_clock(at, horizon.clock) and at != horizon.clock:
        return at > horizon.clock
    if place is None:
        return flagged and not horizon.is_all
    return place > horizon.place


def on_one_clock(one: float | None, other: float | None) -> bool:
    """Whether two times can be compared: both within one film, or both with season and episode."""
    return one is not None and other is not None and (one < SEASON) == (other < SEASON)


def reached(moments: Iterable[tuple[float, float | None]], at: float) -> float:
    """The place on the story line that is safe to show by a time.

    Args:
        moments: place and clock of a film's moments in story order.
        at: the time that the reader has seen up to.

    Returns:
        The place of the last moment known to be no later, before any that is known to be later.
    """
    place = NOT_SEEN
    for where, time in moments:
        if on_one_clock(time, at):
            if time > at:
                break
            place = where
    return place
