"""Counts, times and lengths as people read them, in the language of the page.

Whoever has a noun to count brings it along as `ngettext_lazy("%(count)s page", "%(count)s pages", "number")`.
"""

import math
from collections.abc import Callable, Iterable
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext, ngettext_lazy, pgettext

JUST_NOW = 45  # seconds
TEASER = 140  # characters
# Up to how many seconds a time is told in which unit, and how many seconds that has.
UNITS_OF_TIME = (
    (3600, 60, ngettext_lazy("%(count)s min ago", "%(count)s min ago", "number")),
    (86_400, 3600, ngettext_lazy("%(count)s h ago", "%(count)s h ago", "number")),
    (7 * 86_400, 86_400, ngettext_lazy("%(count)s day ago", "%(count)s days ago", "number")),
)
SECONDS = ngettext_lazy("%(count)s second", "%(count)s seconds", "number")
SPANS = (
    (3600, ngettext_lazy("%(count)s hour", "%(count)s hours", "number")),
    (60, ngettext_lazy("%(count)s minute", "%(count)s minutes", "number")),
)


def compact(number: int | None) -> str:
    """A count that fits: 1204 is 1,204; 12400 is 12.4k; 3000000 is 3m."""
    number = int(number or 0)
    if number < 1000:
        return str(number)
    if number < 10_000:
        return number_format(number, force_grouping=True)
    if number < 1_000_000:
        return gettext("%(number)sk") % {"number": _three_digits(number, 1_000)}
    return gettext("%(number)sm") % {"number": _three_digits(number, 1_000_000)}


def _three_digits(number: int, size: int) -> str:
    whole, tenth = divmod(number * 10 // size, 10)
    if tenth and whole < 100:
        return number_format((10 * whole + tenth) / 10, 1)
    return str(whole)


def stars_in_words(halves: float) -> str:
    """Half stars in words: 7 is 3.5 of 5 stars."""
    number = number_format(halves / 2, 1 if halves % 2 else 0)
    return gettext("%(number)s of 5 stars") % {"number": number}


def counted(number: int | None, forms: Any, **others: Any) -> str:
    """A count with its noun, or a sentence with a count in it.

    Args:
        forms: from `ngettext_lazy`, chosen by "number", with `%(count)s` where the count stands.
        others: what else stands in the sentence, by its name there.
    """
    number = int(number or 0)
    return str(forms % {"number": number, "count": compact(number), **others})


def ago(when: datetime, now: datetime) -> str:
    """How long ago, in one unit; from a week on the date, with the year unless it is this year."""
    return ago_at(now)(when)


def ago_at(now: datetime) -> Callable[[datetime], str]:
    """The same of many times: what is one for all of them is looked up once."""
    language, zone = get_language(), timezone.get_current_timezone()
    this_year = now.astimezone(zone).year

    def ago(when: datetime) -> str:
        seconds = (now - when).total_seconds()
        if seconds < JUST_NOW:
            return gettext("just now")
        for step, (limit, unit, _forms) in enumerate(UNITS_OF_TIME):
            if seconds < limit:
                return _counted_step(step, max(1, int(seconds // unit)), language)
        day = when.astimezone(zone).date()
        return _short_date(day, day.year == this_year, language)

    return ago


@lru_cache(maxsize=1_000)
def _counted_step(step: int, number: int, language: str) -> str:
    """So many minutes, hours or days ago, which a thread says hundreds of times."""
    return counted(number, UNITS_OF_TIME[step][2])


@lru_cache(maxsize=2_000)
def _short_date(day: date, is_this_year: bool, language: str) -> str:
    return date_format(day, pgettext("date format", "j M") if is_this_year else "SHORT_DATE_FORMAT")


def named_day(day: Any) -> str:
    """Today, yesterday, or the day with its month in full."""
    names = {0: gettext("Today"), 1: gettext("Yesterday")}
    return names.get((timezone.localdate() - day).days) or long_date(day)


def long_date(day: Any) -> str:
    """A day with its month in full: 15 November 2025."""
    return date_format(day, "DATE_FORMAT")


def span(seconds: float) -> str:
    """How long to wait, rounded up: 40 seconds, 3 minutes, 2 hours."""
    for size, forms in SPANS:
        if seconds > 1.5 * size:
            return counted(math.ceil(seconds / size), forms)
    return counted(math.ceil(seconds), SECONDS)


def timecode(seconds: int | None) -> str:
    """A place in a recording: 1990 is 33:10, 5530 is 1:32:10."""
    if seconds is None:
        return ""
    minutes, second = divmod(int(seconds), 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour}:{minute:02}:{second:02}" if hour else f"{minute}:{second:02}"


def runtime(minutes: int | None) -> str:
    """How long something runs: 128 is 2 h 8 min."""
    hours, rest = divmod(int(minutes or 0), 60)
    if not hours:
        return gettext("%(minutes)s min") % {"minutes": rest} if rest else ""
    if not rest:
        return gettext("%(hours)s h") % {"hours": hours}
    return gettext("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": rest}


def percent(share: int) -> str:
    """A share in whole percent: 46 %."""
    return gettext("%(share)s %%") % {"share": share}


def listed(parts: Iterable[Any]) -> str:
    """Several in a row, as the language puts them: 3 members, 5 pages."""
    return _between(get_language()).join(map(str, parts))


@lru_cache(maxsize=100)
def _between(language: str) -> str:
    return pgettext("between two of several", ", ")


def teaser(text: str, limit: int = TEASER) -> str:
    """The beginning of a plain text, cut at a word: what two lines can show.

    A text with markup of ours, such as the marks of a search, was cut where it was marked.
    """
    if len(text) <= limit or isinstance(text, SafeString):
        return text
    head, _space, _rest = text[:limit].rpartition(" ")
    return (head or text[:limit]).rstrip(" .,;:–—-") + "…"
