"""A diary in numbers: what one member relived in a month or a year, and how it felt as the months went by."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import date
from functools import cached_property
from typing import NamedTuple

from moments.arc import Arc, Row
from moments.feelings import Bar, bar

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip


class Line(NamedTuple):
    """One entry, without its words.

    `feelings` are slugs; `untold` says that the moment lies beyond the reader's horizon: it counts, but what
    was felt there is not told.
    """

    date: date
    moment: int
    film: int
    feelings: Sequence[str]
    untold: bool = False


class Stretch:
    """The entries of some time, oldest first.

    Attributes:
        moments, films, days: how many entries each of them has, by id or date, in the order of the diary.
        tally: how often each feeling was felt; bar: the same in shares.
        untold: how many entries say nothing of their feelings.
    """

    def __init__(self, lines: Iterable[Line]):
        self.lines = list(lines)
        self.moments = Counter(line.moment for line in self.lines)
        self.films = Counter(line.film for line in self.lines)
        self.days = Counter(line.date for line in self.lines)
        self.tally = Counter(slug for line in self.lines if not line.untold for slug in line.feelings)
        self.untold = sum(line.untold for line in self.lines)

    def __len__(self) -> int:
        return len(self.lines)

    @cached_property
    def bar(self) -> Bar:
        return bar(self.tally)

    @property
    def first(self) -> Line:
        return self.lines[0]

    @property
    def last(self) -> Line:
        return self.lines[-1]

    def by(self, key: Callable[[date], Hashable]) -> dict[Hashable, "Stretch"]:
        """Its parts by what `key` says of a day."""
        parts: dict[Hashable, list[Line]] = {}
        for line in self.lines:
            parts.setdefault(key(line.date), []).append(line)
        return {name: Stretch(lines) for name, lines in parts.items()}

    def strongest(self) -> Bar:
        """The feelings of the bar, the strongest first; ties in house order."""
        return Bar(sorted(self.bar, key=lambda share: -share.weight))


def arc_of_year(year: Stretch, url: Callable[[int], str]) -> Arc:
    """The arc of a year: its months in the place of moments, each as high as what was felt in it.

    Args:
        year: the entries of one year.
        url: the address of a month, from 1 to 12.
    """
    months = year.by(lambda day: day.month)
    return Arc(
        Row(month, month, part.tally, weight=len(part), title=MONTHS[month - 1], url=url(month))
        for month, part in months.items()
    )
