"""Visitors' pages are read from a copy of the database, where there is one that is new enough for them.

Members read where they write, and so does everything but a page that is for all visitors alike. Before such
a page the primary is asked how far it has come: at once after a change that this process knows of, and once
a second anyway. The copy is read only if it has come as far, so that no page is older than was promised.
"""

import logging
from contextvars import ContextVar
from time import monotonic
from typing import Any

from django.db import DEFAULT_DB_ALIAS as PRIMARY
from django.db import InterfaceError, OperationalError, connections

from reelive.declared import declared
from reelive.page_cache import AS_OF, MARK, Mark, key_of

logger = logging.getLogger(__name__)
REPLICA = "replica"
LONGEST_LAG = 1  # second
SECONDS_BEFORE_NEXT_TRY = 5
# The cache counts what limits hold: it is one for all.
AT_PRIMARY = "django_cache"
# Also what is not written yet: a commit need not wait for that.
WRITTEN_SO_FAR = "SELECT pg_current_wal_insert_lsn()"
HAS_READ = "SELECT pg_last_wal_replay_lsn() >= %s::pg_lsn"


class Replica:
    """What this process knows of the copy."""

    def __init__(self):
        self.needed: Any = None  # how far it must have come
        self.asked = 0.0  # when that was how far the primary had
        self.mark: Mark | None = None
        self.is_away = False
        self.next_try = 0.0

    def is_new_enough(self, mark: Mark | None) -> bool:
        """Whether it holds all that was known to be changed at `mark`, and is not behind by the longest lag.

        Raises OperationalError when the primary does not answer.
        """
        now = monotonic()
        if self.is_away and now < self.next_try:
            return False
        if mark is None or mark != self.mark or now >= self.asked + LONGEST_LAG:
            self.needed, self.asked, self.mark = ask(PRIMARY, WRITTEN_SO_FAR), now, mark
        try:
            answer = ask(REPLICA, HAS_READ, self.needed)
        except (OperationalError, InterfaceError) as problem:
            self.note_away(problem)
            return False
        self.note_back()
        return bool(answer)  # null where nothing is copied any more

    def note_away(self, problem: Exception | str) -> None:
        if not self.is_away:
            logger.warning("The replica is away, visitors read from the primary: %s", problem)
        self.is_away, self.next_try = True, monotonic() + SECONDS_BEFORE_NEXT_TRY

    def note_back(self) -> None:
        if self.is_away:
            logger.warning("The replica is back.")
        self.is_away = False


class Reading:
    """Where one page is read from: decided by its first question, so that what asks nothing costs nothing."""

    def __init__(self, environ: dict[str, Any]):
        self.environ, self.place = environ, ""

    def where(self) -> str:
        if not self.place:
            is_new = _replica.is_new_enough(self.environ.get(MARK))
            self.place = REPLICA if is_new else PRIMARY
            if is_new:
                self.environ[AS_OF] = _replica.asked
        return PRIMARY if connections[PRIMARY].in_atomic_block else self.place

    def stay_at_primary(self) -> None:
        self.place = PRIMARY


_replica = Replica()
_reading: ContextVar[Reading | None] = ContextVar("reading", default=None)


class Router:
    """Tells Django where to read and to write."""

    def db_for_read(self, model: type, **hints) -> str:
        reading = _reading.get()
        return reading.where() if reading and model._meta.app_label != AT_PRIMARY else PRIMARY

    def db_for_write(self, model: type, **hints) -> str:
        """Whoever has written reads it from there, too."""
        reading = _reading.get()
        if reading and model._meta.app_label != AT_PRIMARY:
            reading.stay_at_primary()
        return PRIMARY

    def allow_relation(self, one: Any, other: Any, **hints) -> bool:
        return True

    def allow_migrate(self, db: str, app_label: str, **hints) -> bool:
        return db == PRIMARY


class VisitorsReadReplica:
    """Middleware. A page that the copy could not give, as it went or had to stop, is made by the primary."""

    def __init__(self, get_response):
        self.get_response = get_response
        # What acts by a secret in its address can be revoked, and is gone at once.
        self.secret_paths = declared("secret_paths")

    def __call__(self, request):
        if key_of(request.META) is None or request.path.startswith(self.secret_paths):
            return self.get_response(request)
        reading = Reading(request.META)
        token = _reading.set(reading)
        try:
            response = self.get_response(request)
        finally:
            _reading.reset(token)
        if response.status_code != 503 or reading.place != REPLICA:
            return response
        _replica.note_away("it broke off")
        request.META.pop(AS_OF)
        return self.get_response(request)


def ask(place: str, question: str, *values: Any) -> Any:
    with connections[place].cursor() as cursor:
        cursor.execute(question, values)
        return cursor.fetchone()[0]
