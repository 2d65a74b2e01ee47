"""What a record says in the terms of the diary: its day where the member lives, its time, text and tags."""

import re
from datetime import UTC, datetime, time, timedelta

from moments.models.diary_entry import FIRST_YEAR
from moments.models.diary_entry_queryset import SOME_TIME_AGO
from reelive.text import TAG_COUNT, clean, normalise_tag

# What some places mark texts with, and how that is marked here.
MARKDOWN_OF_HTML = {"i": "*", "em": "*", "b": "**", "strong": "**"}
HTML_MARK = re.compile(r"<(?:br ?/?|/?(?:i|em|b|strong|p|blockquote)|a [^<>]{0,500}|/a)>", re.IGNORECASE)
SPOILER = re.compile(r"\[spoiler\](.*?)\[/spoiler\]", re.IGNORECASE | re.DOTALL)
WITH_HTML = ("letterboxd", "letterboxd-form")
NOON = time(12, tzinfo=UTC)


def day_of(batch, record):
    """The day, or the one of some time ago; None for one that is still to come.

    Where somebody is ahead of the zone that they are known to live in, it may be tomorrow: that is today.
    """
    day = record.time.astimezone(batch.zone).date() if record.time else record.day
    if day is None or day.year < FIRST_YEAR:
        return SOME_TIME_AGO
    return min(day, batch.today) if day <= batch.today + timedelta(days=1) else None


def created_of(batch, record):
    """When it was said there, so that it is nowhere among what is new; the time of now where nobody knows."""
    when = record.time or (record.day and datetime.combine(record.day, NOON))
    return min(when, batch.now) if when and when.year >= FIRST_YEAR else batch.now


def tags_of(names):
    """Those that are tags here, as many as there is room for."""
    tags = []
    for name in names:
        try:
            tags.append(normalise_tag(name))
        except ValueError:
            continue
    return list(dict.fromkeys(tags))[:TAG_COUNT]


def text_here(batch, record):
    """The text as it may be kept, with the marks of this site; what gives the story away is folded."""
    text = record.text
    if "<" in text and batch.source in WITH_HTML:
        text = HTML_MARK.sub(_mark, text)
    text = clean(SPOILER.sub(r"||\1||", text)) if text else ""
    return f"||{text}||" if text and record.is_spoiler and "||" not in text else text


def _mark(match):
    name = match[0].strip("</ >").lower()
    return MARKDOWN_OF_HTML.get(name, "\n" if name in ("br", "p") else "")
