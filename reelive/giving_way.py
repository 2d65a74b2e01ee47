"""Background work gives way: SQLite lets one writer in at a time, and who waits asks now and then.

It asks again after a tenth of a second at most, so a process that writes one transaction after another can
keep all others out for seconds.
"""

import time

from django.db import connection

PAUSE_SECONDS = 0.05  # that the database is free between two transactions
in_background = False  # whether this process does work for which nobody waits


def work_in_background() -> None:
    """From now on this process gives way."""
    global in_background
    in_background = True


def give_way() -> None:
    """Let those write who wait for it. To be called outside of transactions."""
    if in_background and connection.vendor == "sqlite":
        time.sleep(PAUSE_SECONDS)
