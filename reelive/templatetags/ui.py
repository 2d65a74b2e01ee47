"""The interface for templates: icons, times, counts and the page's style sheets."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from reelive import formats, partial_dates
from reelive.management.commands.bundle import BUNDLE, sheets
from reelive.markdown import in_language
from reelive.routes import declaration_of
from reelive.toasts import ToastVerbs, verbs_of

register = template.Library()

register.filter("compact", formats.compact)
register.filter("long_date", formats.long_date)
register.filter("partial_date", partial_dates.worded)
register.filter("percent", formats.percent)
register.filter("runtime", formats.runtime)
register.filter("span", formats.span)
register.filter("teaser", formats.teaser)
register.filter("timecode", formats.timecode)


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An icon of the sprite; hidden from screen readers unless it has a label."""
    if not label:
        return _silent_icon(name)
    return format_html('<svg class="icon" role="img" aria-label="{}">{}</svg>', label, _picture_of(name))


@register.simple_tag
def tab_links(tabs: Iterable[Mapping[str, Any]]) -> SafeString:
    """The links of `_tabs.html`; by hand, since a page of results has nine of them."""
    return format_html_join("\n", '<a href="{}"{}>{}{}</a>', map(_tab, tabs))


def _tab(tab: Mapping[str, Any]) -> tuple[str, ...]:
    current = SafeString(' aria-current="page"') if tab["current"] else ""
    count = format_html(" <small>{}</small>", tab["count"]) if tab.get("count") else ""
    return tab["url"], current, str(tab["label"]), count


@cache
def _silent_icon(name: str) -> SafeString:
    # A feed shows a hundred of them: where the sprite lies is looked up once for each.
    return format_html('<svg class="icon" aria-hidden="true">{}</svg>', _picture_of(name))


def _picture_of(name: str) -> SafeString:
    return format_html('<use href="{}#{}"/>', static("img/icons.svg"), name)


@register.simple_tag
def since(when: datetime | None, ago: str = "") -> SafeString | str:
    """A relative time; the exact one is in the element, and times.js shows it on hover.

    `ago` is how long ago it was, from whoever knows that better: HTML that is kept does not.
    """
    if when is None:
        return ""
    return format_html('<time datetime="{}">{}</time>', exact(when), ago or formats.ago(when, timezone.now()))


@register.filter
def exact(when: datetime) -> str:
    """A time as the element <time> takes it: a database keeps finer ones than HTML knows."""
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%MZ")


@register.filter
def stored_html(markup: str) -> SafeString:
    """HTML that reelive.markdown made and sanitised when the text was saved; never for anything else."""
    return mark_safe(in_language(markup, escape(gettext("Show spoiler"))))  # noqa: S308


@register.simple_tag
def stylesheets() -> SafeString:
    """The bundle in production; file by file while working on them."""
    source = Path(settings.BASE_DIR, "static")
    names = [f"css/{path.name}" for path in sheets(source / "css")] if settings.DEBUG else [BUNDLE]
    return format_html_join("\n", '<link rel="stylesheet" href="{}">', ((static(name),) for name in names))


@register.simple_tag
def section(request: HttpRequest | None) -> str:
    """The part of the site that this page belongs to, for the bars."""
    return declaration_of(request).section


@register.simple_tag
def toast_verbs(message: object) -> ToastVerbs:
    """The link and the undo of a toast."""
    return verbs_of(message)


@register.filter
def without_scheme(address: str) -> str:
    """An address as people write it: example.org/me."""
    return address.removeprefix("https://").removesuffix("/")
