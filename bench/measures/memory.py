"""P9: what a worker holds after many requests, and whether it grows.

SQLite maps its file into the worker, up to 256 MiB of it as pages are read. These are the machine's copy of
the file, which it takes back whenever it needs the room, so they are said apart.
"""

import itertools

from bench.client import Browser
from bench.clock import mapped, memory
from bench.figures import one
from bench.run import member_at
from reelive.progress_bar import ProgressBar

WORK, TITLE = "P9", "memory of a worker"
REQUESTS = (100_000, 1_000)  # in a full run and a quick one
DATABASE = ".sqlite3"


def measure(run):
    count = run.often(*REQUESTS)
    with run.site(run.size).served(LIMITS="off") as server:
        mixed = requests(server, run.places())
        ask(mixed, count // 4, "first quarter")
        before = own_memory(server.worker)
        ask(mixed, count - count // 4, "the others")
        after, database = own_memory(server.worker), mapped(server.worker, DATABASE)
    yield one("memory of a worker", "MB", after / 1_024, f"private and shared, {count:,} requests")
    yield one("of the database mapped into it", "MB", database / 1_024)
    yield one("growth of the last three quarters", "MB", (after - before) / 1_024)


def own_memory(worker: int) -> int:
    """Kilobytes, private and shared, but for the database."""
    return memory(worker)["Rss"] - mapped(worker, DATABASE)


def requests(server, places: dict):
    """Of each ten, eight by visitors and two by members; on pages of all types and at many moments."""
    pages = itertools.cycle(places["pages"].values())
    moments = itertools.cycle(places["moments"])
    visitor = Browser(server.port)
    members = itertools.cycle([member_at(server, places, number) for number in range(4)])
    for number in itertools.count():
        browser = next(members) if number % 5 == 0 else visitor
        yield browser, next(pages) if number % 10 < 9 else f"/posts/{next(moments)}/"


def ask(mixed, count: int, label: str) -> None:
    with ProgressBar(label, count) as progress:
        for browser, path in itertools.islice(mixed, count):
            status = browser.get(path).status
            if status >= 500:
                raise RuntimeError(f"{path} was answered with {status}")
            progress.step()
