"""How often one may act: quotas that hold across processes, since one database statement decides.

They are kept in the database and not in the cache: several processes share it without Redis, and a restart
forgets nothing. What is used up comes back bit by bit: of 6 posts in 10 minutes one each 100 seconds. A
member has quotas of their own, visitors share those of their network.

What the site itself counts stands here; of what else is done an app declares the `quotas` in its AppConfig.
"""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from ipaddress import ip_address, ip_network
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext

from reelive.formats import span

LIMITS = {  # times, in so many seconds
    "upload": (10, 3600),
    # Pictures of forms that came back: of members, and of visitors by their network.
    "held": (20, 3600),
    "held-of-all": (200, 86400),
    # Of visitors. A draft has up to 60 kB and lies for three days, so that all together have a limit, too.
    "draft": (10, 3600),
    "draft-of-all": (1_000, 86400),
    "session": (200, 3600),
}
SPENT_BESIDES: dict[str, tuple[str, ...]] = {}  # what is spent besides, by the action
SPENT_BY_ALL = {"draft": ("draft-of-all",), "held": ("held-of-all",)}
FIRST_DAY = timedelta(days=1)
# So much of an interval is granted, or the rounding of floats would refuse the last of a burst.
ROUNDING = 0.01
IPV6_NETWORK = 64  # bits: what one household gets

# The table of accounts.models.Allowance: key is char(120), the primary key; tat is a float, Unix seconds.
# Nothing is returned when the row refuses. SQLite and PostgreSQL read the same text.
SPEND = """
    INSERT INTO accounts_allowance AS here (key, tat) VALUES (%s, %s)
    ON CONFLICT (key) DO UPDATE
    SET tat = (CASE WHEN here.tat > %s THEN here.tat ELSE %s END) + %s
    WHERE here.tat <= %s
    RETURNING tat
"""
# What a clock wrote that was ahead is not believed beyond the period: it would lock out whoever it was.
TRUST = "UPDATE accounts_allowance SET tat = %s WHERE key = %s AND tat > %s"
ARRIVAL = "SELECT tat FROM accounts_allowance WHERE key = %s"
# A time that is over allows as much as no time at all.
FORGET = """
    DELETE FROM accounts_allowance WHERE key IN
    (SELECT key FROM accounts_allowance WHERE tat < %s LIMIT %s)
"""

Window = tuple[str, int, int]  # key, limit, period in seconds


class TooMany(Exception):
    """The member has to wait for `retry_after` seconds."""

    def __init__(self, retry_after: float):
        super().__init__(f"Too many; again in {retry_after:.0f} seconds.")
        self.retry_after = retry_after

    @property
    def sentence(self) -> str:
        return too_fast(self.retry_after)


def too_fast(seconds: float = 0) -> str:
    """The sentence for whoever has used up a quota; it says for how long to wait where that is known."""
    if not seconds:
        return gettext("That was too fast. Wait a moment and try again.")
    return gettext("That was too fast. Try again in %(wait)s.") % {"wait": span(seconds)}


def check(action: str, member: Any, *also: str) -> None:
    """Spend one of the member's `action`s, and of `also`; or raise TooMany and spend nothing.

    On the first day of an account half of each limit holds. A comment counts against the minute and the hour.
    """
    if settings.LIMITS:
        with spending(action, member, *also):
            pass


@contextmanager
def spending(action: str, member: Any, *also: str) -> Iterator[None]:
    """The same in one transaction with what is done inside: when that is refused or breaks, none is spent."""
    divisor = 2 if timezone.now() - member.date_joined < FIRST_DAY else 1
    windows = [window for each in (action, *also) for window in (each, *SPENT_BESIDES.get(each, ()))]
    with _spending_all([_window(window, member.pk, divisor) for window in windows]):
        yield


def check_visitor(action: str, request: Any) -> None:
    """The same for whoever is not signed in: by their network, and where it matters for all together."""
    of_all = [_window(window, "all") for window in SPENT_BY_ALL.get(action, ())]
    with _spending_all([_window(action, network_of(request)), *of_all]):
        pass


def check_machine(action: str, key: int) -> None:
    """The same for a machine that acts by a secret, by the key of what the secret opens."""
    with _spending_all([_window(action, key)]):
        pass


def network_of(request: Any) -> str:
    """The address of a visitor, as far as it tells one household from another."""
    # The door reads this module before Django's apps are ready, and that one needs them.
    from allauth.account.adapter import get_adapter

    address = ip_address(get_adapter().get_client_ip(request))
    if address.version == 4:
        return str(address)
    return str(ip_network((address, IPV6_NETWORK), strict=False).network_address)


def _window(name: str, whose: Any, divisor: int = 1) -> Window:
    limit, period = LIMITS[name]
    return f"{name}:{whose}", limit // divisor, period


@contextmanager
def _spending_all(windows: Sequence[Window]) -> Iterator[None]:
    try:
        with transaction.atomic():
            _spend_all(windows)
            yield
    except TooMany:
        # What was rolled back includes that a stored time was not believed.
        with connection.cursor() as cursor:
            for window in windows:
                _trust(cursor, *window, time.time())
        raise


def _spend_all(windows: Sequence[Window]) -> None:
    waits = [spend(*window) for window in windows] if settings.LIMITS else []
    if any(waits):
        raise TooMany(max(waits))


def _trust(cursor: Any, key: str, limit: int, period: int, now: float) -> None:
    """Believe no stored time that this clock cannot have written."""
    cursor.execute(TRUST, [now + period, key, now + period + period / limit * ROUNDING])


def spend(key: str, limit: int, period: int, *, now: float | None = None) -> float:
    """Spend one of `limit` in `period` seconds under this key: 0.0 when allowed, else the seconds to wait.

    The generic cell rate algorithm (ITU-T I.371, 1.3): what is kept is the theoretical arrival time, when the
    whole burst is there again. `now` is Unix time in seconds, for tests.
    """
    now = time.time() if now is None else now
    interval = period / limit
    latest = now + period - interval * (1 - ROUNDING)
    with connection.cursor() as cursor:
        cursor.execute(SPEND, [key, now + interval, now, now, interval, latest])
        if cursor.fetchone():
            return 0.0
        _trust(cursor, key, limit, period, now)
        cursor.execute(ARRIVAL, [key])
        row = cursor.fetchone()  # None when the row was deleted in between
    return max(row[0] - latest, 0.001) if row else 0.001


def forget_spent(now: float, most: int) -> int:
    """Delete up to so many quotas that nobody draws on any more; how many they were."""
    with connection.cursor() as cursor:
        cursor.execute(FORGET, [now, most])
        return cursor.rowcount
