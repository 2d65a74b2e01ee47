"""What visitors get is made anew on every machine by the next page, where Redis tells of changes."""

import subprocess
import sys

import pytest

from reelive.changes import Changes
from reelive.page_cache import PageCache
from tests.support.page_cache import Site, ask
from tests.support.redis import NEEDS_REDIS, end, start_redis
from tests.support.waiting import until

pytestmark = [pytest.mark.django_db, NEEDS_REDIS]
# What another process tells, and its number of the last change once it has heard of one more.
TELL = "import sys; from reelive.changes import Changes; Changes(sys.argv[1]).tell()"
HEAR = """
import sys, time
from reelive.changes import Changes

changes = Changes(sys.argv[1])
first = changes.last()
print("listens", flush=True)
deadline = time.monotonic() + 100
while changes.last() == first and time.monotonic() < deadline:
    time.sleep(0.01)
print(changes.last() - first, flush=True)
"""


@pytest.fixture
def redis(tmp_path):
    process = start_redis(tmp_path)
    yield process
    end(process)


@pytest.fixture
def url(tmp_path):
    return f"unix://{tmp_path}/redis.sock"


@pytest.fixture
def machine(tmp_path, url):
    """A site with kept pages on a machine of that name."""
    return lambda name: PageCache(Site(), 60, tmp_path / name, Changes(url))


def bodies(*machines):
    return [ask(pages)[2] for pages in machines]


def test_a_change_ends_the_pages_of_every_machine(redis, machine):
    first, second, third = map(machine, "abc")
    assert bodies(first, second, third, first, second, third) == [b"answer 1"] * 6
    ask(first, method="POST")
    assert until(lambda: bodies(second, third) == [b"answer 2"] * 2)
    assert ask(first)[2] == b"answer 3"  # the form was its second
    assert (second.site.asked, third.site.asked) == (2, 2)


def test_a_form_that_changed_nothing_is_not_told(redis, machine):
    first, second = machine("a"), machine("b")
    bodies(first, second)
    heard = second.elsewhere.last()
    ask(first, method="POST", **{"reelive.unchanged": True})
    assert second.elsewhere.last() == heard
    assert bodies(second) == [b"answer 1"]


def test_another_process_tells_and_hears(redis, url, machine):
    pages = machine("a")
    assert bodies(pages, pages) == [b"answer 1"] * 2
    subprocess.run([sys.executable, "-c", TELL, url], check=True)
    assert bodies(pages, pages) == [b"answer 2"] * 2
    ear = subprocess.Popen([sys.executable, "-c", HEAR, url], stdout=subprocess.PIPE, text=True)
    assert ear.stdout.readline() == "listens\n"
    ask(pages, method="POST")
    assert ear.communicate()[0] == "1\n"


def test_a_page_is_not_kept_when_a_change_came_while_it_was_made(redis, machine, url):
    pages, other = machine("a"), Changes(url)
    answer = pages.site.answer
    pages.site.answer = lambda: (other.tell(), answer())[1]
    assert bodies(pages) == [b"answer 1"]
    pages.site.answer = answer
    assert bodies(pages, pages) == [b"answer 2"] * 2


def test_while_redis_is_away_pages_live_for_their_seconds(machine, caplog):
    first, second = machine("a"), machine("b")
    assert bodies(first, second) == [b"answer 1"] * 2
    ask(first, method="POST")
    assert bodies(first, first, second) == [b"answer 3", b"answer 3", b"answer 1"]
    first_words = [record.message.partition(":")[0] for record in caplog.records]
    assert first_words == ["Redis is away, other machines see changes some seconds later"] * 2, (
        "one each process"
    )


def test_redis_that_went_and_came_is_heard_again(machine, tmp_path, monkeypatch, caplog):
    first, second = machine("a"), machine("b")
    process = start_redis(tmp_path)
    bodies(first, second)
    end(process)
    assert bodies(first, second) == [b"answer 1"] * 2
    process = start_redis(tmp_path)
    assert bodies(second) == [b"answer 1"], "the next try comes in some seconds"
    for pages in (first, second):
        pages.elsewhere.next_try = 0
    # Nobody knows what was told in the meantime.
    assert bodies(first, second) == [b"answer 2"] * 2
    ask(first, method="POST")
    assert until(lambda: bodies(second) == [b"answer 3"])
    assert [record.message.partition(",")[0] for record in caplog.records] == [
        *["Redis is away"] * 2,
        *["Redis is back"] * 2,
    ]
    end(process)


def test_a_connection_that_ended_is_made_anew_at_once(redis, machine, url, caplog):
    first, second = machine("a"), machine("b")
    bodies(first, second)
    first.elsewhere.redis.client_kill_filter(_type="pubsub")
    assert bodies(second, second) == [b"answer 2"] * 2
    ask(first, method="POST")
    assert until(lambda: bodies(second) == [b"answer 3"])
    assert not caplog.records


def test_a_look_asks_redis_nothing(redis, machine):
    pages = machine("a")
    bodies(pages)
    client = pages.elsewhere.redis
    before = client.info("stats")["total_commands_processed"]
    bodies(*[pages] * 20)
    assert client.info("stats")["total_commands_processed"] == before + 1, "the count itself"
