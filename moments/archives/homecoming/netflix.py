"""Netflix's viewing history: the short table that anybody saves, and the long one that one asks for.

Titles are all that there is. Days are written as the language of the account does, and only the file as a
whole tells in which order; an episode has its title and no number.
"""

import re
from datetime import date

from django.utils.translation import gettext_lazy as _

from moments.catalogue.works import Work

from .reader import Reader
from .records import Once, watched
from .refusals import MixedDates
from .values import moment_of, number_of, text_of, title_of

NAMES = re.compile(r"(?:.*/)?(?:Netflix)?Viewing(?:History|Activity)[^/]*\.csv", re.IGNORECASE)
BETWEEN = re.compile(r"[ \u00a0\u202f]*: +")
SEASON = re.compile(
    r"(?:season|series|saison|staffel|temporada|stagione|seizoen|säsong|sæson|sesong|sezon|kausi|évad|part|partie"
    r"|parte|teil|volume|book|livre|シーズン|시즌)[ \u00a0]?(\d{1,3})|(?:limited|mini)[ -]?s[eé]rie[s]?",
    re.IGNORECASE,
)
DATE = re.compile(r"(\d{1,4})([/.\-])(\d{1,2})\2(\d{1,4})")
SHORTEST = 120  # seconds; who left before only looked


def fits(head):
    return head.kind == "csv" and (
        head.columns == ("title", "date") or head.has("profile name", "start time", "title", "duration")
    )


def records(bundle):
    """Yields what was seen, once a day and profile. Trailers and what was left at once are not."""
    once = Once()
    for name in bundle.found.opened:
        is_long = bundle.head(name).has("start time")
        rows = _activity(bundle, name) if is_long else _history(bundle, name)
        for title, day, time, profile in rows:
            work = work_of(title)
            if work is None or day is None:
                bundle.leave_out()
            elif once(title, day, profile):
                yield watched(work, day, time, raw=profile)


def _activity(bundle, name):
    for row in bundle.rows(name):
        if row.get("supplemental video type", "").strip() or _seconds(row["duration"]) < SHORTEST:
            bundle.leave_out()
        else:
            day, time = moment_of(row["start time"])
            yield row["title"], day, time, title_of(row["profile name"])


def _seconds(text):
    """The seconds of a length such as 01:30:00; enough where it is none, so that nothing is lost."""
    parts = [number_of(part) for part in text_of(text, 20).split(":")]
    if len(parts) != 3 or None in parts:
        return SHORTEST
    return parts[0] * 3600 + parts[1] * 60 + parts[2]


def _history(bundle, name):
    order = _Order()
    for row in bundle.rows_ahead(name):
        order.learn(row["date"])
    is_month_first = order.is_month_first()
    for row in bundle.rows(name):
        yield row["title"], _day(row["date"], is_month_first), None, ""


class _Order:
    """Whether the month comes first: a number above 12 tells, else that the newest rows are at the top."""

    def __init__(self):
        self.highest = [0, 0]
        self.before = {True: None, False: None}
        self.wrong = {True: 0, False: 0}
        self.is_american = True

    def learn(self, text):
        numbers = _numbers(text)
        if numbers is None or len(str(text).strip().split("-")[0]) == 4:
            return
        first, mark, second, year = numbers
        self.highest = [max(self.highest[0], first), max(self.highest[1], second)]
        self.is_american &= mark == "/" and year < 100
        for is_month_first, before in self.before.items():
            day = _day(text, is_month_first)
            self.wrong[is_month_first] += bool(day and before and day > before)
            self.before[is_month_first] = day or before

    def is_month_first(self):
        """Raises MixedDates where neither order makes days of all."""
        if min(self.highest) > 12:
            raise MixedDates
        if max(self.highest) > 12:
            return self.highest[1] > 12
        if self.wrong[True] != self.wrong[False]:
            return self.wrong[True] < self.wrong[False]
        return self.is_american


def _numbers(text):
    match = DATE.fullmatch(text.strip()[:20])
    return (int(match[1]), match[2], int(match[3]), int(match[4])) if match else None


def _day(text, is_month_first):
    numbers = _numbers(text)
    if numbers is None:
        return None
    first, _mark, second, year = numbers
    if first > 31:
        first, second, year, is_month_first = second, year, first, True
    month, day = (first, second) if is_month_first else (second, first)
    try:
        found = date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return None
    return found if 1997 < found.year <= 2100 else None


def work_of(title):
    """The work of a title such as "Lost: Season 1: Pilot"; one without a season may be a film or a series."""
    title = title_of(title)
    parts = BETWEEN.split(title)
    for place, part in enumerate(parts[1:-1], 1):
        if match := SEASON.fullmatch(part.strip()):
            season = number_of(match[1]) if match[1] else 1
            series, own = ": ".join(parts[:place]), ": ".join(parts[place + 1 :])
            return Work(series, medium="series", season=season, episode_title=own)
    return Work(title) if title else None


READER = Reader(
    "netflix", NAMES, fits, records,
    not_read=_("Payments, messages, devices and addresses in it are not read."),
)  # fmt: skip
