"""What a supervisor or a load balancer asks: is the process up, and can it do its work?"""

from collections.abc import Callable
from datetime import timedelta
from secrets import token_hex

from django.core.cache import caches
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.timesince import timesince
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from reelive.models import Work

PATIENCE = timedelta(minutes=5)
GIVEN_UP_COUNTED = 100

_known_applied = False


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers. It asks nobody else, so that a lost database restarts no healthy worker."""
    return HttpResponse("ok", content_type="text/plain; charset=utf-8")


@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """Database, cache and migrations, each “ok” or what is wrong with it; 503 while one is not right.

    Of background work it tells as well, but that makes no server unfit to answer: while a mail server is
    away, a load balancer must not drop every machine that it has.
    """
    report = {"database": _state_of(_ask_database), "cache": _state_of(_ask_cache)}
    report["migrations"] = _state_of(_ask_migrations)
    troubles = [f"{part}: {state}" for part, state in report.items() if state != "ok"]
    report["tasks"] = _state_of(_ask_tasks)
    if not troubles:
        return JsonResponse({"status": "ready", **report})
    return JsonResponse({"status": f"Not ready, {'; '.join(troubles)}.", **report}, status=503)


def _state_of(ask: Callable[[], str]) -> str:
    try:
        return ask()
    except DatabaseError:
        return "the database does not answer"


def _ask_database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return "ok"


def _ask_cache() -> str:
    """A value goes in and comes out. With Redis away that works through the database, as pages do."""
    key, value = f"readyz-{token_hex(8)}", token_hex(8)
    caches["default"].set(key, value, 10)
    found = caches["default"].get(key)
    caches["default"].delete(key)
    return "ok" if found == value else "it does not keep what it is given"


def _ask_migrations() -> str:
    return "ok" if _all_migrations_applied() else "some are not applied; run manage.py migrate"


def _all_migrations_applied() -> bool:
    """Applied migrations stay applied: a process looks until it has found them so once."""
    global _known_applied
    if not _known_applied:
        executor = MigrationExecutor(connection)
        _known_applied = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    return _known_applied


def _ask_tasks() -> str:
    """What was given up within a day, and whether anybody works at all."""
    now = timezone.now()
    since_yesterday = Work.objects.given_up().filter(finished_at__gt=now - timedelta(days=1))
    given_up = since_yesterday[:GIVEN_UP_COUNTED].count()
    since = Work.objects.waiting_since(now)
    or_more = "+" if given_up == GIVEN_UP_COUNTED else ""
    said = [f"{given_up}{or_more} given up"] if given_up else []
    if since and now - since > PATIENCE:
        said.append(f"the oldest waits since {timesince(since, now)}; is a task worker running?")
    return "; ".join(said) or "ok"
