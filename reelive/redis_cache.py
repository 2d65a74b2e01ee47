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


def _forgiving(verb: str):
    def method(self, *args, **kwargs):
        return self._either(verb, *args, **kwargs)

    method.__name__ = verb
    return method


for verb in (
    *("add", "get", "set", "touch", "delete", "has_key", "incr"),
    *("get_many", "set_many", "delete_many", "clear"),
):
    setattr(ForgivingRedisCache, verb, _forgiving(verb))
