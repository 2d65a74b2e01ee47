"""A diary in numbers: what one member relived in a month or a year, and how it felt as the months went by."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import date
from functools import cached_property
from typing import NamedTuple

from django.utils.dates import MONTHS

from moments.arc.arc import Arc, ArcMoment
from moments.feelings import Bar, bar


class DiaryLine(NamedTuple):
    """One entry, without its words.

    `moment` is None of a whole film. `feelings` are slugs; `is_veiled` says that it is veiled for the viewer:
    it counts, and its feelings are left out.
    """

    date: date
    moment: int | None
    film: int
    feelings: Sequence[str]
    is_veiled: bool = False


class DiaryPeriod:
    """The entries of some time, oldest first.

    Attributes:
        moments, films, days: how many entries each of them has, by id or date, in the order of the diary.
        tally: how often each feeling was felt; bar: the same in shares.
        veiled: how many entries are veiled, whose feelings are left out.
    """

    def __init__(self, lines: Iterable[DiaryLine]):
        self.lines = list(lines)
        self.moments = Counter(line.moment for line in self.lines if line.moment)
        self.films = Counter(line.film for line in self.lines)
        self.days = Counter(line.date for line in self.lines)
        self.tally = Counter(slug for line in self.lines if not line.is_veiled for slug in line.feelings)
        self.veiled = sum(line.is_veiled for line in self.lines)

    def __len__(self) -> int:
        return len(self.lines)

    @cached_property
    def bar(self) -> Bar:
        return bar(self.tally)

    @property
    def first(self) -> DiaryLine:
        return self.lines[0]

    @property
    def last(self) -> DiaryLine:
        return self.lines[-1]

    def by(self, key: Callable[[date], Hashable]) -> dict[Hashable, "DiaryPeriod"]:
        """Its parts by what `key` says of a day."""
        parts: dict[Hashable, list[DiaryLine]] = {}
        for line in self.lines:
            parts.setdefault(key(line.date), []).append(line)
        return {name: DiaryPeriod(lines) for name, lines in parts.items()}

    def strongest(self) -> Bar:
        """The feelings of the bar, the strongest first; ties in house order."""
        return Bar(sorted(self.bar, key=lambda share: -share.weight))


def arc_of_year(year: DiaryPeriod, url: Callable[[int], str]) -> Arc:
    """The arc of a year: its months in the place of moments, each as high as what was felt in it.

    Args:
        year: the entries of one year.
        url: the address of a month, from 1 to 12.
    """
    months = year.by(lambda day: day.month)
    return Arc(
        ArcMoment(month, month, part.tally, weight=len(part), title=str(MONTHS[month]), url=url(month))
        for month, part in months.items()
    )
