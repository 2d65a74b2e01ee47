"""A history for its templates: what an edit took out and put in."""

from urllib.parse import urlsplit

from django import template
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from moments.revisions.diff import CUT, GONE, NEW

register = template.Library()


@register.filter
def visible(text):
    """A change of nothing but space, made something to see."""
    return text if text.strip() else text.replace("\n", "↵\n").replace(" ", "␣")


@register.filter
def known_from(source):
    """Where facts are known from; a link says which site it leads to."""
    site = urlsplit(source).netloc if source.startswith(("https://", "http://")) else ""
    if not site:
        return source
    return format_html('<a href="{}" rel="nofollow ugc noopener">{}</a>', source, site.removeprefix("www."))


@register.simple_tag
def passage_html(passage):
    """Words that went, came and stayed, as one line of HTML since spaces show; spoilers are hidden."""
    runs = mark_safe("".join(_run_html(kind, text) for kind, text in passage.runs))  # noqa: S308 -- escaped
    if not passage.hidden:
        return runs
    return format_html(
        '<label class="spoiler"><input type="checkbox" aria-label="{}"><span>{}</span></label>',
        _("Show spoiler"),
        runs,
    )


def _run_html(kind, text):
    if kind == GONE:
        return _marked("del", _("removed:"), text)
    if kind == NEW:
        return _marked("ins", _("added:"), text)
    if kind == CUT:
        return format_html('<span class="revision-cut"> {} </span>', text)
    return format_html("{}", text)


def _marked(element, word, text):
    """The text in its element, with a word for those who do not see how it is marked."""
    return format_html(
        '<{0}><span class="sr-only"> [{1} </span>{2}<span class="sr-only">] </span></{0}>',
        element,
        word,
        visible(text),
    )
