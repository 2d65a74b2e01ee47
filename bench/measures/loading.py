"""P8: loading the fixtures, and filling a site with synthetic rows."""

import re
import sys
from pathlib import Path

from bench.figures import Figure, one
from bench.serving import ROOT, cpu_seconds_of
from bench.sites import empty_site

WORK, TITLE = "P8", "loading many rows"


def measure(run):
    command = [sys.executable, "manage.py"]
    fixtures = sorted(path.stem for path in Path(ROOT, "fixtures").glob("*.json"))
    samples = []
    for _time in range(run.often(3, 1)):
        with empty_site("loading", run.database) as site:
            seconds, _said = cpu_seconds_of([*command, "loaddata", *fixtures], site.settings())
            samples.append(seconds)
    yield Figure("loaddata of all fixtures", "s", samples, note="CPU")
    moments = run.often(50_000, 2_000)
    wanted = [
        f"--members={moments // 10}",
        f"--moments={moments}",
        f"--comments={moments}",
        f"--votes={3 * moments}",
    ]
    with empty_site("loading", run.database) as site:
        seconds, said = cpu_seconds_of([*command, "populate", *wanted], site.settings())
    # With few of them the texts that are made beforehand count for more than the rows.
    name = "populate, few moments" if run.is_quick else "populate"
    yield one(name, "rows/s", rows_in(said) / seconds, f"of CPU, {moments:,} moments")


def rows_in(said: str) -> int:
    return int(re.search(r"\(([\d,]+) rows in", said)[1].replace(",", ""))
