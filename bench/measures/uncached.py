"""P1b: the same pages made anew for each visitor, as a scraper gets them."""

from bench.client import Browser
from bench.figures import one
from bench.goals import STATEMENTS
from bench.run import cpu_figure

WORK, TITLE = "P1b", "pages of visitors, made anew"
PAGES = ("home", "film", "moment")


def measure(run):
    site, pages = run.site(run.size), run.places()["pages"]
    with site.served(PAGE_SECONDS="0") as server:
        figures = {
            name: cpu_figure(f"page: {name}", server, Browser(server.port), pages[name], run.samples)
            for name in PAGES
        }
    yield from figures.values()
    yield run.against_spirit("home against Spirit", "list of a visitor", figures["home"])
    counts = run.statements(site, pages={name: pages[name] for name in PAGES})
    for name, count in counts.items():
        yield one(f"statements: {name}", STATEMENTS, count["statements"])
