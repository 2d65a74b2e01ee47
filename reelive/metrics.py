"""Numbers of all requests, which add up over the web processes of a machine.

They lie in one file that all processes map into their memory. Each process has a part of its own, which it
holds by a lock that the system frees when it ends: so nobody waits to count, and whoever comes next goes on
where it stopped, which keeps the sums from falling. Which numbers there are follows from the addresses of the
site, so that no visitor can make another one up; a release with other addresses begins a file of its own.
"""

import fcntl
import os
import threading
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from contextlib import suppress
from hashlib import blake2b
from mmap import mmap
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.urls import URLResolver, get_resolver

METHODS = ("GET", "POST", "HEAD", "other")
STATUSES = (1, 2, 3, 4, 5)
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, float("inf"))  # seconds
NOT_NAMED = ("none", "static")
MOST_PROCESSES = 64  # beyond so many on one machine they count for nobody
NUMBER_BYTES = 8
# The first numbers of a part: whose it is, and what is counted of all requests together.
PROCESS, QUERIES, HITS, MISSES, PIECE_HITS, PIECE_MISSES, PIECE_BYTES, FIRST = range(8)
OF_A_ROUTE = len(METHODS) * len(STATUSES) + len(BUCKETS) + 1  # the last is the sum of seconds


class Route(NamedTuple):
    """What was counted of one route: numbers by method and class of status, by duration, and all seconds."""

    name: str
    requests: dict[tuple[str, int], int]
    durations: list[int]
    seconds: float


def names_in(resolver: URLResolver, space: str = "") -> Iterator[str]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from names_in(entry, f"{space}{entry.namespace}:" if entry.namespace else space)
        elif entry.name:
            yield f"{space}{entry.name}"


class Metrics:
    """The numbers of this machine; a process that only reads claims no part."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.lock = threading.Lock()
        self.places: dict[str, int] | None = None
        self.numbers: memoryview | None = None
        self.own: int | None = None  # where the part of this process begins; -1 when it has none
        self.pieces = {PIECE_HITS: 0, PIECE_MISSES: 0}  # of the render cache, as far as they are counted

    def note(
        self, route: str, method: str, status: int, seconds: float, queries: int, kept: bool | None
    ) -> None:
        """Count one request. `kept`: whether its page was a kept one; None where none is kept of its kind."""
        with self.lock:
            own = self._claim() if self.own is None else self.own
            if own < 0:
                return
            numbers = self.numbers
            numbers[own + QUERIES] += queries
            if kept is not None:
                numbers[own + (HITS if kept else MISSES)] += 1
            at = own + self.places.get(route, self.places["none"])
            by = METHODS.index(method) if method in METHODS else len(METHODS) - 1
            numbers[at + by * len(STATUSES) + min(max(status // 100, 1), 5) - 1] += 1
            at += len(METHODS) * len(STATUSES)
            numbers[at + bisect_left(BUCKETS, seconds)] += 1
            numbers[at + len(BUCKETS)] += seconds

    def note_pieces(self, hits: int, misses: int, size: int) -> None:
        """Count what the render cache of this process had and had not since its start, and its bytes now."""
        with self.lock:
            own = self._claim() if self.own is None else self.own
            if own < 0:
                return
            for which, so_far in ((PIECE_HITS, hits), (PIECE_MISSES, misses)):
                self.numbers[own + which] += so_far - self.pieces[which]
                self.pieces[which] = so_far
            self.numbers[own + PIECE_BYTES] = size

    def _open(self) -> None:
        """Map the file, once."""
        if self.places is not None:
            return
        names = sorted({*NOT_NAMED, *names_in(get_resolver())})
        self.places = {name: FIRST + at * OF_A_ROUTE for at, name in enumerate(names)}
        layout = blake2b(repr((names, METHODS, BUCKETS, FIRST)).encode(), digest_size=8).hexdigest()
        self.size = FIRST + len(names) * OF_A_ROUTE
        with suppress(OSError):  # a full disk stops the counting, and nothing else
            for former in set(self.folder.glob("metrics-*")) - {self.folder / f"metrics-{layout}"}:
                former.unlink(missing_ok=True)
            self.file = os.open(self.folder / f"metrics-{layout}", os.O_RDWR | os.O_CREAT, 0o600)
            os.posix_fallocate(self.file, 0, self.size * NUMBER_BYTES * MOST_PROCESSES)
            self.numbers = memoryview(mmap(self.file, self.size * NUMBER_BYTES * MOST_PROCESSES)).cast("d")

    def _claim(self) -> int:
        """Hold the first part that nobody holds, by a lock on its first byte."""
        self._open()
        self.own = -1
        for part in range(MOST_PROCESSES if self.numbers else 0):
            start = part * self.size
            with suppress(OSError):
                fcntl.lockf(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, start * NUMBER_BYTES)
                self.own = start
                self.numbers[start + PROCESS] = os.getpid()
                break
        return self.own

    def parts(self) -> Iterable[int]:
        """Where the parts begin that were ever held."""
        with self.lock:
            self._open()
        starts = (part * self.size for part in range(MOST_PROCESSES)) if self.numbers else ()
        return [start for start in starts if self.numbers[start + PROCESS]]

    def total(self, which: int) -> float:
        return sum(self.numbers[start + which] for start in self.parts())

    def processes(self) -> list[int]:
        """The processes that hold a part, as far as they are still there."""
        return list(self.by_process(PROCESS))

    def by_process(self, which: int) -> dict[int, float]:
        """A number of each of them."""
        found = {int(self.numbers[start + PROCESS]): self.numbers[start + which] for start in self.parts()}
        return {process: number for process, number in found.items() if Path(f"/proc/{process}").exists()}

    def routes(self) -> Iterator[Route]:
        """What was counted of each route that anybody asked for."""
        parts = self.parts()
        for name, place in self.places.items() if parts else ():
            sums = [sum(self.numbers[start + place + at] for start in parts) for at in range(OF_A_ROUTE)]
            counted = len(METHODS) * len(STATUSES)
            keys = [(method, status) for method in METHODS for status in STATUSES]
            requests = {key: int(number) for key, number in zip(keys, sums, strict=False) if number}
            if requests:
                yield Route(name, requests, list(map(int, sums[counted:-1])), sums[-1])


metrics = Metrics(settings.DATA_DIR)
