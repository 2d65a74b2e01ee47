"""The line through an arc's points, and the six basic arcs of stories that a line is named after."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import cos, hypot, pi, sqrt
from operator import mul

from django.utils.translation import gettext_lazy as _

SAMPLES = 96  # heights that the shape is judged by
FEWEST_POINTS = 3  # two would fit one of the six whatever they are
FLAT = 0.1  # an arc whose heights differ by less has no shape
EPSILON = 1e-9


@dataclass(frozen=True, slots=True)
class Shape:
    """One of the six basic arcs: its name, how it runs in a sentence, and how well a film's arc fits it.

    `fit` is the correlation, from -1 to 1.
    """

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
    (-1, 1): Shape("rags-to-riches", _("Rags to riches"), _("It rises.")),
    (1, 1): Shape("tragedy", _("Tragedy"), _("It falls.")),
    (1, 2): Shape("man-in-a-hole", _("Man in a hole"), _("It falls and rises again.")),
    (-1, 2): Shape("icarus", _("Icarus"), _("It rises and falls.")),
    (-1, 3): Shape("cinderella", _("Cinderella"), _("It rises, falls and rises again.")),
    (1, 3): Shape("oedipus", _("Oedipus"), _("It falls, rises and falls again.")),
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
        slopes, limits = [secants[0], *inner, secants[-1]], [1.0] * len(self.xs)
        for i, secant in enumerate(secants):
            if abs(secant) < EPSILON:
                limits[i] = limits[i + 1] = 0.0
                continue
            # Both ends are judged by their slopes as they came: read backwards the curve is the same.
            limit = 3 / max(3.0, hypot(slopes[i] / secant, slopes[i + 1] / secant))
            limits[i], limits[i + 1] = min(limits[i], limit), min(limits[i + 1], limit)
        return [slope * limit for slope, limit in zip(slopes, limits, strict=True)]


def shape_of(heights: Sequence[float], places: Sequence[float] | None = None) -> Shape | None:
    """The basic arc of best correlation; ties go to the earlier of `SHAPES`.

    Args:
        places: where the heights stand, rising; evenly apart by default.

    Returns:
        None for fewer than FEWEST_POINTS heights or a flat line.
    """
    if len(heights) < FEWEST_POINTS or max(heights) - min(heights) < FLAT:
        return None
    curve = Curve(range(len(heights)) if places is None else places, heights)
    start, length = curve.xs[0], curve.xs[-1] - curve.xs[0]
    times = [i / (SAMPLES - 1) for i in range(SAMPLES)]
    line = [curve.at(start + t * length) for t in times]
    fits = {
        (sign, waves): correlation(line, [sign * cos(waves * pi * t) for t in times])
        for sign, waves in SHAPES
    }
    best = max(fits, key=fits.__getitem__)
    return replace(SHAPES[best], fit=round(fits[best], 3))


def correlation(one: Sequence[float], other: Sequence[float]) -> float:
    """Pearson's r; 0 when either does not vary."""
    mean, other_mean = sum(one) / len(one), sum(other) / len(other)
    a, b = [x - mean for x in one], [y - other_mean for y in other]
    size = sqrt(sum(x * x for x in a) * sum(y * y for y in b))
    return sum(map(mul, a, b)) / size if size > EPSILON else 0.0
