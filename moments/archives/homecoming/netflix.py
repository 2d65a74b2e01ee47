"""Netflix's viewing history: the short table that anybody saves, and the long one that one asks for.

Titles are all that there is. Days are written as the language of the account does, and only the file as a
whole tells in which order; an episode has its title and no number.
"""

import re
from datetime import UTC, date, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from moments.catalogue.works import Work

from .reader import Reader
from .records import Once, watched
from .refusals import MixedDates
from .values import moment_of, number_of, text_of, title_of

NAMES = re.compile(r"(?:.*/)?(?:Netflix)?Viewing(?:History|Activity)[^/]*\.csv", re.IGNORECASE)
BETWEEN_NAMES = re.compile(r"[ \u00a0\u202f]*: +")
SEASON = re.compile(
    r"(?:season|series|saison|staffel|temporada|stagione|seizoen|säsong|sæson|sesong|sezon|kausi|évad|part|partie"
    r"|parte|teil|volume|book|livre|シーズン|시즌)[ \u00a0]?(\d{1,3})|(?:limited|mini)[ -]?s[eé]rie[s]?",
    re.IGNORECASE,
)
DATE = re.compile(r"(\d{1,4})([/.\-])( ?)(\d{1,2})\2 ?(\d{1,4})(\.?)")
# Which of the three numbers of a date is the year, the month and the day.
MONTH_FIRST, DAY_FIRST, YEAR_FIRST = (2, 0, 1), (2, 1, 0), (0, 1, 2)
FIRST_YEAR = 2007  # when people began to see films there
WATCHED_FROM = 120  # seconds; who left before only looked


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
        if row.get("supplemental video type", "").strip() or _seconds(row["duration"]) < WATCHED_FROM:
            bundle.leave_out()
        else:
            day, time = moment_of(row["start time"])
            yield row["title"], day, time, title_of(row["profile name"])


def _seconds(text):
    """The seconds of a length such as 01:30:00; enough where it is none, so that nothing is lost."""
    parts = [number_of(part) for part in text_of(text, 20).split(":")]
    if len(parts) != 3 or None in parts:
        return WATCHED_FROM
    return parts[0] * 3600 + parts[1] * 60 + parts[2]


def _history(bundle, name):
    order = _Order(datetime.now(UTC).date() + timedelta(days=1))
    for row in bundle.rows_ahead(name):
        order.learn(row["date"])
    chosen = order.chosen()
    for row in bundle.rows(name):
        yield row["title"], _day(row["date"], chosen), None, ""


class _Order:
    """In which order a file writes its days: one that makes days of all, with the newest rows at the top."""

    def __init__(self, last_day):
        self.last_day, self.usual = last_day, set()
        self.fails = dict.fromkeys((MONTH_FIRST, DAY_FIRST, YEAR_FIRST), 0)
        self.upwards, self.before = dict(self.fails), {}

    def learn(self, text):
        """Try all of them on a date. One that is a day by now in none of them says nothing."""
        found = {order: day for order in self.fails if (day := _day(text, order))}
        if found:
            self.usual.add(_usual(text))
        found = {order: day for order, day in found.items() if day <= self.last_day}
        for order in self.fails if found else ():
            if day := found.get(order):
                self.upwards[order] += day > self.before.get(order, day)
                self.before[order] = day
            else:
                self.fails[order] += 1

    def chosen(self):
        """Raises MixedDates where no order makes days of all that are days."""
        fitting = [order for order, fails in self.fails.items() if not fails]
        if not fitting:
            raise MixedDates
        usual = self.usual.pop() if len(self.usual) == 1 else DAY_FIRST
        return min(fitting, key=lambda order: (self.upwards[order], order != usual, order != DAY_FIRST))


def _usual(text):
    """The order in which a date that looks so mostly stands: 1/5/26 in America, 26. 1. 5. in Korea."""
    *_numbers, last, mark, space, dot = _parts(text)
    is_short = last < 100
    if mark == "/":
        return MONTH_FIRST if is_short else DAY_FIRST
    return YEAR_FIRST if is_short and space and dot else DAY_FIRST


def _parts(text):
    """The three numbers of a date, the sign between them, and the space and the dot that it may have."""
    match = DATE.fullmatch(" ".join(text[:30].split()))
    return match and (int(match[1]), int(match[4]), int(match[5]), match[2], match[3], match[6])


def _day(text, order):
    """The day of a date in one of the three orders; None where that makes none."""
    if not (numbers := _parts(text)):
        return None
    year, month, day = (numbers[place] for place in order)
    try:
        found = date(year + 2000 if year < 100 else year, month, day)
    except ValueError:
        return None
    return found if FIRST_YEAR <= found.year <= 2100 else None


def work_of(title):
    """The work of a title such as "Lost: Season 1: Pilot"; one without a season may be a film or a series."""
    title = title_of(title)
    parts = BETWEEN_NAMES.split(title)
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
