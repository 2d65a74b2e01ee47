"""A film's emotional arc: its moments in story order, each as high as it feels. The house reading speaks for
a moment until five members have felt it; the shape is named after the six basic arcs of stories."""

from bisect import bisect_right
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import cos, hypot, pi, sqrt
from typing import NamedTuple

from moments.feelings import FEELINGS, Feeling, Tally, felt, mean_valence, reading, strongest

MOST_POINTS = 60  # dots that a drawing can show apart
SAMPLES = 96  # heights that the shape is judged by
FLAT = 0.02  # an arc whose heights differ by less has no shape
EPSILON = 1e-9


@dataclass(frozen=True, slots=True)
class Row:
    """One moment as it comes from the database.

    Args:
        key: what tells it from others, such as its id; `here` of the drawing is compared with it.
        place: in the story; moments of the same place keep the order in which they came.
        tally: the reading that speaks for it, weight by feeling.
        house: whether that reading is the house's.
        weight: how often it was relived; the size of its dot.
    """

    key: Hashable
    place: float
    tally: Tally
    house: bool = False
    weight: float = 0
    title: str = ""
    url: str = ""

    @classmethod
    def of(cls, key: Hashable, place: float, house: Tally, members: Tally, felt_by: int, **rest) -> "Row":
        """A row from both tallies, of which the one that has the say is taken (see `feelings.reading`)."""
        return cls(key, place, *reading(house, members, felt_by), **rest)


class Voice(NamedTuple):
    """A moment that somebody has felt, with what counts of its tally."""

    row: Row
    tally: dict[str, float]


@dataclass(frozen=True, slots=True)
class Point:
    """One dot of the arc: a moment, or a run of neighbours when there are too many to tell apart.

    `valence` is its height, from -1 (heartbreak) to 1 (elation); `feeling`, the strongest, its colour;
    `weight` how often its moments were relived; `place` and `until` where the run begins and ends.
    """

    keys: tuple[Hashable, ...]
    place: float
    until: float
    valence: float
    feeling: Feeling
    house: bool
    weight: float
    title: str
    url: str

    @property
    def height(self) -> str:
        """The valence with its sign, as +0.58 or −0.30."""
        return signed(self.valence)

    @property
    def count(self) -> int:
        """How many moments the dot stands for."""
        return len(self.keys)


@dataclass(frozen=True, slots=True)
class Shape:
    """One of the six basic arcs, and how well a film's arc fits it (correlation, -1 to 1)."""

    slug: str
    name: str
    turns: str
    fit: float = 0.0

    @property
    def is_clear(self) -> bool:
        return self.fit >= 0.6


# A. J. Reagan, L. Mitchell, D. Kiley, C. M. Danforth, P. S. Dodds, "The emotional arcs of stories are
# dominated by six basic shapes", EPJ Data Science 5:31 (2016). Their first three modes, each either way up,
# are close to a half, one and one and a half waves: sign * cos(waves * pi * t) for t from 0 to 1.
SHAPES: dict[tuple[int, int], Shape] = {
    (-1, 1): Shape("rags-to-riches", "Rags to riches", "rise"),
    (1, 1): Shape("tragedy", "Tragedy", "fall"),
    (1, 2): Shape("man-in-a-hole", "Man in a hole", "fall – rise"),
    (-1, 2): Shape("icarus", "Icarus", "rise – fall"),
    (-1, 3): Shape("cinderella", "Cinderella", "rise – fall – rise"),
    (1, 3): Shape("oedipus", "Oedipus", "fall – rise – fall"),
}


class Curve:
    """A smooth line through points of rising x that never leaves the range of two neighbours' heights.

    Source: F. N. Fritsch and R. E. Carlson, "Monotone piecewise cubic interpolation", SIAM Journal on
    Numerical Analysis 17 (1980), 238–246.
    """

    def __init__(self, xs: Sequence[float], ys: Sequence[float]):
        self.xs, self.ys = list(xs), list(ys)
        self.slopes = self._slopes()

    def at(self, x: float) -> float:
        """The height at x; beyond the ends that of the end."""
        if len(self.xs) == 1 or x <= self.xs[0]:
            return self.ys[0]
        if x >= self.xs[-1]:
            return self.ys[-1]
        i = bisect_right(self.xs, x) - 1
        wide = self.xs[i + 1] - self.xs[i]
        t = (x - self.xs[i]) / wide
        low, high = self.ys[i], self.ys[i + 1]
        rise = (1 - t) * self.slopes[i] - t * self.slopes[i + 1]
        return low + (high - low) * t * t * (3 - 2 * t) + wide * t * (1 - t) * rise

    def beziers(self) -> Iterable[tuple[float, float, float, float, float, float]]:
        """Each piece as two control points and its end, as an SVG `C` wants them."""
        for i, ((x0, x1), (y0, y1)) in enumerate(zip(pairwise(self.xs), pairwise(self.ys), strict=True)):
            third = (x1 - x0) / 3
            yield x0 + third, y0 + third * self.slopes[i], x1 - third, y1 - third * self.slopes[i + 1], x1, y1

    def _slopes(self) -> list[float]:
        secants = [
            (y1 - y0) / (x1 - x0)
            for (x0, x1), (y0, y1) in zip(pairwise(self.xs), pairwise(self.ys), strict=True)
        ]
        if not secants:
            return [0.0]
        inner = [0.0 if a * b <= EPSILON**2 else (a + b) / 2 for a, b in pairwise(secants)]
        slopes = [secants[0], *inner, secants[-1]]
        for i, secant in enumerate(secants):
            if abs(secant) < EPSILON:
                slopes[i] = slopes[i + 1] = 0.0
                continue
            steep = hypot(slopes[i] / secant, slopes[i + 1] / secant)
            if steep > 3:
                slopes[i], slopes[i + 1] = slopes[i] * 3 / steep, slopes[i + 1] * 3 / steep
        return slopes


class Arc:
    """The arc of one film, or one member's own arc of it.

    Args:
        rows: the film's moments in any order; those that nobody has felt have no height and are only counted.

    Attributes:
        points: at most 60 dots in story order.
        unfelt: how many moments have no feelings yet.
        reading: whose feelings they are: "house", "mixed", "members", or "" when there are none.
    """

    def __init__(self, rows: Iterable[Row]):
        rows = sorted(rows, key=lambda row: row.place)
        told = [Voice(row, tally) for row in rows if (tally := felt(row.tally))]
        self.unfelt = len(rows) - len(told)
        self.points = [_point(run) for run in _runs(told, MOST_POINTS)]
        self.reading = _whose(told)

    def __bool__(self) -> bool:
        return bool(self.points)

    @cached_property
    def curve(self) -> Curve:
        """Heights over 0, 1, 2, …: the story's beats, evenly apart."""
        return Curve(range(len(self.points)), [point.valence for point in self.points])

    @cached_property
    def shape(self) -> Shape | None:
        """The basic arc that fits best; None for fewer than two points or a flat line."""
        return shape_of([point.valence for point in self.points])

    @property
    def moments(self) -> int:
        return sum(point.count for point in self.points)

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
        """The feelings that colour the dots, in house order."""
        present = {point.feeling.slug for point in self.points}
        return [feeling for slug, feeling in FEELINGS.items() if slug in present]

    def index(self, key: Hashable) -> int | None:
        """Which dot stands for a moment."""
        return next((i for i, point in enumerate(self.points) if key in point.keys), None)


def signed(valence: float) -> str:
    return f"{valence:+.2f}".replace("-", "−")


def shape_of(heights: Sequence[float]) -> Shape | None:
    """The basic arc of best correlation; ties go to the earlier of `SHAPES`."""
    if len(heights) < 2 or max(heights) - min(heights) < FLAT:
        return None
    curve = Curve(range(len(heights)), heights)
    times = [i / (SAMPLES - 1) for i in range(SAMPLES)]
    line = [curve.at(t * (len(heights) - 1)) for t in times]
    fits = {
        (sign, waves): correlation(line, [sign * cos(waves * pi * t) for t in times])
        for sign, waves in SHAPES
    }
    best = max(fits, key=fits.__getitem__)
    shape = SHAPES[best]
    return Shape(shape.slug, shape.name, shape.turns, round(fits[best], 3))


def correlation(one: Sequence[float], other: Sequence[float]) -> float:
    """Pearson's r; 0 when either does not vary."""
    mean, other_mean = sum(one) / len(one), sum(other) / len(other)
    a, b = [x - mean for x in one], [y - other_mean for y in other]
    size = sqrt(sum(x * x for x in a) * sum(y * y for y in b))
    return sum(x * y for x, y in zip(a, b, strict=True)) / size if size > EPSILON else 0.0


def _runs(voices: Sequence[Voice], most: int) -> list[Sequence[Voice]]:
    """Neighbours in at most `most` runs of nearly equal length."""
    count = min(most, len(voices))
    return [voices[i * len(voices) // count : (i + 1) * len(voices) // count] for i in range(count)]


def _point(run: Sequence[Voice]) -> Point:
    """A run as one dot: every moment has one voice in its feelings, and their weights add up."""
    first, last = run[0].row, run[-1].row
    tally = _sum_of_shares(run) if len(run) > 1 else run[0].tally
    return Point(
        keys=tuple(row.key for row, _ in run),
        place=first.place,
        until=last.place,
        valence=mean_valence(tally),
        feeling=strongest(tally),
        house=all(row.house for row, _ in run),
        weight=sum(row.weight for row, _ in run),
        title=first.title if len(run) == 1 else f"{first.title} – {last.title}",
        url=first.url,
    )


def _sum_of_shares(run: Sequence[Voice]) -> dict[str, float]:
    shares: dict[str, float] = {}
    for _, tally in run:
        total = sum(tally.values())
        for slug, weight in tally.items():
            shares[slug] = shares.get(slug, 0.0) + weight / total
    return shares


def _whose(voices: Sequence[Voice]) -> str:
    by_house = sum(row.house for row, _ in voices)
    if not voices:
        return ""
    return "house" if by_house == len(voices) else "mixed" if by_house else "members"
