"""The width of an arc as time: where most moments of a story have one, its dots stand where they happen.

A film runs by the second. Of a series every episode that occurs takes the same room, since nobody says how
long they are. Dots of the same second are kept as far apart as one can tell them from each other; those
without a time stand between their neighbours. What is veiled takes the room of its number.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from moments.spoilers.rules import EPISODE, LAST_SECOND, SEASON, episode_of

FEWEST_WITH_TIME = 12  # moments that have a time, and more than half of all
SHARE_OF_EVEN_ROOM = 0.5  # of the room that every dot had if all were evenly apart
LAST_SECOND_AT = 0.95  # of its room, where the last second of an episode stands
MOST_MARKS = 6
MARK_EVERY = (1, 2, 5, 10, 15, 20, 30, 60, 120, 300, 600, 1_500)


@dataclass(frozen=True, slots=True)
class Mark:
    """A time on the axis: a second of a film, or the beginning of a season or an episode.

    `share` is how much of the width lies before it.
    """

    share: float
    second: int | None = None
    season: int | None = None
    episode: int | None = None


@dataclass(frozen=True, slots=True)
class TimeAxis:
    """Which share of the width lies before a step of the story, 0 to 1, by the steps whose share is known."""

    steps: Sequence[float]
    shares: Sequence[float]
    marks: Sequence[Mark]

    def fraction(self, step: float) -> float:
        return interpolated(self.steps, self.shares, step)


def is_told(timed: int, count: int) -> bool:
    """Whether so many moments with a time, of all, are enough."""
    return timed >= FEWEST_WITH_TIME and 2 * timed > count


def time_axis(
    times: Sequence[tuple[float, float]], dots: Sequence[float], until: float, steps: int
) -> TimeAxis | None:
    """The axis of an arc; None where too few of these times are in order.

    Args:
        times: step and story time of what was felt, as far as it has one, in story order.
        dots: the steps at which dots stand.
        until: the share of the width at which the last of them stands.
        steps: of the whole story.
    """
    kept = in_order(_of_one_kind(times))
    if len(dots) < 2 or len(kept) < 2 or 2 * len(kept) <= len(times):
        return None
    values, total, marks = _scale([time for _step, time in kept])
    known = [step for step, _time in kept]
    # Those before the first that has a time begin at 0, and those behind the last take as much as others.
    known, values = [-0.5, *known], [0.0, *values]
    if dots[-1] > known[-1]:
        total *= (dots[-1] + 0.5) / (known[-1] + 0.5)
        known, values = [*known, dots[-1]], [*values, total]
    if total <= 0:
        return None
    shares = _apart([until * interpolated(known, values, dot) / total for dot in dots], until)
    end = [(steps - 1, 1.0)] if steps - 1 > dots[-1] else []
    places = [*zip(dots, shares, strict=True), *end]
    found = [Mark(until * value / total, *when) for value, *when in marks]
    return TimeAxis([step for step, _share in places], [share for _step, share in places], found)


def interpolated(xs: Sequence[float], ys: Sequence[float], x: float) -> float:
    """The height at x of the line through these points; as high as its ends before and behind it."""
    right = bisect_right(xs, x)
    if right in {0, len(xs)}:
        return ys[0] if right == 0 else ys[-1]
    (start, end), (low, high) = xs[right - 1 : right + 1], ys[right - 1 : right + 1]
    return low + (high - low) * (x - start) / (end - start)


def time_name(at: float | None) -> str:
    """A story time as a table says it: 0:33:10, or S1 E2 and the time in it; empty where there is none."""
    if at is None:
        return ""
    second = int(at % EPISODE)
    time = "" if second == LAST_SECOND else f"{second // 3600}:{second // 60 % 60:02}:{second % 60:02}"
    if at < SEASON:
        return time
    season, episode = episode_of(at)
    return " ".join(filter(None, (f"S{season}", "" if episode is None else f"E{episode}", time)))


def in_order(times: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """As many of these steps and times as never go back; those that a wrong one would hide are kept."""
    lasts: list[float] = []
    ends: list[int] = []
    before: list[int | None] = []
    for index, (_step, time) in enumerate(times):
        place = bisect_right(lasts, time)
        lasts[place : place + 1], ends[place : place + 1] = [time], [index]
        before.append(ends[place - 1] if place else None)
    kept, index = [], ends[-1] if ends else None
    while index is not None:
        kept.append(times[index])
        index = before[index]
    return kept[::-1]


def _of_one_kind(times: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Those of the kind that more have: with an episode, or within a film."""
    kinds = [[pair for pair in times if (pair[1] < SEASON) == of_film] for of_film in (True, False)]
    return max(kinds, key=len)


def _scale(times: Sequence[float]) -> tuple[list[float], float, list[tuple]]:
    """Where times stand, the length of the whole, and its marks: where they stand, and what a Mark says."""
    if times[0] < SEASON:
        length = times[-1]
        minutes = next((step for step in MARK_EVERY if length < step * 60 * MOST_MARKS), MARK_EVERY[-1])
        return list(times), length, [(at, at) for at in range(minutes * 60, int(length) + 1, minutes * 60)]
    episodes = sorted({time // EPISODE for time in times})
    places = {episode: place for place, episode in enumerate(episodes)}
    seconds = [time % EPISODE for time in times]
    longest = max((second for second in seconds if second < LAST_SECOND), default=0) or 1
    values = [
        places[time // EPISODE] + LAST_SECOND_AT * min(1, second / longest)
        for time, second in zip(times, seconds, strict=True)
    ]
    return values, len(episodes), _marks_of_series(episodes)


def _marks_of_series(episodes: Sequence[float]) -> list[tuple]:
    """Where seasons begin; where there is one, its episodes."""
    named = [divmod(int(episode), int(SEASON // EPISODE)) for episode in episodes]
    seasons = {season: place for place, (season, _episode) in reversed(list(enumerate(named)))}
    if len(seasons) > 1:
        found = [(place, None, season - 1) for season, place in sorted(seasons.items())]
    else:
        found = [(place, None, None, episode) for place, (_season, episode) in enumerate(named)]
    return found[:: -(-len(found) // MOST_MARKS)]


def _apart(shares: Sequence[float], until: float) -> list[float]:
    """The same, of two or more, but no two closer than one can tell them apart, and none behind the end."""
    least, kept = SHARE_OF_EVEN_ROOM * until / (len(shares) - 1), [shares[0]]
    for share in shares[1:]:
        kept.append(max(share, kept[-1] + least))
    last = len(kept) - 1
    return [min(share, until - least * (last - place)) for place, share in enumerate(kept)]
