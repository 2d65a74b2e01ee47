"""How often a member may act: quotas that hold across processes, since one database statement decides.

They are kept in the database and not in the cache: several processes share it without Redis, and a restart
forgets nothing.
"""

import time
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

TABLE = "accounts_allowance"  # key: char(120), the primary key; tat: float, Unix seconds
LIMITS = {  # times, in so many seconds
    "post": (6, 600),
    "comment": (6, 60),
    "comment-hour": (60, 3600),
    "vote": (60, 60),
    "report": (20, 86400),
    "upload": (10, 3600),
}
ALSO = {"comment": ("comment-hour",)}
FIRST_DAY = timedelta(days=1)

# Nothing is returned when the row refuses. SQLite and PostgreSQL read the same text.
SPEND = f"""
    INSERT INTO {TABLE} (key, tat) VALUES (%s, %s)
    ON CONFLICT (key) DO UPDATE
    SET tat = (CASE WHEN {TABLE}.tat > %s THEN {TABLE}.tat ELSE %s END) + %s
    WHERE {TABLE}.tat <= %s
    RETURNING tat
"""  # noqa: S608 - the only name in it is our own
ARRIVAL = f"SELECT tat FROM {TABLE} WHERE key = %s"  # noqa: S608


class TooMany(Exception):
    """The member has to wait for `retry_after` seconds."""

    def __init__(self, retry_after: float):
        super().__init__(f"Too many; again in {retry_after:.0f} seconds.")
        self.retry_after = retry_after


def check(action: str, member: Any, *also: str) -> None:
    """Spend one of the member's `action`s, and of `also`; or raise TooMany and spend nothing.

    On the first day of an account half of each limit holds. A comment counts against the minute and the hour.
    """
    if not settings.LIMITS:
        return
    half = 2 if timezone.now() - member.date_joined < FIRST_DAY else 1
    with transaction.atomic():
        windows = [window for each in (action, *also) for window in (each, *ALSO.get(each, ()))]
        waits = [_spend_window(window, member, half) for window in windows]
        if any(waits):
            raise TooMany(max(waits))


def _spend_window(window: str, member: Any, half: int) -> float:
    limit, period = LIMITS[window]
    return spend(f"{window}:{member.pk}", limit // half, period)


def spend(key: str, limit: int, period: int, *, now: float | None = None) -> float:
    """Spend one of `limit` in `period` seconds under this key: 0.0 when allowed, else the seconds to wait.

    The generic cell rate algorithm (ITU-T I.371, 1.3): what is kept is the theoretical arrival time, when the
    whole burst is there again. `now` is Unix time in seconds, for tests.
    """
    now = time.time() if now is None else now
    interval = period / limit
    # A hundredth of an interval is granted, or the rounding of floats would refuse the last of a burst.
    latest = now + period - interval * 0.99
    with connection.cursor() as cursor:
        cursor.execute(SPEND, [key, now + interval, now, now, interval, latest])
        if cursor.fetchone():
            return 0.0
        cursor.execute(ARRIVAL, [key])
        row = cursor.fetchone()  # None when the row was deleted in between
    return max(row[0] - latest, 0.001) if row else 0.001
