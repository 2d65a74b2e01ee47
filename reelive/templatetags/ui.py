"""Small words of the interface: icons, times, counts and the page's style sheets."""

import math
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from reelive.management.commands.bundle import BUNDLE, sheets

register = template.Library()

STEPS = ((3600, 60, "min,min"), (86_400, 3600, "h,h"), (7 * 86_400, 86_400, "day"))
JUST_NOW = 45
TEASER = 140
SECTIONS = {
    **dict.fromkeys(["home", "new", "top"], "feed"),
    **dict.fromkeys(["films", "film", "film-songs", "film-trivia", "film-add", "moment"], "films"),
    **dict.fromkeys(["songs", "song"], "songs"),
    **dict.fromkeys(["trivia", "trivium"], "trivia"),
    **dict.fromkeys(["feelings", "feeling"], "feelings"),
    **dict.fromkeys(["share", "moment-add", "song-add", "trivia-add"], "share"),
    "search": "search",
}


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An icon of the sprite; hidden from screen readers unless it has a label."""
    if not label:
        return _silent_icon(name)
    return format_html('<svg class="icon" role="img" aria-label="{}">{}</svg>', label, _picture_of(name))


@cache
def _silent_icon(name: str) -> SafeString:
    # A feed shows a hundred of them: where the sprite lies is looked up once for each.
    return format_html('<svg class="icon" aria-hidden="true">{}</svg>', _picture_of(name))


def _picture_of(name: str) -> SafeString:
    return format_html('<use href="{}#{}"/>', static("img/icons.svg"), name)


def ago(when: datetime, now: datetime) -> str:
    """How long ago, in one unit; from a week on the date, with the year unless it is this year."""
    seconds = (now - when).total_seconds()
    if seconds < JUST_NOW:
        return "just now"
    for limit, unit, name in STEPS:
        if seconds < limit:
            return f"{counted(max(1, int(seconds // unit)), name)} ago"
    this_year = timezone.localtime(when).year == timezone.localtime(now).year
    return date_format(timezone.localtime(when), "j M" if this_year else "j M Y")


@register.simple_tag
def since(when: datetime | None) -> SafeString | str:
    """A relative time; the exact one is in the element, and times.js shows it on hover."""
    if when is None:
        return ""
    exact = when.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ")
    return format_html('<time datetime="{}">{}</time>', exact, ago(when, timezone.now()))


@register.filter
def compact(number: int | None) -> str:
    """A count that fits: 1204 is 1,204; 12400 is 12.4k; 3000000 is 3m."""
    number = int(number or 0)
    for size, letter in ((1_000_000, "m"), (1_000, "k")):
        if number >= max(size, 10_000):
            whole, tenth = divmod(number * 10 // size, 10)
            return f"{whole}.{tenth}{letter}" if tenth and whole < 100 else f"{whole}{letter}"
    return f"{number:,}"


@register.filter
def counted(number: int | None, noun: str) -> str:
    """A count with its noun: `counted:"moment"` is "1 moment", "2 moments"; `"reply,replies"` names both."""
    one, _, many = noun.partition(",")
    return f"{compact(number)} {one if number == 1 else many or one + 's'}"


@register.filter
def timecode(seconds: int | None) -> str:
    """A place in a film: 1990 is 33:10, 5530 is 1:32:10."""
    if seconds is None:
        return ""
    minutes, second = divmod(int(seconds), 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour}:{minute:02}:{second:02}" if hour else f"{minute}:{second:02}"


@register.filter
def runtime(minutes: int | None) -> str:
    """The length of a film: 128 is 2 h 8 min."""
    hours, rest = divmod(int(minutes or 0), 60)
    return " ".join(part for part in (f"{hours} h" if hours else "", f"{rest} min" if rest else "") if part)


@register.filter
def teaser(text: str, limit: int = TEASER) -> str:
    """The beginning of a plain text, cut at a word: what two lines of a card can show.

    What comes with markup of ours, such as the marks of a search, was cut by whoever marked it.
    """
    if len(text) <= limit or isinstance(text, SafeString):
        return text
    head, _space, _rest = text[:limit].rpartition(" ")
    return (head or text[:limit]).rstrip(" .,;:–—-") + "…"


@register.filter
def stored_html(markup: str) -> SafeString:
    """HTML that reelive.markdown made and sanitised when the text was saved; never for anything else."""
    return mark_safe(markup)  # noqa: S308


@register.simple_tag
def stylesheets() -> SafeString:
    """The bundle in production; file by file while working on them."""
    source = Path(settings.BASE_DIR, "static")
    names = [f"css/{path.name}" for path in sheets(source / "css")] if settings.DEBUG else [BUNDLE]
    return format_html_join("\n", '<link rel="stylesheet" href="{}">', ((static(name),) for name in names))


@register.filter
def span(seconds: float) -> str:
    """How long to wait, rounded up: 40 seconds, 3 minutes, 2 hours."""
    for size, noun in ((3600, "hour"), (60, "minute")):
        if seconds > 1.5 * size:
            return counted(math.ceil(seconds / size), noun)
    return counted(math.ceil(seconds), "second")


@register.simple_tag
def section(request: HttpRequest | None) -> str:
    """The part of the site that this page belongs to, for the bars."""
    match = getattr(request, "resolver_match", None)
    return SECTIONS.get(match.url_name, "") if match else ""
