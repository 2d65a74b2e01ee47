"""How many ratings there are of each number of half stars, as bars and as a table."""

from collections.abc import Sequence
from typing import NamedTuple

from reelive.formats import stars_in_words

HEIGHT, STEP, WIDTH = 60, 10, 8  # of the drawing: of all of it, from one bar to the next, of a bar
LEAST_BAR_HEIGHT = 1  # of a bar of which there is none, so that one sees where it stands


class RatingBar(NamedTuple):
    """One bar of the drawing, and one row of the table."""

    words: str
    number: int
    x: int
    y: float
    height: float


class Histogram:
    """Args: buckets: ten numbers, of the ratings with half a star to five stars."""

    width, height, bar_width = 10 * STEP - (STEP - WIDTH), HEIGHT, WIDTH

    def __init__(self, buckets: Sequence[int]):
        self.shown = tuple(buckets)
        self.count = sum(buckets)
        self.halves = sum(halves * number for halves, number in enumerate(buckets, 1))
        most = max(buckets, default=0) or 1
        self.bars = [
            _bar(halves, number, max(LEAST_BAR_HEIGHT, HEIGHT * number / most))
            for halves, number in enumerate(buckets, 1)
        ]

    @property
    def average(self) -> float:
        """In stars."""
        return self.halves / self.count / 2 if self.count else 0.0

    @property
    def rows(self) -> list[RatingBar]:
        """The bars as a table has them, the most stars first."""
        return self.bars[::-1]


def _bar(halves: int, number: int, height: float) -> RatingBar:
    height = round(height, 1)
    return RatingBar(stars_in_words(halves), number, (halves - 1) * STEP, round(HEIGHT - height, 1), height)
