"""A list as a JSON Feed (version 1.1), beside its Atom feed and with the same entries."""

import json
from typing import Any

from django.conf import settings
from django.http import HttpResponse

from moments.syndication.addresses import absolute
from moments.syndication.answers import Answer, answer_of, kept_for_a_moment, readable
from moments.syndication.entries import Entry

JSON_FEED_VERSION = "https://jsonfeed.org/version/1.1"
CONTENT_TYPE = "application/feed+json; charset=utf-8"


def json_feed(find):
    """The view of the JSON feed of the listing that `find(request, …)` answers."""

    def answer(request, **arguments):
        return written_as_json(answer_of(find, request, **arguments))

    return kept_for_a_moment(answer)


def written_as_json(answer: Answer) -> HttpResponse:
    feed = {
        "version": JSON_FEED_VERSION,
        "title": readable(answer.title),
        "home_page_url": absolute(answer.path + answer.query),
        "feed_url": absolute(answer.feed_address("feed.json")),
        "language": "en",
        "items": [_item(entry) for entry in answer.entries],
    }
    return HttpResponse(json.dumps(feed, ensure_ascii=False, indent=1), content_type=CONTENT_TYPE)


def _item(entry: Entry) -> dict[str, Any]:
    item = {
        "id": entry.guid,
        "url": absolute(entry.link),
        "title": readable(entry.title),
        "content_html": _with_whole_addresses(readable(entry.content)),
        "date_published": entry.created.isoformat(),
        "date_modified": (entry.edited or entry.created).isoformat(),
    }
    if entry.author:
        link = {"url": absolute(entry.author_link)} if entry.author_link else {}
        item["authors"] = [{"name": entry.author, **link}]
    if entry.categories:
        item["tags"] = [readable(category) for category in entry.categories]
    return item


def _with_whole_addresses(html: str) -> str:
    """Mentions lead to paths of this site, and JSON knows no base for them."""
    return html.replace(' href="/', f' href="{settings.SITE_URL}/')
