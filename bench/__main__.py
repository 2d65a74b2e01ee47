"""`make bench`: fills sites, serves them as in production and measures what `bench/goals.py` asks for.

It prints one table and ends with 1 when a goal is missed. A run may be stopped with Ctrl-C; sites that are
filled by then are kept for the next one.
"""

import argparse
import fcntl
import platform
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.figures import Results
from bench.measures import (
    growth,
    key_to_paint,
    lighthouse,
    loading,
    members,
    memory,
    search,
    starting,
    threads,
    uncached,
    visitors,
    weight,
    writes,
)
from bench.run import Run, Unable
from bench.serving import ROOT
from bench.sites import KEPT, SIZES

MEASURES = (
    *(visitors, uncached, members, threads, writes, growth),
    *(search, weight, loading, memory, starting, lighthouse, key_to_paint),
)
WORKS = {measure.WORK: measure for measure in MEASURES}
USUAL = 100_000  # moments of the site on which most is measured
QUICK = 1_000
STOPPED = 130  # the status of a program that Ctrl-C has ended


def parser() -> argparse.ArgumentParser:
    known = argparse.ArgumentParser(prog="make bench", description="Measure the site against its goals.")
    known.add_argument("--quick", action="store_true", help="a small site and few requests, in three minutes")
    known.add_argument("--only", type=works, default=[*WORKS], metavar="P2,P3", help="what to measure")
    known.add_argument("--size", type=int, help="moments of the largest site")
    known.add_argument("--json", type=Path, metavar="FILE", help="write the figures there as well")
    known.add_argument(
        "--database", default="", metavar="URL", help="a PostgreSQL server, to make databases on"
    )
    return known


def works(text: str) -> list[str]:
    names = [name.strip() for name in text.split(",")]
    if unknown := set(names) - set(WORKS):
        raise argparse.ArgumentTypeError(f"{', '.join(sorted(unknown))} is none of {', '.join(WORKS)}")
    return [name for name in WORKS if name in names]


def run_of(chosen: argparse.Namespace) -> Run:
    largest = chosen.size or (QUICK if chosen.quick else SIZES[-1])
    sizes = (*(size for size in SIZES if size < largest), largest)
    usual = largest if chosen.size else min(USUAL, largest)
    return Run(sizes, usual, chosen.quick, chosen.database)


def measure_all(run: Run, names: list[str]) -> None:
    for name in names:
        measure = WORKS[name]
        run.say(f"{name}: {measure.TITLE}")
        run.look_at_yardstick()
        try:
            for figure in measure.measure(run):
                run.results.figures.append((name, figure))
        except Unable as why:
            run.results.left_out.append((name, str(why)))
        except (RuntimeError, OSError, subprocess.CalledProcessError) as problem:
            run.results.left_out.append((name, f"it broke: {problem}"))
    run.look_at_yardstick()


def facts(run: Run) -> dict[str, str]:
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, cwd=ROOT)
    return {
        "commit": commit.stdout.strip(),
        "python": platform.python_version(),
        "database": "PostgreSQL" if run.database else "SQLite",
        "moments": f"{run.size:,}; growth: {', '.join(f'{size:,}' for size in run.sizes)}",
        "requests": "few (--quick)" if run.is_quick else "many",
    }


@contextmanager
def alone() -> Iterator[None]:
    """Two runs at once would fill and delete each other's sites, and measure each other."""
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / "lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            sys.exit("Another `make bench` is running in this folder; wait until it has ended.")
        yield


def stop(*_signal) -> None:
    raise KeyboardInterrupt


def main() -> int:
    chosen = parser().parse_args()
    signal.signal(signal.SIGTERM, stop)
    run, start, status = run_of(chosen), time.monotonic(), 0
    with alone():
        try:
            measure_all(run, chosen.only)
        except KeyboardInterrupt:
            run.say("Stopped; what was measured until then:")
            status = STOPPED
    report(run.results, facts(run), chosen.json)
    print(f"{len(run.results.figures)} figures in {time.monotonic() - start:,.0f} s")
    broke = any(why.startswith("it broke") for _work, why in run.results.left_out)
    return status or int(bool(run.results.missed() or broke))


def report(results: Results, about: dict[str, str], path: Path | None) -> None:
    results.facts = about
    if not results.yardstick:
        return
    print(", ".join(f"{name}: {fact}" for name, fact in about.items()))
    print(results.table())
    if path:
        results.write(path)


if __name__ == "__main__":
    sys.exit(main())
