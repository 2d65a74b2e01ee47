"""What is past its time is deleted by the site itself, a few rows at a time, between two requests."""

import logging
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from random import uniform

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import DatabaseError, close_old_connections, connection
from django.utils import timezone

from reelive.held_uploads import HeldUpload
from reelive.ratelimit import forget_spent

logger = logging.getLogger(__name__)
ROWS_DELETED_AT_ONCE = 500  # rows of a table
# Seconds to the next time; soon when there was more than could be done at once.
NEXT_AFTER, SOON_AFTER = 600, 1
CACHED_FOR = timedelta(hours=1)  # the longest that anything is put into the cache in the database
CACHE = settings.DATABASE_CACHE["LOCATION"]
EXPIRED = f"""
    DELETE FROM {CACHE} WHERE cache_key IN
    (SELECT cache_key FROM {CACHE} WHERE expires < %s OR expires > %s LIMIT {ROWS_DELETED_AT_ONCE})
"""  # noqa: S608 - the only name in it is our own


def tidy() -> bool:
    """Delete some of what is past its time; whether there may be more.

    What a clock wrote that was ahead is brought back: nothing is kept for longer than its own period.
    """
    now = timezone.now()
    deleted = [_end_sessions(now), _empty_cache(now), forget_spent(now.timestamp(), ROWS_DELETED_AT_ONCE)]
    deleted.append(HeldUpload.objects.forget_old(now, ROWS_DELETED_AT_ONCE))
    return max(deleted) >= ROWS_DELETED_AT_ONCE


def _end_sessions(now: datetime) -> int:
    latest = now + timedelta(seconds=settings.SESSION_COOKIE_AGE)
    Session.objects.filter(expire_date__gt=latest).update(expire_date=latest)
    over = Session.objects.filter(expire_date__lt=now).values_list("pk", flat=True)[:ROWS_DELETED_AT_ONCE]
    return Session.objects.filter(pk__in=list(over)).delete()[0]


def _empty_cache(now: datetime) -> int:
    """Limits of sign-in lie in it: one of a clock that was ahead would hold until that time has come."""
    times = [time.astimezone(UTC).replace(microsecond=0) for time in (now, now + CACHED_FOR)]
    with connection.cursor() as cursor:
        cursor.execute(EXPIRED, [connection.ops.adapt_datetimefield_value(time) for time in times])
        return cursor.rowcount


def keep_tidy(in_turn: Callable) -> None:
    """Tidy now and then, in a thread of its own that does the work by `in_turn`."""
    threading.Thread(target=_keep_tidy, args=[in_turn], name="housekeeping", daemon=True).start()


def _keep_tidy(in_turn: Callable) -> None:
    pause, wait = threading.Event(), uniform(0.1, 0.2) * NEXT_AFTER  # noqa: S311 - so that workers do it in turn
    while not pause.wait(wait):
        wait = SOON_AFTER if in_turn(_tried) else NEXT_AFTER


def _tried() -> bool:
    try:
        return tidy()
    except DatabaseError as problem:
        logger.warning("What is past its time could not be deleted: %s", problem)
        return False
    finally:
        close_old_connections()  # as after a request: a pool has it back
