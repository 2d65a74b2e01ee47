"""How a song is heard, in words."""

from django import template
from django.utils.html import format_html

from reelive.formats import timecode

register = template.Library()


@register.filter
def heard_from_to(use):
    """From when to when a song is heard, as times of the film, behind a dot; nothing where nobody said it."""
    times = [timecode(second) for second in (use.starts, use.ends) if second is not None]
    return format_html(" · {}", "–".join(times)) if times else ""


@register.filter
def times_and_note(use):
    """The same with the note."""
    times = heard_from_to(use)
    return format_html("{} · <bdi>{}</bdi>", times, use.note) if use.note else times
