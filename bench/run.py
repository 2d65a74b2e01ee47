"""One run: its choices, its sites, its yardstick, and what every measurement is given."""

import json
import sys
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from bench.client import Browser, cpu_of
from bench.figures import Figure, Results, one
from bench.goals import SPIRIT, TIMES_AS_MUCH
from bench.serving import Server, environment, run
from bench.sites import Site

WARM_UP = 5
LOOKS = 40  # renderings of the yardstick before each measurement


class Unable(Exception):
    """A measurement cannot be taken here; the sentence says why."""


@dataclass
class Run:
    sizes: tuple[int, ...]
    size: int  # of the site on which most is measured
    is_quick: bool = False
    database: str = ""
    results: Results = field(default_factory=Results)
    sites: dict[int, Site] = field(default_factory=dict)
    known_places: dict[int, dict] = field(default_factory=dict)

    def say(self, sentence: str) -> None:
        print(sentence, file=sys.stderr, flush=True)

    def often(self, full: int, quick: int) -> int:
        return quick if self.is_quick else full

    def site(self, size: int) -> Site:
        """The site of that size; it is filled when it is asked for the first time."""
        if size not in self.sites:
            site = Site(size, self.database)
            site.fill(self.say)
            self.sites[size] = site
        return self.sites[size]

    def places(self, size: int | None = None) -> dict:
        size = size or self.size
        if size not in self.known_places:
            self.known_places[size] = self.site(size).places()
        return self.known_places[size]

    def look_at_yardstick(self) -> None:
        command = [sys.executable, "-m", "bench.yardstick", str(self.often(LOOKS, LOOKS // 2))]
        self.results.yardstick += json.loads(run(command, environment(Path("unused"))))

    def against_spirit(self, name: str, page: str, figure: Figure) -> Figure:
        """How often as many the site does in the same time."""
        return one(name, TIMES_AS_MUCH, SPIRIT[page] / 10 * self.results.unit / figure.value)

    def statements(self, site: Site, **asked) -> dict[str, dict]:
        """By name: how many statements a page asks, and of which tables it reads every row."""
        return json.loads(run([sys.executable, "-m", "bench.statements"], site.settings(), json.dumps(asked)))

    @cached_property
    def samples(self) -> int:
        return self.often(60, 15)


def cpu_figure(
    name: str, server: Server, browser: Browser, path: str, times: int, by: str = "least"
) -> Figure:
    """Milliseconds of CPU for a page, warm, one request after another."""
    request = browser.request(path)
    for _time in range(WARM_UP):
        browser.ask(request)
    return Figure(name, "ms", cpu_of(server.worker, browser, [request] * times), by=by)


def member_at(server: Server, places: dict, number: int = 0) -> Browser:
    return Browser(server.port, places["members"][number]["session"])
