"""What a request cost, while the site is being worked on: browsers show it beside the request."""

from collections.abc import Callable
from contextlib import ExitStack
from time import perf_counter
from typing import Any

from django.db import connections
from django.http import HttpRequest, HttpResponse


class ServerTiming:
    """Says in a header how many queries were asked and how long they and the whole answer took."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began, queries = perf_counter(), Queries()
        with ExitStack() as watched:
            for connection in connections.all():
                watched.enter_context(connection.execute_wrapper(queries))
            response = self.get_response(request)
        asked = f'db;dur={1000 * queries.seconds:.1f};desc="{queries.count} queries"'
        response["Server-Timing"] = f"{asked}, total;dur={1000 * (perf_counter() - began):.1f}"
        return response


class Queries:
    """How many there were, and how long they took together."""

    def __init__(self):
        self.count, self.seconds = 0, 0.0

    def __call__(self, execute: Callable[..., Any], *query: Any) -> Any:
        began = perf_counter()
        try:
            return execute(*query)
        finally:
            self.count += 1
            self.seconds += perf_counter() - began
