"""A film's emotional arc: its moments in story order, each as high as it feels. Our first guess speaks for
a moment until five members have felt it; one without a guess is left out until then, but for what the viewer
felt. Of moments veiled for the viewer only the number is told."""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType
from typing import NamedTuple

from django.utils.formats import number_format

from moments.arc.shapes import Curve, Shape, shape_of
from moments.arc.time_axis import TimeAxis, is_told, time_axis, time_name
from moments.feelings import FEELINGS, Feeling, Tally, mean_valence, positive_weights, reading, strongest

NONE: Tally = MappingProxyType({})
MOST_POINTS = 60  # dots that a drawing can show apart on its whole width


@dataclass(frozen=True, slots=True)
class ArcMoment:
    """One moment as it comes from the database.

    Args:
        key: what tells it from others, such as its id; `here` of the drawing is compared with it.
        place: in the story; moments of the same place keep the order in which they came.
        tally: the reading that speaks for it, weight by feeling.
        is_first_guess: whether that reading is the one of the house.
        is_own: whether it is what the viewer felt, since nobody else's may be shown.
        weight: how often it was relived; the size of its dot.
        veiled: it lies beyond what the viewer may know: it takes its room in the story and has no dot.
        count: how many moments the row stands for: of a long story neighbours come as one.
        is_mixed: whether our first guess speaks for some of these, and members for others.
        at: its story time, where it has one; of several that of one in their middle.
        timed: how many of these have a time.
    """

    key: Hashable
    place: float
    tally: Tally
    is_first_guess: bool = False
    weight: float = 0
    title: str = ""
    url: str = ""
    veiled: bool = False
    is_own: bool = False
    count: int = 1
    is_mixed: bool = False
    at: float | None = None
    timed: int = 0

    @classmethod
    def of(
        cls,
        key: Hashable,
        place: float,
        house: Tally,
        members: Tally,
        felt_by: int,
        own: Tally = NONE,
        **rest,
    ) -> "ArcMoment":
        """A row from both tallies, of which `feelings.reading` takes one, or else from the viewer's `own`."""
        tally, is_first_guess = reading(house, members, felt_by)
        return cls(key, place, tally or own, is_first_guess, is_own=bool(own) and not tally, **rest)

    @classmethod
    def of_veiled(cls, key: Hashable, place: float, count: int = 1) -> "ArcMoment":
        """All that may be said of a veiled moment, or of several."""
        return cls(key, place, {}, veiled=True, count=count)


class FeltMoment(NamedTuple):
    """A moment that somebody has felt, with what counts of its tally and its number in the story.

    Of a row that stands for several it is the number of the middle.
    """

    row: ArcMoment
    tally: dict[str, float]
    step: float


@dataclass(frozen=True, slots=True)
class Point:
    """One dot of the arc: a moment, or a run of neighbours when there are too many to tell apart.

    `valence` is its height, from -1 (saddest) to 1 (happiest); `feeling`, the strongest, its colour;
    `weight` how often its moments were relived; `place` and `until` where the run begins and ends;
    `step` its number in the story, counted from 0: the middle of the run; `count` how many moments it has;
    `at` the story time of its first.
    """

    keys: tuple[Hashable, ...]
    step: float
    place: float
    until: float
    valence: float
    feeling: Feeling
    is_first_guess: bool
    weight: float
    title: str
    url: str
    is_own: bool = False
    count: int = 1
    at: float | None = None

    @property
    def height(self) -> str:
        """The valence with its sign, as +0.58 or −0.30."""
        return signed(self.valence)

    @property
    def time(self) -> str:
        return time_name(self.at)

    @property
    def height_for_all(self) -> str:
        """The same, but empty where it is only the viewer's."""
        return "" if self.is_own else self.height


class Arc:
    """The arc of one film, or one member's own arc of it.

    Args:
        rows: the film's moments in any order. Those that nobody has felt have no height and are only counted;
            those that are veiled have none either, and take their room in the story.

    Attributes:
        points: at most 60 dots in story order, fewer where a part of the story is veiled.
        moments: how many moments they stand for.
        unfelt: how many moments have no feelings yet.
        veiled: how many are veiled; `ahead` of them come after the last dot.
        reading: whose feelings they are: "house", "mixed", "members", "own" when there are only the viewer's,
            or "" when there are none.
        has_own: whether some dots are the viewer's alone.
        axis: the times by which dots stand where most moments have one, or None: then all are evenly apart.
    """

    def __init__(self, rows: Iterable[ArcMoment]):
        rows = sorted(rows, key=lambda row: row.place)
        self._numbers, self.felt_moments = _numbered(rows)
        self.veiled = sum(row.count for row in rows if row.veiled)
        self.moments = sum(felt_moment.row.count for felt_moment in self.felt_moments)
        self.unfelt = sum(row.count for row in rows) - self.veiled - self.moments
        self.steps = self.veiled + self.moments
        self.ahead = self.steps - _end(self.felt_moments[-1]) if self.felt_moments else self.veiled
        self.points = [_point(run) for run in _runs(self.felt_moments, self._most_points())]
        self.reading = _whose(self.felt_moments)
        self.has_own = any(felt_moment.row.is_own for felt_moment in self.felt_moments)
        self.axis = self._axis_of([row for row in rows if not row.veiled])

    def __bool__(self) -> bool:
        return bool(self.points)

    def _axis_of(self, shown: Sequence[ArcMoment]) -> TimeAxis | None:
        """Of what is veiled no time is asked: it takes the room that its number does."""
        if not self.points or not is_told(sum(row.timed for row in shown), sum(row.count for row in shown)):
            return None
        times = [(felt.step, felt.row.at) for felt in self.felt_moments if felt.row.at is not None]
        dots = [point.step for point in self.points]
        return time_axis(times, dots, self._share_by_order(dots[-1]), self.steps)

    def _most_points(self) -> int:
        """As many dots as the part of the width that is not veiled can show; rows that stand for several
        moments are so few already."""
        if self.moments > len(self.felt_moments):
            return len(self.felt_moments)
        return max(1, round(MOST_POINTS * len(self.felt_moments) / max(MOST_POINTS, self.steps)))

    @cached_property
    def curve(self) -> Curve:
        """Heights over the story's steps, evenly apart: 0, 1, 2, … without those that are veiled."""
        return Curve([point.step for point in self.points], [point.valence for point in self.points])

    @cached_property
    def shape(self) -> Shape | None:
        """The basic arc that fits what is drawn best; None for too few points or a flat line."""
        heights, steps = [point.valence for point in self.points], [point.step for point in self.points]
        return shape_of(heights, [self.axis.fraction(step) for step in steps] if self.axis else steps)

    @property
    def between(self) -> int:
        """How many veiled moments have a dot behind them."""
        return self.veiled - self.ahead

    @property
    def is_binned(self) -> bool:
        return self.moments > len(self.points)

    @property
    def highest(self) -> Point:
        return max(self.points, key=lambda point: point.valence)

    @property
    def lowest(self) -> Point:
        return min(self.points, key=lambda point: point.valence)

    @property
    def feelings(self) -> list[Feeling]:
        """The feelings that colour the dots, in the order of FEELINGS."""
        present = {point.feeling.slug for point in self.points}
        return [feeling for slug, feeling in FEELINGS.items() if slug in present]

    def index(self, key: Hashable) -> int | None:
        """Which dot stands for a moment."""
        return self._dots.get(key)

    @property
    def seen(self) -> float:
        """The share of the story's length, 0 to 1, behind which all is veiled."""
        if not self.ahead:
            return 1.0
        return self.fraction(self.steps - self.ahead - 0.5) if self.points else 0.0

    def fraction(self, step: float) -> float:
        """How much of the width lies before a step, 0 to 1; a story of one step stands in the middle."""
        return self.axis.fraction(step) if self.axis else self._share_by_order(step)

    def _share_by_order(self, step: float) -> float:
        return min(1.0, max(0.0, step / (self.steps - 1))) if self.steps > 1 else 0.5

    def fraction_of(self, key: Hashable) -> float | None:
        """Where in the story a moment stands, 0 to 1, whether it has a dot or not."""
        return self.fraction(self._numbers[key]) if key in self._numbers else None

    def under(self, own: "Arc") -> dict[int, Point]:
        """What another arc of the same story says, gathered below these dots: a point by the dot's index.

        Moments that have no dot here, such as veiled ones, are left out.
        """
        runs = defaultdict(list)
        for felt_moment in own.felt_moments:
            index = self.index(felt_moment.row.key)
            if index is not None:
                runs[index].append(felt_moment)
        return {index: replace(_point(runs[index]), step=self.points[index].step) for index in sorted(runs)}

    @cached_property
    def _dots(self) -> dict[Hashable, int]:
        return {key: i for i, point in enumerate(self.points) for key in point.keys}


def signed(valence: float) -> str:
    """A height with its sign and two decimals."""
    written = f"{valence:+.2f}"
    return written[0].replace("-", "−") + number_format(written[1:])


def _numbered(rows: Sequence[ArcMoment]) -> tuple[dict[Hashable, float], list[FeltMoment]]:
    """The number of every moment in the story, and the felt ones. A moment that is neither felt nor veiled
    takes no room and stands between its neighbours."""
    numbers: dict[Hashable, float] = {}
    felt_moments, step = [], 0
    for row in rows:
        tally = {} if row.veiled else positive_weights(row.tally)
        has_room = bool(tally) or row.veiled
        numbers[row.key] = step + (row.count - 1) / 2 if has_room else step - 0.5
        if tally:
            felt_moments.append(FeltMoment(row, tally, numbers[row.key]))
        step += row.count * has_room
    return numbers, felt_moments


def _end(felt_moment: FeltMoment) -> int:
    """The number of the moment behind it."""
    return int(felt_moment.step + (felt_moment.row.count + 1) / 2)


def _runs(felt_moments: Sequence[FeltMoment], most: int) -> list[Sequence[FeltMoment]]:
    """Neighbours in at most `most` runs of nearly equal length."""
    count = min(most, len(felt_moments))
    return [
        felt_moments[i * len(felt_moments) // count : (i + 1) * len(felt_moments) // count]
        for i in range(count)
    ]


def _point(run: Sequence[FeltMoment]) -> Point:
    """A run as one dot: every moment counts the same in its feelings, and their weights add up."""
    rows = [felt_moment.row for felt_moment in run]
    first, last = rows[0], rows[-1]
    tally = _sum_of_shares(run) if len(run) > 1 else run[0].tally
    return Point(
        keys=tuple(row.key for row in rows),
        step=(run[0].step + run[-1].step) / 2,
        place=first.place,
        until=last.place,
        valence=mean_valence(tally),
        feeling=strongest(tally),
        is_first_guess=all(row.is_first_guess for row in rows),
        weight=sum(row.weight for row in rows),
        title=first.title if len(run) == 1 else f"{first.title} – {last.title}",
        url=first.url,
        is_own=all(row.is_own for row in rows),
        count=sum(row.count for row in rows),
        at=first.at,
    )


def _sum_of_shares(run: Sequence[FeltMoment]) -> dict[str, float]:
    shares: dict[str, float] = {}
    for felt_moment in run:
        total = sum(felt_moment.tally.values())
        for slug, weight in felt_moment.tally.items():
            shares[slug] = shares.get(slug, 0.0) + weight / total
    return shares


def _whose(felt_moments: Sequence[FeltMoment]) -> str:
    shared = [felt_moment.row for felt_moment in felt_moments if not felt_moment.row.is_own]
    by_house = sum(row.is_first_guess for row in shared)
    if any(row.is_mixed for row in shared):
        return "mixed"
    if not shared:
        return "own" if felt_moments else ""
    return "house" if by_house == len(shared) else "mixed" if by_house else "members"
