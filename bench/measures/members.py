"""P2: what members look at most, with their own votes."""

from bench.figures import one
from bench.goals import STATEMENTS
from bench.run import cpu_figure, member_at

WORK, TITLE = "P2", "pages of members"
PAGES = ("home", "film", "moment")


def measure(run):
    site, places = run.site(run.size), run.places()
    pages = {name: places["pages"][name] for name in PAGES}
    with site.served() as server:
        figures = {
            name: cpu_figure(name, server, member_at(server, places), path, run.samples)
            for name, path in pages.items()
        }
    yield from figures.values()
    yield run.against_spirit("home against Spirit", "list of a member", figures["home"])
    counts = run.statements(site, pages=pages, session=places["members"][0]["session"])
    for name, count in counts.items():
        yield one(f"statements of {name}", STATEMENTS, count["statements"])
