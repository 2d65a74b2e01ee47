"""What is noted of each request: an id that its lines in the log share, and at its end a line and numbers.

The id is made here, or taken over from a proxy of ours. Of an address only the name of its route is noted,
so that no key and no word of anybody comes into a log or a metric by it.
"""

import logging
import re
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from random import Random
from time import perf_counter
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse

from reelive.metrics import Metrics
from reelive.page_cache import ROUTE, WAS_KEPT
from reelive.render_cache import render_cache
from reelive.server_timing import Queries

# Names in the environ of a request, by which the door, the page cache and the middleware tell each other.
ENVIRON_ID, ENVIRON_QUERIES = "reelive.id", "reelive.queries"
ID_HEADER = "X-Request-ID"
TRUSTED_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
NO_ROUTE = "none"
ID_BITS = 64

request_id: ContextVar[str] = ContextVar("request_id", default="")
logger = logging.getLogger("reelive.requests")
# An id opens nothing, so it need not be secret; to ask the system for each takes three times as long.
_ids = Random()  # noqa: S311

Site = Callable[[dict[str, Any], Callable], Iterable[bytes]]


def id_for(environ: dict[str, Any]) -> str:
    """What a proxy of ours calls the request, or else a name of our own."""
    said = environ.get("HTTP_X_REQUEST_ID", "") if settings.TRUSTED_PROXIES else ""
    return said if said and TRUSTED_ID.fullmatch(said) else f"{_ids.getrandbits(ID_BITS):016x}"


class Observed:
    """A WSGI application around another one, which notes what each of its answers was and what it cost."""

    def __init__(self, site: Site, metrics: Metrics):
        self.site, self.metrics = site, metrics

    def __call__(self, environ: dict[str, Any], start_response: Callable) -> Iterable[bytes]:
        began, status = perf_counter(), 500
        name = environ[ENVIRON_ID] = id_for(environ)

        def start(line: str, headers: list[tuple[str, str]], *more: Any) -> Any:
            nonlocal status
            status = int(line[:3])
            return start_response(line, [*headers, (ID_HEADER, name)], *more)

        try:
            return self.site(environ, start)
        finally:
            self.note(environ, status, perf_counter() - began)

    def note(self, environ: dict[str, Any], status: int, seconds: float) -> None:
        method, route = environ["REQUEST_METHOD"], environ.get(ROUTE, NO_ROUTE)
        queries, kept = environ.get(ENVIRON_QUERIES, 0), environ.get(WAS_KEPT)
        self.metrics.note(route, method, status, seconds, queries, kept)
        if not kept:  # else nothing was rendered
            self.metrics.note_pieces(render_cache.hits, render_cache.misses, render_cache.size)
        if settings.LOG_FORMAT == "JSON":
            facts = {
                "request_id": environ[ENVIRON_ID],
                "method": method[:20],
                "route": route,
                "status": status,
            }
            facts |= {"ms": round(seconds * 1000, 1), "queries": queries, "kept": bool(kept)}
            logger.info("%s %s: %d", facts["method"], route, status, extra=facts)


def under_its_name(site: Site, environ: dict[str, Any], start_response: Callable) -> Iterable[bytes]:
    """The answer of a site; what is logged meanwhile carries the id of the request."""
    before = request_id.set(environ.get(ENVIRON_ID, ""))
    try:
        return site(environ, start_response)
    finally:
        request_id.reset(before)


class RequestFacts:
    """Notes the name of the route and the number of queries."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        environ, queries = request.environ, Queries()
        try:
            with connection.execute_wrapper(queries):
                return self.get_response(request)
        finally:
            environ[ENVIRON_QUERIES], environ[ROUTE] = queries.count, route_of(request)


def route_of(request: HttpRequest) -> str:
    """The name of the route; of what lies in a folder the folder."""
    if match := request.resolver_match:
        return match.view_name or NO_ROUTE
    return "static" if request.path.startswith(settings.STATIC_URL) else NO_ROUTE
