"""Changes on other machines, as Redis tells them: what visitors get is made anew by the next page.

Each process listens on a connection of its own, so that a page asks nobody: what Redis has told lies there
already. While Redis is away, pages live for their few seconds, as they do without it.
"""

import logging
from select import POLLIN, poll
from threading import Lock
from time import monotonic

from redis import Redis
from redis.backoff import NoBackoff
from redis.connection import Connection
from redis.exceptions import RedisError
from redis.retry import Retry

logger = logging.getLogger(__name__)
CHANNEL = "reelive.changed"
SECONDS_BEFORE_NEXT_TRY = 5
PATIENCE = {"socket_connect_timeout": 0.25, "socket_timeout": 0.5}


class Changes:
    def __init__(self, url: str):
        # One more try, since a server may have closed what was idle. Of the protocols the plain one does.
        self.redis = Redis.from_url(url, retry=Retry(NoBackoff(), 1), protocol=2, **PATIENCE)
        self.number = 0  # grows by each change that this process has heard of
        self.connection: Connection | None = None
        self.is_away = False
        self.next_try = 0.0
        self.ear_lock = Lock()  # kept pages are looked for by several threads

    def tell(self) -> None:
        """Let all processes know that something has changed; those that cannot be told see it in seconds."""
        if self.is_due():
            try:
                self.redis.publish(CHANNEL, b"")
            except (RedisError, OSError) as problem:
                with self.ear_lock:
                    self._note_away(problem)

    def last(self) -> int:
        """The number of the last change."""
        with self.ear_lock:
            try:
                if self.connection is None:
                    self._listen()
                elif self.ear.poll(0):
                    self._hear()
            except (RedisError, OSError) as problem:
                self._note_away(problem)
            return self.number

    def is_due(self) -> bool:
        """Whether Redis is asked: while it is away that is tried once in a few seconds."""
        return not self.is_away or monotonic() >= self.next_try

    def _listen(self) -> None:
        if not self.is_due():
            return
        pool = self.redis.connection_pool
        connection = pool.connection_class(**pool.connection_kwargs)
        connection.connect()
        connection.send_command("SUBSCRIBE", CHANNEL)
        connection.read_response()
        self.connection, self.ear = connection, poll()
        self.ear.register(connection._sock, POLLIN)
        self.number += 1  # nobody knows what was told before
        self._note_back()

    def _hear(self) -> None:
        """Read all that was told. A connection that has ended is made anew at once."""
        try:
            while self.connection.can_read(timeout=0):
                self.connection.read_response()
            self.number += 1
        except (RedisError, OSError):
            self._stop_listening()
            self._listen()

    def _stop_listening(self) -> None:
        connection, self.connection = self.connection, None
        if connection:
            connection.disconnect()

    def _note_away(self, problem: Exception) -> None:
        self._stop_listening()
        if not self.is_away:
            logger.warning("Redis is away, other machines see changes some seconds later: %s", problem)
        self.is_away, self.next_try = True, monotonic() + SECONDS_BEFORE_NEXT_TRY

    def _note_back(self) -> None:
        if self.is_away:
            logger.warning("Redis is back, other machines see changes at once.")
        self.is_away = False
