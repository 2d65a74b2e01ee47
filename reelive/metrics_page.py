"""`/metrics/`: what this machine did and what waits, in the text format of Prometheus (0.0.4)."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from reelive.metrics import (
    BUCKETS,
    HITS,
    MISSES,
    PIECE_BYTES,
    PIECE_HITS,
    PIECE_MISSES,
    QUERIES,
    metrics,
)
from reelive.models import Work
from reelive.tasks import TaskResultStatus

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")
KEPT_ROWS = f"SELECT COUNT(*) FROM {settings.DATABASE_CACHE['LOCATION']}"  # noqa: S608 - a name of our own
STATES = {
    "waiting": TaskResultStatus.READY,
    "running": TaskResultStatus.RUNNING,
    "done": TaskResultStatus.SUCCESSFUL,
    "failed": TaskResultStatus.FAILED,
}

Line = tuple[dict[str, Any], float]


@never_cache
@require_safe
def metrics_page(request: HttpRequest) -> HttpResponse:
    """For who brings the token; for all others there is no such page."""
    said = request.headers.get("Authorization", "")
    token = settings.METRICS_TOKEN
    if not token or not constant_time_compare(said.encode(), f"Bearer {token}".encode()):
        raise Http404("There is no such page.")
    text = "\n".join([*_requests(), *_processes(), *_tasks(), *_database()])
    return HttpResponse(f"{text}\n", content_type=CONTENT_TYPE)


def _metric(name: str, kind: str, says: str, lines: Iterable[Line]) -> Iterator[str]:
    yield f"# HELP reelive_{name} {says}"
    yield f"# TYPE reelive_{name} {kind}"
    yield from (f"reelive_{name}{_labels(labels)} {_number(value)}" for labels, value in lines)


def _labels(labels: dict[str, Any]) -> str:
    """No value here needs a mark before it: all are names of ours and numbers."""
    pairs = ",".join(f'{name}="{value}"' for name, value in labels.items())
    return f"{{{pairs}}}" if pairs else ""


def _number(value: float) -> str:
    return str(int(value)) if value == int(value) else f"{value:.6g}" if value < 1e6 else f"{value:.3f}"


def _requests() -> Iterator[str]:
    routes = list(metrics.routes())
    counted = [
        ({"route": route.name, "method": method, "status": f"{status}xx"}, number)
        for route in routes
        for (method, status), number in route.requests.items()
    ]
    yield from _metric("requests_total", "counter", "Requests that were answered.", counted)
    yield "# HELP reelive_request_seconds How long requests took, with the wait for their turn."
    yield "# TYPE reelive_request_seconds histogram"
    for route in routes:
        yield from _histogram(route.name, route.durations, route.seconds)
    yield from _metric("queries_total", "counter", "Queries of all requests.", [({}, metrics.total(QUERIES))])
    pages = [({"kept": "hit"}, metrics.total(HITS)), ({"kept": "miss"}, metrics.total(MISSES))]
    yield from _metric("page_cache_total", "counter", "Pages of visitors, kept ones and others.", pages)
    pieces = [({"kept": "hit"}, metrics.total(PIECE_HITS)), ({"kept": "miss"}, metrics.total(PIECE_MISSES))]
    yield from _metric("render_cache_total", "counter", "Pieces of pages, kept ones and others.", pieces)


def _histogram(route: str, durations: list[int], seconds: float) -> Iterator[str]:
    so_far = 0
    for most, number in zip(BUCKETS, durations, strict=True):
        so_far += number
        le = "+Inf" if most == float("inf") else f"{most:g}"
        yield f'reelive_request_seconds_bucket{{route="{route}",le="{le}"}} {so_far}'
    yield f'reelive_request_seconds_sum{{route="{route}"}} {_number(seconds)}'
    yield f'reelive_request_seconds_count{{route="{route}"}} {so_far}'


def _processes() -> Iterator[str]:
    found = [({"process": number}, memory_of(number)) for number in metrics.processes()]
    yield from _metric("process_memory_bytes", "gauge", "Resident memory of web processes.", found)
    kept = [({"process": number}, size) for number, size in metrics.by_process(PIECE_BYTES).items()]
    yield from _metric("render_cache_bytes", "gauge", "Pieces of pages that each keeps.", kept)


def memory_of(process: int) -> int:
    """As the system counts it; 0 when the process ended meanwhile."""
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * PAGE_BYTES
    except (OSError, IndexError):
        return 0


def _tasks() -> Iterator[str]:
    now = timezone.now()
    found = dict(Work.objects.order_by().values_list("status").annotate(Count("pk")))
    states = [({"state": name}, found.get(status, 0)) for name, status in STATES.items()]
    yield from _metric("tasks", "gauge", "Background work: done is kept for an hour, failed 14 days.", states)
    since = Work.objects.waiting_since(now)
    age = max(0.0, (now - since).total_seconds()) if since else 0
    yield from _metric("tasks_oldest_seconds", "gauge", "How long the oldest task waits.", [({}, age)])


def _database() -> Iterator[str]:
    yield from _metric("database_bytes", "gauge", "Size of the database.", [({}, database_size())])
    if connection.vendor == "postgresql":
        number = _ask("SELECT COUNT(*) FROM pg_stat_activity WHERE datname = current_database()")
        yield from _metric("database_connections", "gauge", "Connections to it.", [({}, number)])
    if not settings.REDIS_URL:
        yield from _metric("cache_rows", "gauge", "Rows of the cache.", [({}, _ask(KEPT_ROWS))])


def database_size() -> int:
    """Of SQLite with the log that is not written into it yet."""
    if connection.vendor == "postgresql":
        return _ask("SELECT pg_database_size(current_database())")
    place = connection.settings_dict["NAME"]
    return sum(path.stat().st_size for path in (Path(place), Path(f"{place}-wal")) if path.exists())


def _ask(sql: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]
