"""P6: search on the largest site, with words as they stand in its posts."""

from urllib.parse import quote_plus

from bench.client import cpu_of
from bench.figures import Figure, one, percentile
from bench.run import WARM_UP, member_at

WORK, TITLE = "P6", "search"
FEW = 10  # words of each kind in a quick run


def measure(run):
    size = run.sizes[-1]
    places = run.places(size)
    with run.site(size).served(LIMITS="off") as server:
        browser = member_at(server, places)
        for kind, words in places["searches"].items():
            some = words[: run.often(len(words), FEW)]
            requests = [browser.request(f"/search/?q={quote_plus(word)}") for word in some]
            for request in requests[:WARM_UP]:
                browser.ask(request)
            samples = cpu_of(server.worker, browser, requests)
            yield Figure(f"median: {kind}", "ms", samples, by="median", note=f"{size:,}")
            yield one(f"95th: {kind}", "ms", percentile(samples, 95))
