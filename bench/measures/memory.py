"""P9: what a worker holds after many requests, and whether it grows."""

import itertools

from bench.client import Browser
from bench.clock import memory
from bench.figures import one
from bench.run import member_at
from reelive.progress_bar import ProgressBar

WORK, TITLE = "P9", "memory of a worker"
REQUESTS = (100_000, 1_000)  # in a full run and a quick one
KB = 1_000 / 1_024


def measure(run):
    count = run.often(*REQUESTS)
    with run.site(run.size).served(LIMITS="off") as server:
        mixed = requests(server, run.places())
        ask(mixed, count // 4, "first quarter")
        before = memory(server.worker)["Rss"]
        ask(mixed, count - count // 4, "the others")
        after = memory(server.worker)
    yield one("memory of a worker", "MB", after["Rss"] / 1_024, f"private and shared, {count:,} requests")
    yield one("private memory of a worker", "MB", (after["Private_Clean"] + after["Private_Dirty"]) / 1_024)
    yield one("growth of the last three quarters", "MB", (after["Rss"] - before) / 1_024)


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
