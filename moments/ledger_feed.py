"""The newest rows of the ledger as an Atom feed, under the filters of its page."""

from django.conf import settings
from django.urls import reverse
from django.utils.html import escape
from django.utils.http import urlencode

from moments.feeds import BEGINNING, ENTRIES, AtomFeed, Listing, as_xml, feed
from moments.meta import absolute
from moments.views.ledger import NEWEST, chosen_by, filtered, with_films


class LedgerFeed(AtomFeed):
    def item_title(self, row):
        return as_xml(str(row))

    def item_link(self, row):
        return absolute(row.get_absolute_url())

    def item_guid(self, row):
        return f"tag:{settings.SITE_HOST},{BEGINNING:%Y}:ledger/{row.number}"

    def item_author_name(self, row):
        return row.actor

    def item_author_link(self, row):
        return None

    def item_updateddate(self, row):
        return row.created

    def item_categories(self, row):
        return [row.get_reason_display()] if row.reason else []

    def item_extra_kwargs(self, row):
        return {"content": as_xml(f"<p>{escape(row.note)}</p><p><code>{row.hash}</code></p>")}


def find(request):
    chosen = chosen_by(request)
    rows, _film = filtered(chosen)
    named = {name: value for name, value in chosen.items() if value}
    query = f"?{urlencode(named)}" if named else ""
    return Listing(
        "Reelive: the ledger", reverse("ledger"), with_films(rows.order_by(*NEWEST)[:ENTRIES]), query
    )


view = feed(find, LedgerFeed)
