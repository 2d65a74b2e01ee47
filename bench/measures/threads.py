"""P3: a moment with 200 comments, for a member."""

from bench.figures import one
from bench.goals import STATEMENTS
from bench.run import cpu_figure, member_at

WORK, TITLE = "P3", "a long thread"
PAGE = "200 comments"


def measure(run):
    site, places = run.site(run.size), run.places()
    path = places["pages"][PAGE]
    with site.served() as server:
        yield cpu_figure(PAGE, server, member_at(server, places), path, run.samples)
    counts = run.statements(site, pages={PAGE: path}, session=places["members"][0]["session"])
    yield one(f"statements of {PAGE}", STATEMENTS, counts[PAGE]["statements"])
