"""`make scale`: what a hundred million members would ask of votes and feeds, from what one of each costs.

It makes a small site on SQLite and one on a PostgreSQL of its own and measures there; then it computes and
plays the busiest hour. `ARGS=--no-measuring` takes the costs that docs/scale.md names.
"""

import argparse
import json
import sys
import tempfile
from pathlib import Path
from random import Random

from bench.drill.machines import Server
from bench.scale.simulation import Habits, by_followers, delays, feeds, machines, votes
from bench.serving import environment, manage, run

AMOUNTS = ("--members=2000", "--moments=300", "--votes=20000", "--yes")
# What docs/scale.md takes: less than SQLite did on a busy machine.
KNOWN = {"votes": 300.0, "feed rows": 1_000.0}
THRESHOLDS = (1_000, 10_000, 100_000, 1_000_000, 20_000_000)
SHARDS, SAMPLE, WORKERS = (16, 64, 256), 300_000, 8


def costs(folder: Path, database: str = "") -> dict[str, float]:
    settings = environment(folder, database, LIMITS="off", LOG_LEVEL="ERROR")
    manage(settings, "migrate", "--verbosity=0", "--skip-checks")
    manage(settings, "populate", *AMOUNTS, "--skip-checks")
    return json.loads(run([sys.executable, "-m", "bench.scale.costs"], settings))


def measured() -> dict[str, float]:
    """What one of PostgreSQL does; SQLite beside it is printed alone."""
    with tempfile.TemporaryDirectory(prefix="reelive-scale-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        print("SQLite      ", told(costs(folder)), flush=True)
        server = Server(folder / "server", folder / "postgresql")
        try:
            found = costs(folder, server.address)
        finally:
            server.stop()
    print("PostgreSQL  ", told(found))
    return found


def told(found: dict[str, float]) -> str:
    return ", ".join(f"{name}: {value:,.0f}" for name, value in found.items())


def simulate(habits: Habits, costs: dict[str, float]) -> None:
    random, groups = Random("scale"), by_followers(habits)  # noqa: S311 - nobody is to be kept from guessing
    found = votes(habits, SHARDS, SAMPLE, random)
    print(f"\nvotes a second        {found.total:8,.0f}, at the post with most {found.hottest:,.0f}")
    for number, rate in found.at_shard.items():
        print(
            f"  of {number:3} shards       {rate:9,.0f} at the fullest, {found.total / number:,.0f} if even"
        )
    print(f"processes for votes   {machines(found.total, costs['votes']):8,}, half of each kept free\n")
    print(
        "followers up to   rows a second   authors read   rows kept   workers   median   99 of 100   longest"
    )
    for threshold in THRESHOLDS:
        one = feeds(habits, groups, threshold)
        waited = delays(habits, groups, threshold, WORKERS, costs["feed rows"], random)
        print(
            f"{threshold:15,} {one.rows:15,.0f} {one.read:14.1f} {one.stored / 1e9:9.1f} G"
            f" {machines(one.rows, costs['feed rows']):9} {waited.median:7.2f}s {waited.of_99:10.2f}s"
            f" {waited.longest:8,.0f}s"
        )


def main(given: list[str]) -> None:
    words = argparse.ArgumentParser(prog="make scale", description=__doc__.partition("\n\n")[0])
    words.add_argument("--no-measuring", action="store_true", help="take the costs that docs/scale.md names")
    simulate(Habits(), KNOWN if words.parse_args(given).no_measuring else measured())


if __name__ == "__main__":
    main(sys.argv[1:])
