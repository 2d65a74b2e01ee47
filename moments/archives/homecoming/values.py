"""What a cell or a value of JSON says, which anybody may have written; what makes no sense says nothing."""

import math
import re
from datetime import UTC, date, datetime

LONGEST_TITLE, LONGEST_TEXT, LONGEST_TAG, MOST_TAGS = 300, 100_000, 60, 40
FIRST_YEAR, LAST_YEAR = 1870, 2100
UNKNOWN_DAYS = {date(1970, 1, 1), date(1, 1, 1), date(1900, 1, 1)}  # how places write that they do not know
DROPPED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
IMDB = re.compile(r"(?:tt)?([0-9]{5,9})")
DIGITS_ALONE = re.compile(r"[0-9]{1,10}")
DOTTED = re.compile(r"^([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4})")
EPOCH = re.compile(r"[0-9]{9,16}")
NUMBER_TYPED = re.compile(r"-?[0-9]{1,9}(?:[.,][0-9]{1,9})?")
SLUG = re.compile(r"https?://(?:www\.)?letterboxd\.com/(?:[\w-]+/)?film/([\w-]{1,100})/?.*")
TRUE = {"true", "yes", "1", "on"}


def text_of(value, longest=LONGEST_TEXT):
    """The text without what no database keeps; empty for what is none."""
    if not isinstance(value, str):
        return ""
    value = value[: 2 * longest].replace("\r\n", "\n").replace("\r", "\n")
    return DROPPED.sub("", value).strip()[:longest]


def title_of(value):
    """A title or a name, on one line."""
    return " ".join(text_of(value, LONGEST_TITLE).split())


def number_of(value, most=100_000):
    """A whole number from 0 on, given as a number or a text; None for any other."""
    exact = _exact(value)
    return int(exact) if exact is not None and exact == int(exact) and 0 <= exact <= most else None


def _exact(value):
    if isinstance(value, str):
        value = value.strip()
        return float(value.replace(",", ".")) if NUMBER_TYPED.fullmatch(value) else None
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value) if abs(value) < 10**12 else None


def year_of(value):
    """The year of a number, or of a text that begins with one; None where it is none of film."""
    year = number_of(value[:4] if isinstance(value, str) else value)
    return year if year and FIRST_YEAR <= year <= LAST_YEAR else None


def is_true(value):
    return value is True or (isinstance(value, str | int) and str(value)[:8].strip().lower() in TRUE)


def day_of(value):
    """The day that a text begins with, such as 2026-01-31; None for one that stands for an unknown day."""
    return moment_of(value)[0]


def moment_of(value):
    """The day and the time of it in UTC, each None where it is not said. A time without a zone is in UTC.

    A day may be written like 31.1.2026 as well, which means the same wherever one writes so.
    """
    if not isinstance(value, str) or not 8 <= len(value := value.strip()) <= 40:
        return None, None
    value = DOTTED.sub(lambda match: f"{match[3]}-{match[2]:0>2}-{match[1]:0>2}", value)
    if len(value) < 10:
        return None, None
    try:
        when = datetime.fromisoformat(value.removesuffix(" UTC"))
        when = when.astimezone(UTC) if when.tzinfo else when.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return None, None
    day = when.date()
    if day in UNKNOWN_DAYS or not FIRST_YEAR <= day.year <= LAST_YEAR:
        return None, None
    return day, when if len(value) > 10 else None


def moment_of_epoch(value):
    """The same of a text that counts seconds since 1970, or their thousandths or millionths."""
    if not isinstance(value, str) or not EPOCH.fullmatch(value := value.strip()):
        return None, None
    seconds = int(value)
    while seconds >= 10**11:
        seconds //= 1000
    return moment_of(datetime.fromtimestamp(seconds, UTC).isoformat())


def rating_of(value, best=10):
    """Half stars, from a rating of 1 to `best`; None where there is none."""
    exact = _exact(value)
    if exact is None or not 0 < exact <= best:
        return None
    return max(1, math.floor(exact * 10 / best + 0.5))


def tags_of(value, by=","):
    """The tags of a text, each once. Quotes around a tag are not part of it."""
    names = (title_of(name.strip(' "#'))[:LONGEST_TAG] for name in text_of(value, 4_000).split(by))
    return tuple(dict.fromkeys(name for name in names if name))[:MOST_TAGS]


def ids_of(imdb=None, letterboxd=None, **numbers):
    """Those that are ids, by their place."""
    found = {"imdb": imdb_id(imdb), "letterboxd": film_slug(letterboxd)}
    found |= {place: number_id(value) for place, value in numbers.items()}
    return {place: text for place, text in found.items() if text}


def imdb_id(value):
    match = IMDB.fullmatch(str(value).strip()) if isinstance(value, str) else None
    return f"tt{match[1].zfill(7)}" if match else ""


def number_id(value):
    """An id that is a number, given as a number or a text."""
    if isinstance(value, float) and value.is_integer() and value < 10**10:
        value = int(value)
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    text = text.strip().removesuffix(".0") if isinstance(text, str) and len(text) <= 20 else ""
    return text if DIGITS_ALONE.fullmatch(text) and text.strip("0") else ""


def film_slug(value):
    """The id of a film at Letterboxd, where its address says it; the short ones say none."""
    match = SLUG.fullmatch(value.strip()) if isinstance(value, str) and len(value) < 300 else None
    return match[1] if match else ""


def object_of(value):
    """The object of JSON that it is, or an empty one."""
    return value if isinstance(value, dict) else {}


def objects_in(value):
    """The objects in a list of JSON; none where it is no list."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
