"""The newest hash of the ledger, which every page shows, and what a row says."""

from django import template
from django.utils.html import conditional_escape, escape, format_html
from django.utils.safestring import mark_safe

from moments.ledger.sentences import sentence_of
from moments.models import LedgerEntry

register = template.Library()


@register.simple_tag
def ledger_head():
    return LedgerEntry.objects.head()


@register.simple_tag
def ledger_sentence(row):
    """The sentence of a row, in which its target is a link where it has an address."""
    target = conditional_escape(row.described)
    if row.target_url:
        target = format_html('<a href="{}">{}</a>', row.target_url, target)
    words = {"actor": format_html("<b>@{}</b>", row.actor), "target": target}
    return mark_safe(escape(sentence_of(row.action)) % words)  # noqa: S308
