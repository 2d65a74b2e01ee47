"""A list as feeds tell it: the same title, addresses and entries for every way of writing them down."""

import re
from dataclasses import dataclass

from django.utils.cache import patch_cache_control, patch_vary_headers
from django.views.decorators.http import conditional_page

from moments.syndication.entries import Entry, entries_of
from moments.syndication.page_titles import SITE
from reelive.routes import declaration_of

FRESH_SECONDS = 120
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Answer:
    """A list as its feed tells it; path and query are of its page.

    `feed_path` is where the feed itself is; without one it is one step below the page.
    """

    title: str
    path: str
    query: str
    entries: list[Entry]
    feed_path: str = ""

    def feed_address(self, step: str) -> str:
        """The path and query of the feed, which is `step` below the page unless it has a path of its own."""
        return self.feed_path or f"{self.path}{step}{self.query}"


def answer_of(find, request, **arguments) -> Answer:
    """What the listing holds that `find(request, …)` answers for the arguments of an address."""
    listing = find(request, **arguments)
    title = f"{SITE}: {listing.title or declaration_of(request).title}"
    return Answer(title, listing.path, listing.query, entries_of(listing, request.viewer))


def kept_for_a_moment(answer):
    """The view of a feed: kept for a moment by those who ask often, not sent again when nothing is new."""
    answer = conditional_page(answer)

    def view(request, **arguments):
        response = answer(request, **arguments)
        patch_vary_headers(response, ["Cookie"])
        for_all = request.viewer.sees_what_all_see
        kept = {"public": True} if for_all else {"private": True}
        patch_cache_control(response, max_age=FRESH_SECONDS, **kept)
        return response

    return view


def readable(text: str) -> str:
    """The text without what no XML can hold, however it came into the database."""
    return _NOT_XML.sub("", text)
