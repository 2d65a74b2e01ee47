"""P5: every type of page on a small site and on large ones: its time, its statements and its plans.

A page is compared with one that shows as much. Lists are full on the smallest site too, but for its ledger,
which is filled in a copy of it. A member there has written less than the thousand posts and comments up to
which their page counts them: what that adds is part of the figure.
"""

import statistics
import sys

from bench.figures import Figure, one
from bench.goals import STATEMENTS, TIMES_AS_MUCH
from bench.run import Unable, cpu_figure, member_at
from bench.serving import run as run_program

WORK, TITLE = "P5", "growth with the site"


def measure(run):
    smallest, *larger = run.sizes
    if not larger:
        yield from plans(smallest, run_statements(run, run.site(smallest), run.places(smallest)))
        raise Unable("growth needs a larger site than this one; leave out --quick, or name a --size")
    with run.site(smallest).copied() as small:
        run_program([sys.executable, "-m", "bench.full_ledger"], small.settings())
        places = small.places()
        before, asked = times(run, small, places), run_statements(run, small, places)
    for size in larger:
        site, places = run.site(size), run.places(size)
        now, counts = times(run, site, places), run_statements(run, site, places)
        for name in before.keys() & now.keys():
            yield now[name]
        for name, figure in now.items():
            if name in before:
                yield growth(name, before[name], figure, f"{smallest:,} → {size:,}")
        more = {name: counts[name]["statements"] - asked[name]["statements"] for name in now if name in asked}
        for name, number in more.items():
            if number:
                yield one(f"more statements: {name}", STATEMENTS, number, f"{size:,}")
        yield from plans(size, counts)


def growth(name: str, before: Figure, now: Figure, note: str) -> Figure:
    ratio = statistics.median(now.samples) / statistics.median(before.samples)
    return one(f"growth: {name}", TIMES_AS_MUCH, ratio, note)


def times(run, site, places: dict) -> dict[str, Figure]:
    with site.served() as server:
        browser = member_at(server, places)
        return {
            name: cpu_figure(f"{name}, {site.size:,}", server, browser, path, run.often(20, 8), "median")
            for name, path in places["pages"].items()
        }


def run_statements(run, site, places: dict) -> dict[str, dict]:
    session = places["members"][0]["session"]
    return run.statements(site, pages=places["pages"], session=session)


def plans(size: int, counts: dict[str, dict]):
    bad = {name: count["whole"] for name, count in counts.items() if count["whole"]}
    yield one("plans that read a whole table", "", len(bad), f"{size:,}")
    for name, tables in bad.items():
        yield one(f"tables read as a whole: {name}", "", len(tables), ", ".join(tables))
