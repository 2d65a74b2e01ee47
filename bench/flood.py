"""`make flood`: a site of its own is flooded with hostile requests; what it keeps of them has a budget.

It prints one table and ends with 1 when a budget is not met.
"""

import asyncio
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

from bench.hostile import Attacker, visitor_of
from bench.wire import HOST, Connection, ask_once, get

REQUESTS, WARM_UP = 100_000, 4_000
LONGEST = 70  # seconds of flooding, whatever has been sent by then
CONNECTIONS, AT_ONCE = 24, 25
SLOW = 500  # of each kind
PATIENCE = 20  # seconds that a visitor waits for a page meanwhile
BUDGET = 50  # MB of growth
MB = 1024 * 1024
HALF_A_HEADER = b"GET / HTTP/1.1\r\nHost: localhost\r\nCookie: "
HALF_A_BODY = b"POST /accounts/login/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5000\r\n\r\nlogin="


class Site:
    """A new site in a folder of its own, served by two workers."""

    def __init__(self):
        self.folder = Path(tempfile.mkdtemp(prefix="reelive-flood-"))
        with socket.create_server((HOST, 0)) as probe:
            self.port = probe.getsockname()[1]
        own = {"DATA_DIR": str(self.folder), "PORT": str(self.port), "WORKERS": "2", "LIMITS": "on"}
        own |= {
            "DATABASE_URL": "",
            "REDIS_URL": "",
            "DEBUG": "",
            "SITE_URL": "",
            "HTTPS": "",
            "PAGE_SECONDS": "",
        }
        self.environment = os.environ | own

    def __enter__(self):
        quiet = {"env": self.environment, "stdout": subprocess.DEVNULL}
        subprocess.run([sys.executable, "manage.py", "setup"], check=True, **quiet)
        self.log = open(self.folder / "log", "wb")
        command = [sys.executable, "-m", "reelive.serve"]
        self.process = subprocess.Popen(command, env=self.environment, stdout=self.log, stderr=self.log)
        return self

    def __exit__(self, *problem):
        self.process.terminate()
        self.process.wait()
        self.log.close()
        shutil.rmtree(self.folder)

    def workers(self) -> list[int]:
        """The processes that answer requests: the children of the web server's own."""
        listing = subprocess.run(
            ["ps", "-e", "-o", "pid=,ppid=,args="], capture_output=True, text=True
        ).stdout
        rows = [line.split(None, 2) for line in listing.splitlines()]
        servers = {pid for pid, parent, args in rows if int(parent) == self.process.pid and "granian" in args}
        return [
            int(pid) for pid, parent, args in rows if parent in servers and "resource_tracker" not in args
        ]

    def memory(self) -> int:
        """Bytes that the largest worker has for itself."""
        return max(memory_of(pid) for pid in self.workers())

    def disk(self) -> int:
        return sum(path.stat().st_size for path in self.folder.rglob("*") if path.is_file())


def memory_of(pid: int) -> int:
    rows = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(row.split()[1]) * 1024 for row in rows if row.startswith("RssAnon"))


class Flood:
    """What was sent, and how it was answered."""

    def __init__(self, port: int):
        self.port = port
        self.statuses: Counter[int] = Counter()
        self.waits: list[float] = []
        self.given_up = 0

    async def run(self, attacker: Attacker, count: int, seconds: float) -> None:
        until = time.monotonic() + seconds
        requests = attacker.requests(count)
        await asyncio.gather(*(self.send(requests, until) for _ in range(CONNECTIONS)))

    async def send(self, requests, until: float) -> None:
        connection = Connection(self.port)
        while time.monotonic() < until:
            some = [request for request, _number in zip(requests, range(AT_ONCE), strict=False)]
            if not some:
                break
            self.statuses.update(await connection.ask(some))
        connection.close()

    async def visit(self) -> None:
        """Somebody who looks at a page twice a second, and how long they wait for it."""
        while True:
            start = time.monotonic()
            with suppress(TimeoutError, OSError, asyncio.IncompleteReadError):
                async with asyncio.timeout(PATIENCE):
                    await ask_once(self.port, get("/"))
            self.waits.append(time.monotonic() - start)
            await asyncio.sleep(0.5)

    async def be_slow(self, begun: bytes) -> None:
        """Send half of something and now and then a letter more, until the site gives up."""
        reader, writer = await asyncio.open_connection(HOST, self.port)
        writer.write(begun)
        with suppress(OSError):
            while not reader.at_eof():
                writer.write(b"x")
                with suppress(TimeoutError):
                    await asyncio.wait_for(reader.read(1_000), 5)
            self.given_up += 1
        writer.close()


async def ready(port: int) -> None:
    while True:
        with suppress(OSError, asyncio.IncompleteReadError):
            if (await ask_once(port, get("/healthz")))[0] == 200:
                return
        await asyncio.sleep(0.2)


async def flooded(site: Site) -> list[tuple[str, str, str, str, bool]]:
    """The rows of the table: what, before, after, budget, and whether it was met."""
    await ready(site.port)
    attacker = await visitor_of(site.port)
    await Flood(site.port).run(attacker, WARM_UP, LONGEST / 7)
    before = site.memory(), site.disk()
    flood, start = Flood(site.port), time.monotonic()
    slow = [
        asyncio.create_task(flood.be_slow(half)) for half in (HALF_A_HEADER, HALF_A_BODY) for _ in range(SLOW)
    ]
    visitor = asyncio.create_task(flood.visit())
    await flood.run(attacker, REQUESTS - WARM_UP, LONGEST)
    seconds = time.monotonic() - start
    await asyncio.wait(slow, timeout=max(0.0, 60 - seconds))
    visitor.cancel()
    return [*grown(before, (site.memory(), site.disk())), *answered(flood, seconds)]


def grown(before, after):
    for name, was, is_now in zip(
        ("memory of a worker", "data folder, log included"), before, after, strict=True
    ):
        growth = (is_now - was) / MB
        yield name, f"{was / MB:.1f} MB", f"{is_now / MB:.1f} MB", f"+{BUDGET} MB", growth <= BUDGET


def answered(flood: Flood, seconds: float):
    count, errors = flood.statuses.total(), sum(flood.statuses[status] for status in range(500, 600))
    kinds = ", ".join(f"{status}: {number:,}" for status, number in sorted(flood.statuses.items()))
    yield "answers that are errors of ours", "", f"{errors:,}", "0", errors == 0
    yield "slow connections given up", "", f"{flood.given_up:,}", f"{2 * SLOW:,}", flood.given_up == 2 * SLOW
    longest = max(flood.waits)
    yield "longest wait of a visitor", "", f"{longest:.1f} s", f"{PATIENCE} s", longest < PATIENCE
    print(f"{count:,} requests in {seconds:.0f} s ({kinds})")


def main() -> int:
    with Site() as site:
        rows = asyncio.run(flooded(site))
    print(f"{'':32} {'before':>10} {'after':>10} {'budget':>10}")
    for name, before, after, budget, is_met in rows:
        print(f"{name:32} {before:>10} {after:>10} {budget:>10}  {'pass' if is_met else 'FAIL'}")
    return 0 if all(row[-1] for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
