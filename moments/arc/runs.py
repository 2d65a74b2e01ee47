"""A long story in at most 60 runs of neighbours, as they are stored with its film.

Every run has nearly the same number of moments. It keeps what its drawing needs, apart for moments that are
flagged as spoilers and for all others, and how far its moments reach. A viewer sees a run when nothing of it
can lie beyond their progress: what is veiled for them is in no dot, though more may be veiled than has to be.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise
from math import inf
from operator import add
from typing import NamedTuple

from moments.arc.arc import MOST_POINTS, ArcMoment
from moments.feelings import Tally, reading

DIGITS_KEPT = 4  # of a share that is stored


class StoryMoment(NamedTuple):
    """A moment as a run is made of it; `film_time` and `series_time` are its story time, where it has one of
    that kind, and `weight` is how often it was relived."""

    key: int
    place: float
    film_time: float | None
    series_time: float | None
    flagged: bool
    weight: int
    house: Tally
    members: Tally
    felt_by: int


class Part(NamedTuple):
    """Some moments of a run: how many, how many were felt, for how many our first guess speaks, how often
    they were relived, and the sum of the shares that each feeling has at them."""

    count: int = 0
    felt: int = 0
    guesses: int = 0
    weight: int = 0
    shares: dict[str, float] = {}

    def __add__(self, other: "Part") -> "Part":
        feelings = {**self.shares, **other.shares}
        shares = {slug: self.shares.get(slug, 0) + other.shares.get(slug, 0) for slug in feelings}
        return Part(*map(add, self[:4], other[:4]), shares)


class Run(NamedTuple):
    """Neighbours in a story.

    `first` is the key of the first, `place` and `until` are the places of the first and the last, `film_time`
    and `series_time` the latest story times of both kinds, and `open` and `flagged` are its two parts. Of the
    open one `timed` says how many have a story time, and `at` is one in their middle.
    """

    first: int
    place: float
    until: float
    film_time: float | None
    series_time: float | None
    open: Part
    flagged: Part
    at: float | None = None
    timed: int = 0

    @classmethod
    def of_stored(cls, row: Sequence) -> "Run":
        return cls(*row[:5], Part(*row[5]), Part(*row[6]), *row[7:9])

    @property
    def count(self) -> int:
        return self.open.count + self.flagged.count

    @property
    def reach(self) -> tuple[float, float | None, float | None]:
        """How far its moments reach: the last place and the latest times."""
        return self.until, self.film_time, self.series_time

    @property
    def whole(self) -> Part:
        return self.open + self.flagged


class Runs(list[Run]):
    """The runs of a story, in its order."""

    @classmethod
    def of_stored(cls, rows: Iterable[Sequence]) -> "Runs":
        return cls(Run.of_stored(row) for row in rows)

    @property
    def count(self) -> int:
        """How many moments the story has."""
        return sum(run.count for run in self)

    def start(self, index: int) -> int:
        """How many moments come before a run."""
        return sum(run.count for run in self[:index])

    def index(self, place: float, key: float = inf) -> int:
        """In which run a place lies, or the moment of this key at that place."""
        return max(0, bisect_right([(run.place, run.first) for run in self], (place, key)) - 1)

    def index_of_number(self, number: int) -> int:
        """In which run the moment of a number lies, counted from 1."""
        starts = list(accumulate((run.count for run in self), initial=0))
        return min(len(self) - 1, max(0, bisect_left(starts, number) - 1))

    def share(self, place: float) -> float:
        """How much of the story lies before a place, about: 0 to 1."""
        index = self.index(place)
        run = self[index]
        inside = (place - run.place) / (run.until - run.place) if run.until > run.place else 0
        return (self.start(index) + min(1, max(0, inside)) * (run.count - 1)) / self.count


def runs_of(moments: Iterable[StoryMoment]) -> list[list]:
    """The runs of a story as they are stored.

    Args:
        moments: all that have a place, in story order.
    """
    moments = list(moments)
    count = min(MOST_POINTS, len(moments))
    bounds = [i * len(moments) // count for i in range(count + 1)] if count else []
    return [_run(moments[start:end]) for start, end in pairwise(bounds)]


def _run(moments: Sequence[StoryMoment]) -> list:
    times = ([getattr(moment, name) for moment in moments] for name in ("film_time", "series_time"))
    latest = [max((time for time in some if time is not None), default=None) for some in times]
    parts = [_part([moment for moment in moments if moment.flagged == flagged]) for flagged in (False, True)]
    return [moments[0].key, moments[0].place, moments[-1].place, *latest, *parts, *_time_of(moments)]


def _time_of(moments: Sequence[StoryMoment]) -> list:
    """A story time in the middle of the run, and how many have one: nothing that a flag covers is told."""
    times = [(one.film_time, one.series_time) for one in moments if not one.flagged]
    known = [film if film is not None else series for film, series in times if (film, series) != (None, None)]
    return [sorted(known)[len(known) // 2] if known else None, len(known)]


def _part(moments: Sequence[StoryMoment]) -> list:
    shares: dict[str, float] = {}
    felt = guesses = weight = 0
    for moment in moments:
        tally, is_first_guess = reading(moment.house, moment.members, moment.felt_by)
        if not tally:
            continue
        felt, guesses, weight = felt + 1, guesses + is_first_guess, weight + moment.weight
        total = sum(tally.values())
        for slug, number in tally.items():
            shares[slug] = shares.get(slug, 0.0) + number / total
    return [
        len(moments),
        felt,
        guesses,
        weight,
        {slug: round(shares[slug], DIGITS_KEPT) for slug in sorted(shares)},
    ]


def rows_of_run(run: Run, part: Part, title: str, url: str) -> Iterator[ArcMoment]:
    """A run as rows of an arc: what was felt of a part of it, and how many moments are unfelt or veiled.

    Args:
        part: what the viewer may know of the run.
        title: what the run is called; url: the address of its first moment.
    """
    times = {"at": run.at, "timed": run.timed}
    if part.felt:
        yield ArcMoment(
            run.first,
            run.place,
            part.shares,
            is_first_guess=part.guesses == part.felt,
            is_mixed=0 < part.guesses < part.felt,
            weight=part.weight,
            title=title,
            url=url,
            count=part.felt,
            **times,
        )
    if part.count > part.felt:
        unfelt = {} if part.felt else times
        yield ArcMoment((run.first, "unfelt"), run.place, {}, count=part.count - part.felt, **unfelt)
    if run.count > part.count:
        key = (run.first, "veiled") if part.felt else run.first
        yield ArcMoment.of_veiled(key, run.place, run.count - part.count)
