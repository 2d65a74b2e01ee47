"""The cache in Redis. While Redis is away the database stands in, so that sign-in limits still hold."""

import logging
from time import monotonic

from django.core.cache import caches
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)
SECONDS_BEFORE_NEXT_TRY = 5


class ForgivingRedisCache(RedisCache):
    away_until = 0.0

    def _either(self, verb: str, *args, **kwargs):
        """Asks Redis, or the database while it is away: a dead server costs a short wait in five seconds."""
        if monotonic() >= self.away_until:
            try:
                answer = getattr(super(), verb)(*args, **kwargs)
            except (RedisError, OSError) as problem:
                self._note_away(problem)
            else:
                self._note_back()
                return answer
        return getattr(caches["database"], verb)(*args, **kwargs)

    def _note_away(self, problem: Exception) -> None:
        if not self.away_until:
            logger.warning("Redis is away, the database stands in: %s", problem)
        type(self).away_until = monotonic() + SECONDS_BEFORE_NEXT_TRY

    def _note_back(self) -> None:
        if self.away_until:
            logger.warning("Redis is back.")
            type(self).away_until = 0.0

    def add(self, *args, **kwargs):
        return self._either("add", *args, **kwargs)

    def get(self, *args, **kwargs):
        return self._either("get", *args, **kwargs)

    def set(self, *args, **kwargs):
        return self._either("set", *args, **kwargs)

    def touch(self, *args, **kwargs):
        return self._either("touch", *args, **kwargs)

    def delete(self, *args, **kwargs):
        return self._either("delete", *args, **kwargs)

    def has_key(self, *args, **kwargs):
        return self._either("has_key", *args, **kwargs)

    def incr(self, *args, **kwargs):
        return self._either("incr", *args, **kwargs)

    def get_many(self, *args, **kwargs):
        return self._either("get_many", *args, **kwargs)

    def set_many(self, *args, **kwargs):
        return self._either("set_many", *args, **kwargs)

    def delete_many(self, *args, **kwargs):
        return self._either("delete_many", *args, **kwargs)

    def clear(self, *args, **kwargs):
        return self._either("clear", *args, **kwargs)
