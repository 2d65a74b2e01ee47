"""How often a member may act: quotas that hold across processes, since one statement in the database decides."""

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
_SPEND = f"""
    INSERT INTO {TABLE} (key, tat) VALUES (%s, %s)
    ON CONFLICT (key) DO UPDATE
    SET tat = (CASE WHEN {TABLE}.tat > %s THEN {TABLE}.tat ELSE %s END) + %s
    WHERE {TABLE}.tat <= %s
    RETURNING tat
"""


class TooMany(Exception):
    """The member has to wait for `retry_after` seconds."""

    def __init__(self, retry_after: float):
        super().__init__(f"Too many; again in {retry_after:.0f} seconds.")
        self.retry_after = retry_after


def check(action: str, member: Any) -> float:
    """Spend one of the member's `action`s. Returns 0.0, or raises TooMany and spends nothing.

    On the first day of an account half of each limit holds. A comment counts against the minute and the hour.
    """
    if settings.LIMITS_OFF:
        return 0.0
    windows = (action, *ALSO.get(action, ()))
    new = timezone.now() - member.date_joined < FIRST_DAY
    with transaction.atomic():
        waits = []
        for window in windows:
            limit, period = LIMITS[window]
            waits.append(spend(f"{window}:{member.pk}", max(1, limit // 2) if new else limit, period))
        if any(waits):
            raise TooMany(max(waits))
    return 0.0


def spend(key: str, limit: int, period: int, *, now: float | None = None) -> float:
    """Spend one of `limit` in `period` seconds under this key: 0.0 when allowed, else the seconds to wait.

    The generic cell rate algorithm (ITU-T I.371, 1.3): what is kept is the theoretical arrival time, when the whole burst
    is available again. `now` is Unix time in seconds, for tests.
    """
    now = time.time() if now is None else now
    interval = period / limit
    # A hundredth of an interval is granted, or the rounding of floats would refuse the last of a burst.
    latest = now + period - interval * 0.99
    with connection.cursor() as cursor:
        cursor.execute(_SPEND, [key, now + interval, now, now, interval, latest])
        if cursor.fetchone():
            return 0.0
        cursor.execute(f"SELECT tat FROM {TABLE} WHERE key = %s", [key])
        row = cursor.fetchone()
    return max(row[0] - latest, 0.001) if row else 0.0
