"""Redis comes and goes; what limits a guesser is counted all the same."""

import pytest
from django.core.cache import caches

from reelive.redis_cache import ForgivingRedisCache
from tests.support.redis import NEEDS_REDIS, start_redis
from tests.support.waiting import PATIENCE

TIMEOUTS = {"OPTIONS": {"socket_connect_timeout": PATIENCE, "socket_timeout": PATIENCE}}

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_known_of_redis():
    yield
    ForgivingRedisCache.away_until = 0.0


@pytest.fixture
def cache(tmp_path):
    return ForgivingRedisCache(f"unix://{tmp_path}/redis.sock", TIMEOUTS)


@pytest.fixture
def database():
    return caches["database"]


def test_database_stands_in_for_every_verb(cache, database):
    cache.set("limit", 3, 60)
    assert database.get("limit") == 3
    assert cache.incr("limit") == 4
    assert cache.add("limit", 9) is False
    assert cache.touch("limit", 60) is True
    assert cache.has_key("limit") is True
    assert cache.set_many({"other": 1}) == []
    assert cache.get_many(["limit", "other", "none"]) == {"limit": 4, "other": 1}
    cache.delete_many(["other"])
    assert cache.delete("limit") is True
    assert cache.get("limit", "gone") == "gone"


def test_away_redis_is_asked_once_and_noted_once(cache, monkeypatch, caplog):
    asked = []
    monkeypatch.setattr(
        cache, "_note_away", lambda problem, note=cache._note_away: (asked.append(1), note(problem))
    )
    for number in range(5):
        cache.set("key", number)
    assert len(asked) == 1
    assert [record.message.partition(":")[0] for record in caplog.records] == [
        "Redis is away, the database stands in"
    ]


@NEEDS_REDIS
def test_redis_is_used_while_it_is_there(cache, database, tmp_path):
    process = start_redis(tmp_path)
    cache.set("key", "value", 60)
    assert cache.get("key") == "value"
    assert database.get("key") is None
    process.terminate()
    process.wait()


@NEEDS_REDIS
def test_redis_that_comes_back_is_used_again(cache, database, tmp_path, monkeypatch):
    monkeypatch.setattr("reelive.redis_cache.SECONDS_BEFORE_NEXT_TRY", 0)
    cache.set("key", "in the database", 60)
    process = start_redis(tmp_path)
    cache.set("key", "in Redis", 60)
    assert (cache.get("key"), database.get("key")) == ("in Redis", "in the database")
    process.kill()
    process.wait()
    assert cache.get("key") == "in the database"
