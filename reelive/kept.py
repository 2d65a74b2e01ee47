"""Pages kept whole: what visitors get alike is made once in a few seconds, and answered before Django.

A page is kept as it was sent, compressed and with all its headers, when it answers a GET without cookies
(but the theme), with 200, and is nobody's own. Every form that is sent ends the life of all pages: it moves
the time of a file at which all processes of this machine look. What changes in another way, by a command or
on another machine, shows after `PAGE_SECONDS` at the latest.
"""

import os
from collections import OrderedDict
from collections.abc import Callable, Iterable
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from time import monotonic, time_ns
from typing import Any, NamedTuple

MOST_BYTES = 16 * 1024 * 1024
LARGEST = 512 * 1024
SAFE = {"GET", "HEAD", "OPTIONS"}
WITHOUT_COOKIES = {"", "theme=dark", "theme=light", "theme=system"}
# What else of a request may change the answer: who brings one of these is always answered anew.
PERSONAL = ("HTTP_AUTHORIZATION", "HTTP_HX_REQUEST", "HTTP_RANGE")
# What a 304 leaves out: it has no body.
OF_THE_BODY = {"content-length", "content-type", "content-encoding"}

Headers = list[tuple[str, str]]
StartResponse = Callable[[str, Headers], Any]
Site = Callable[[dict[str, Any], StartResponse], Iterable[bytes]]


class Page(NamedTuple):
    headers: Headers
    body: bytes
    tag: str
    until: float  # seconds of the monotonic clock
    mark: int | None  # the time of the last change when it was asked for

    def answer(self, environ: dict[str, Any], start_response: StartResponse) -> list[bytes]:
        """The page, or a 304 for who has it already."""
        if self.tag not in environ.get("HTTP_IF_NONE_MATCH", ""):
            start_response("200 OK", self.headers)
            return [self.body]
        headers = [(name, value) for name, value in self.headers if name.lower() not in OF_THE_BODY]
        start_response("304 Not Modified", headers)
        return []


class KeptPages:
    """A WSGI application around another one, to which requests come one at a time.

    `seconds` is how long a page is kept; 0 keeps none. `mark` is the file whose time tells the last change.
    """

    def __init__(self, site: Site, seconds: float, mark: Path):
        self.site, self.seconds, self.mark = site, seconds, mark
        self.pages: OrderedDict[tuple, Page] = OrderedDict()
        self.size = 0  # bytes
        if seconds:
            self.note_change()

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        if not self.seconds:
            return self.site(environ, start_response)
        if environ["REQUEST_METHOD"] not in SAFE:
            try:
                return self.site(environ, start_response)
            finally:
                self.note_change()
        key = key_of(environ)
        if key is None:
            return self.site(environ, start_response)
        page, mark = self.pages.get(key), self.last_change()
        if page and page.mark == mark and monotonic() < page.until:
            return page.answer(environ, start_response)
        return self.fetch(key, mark, environ, start_response)

    def fetch(self, key: tuple, mark: int | None, environ: dict[str, Any], start_response: StartResponse):
        """The site's own answer, which is kept if it is for all."""
        said: list[tuple[str, Headers]] = []
        response = self.site(environ, lambda status, headers, *_: said.append((status, headers)))
        status, headers = said[0]
        if not is_for_all(status, headers, response):
            start_response(status, headers)
            return response
        response.close()
        page = Page(*tagged(headers, response.content), monotonic() + self.seconds, mark)
        self.keep(key, page)
        return page.answer(environ, start_response)

    def keep(self, key: tuple, page: Page) -> None:
        """The newest stand last; the oldest make room."""
        self.drop(key)
        self.pages[key] = page
        self.size += len(page.body)
        while self.size > MOST_BYTES:
            self.drop(next(iter(self.pages)))

    def drop(self, key: tuple) -> None:
        page = self.pages.pop(key, None)
        self.size -= len(page.body) if page else 0

    def note_change(self) -> None:
        now = time_ns()
        with suppress(OSError):  # nothing worse follows than that pages live for their few seconds
            self.mark.touch()
            os.utime(self.mark, ns=(now, now))

    def last_change(self) -> int | None:
        try:
            return os.stat(self.mark).st_mtime_ns
        except OSError:
            return None


def key_of(environ: dict[str, Any]) -> tuple | None:
    """What tells this page from others; None for a request that is answered anew."""
    cookies = environ.get("HTTP_COOKIE", "")
    if environ["REQUEST_METHOD"] != "GET" or cookies not in WITHOUT_COOKIES:
        return None
    if any(name in environ for name in PERSONAL):
        return None
    return (
        cookies,
        "gzip" in environ.get("HTTP_ACCEPT_ENCODING", ""),
        environ["wsgi.url_scheme"],
        environ.get("HTTP_X_FORWARDED_PROTO"),
        environ.get("HTTP_HOST"),
        environ["PATH_INFO"],
        environ.get("QUERY_STRING"),
    )


def is_for_all(status: str, headers: Headers, response: Any) -> bool:
    if not status.startswith("200 ") or getattr(response, "streaming", True):
        return False
    said = {name.lower(): value for name, value in headers}
    caching = said.get("cache-control", "")
    private = "set-cookie" in said or "private" in caching or "no-store" in caching
    return not private and len(response.content) <= LARGEST


def tagged(headers: Headers, body: bytes) -> tuple[Headers, bytes, str]:
    """The answer with an entity tag, its own where it has one."""
    for name, value in headers:
        if name.lower() == "etag":
            return headers, body, value
    tag = f'"{blake2b(body, digest_size=16).hexdigest()}"'
    return [*headers, ("ETag", tag)], body, tag
