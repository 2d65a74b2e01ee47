"""P5: every type of page on a small site and on large ones: its time, its statements and its plans."""

import statistics

from bench.figures import Figure, one
from bench.goals import STATEMENTS, TIMES_AS_MUCH
from bench.run import Unable, cpu_figure, member_at

WORK, TITLE = "P5", "growth with the site"


def measure(run):
    smallest, *larger = run.sizes
    if not larger:
        yield from plans(run, smallest, run_statements(run, smallest))
        raise Unable("growth needs a larger site than this one; leave out --quick, or name a --size")
    before, asked = times(run, smallest), run_statements(run, smallest)
    for size in larger:
        now, counts = times(run, size), run_statements(run, size)
        for name in before.keys() & now.keys():
            yield now[name]
        for name, figure in now.items():
            if name in before:
                yield growth(name, before[name], figure, f"{smallest:,} → {size:,}")
        more = {name: counts[name]["statements"] - asked[name]["statements"] for name in now if name in asked}
        for name, number in more.items():
            if number:
                yield one(f"more statements: {name}", STATEMENTS, number, f"{size:,}")
        yield from plans(run, size, counts)


def growth(name: str, before: Figure, now: Figure, note: str) -> Figure:
    ratio = statistics.median(now.samples) / statistics.median(before.samples)
    return one(f"growth: {name}", TIMES_AS_MUCH, ratio, note)


def times(run, size: int) -> dict[str, Figure]:
    places = run.places(size)
    with run.site(size).served() as server:
        browser = member_at(server, places)
        return {
            name: cpu_figure(f"{name}, {size:,}", server, browser, path, run.often(20, 8), "median")
            for name, path in places["pages"].items()
        }


def run_statements(run, size: int) -> dict[str, dict]:
    places = run.places(size)
    session = places["members"][0]["session"]
    return run.statements(run.site(size), pages=places["pages"], session=session)


def plans(run, size: int, counts: dict[str, dict]):
    bad = {name: count["whole"] for name, count in counts.items() if count["whole"]}
    yield one("plans that read a whole table", "", len(bad), f"{size:,}")
    for name, tables in bad.items():
        yield one(f"tables read as a whole: {name}", "", len(tables), ", ".join(tables))
