"""Every list as an Atom feed.

Addresses are made from SITE_URL and never from the request, and the ids of entries outlive a renaming.
"""

import re
from dataclasses import dataclass

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import conditional_page

from moments.syndication.entries import BEGINNING, Entry, entries_of, guid_of
from moments.syndication.page_metadata import absolute
from moments.syndication.page_titles import SITE
from reelive.routes import declaration_of

FRESH_SECONDS = 120
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Answer:
    """A list as its feed tells it; path and query are of its page."""

    title: str
    path: str
    query: str
    entries: list[Entry]


class Atom(Atom1Feed):
    """With the whole text of each entry; mentions in it lead to this site."""

    def root_attributes(self):
        return super().root_attributes() | {"xml:base": settings.SITE_URL}

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        if item["content"]:
            handler.addQuickElement("content", item["content"], {"type": "html"})

    def latest_post_date(self):
        # An empty feed is not new each time that it is asked for.
        return super().latest_post_date() if self.items else BEGINNING


class AtomFeed(Feed):
    """The feed of the listing that `find(request, …)` answers for the arguments of its address."""

    feed_type = Atom
    language = "en"
    item_description = None

    def __init__(self, find):
        self.find = find

    def get_object(self, request, **arguments):
        listing = self.find(request, **arguments)
        title = f"{SITE}: {listing.title or declaration_of(request).title}"
        return Answer(title, listing.path, listing.query, entries_of(listing, request.viewer))

    def title(self, answer):
        return as_xml(answer.title)

    def link(self, answer):
        return absolute(answer.path + answer.query)

    def feed_url(self, answer):
        return absolute(f"{answer.path}feed/{answer.query}")

    def feed_guid(self, answer):
        return guid_of(answer.path + answer.query)

    def items(self, answer):
        return answer.entries

    def item_title(self, entry):
        return as_xml(entry.title)

    def item_link(self, entry):
        return absolute(entry.link)

    def item_guid(self, entry):
        return entry.guid

    def item_author_name(self, entry):
        return entry.author or None

    def item_author_link(self, entry):
        return absolute(entry.author_link) or None

    def item_pubdate(self, entry):
        return entry.created

    def item_updateddate(self, entry):
        return entry.edited or entry.created

    def item_categories(self, entry):
        return [as_xml(category) for category in entry.categories]

    def item_extra_kwargs(self, entry):
        return {"content": as_xml(entry.content)}


def feed(find):
    """The view of a feed: kept for a moment by those who ask often, not sent again when nothing is new."""
    answer = conditional_page(AtomFeed(find))

    def view(request, **arguments):
        response = answer(request, **arguments)
        patch_vary_headers(response, ["Cookie"])
        for_all = request.viewer.sees_what_all_see
        kept = {"public": True} if for_all else {"private": True}
        patch_cache_control(response, max_age=FRESH_SECONDS, **kept)
        return response

    return view


def as_xml(text: str) -> str:
    """The text without what no XML can hold, however it came into the database."""
    return _NOT_XML.sub("", text)
