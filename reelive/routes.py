"""A page is declared once, where its address is: its shape, its title, its place in bars, indexes and feeds.

Three shapes: what a page reads, what a form asks, what a verb does. The declaration stays with the address,
so whoever has a request or the URLconf has all that was said here.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponsePermanentRedirect
from django.urls import URLPattern, URLResolver, get_resolver, path, reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe


@dataclass(frozen=True)
class Declaration:
    """What is said of an address beside its view.

    Args:
        section: the part of the site that a bar shows as the present one.
        title: what the page is called, unless `metadata` says it.
        indexed: whether search engines may list it; without a place in its address it is in the sitemap.
        crawled: whether robots may read it; never a form or a verb.
        feed, json_feed: the names of the addresses of its Atom feed and of its JSON feed.
        metadata: fills in what the head of the page says, from its context.
    """

    name: str = ""
    section: str = ""
    title: Any = ""
    indexed: bool = False
    crawled: bool = True
    feed: str = ""
    json_feed: str = ""
    metadata: Callable[..., Any] | None = None


NOT_DECLARED = Declaration()


def page(route, view, kwargs=None, *, name, **declared):
    """Something to read: GET and HEAD."""
    return _declare(route, require_safe(view), kwargs, Declaration(name, **declared))


def list_page(route, view, feed, kwargs=None, *, name, **declared):
    """A list, which search engines may index, and one step further down its feeds: an address each.

    Args:
        feed: the view of the Atom feed; where it has one of the same in JSON, `as_json`, there is that too.
    """
    declared = {"indexed": True} | declared
    title, as_json = declared.get("title", ""), getattr(feed, "as_json", None)
    names = {"feed": f"{name}-feed"} | ({"json_feed": f"{name}-json"} if as_json else {})
    feeds = [page(f"{route}feed/", feed, kwargs, name=names["feed"], title=title)]
    if as_json:
        feeds.append(page(f"{route}feed.json", as_json, kwargs, name=names["json_feed"], title=title))
    return [*feeds, page(route, view, kwargs, name=name, **names, **declared)]


def form(route, view, kwargs=None, *, name, **declared):
    """A form and its answer on one address: GET, HEAD and POST."""
    view = require_http_methods(["GET", "HEAD", "POST"])(view)
    return _declare(route, view, kwargs, Declaration(name, crawled=False, **declared))


def verb(route, view, kwargs=None, *, name, **declared):
    """One act: POST alone."""
    return _declare(route, require_POST(view), kwargs, Declaration(name, crawled=False, **declared))


def former(route, name):
    """The address that `name` had before. Whoever asks for it is led to the present one for good.

    The same arguments and the same query go along, and so does what was posted (308).
    """

    def lead(request, **arguments):
        query = request.META.get("QUERY_STRING", "")
        address = reverse(name, kwargs=arguments) + (f"?{query}" if query else "")
        return HttpResponsePermanentRedirect(address, preserve_request=request.method == "POST")

    return path(route, require_http_methods(["GET", "HEAD", "POST"])(lead))


def declaration_of(request) -> Declaration:
    """What was declared of the page that this request asks for; nothing for pages of others and errors."""
    match = getattr(request, "resolver_match", None)
    return getattr(match.func, "declaration", NOT_DECLARED) if match else NOT_DECLARED


def declarations(resolver=None, before="/") -> Iterator[tuple[str, Declaration]]:
    """All that is declared on this site, each with its address; "*" stands where an argument is."""
    for pattern in (resolver or get_resolver()).url_patterns:
        address = before + _with_stars(pattern)
        if isinstance(pattern, URLResolver):
            yield from declarations(pattern, address)
        elif hasattr(pattern.callback, "declaration"):
            yield address, pattern.callback.declaration


def _declare(route, view, kwargs, declaration) -> URLPattern:
    # The decorators of the three shapes make a function anew for each address, which this is hung on.
    view.declaration = declaration
    return path(route, view, kwargs, name=declaration.name)


def _with_stars(pattern) -> str:
    return re.sub(r"<[^>]+>", "*", str(pattern.pattern))
