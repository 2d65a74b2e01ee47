"""Pages kept whole: what visitors get alike is made once in a few seconds, and answered before Django.

A page is kept as it was sent, compressed and with all its headers, when it answers a GET without cookies
(but the theme), with 200, and is nobody's own; one for each language that the site has. A form that may have
changed what visitors see ends the life of all pages: its time is written into a file at which all processes
of this machine look, and where there is Redis, those of other machines are told (see reelive.changes). What
changes in another way, by a command or on a machine that cannot be told, shows after `PAGE_SECONDS` at the
latest.
"""

import os
from collections import OrderedDict
from collections.abc import Callable, Iterable
from contextlib import suppress
from hashlib import blake2b
from mmap import ACCESS_READ, mmap
from pathlib import Path
from time import monotonic, time_ns
from typing import Any, NamedTuple, Protocol

from django.utils.http import parse_etags, parse_http_date_safe

from reelive.compression import encoding_for
from reelive.cookies import UNREADABLE
from reelive.languages import language_of_browser

MOST_BYTES = 8 * 1024 * 1024  # of all pages, with their headers and addresses
MOST_PAGES = 1_000
LARGEST = 512 * 1024
MARK_BYTES = 8
LONGEST_ADDRESS = 512  # letters of path and query
OVERHEAD = 200  # bytes that Python needs beside the letters of a header or an address
# The parameters by which lists are ordered and paged; an app adds those by which its own are chosen, the
# `list_parameters` of its AppConfig. A page that is asked for with any other one is answered anew: whoever
# makes parameters up makes no pages to keep. Searches differ too much to be kept.
PARAMETERS = {"after", "order", "p", "pages", "sort"}
SAFE = {"GET", "HEAD", "OPTIONS"}
# In the environ, set by the site: the request has changed nothing that visitors see.
UNCHANGED = "reelive.unchanged"
# The same: the name of the route that answered; and whether the page was a kept one, where it could be.
ROUTE, WAS_KEPT = "reelive.route", "reelive.kept"
# For the site: the last change that was known when a page was asked for; not to a member while changes on
# other machines are not heard of. From it: since when the page may be out of date, in seconds of the
# monotonic clock, where that is earlier than now.
MARK, AS_OF = "reelive.mark", "reelive.as_of"
WITHOUT_COOKIES = {"", "theme=dark", "theme=light", "theme=system"}
# What else of a request may change the answer: who brings one of these is always answered anew.
PERSONAL = (
    *("HTTP_AUTHORIZATION", "HTTP_HX_REQUEST", "HTTP_RANGE"),
    *("HTTP_IF_MATCH", "HTTP_IF_UNMODIFIED_SINCE"),
)
SCHEMES = {None, "http", "https"}
NOT_MODIFIED = "304 Not Modified"
# What it leaves out: it has no body.
OF_THE_BODY = {"content-length", "content-type", "content-encoding"}

Headers = list[tuple[str, str]]
StartResponse = Callable[[str, Headers], Any]
Site = Callable[[dict[str, Any], StartResponse], Iterable[bytes]]
Mark = tuple[bytes | None, int]  # of the last change on this machine, and on any


class Elsewhere(Protocol):
    """The changes on all machines."""

    def tell(self) -> None:
        """That there was one."""

    def last(self) -> int:
        """The number of the last one."""

    is_away: bool  # whether nothing is heard of them


class CachedPage(NamedTuple):
    headers: Headers
    without_body: Headers  # those of a 304
    body: bytes
    tag: str
    modified: int | None  # Unix seconds, where the page says so
    until: float  # seconds of the monotonic clock
    mark: Mark  # the last change when it was asked for
    route: str = ""

    def answer(self, environ: dict[str, Any], start_response: StartResponse) -> list[bytes]:
        """The page, or a 304 for a browser that has it already."""
        if not self.is_at(environ):
            start_response("200 OK", self.headers)
            return [self.body]
        start_response(NOT_MODIFIED, self.without_body)
        return []

    def is_at(self, environ: dict[str, Any]) -> bool:
        """Whether the browser has this very page (RFC 9110, 13.1.2 and 13.1.3; tags compared weakly)."""
        tags = environ.get("HTTP_IF_NONE_MATCH")
        if tags is not None:
            # Nearly all say the tag as it was said to them, which needs no parsing.
            return tags == self.tag or not {"*", bare(self.tag)}.isdisjoint(map(bare, parse_etags(tags)))
        since = environ.get("HTTP_IF_MODIFIED_SINCE")
        if since is None or self.modified is None:
            return False
        return self.modified <= (parse_http_date_safe(since) or -1)


class PageCache:
    """A WSGI application around another one, to which requests come one at a time.

    `kept_answer` may be asked by several threads at once: it changes no page.

    `seconds` is how long a page is kept; 0 keeps none. `mark` is the file that tells the last change on this
    machine, `elsewhere` what tells of the other ones, if anything does.
    """

    def __init__(self, site: Site, seconds: float, mark: Path, elsewhere: Elsewhere | None = None):
        self.site, self.seconds, self.mark, self.elsewhere = site, seconds, mark, elsewhere
        self.pages: OrderedDict[tuple, CachedPage] = OrderedDict()
        self.size = 0  # bytes
        self.shared_mark: mmap | None = None
        if seconds:
            self.note_change_here()

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        if not self.seconds:
            return self.site(environ, start_response)
        if environ["REQUEST_METHOD"] not in SAFE:
            try:
                return self.site(environ, start_response)
            finally:
                if not environ.get(UNCHANGED):
                    self.note_change()
        key = key_of(environ)
        if key is None:
            self.tell_last_change(environ)
            return self.site(environ, start_response)
        # While this request waited for its turn another one may have had the same page made.
        kept = self.answer_under(key, environ, start_response)
        return self.fetch(key, self.last_change(), environ, start_response) if kept is None else kept

    def kept_answer(self, environ: dict[str, Any], start_response: StartResponse) -> list[bytes] | None:
        """What is kept and still holds; None where the page has to be made."""
        key = key_of(environ) if self.seconds else None
        return None if key is None else self.answer_under(key, environ, start_response)

    def answer_under(
        self, key: tuple, environ: dict[str, Any], start_response: StartResponse
    ) -> list[bytes] | None:
        page = self.pages.get(key)
        environ[WAS_KEPT] = bool(page and page.mark == self.last_change() and monotonic() < page.until)
        if not environ[WAS_KEPT]:
            return None
        environ[ROUTE] = page.route
        return page.answer(environ, start_response)

    def fetch(self, key: tuple, mark: Mark, environ: dict[str, Any], start_response: StartResponse):
        """The site's own answer, which is kept if it is for all."""
        said: list[tuple[str, Headers]] = []
        environ[MARK] = mark
        response = self.site(environ, lambda status, headers, *_: said.append((status, headers)))
        status, headers = said[0]
        if not is_for_all(status, headers, response):
            start_response(status, headers)
            return response
        response.close()
        headers, tag = tagged(headers, response.content)
        modified = parse_http_date_safe(dict(headers).get("Last-Modified", ""))
        until, route = environ.get(AS_OF, monotonic()) + self.seconds, environ.get(ROUTE, "")
        without_body = [pair for pair in headers if pair[0].lower() not in OF_THE_BODY]
        page = CachedPage(headers, without_body, response.content, tag, modified, until, mark, route)
        self.keep(key, page)
        return page.answer(environ, start_response)

    def keep(self, key: tuple, page: CachedPage) -> None:
        """The newest stand last; those past their time are forgotten, and the oldest make room."""
        self.drop(key)
        self.pages[key] = page
        self.size += size_of(key, page)
        now = monotonic()
        while self.pages and (self.is_full() or self.oldest().until <= now):
            self.drop(next(iter(self.pages)))

    def is_full(self) -> bool:
        return self.size > MOST_BYTES or len(self.pages) > MOST_PAGES

    def oldest(self) -> CachedPage:
        return next(iter(self.pages.values()))

    def drop(self, key: tuple) -> None:
        """Give back the room of one page."""
        page = self.pages.pop(key, None)
        self.size -= size_of(key, page) if page else 0

    def note_change(self) -> None:
        """From now on no page that was kept before is shown, on any machine."""
        self.note_change_here()
        if self.elsewhere:
            self.elsewhere.tell()

    def note_change_here(self) -> None:
        """From now on no page that was kept before is shown; it is dropped when another needs its place."""
        with suppress(OSError):  # nothing worse follows than that pages live for their few seconds
            file = os.open(self.mark, os.O_RDWR | os.O_CREAT, 0o644)
            try:
                os.pwrite(file, time_ns().to_bytes(MARK_BYTES), 0)
                self.shared_mark = mmap(file, MARK_BYTES, access=ACCESS_READ)
            finally:
                os.close(file)

    def tell_last_change(self, environ: dict[str, Any]) -> None:
        """Tell it to a page that is not kept as a whole, unless later ones may not be known."""
        mark = self.last_change()
        if mark[0] is not None and not (self.elsewhere and self.elsewhere.is_away):
            environ[MARK] = mark

    def last_change(self) -> Mark:
        """Read from memory: a look into the file for each page would let the next thread in halfway."""
        elsewhere = self.elsewhere.last() if self.elsewhere else 0
        return self.shared_mark[:] if self.shared_mark else None, elsewhere


def key_of(environ: dict[str, Any]) -> tuple | None:
    """What tells this page from others; None for a request that is answered anew."""
    cookies, scheme = environ.get("HTTP_COOKIE", ""), environ.get("HTTP_X_FORWARDED_PROTO")
    if environ["REQUEST_METHOD"] != "GET" or cookies not in WITHOUT_COOKIES or scheme not in SCHEMES:
        return None
    if environ.get(UNREADABLE):  # the page says so, and a script of it may mend it
        return None
    path, query = environ["PATH_INFO"], environ.get("QUERY_STRING", "")
    if any(name in environ for name in PERSONAL) or not is_known(path, query):
        return None
    return (
        cookies,
        encoding_for(environ.get("HTTP_ACCEPT_ENCODING", "")),
        environ["wsgi.url_scheme"],
        scheme,
        environ.get("HTTP_HOST"),
        language_of_browser(environ.get("HTTP_ACCEPT_LANGUAGE", "")),
        path,
        query,
    )


def is_known(path: str, query: str) -> bool:
    """Whether this may be an address that the site itself has given out."""
    if len(path) + len(query) > LONGEST_ADDRESS:
        return False
    return not query or all(part.partition("=")[0] in PARAMETERS for part in query.split("&"))


def is_for_all(status: str, headers: Headers, response: Any) -> bool:
    if not status.startswith("200 ") or getattr(response, "streaming", True):
        return False
    said = {name.lower(): value for name, value in headers}
    caching = said.get("cache-control", "")
    private = "set-cookie" in said or "private" in caching or "no-store" in caching
    return not private and len(response.content) <= LARGEST


def tagged(headers: Headers, body: bytes) -> tuple[Headers, str]:
    """The headers with an entity tag, the page's own where it has one; and the tag."""
    for name, value in headers:
        if name.lower() == "etag":
            return headers, value
    tag = f'"{blake2b(body, digest_size=16).hexdigest()}"'
    return [*headers, ("ETag", tag)], tag


def bare(tag: str) -> str:
    return tag.removeprefix("W/")


def size_of(key: tuple, page: CachedPage) -> int:
    """About as many bytes as it takes in memory."""
    texts = [part for part in key if isinstance(part, str)]
    texts += [name + value for name, value in page.headers]
    return len(page.body) + sum(len(text) + OVERHEAD for text in texts)
