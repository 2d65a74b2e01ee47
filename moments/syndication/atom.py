"""Every list as an Atom feed.

Addresses are made from SITE_URL and never from the request, and the ids of entries outlive a renaming.
"""

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.utils.feedgenerator import Atom1Feed

from moments.syndication.addresses import absolute
from moments.syndication.answers import Answer, answer_of, kept_for_a_moment
from moments.syndication.answers import readable as as_xml
from moments.syndication.entries import BEGINNING, guid_of
from moments.syndication.json_feed import json_feed


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
        return answer_of(self.find, request, **arguments)

    def title(self, answer):
        return as_xml(answer.title)

    def link(self, answer):
        return absolute(answer.path + answer.query)

    def feed_url(self, answer):
        return absolute(answer.feed_address("feed/"))

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


class AtomOfAnswer(AtomFeed):
    """The same of an answer that is there already."""

    def __init__(self, answer: Answer):
        self.answer = answer

    def get_object(self, request, **arguments):
        return self.answer


def feed(find):
    """The view of a list's Atom feed; `as_json` is that of its JSON feed."""
    view = kept_for_a_moment(AtomFeed(find))
    view.as_json = json_feed(find)
    return view


def written_as_atom(request, answer: Answer):
    return AtomOfAnswer(answer)(request)
