"""The newest hash of the ledger, which every page shows."""

from django import template

from moments.models import LedgerEntry

register = template.Library()


@register.simple_tag
def ledger_head():
    return LedgerEntry.objects.head()
