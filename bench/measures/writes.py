"""P4: what members do, one after another and sixteen at once, on a copy of the site."""

import itertools
import re
import subprocess
import threading
import time
from collections import Counter
from datetime import date

from bench.client import cpu_of
from bench.figures import Figure, one, percentile
from bench.goals import STATEMENTS
from bench.run import member_at
from bench.serving import manage

WORK, TITLE = "P4", "votes, comments, feelings and diary entries"
FEELINGS = ("joy", "wonder", "longing", "hope")
FIRST_DAY = date(2020, 1, 1).toordinal()
# From these numbers on no deed is like one before: the same comment twice is refused.
FRESH, UNUSED = 1_000, 10_000
AT_ONCE, ROUNDS = 16, (25, 4)  # members; deeds of each kind by each, in a full run and a quick one
DEEDS = ("upvote", "comment", "feel", "relive")


def deed(kind: str, moment: int, number: int) -> tuple[str, dict[str, str]]:
    """Address and fields of the form; `number` makes each different from the others."""
    return {
        "upvote": (f"/posts/{moment}/upvote/", {}),
        "comment": (f"/posts/{moment}/comments/", {"body": f"The {number}th time, and it still holds."}),
        "feel": (f"/moments/{moment}/feel/", {"feeling": FEELINGS[number % len(FEELINGS)]}),
        "relive": (f"/moments/{moment}/relive/", relived(number)),
    }[kind]


def relived(number: int) -> dict[str, str]:
    day = date.fromordinal(FIRST_DAY + number % 2_000).isoformat()
    return {"date": day, "note": f"Note {number}", "audience": "followers"}


def measure(run):
    moments = run.places()["moments"]
    with run.site(run.size).copied() as site:
        places = run.places()
        with site.served() as server:
            figures = {kind: alone(run, server, places, kind) for kind in DEEDS}
        with site.served(LIMITS="off") as server:
            crowd = Crowd(server, places, moments, run.often(*ROUNDS))
            crowd.act()
        yield from figures.values()
        for kind in ("upvote", "comment"):
            yield run.against_spirit(f"{kind} against Spirit", kind, figures[kind])
        yield from crowd.figures()
        yield one("16 at once, counters that differ", "", differing(site))
        session = places["members"][1]["session"]
        posts = {kind: deed(kind, moments[-1], UNUSED) for kind in DEEDS}
        for kind, count in run.statements(site, posts=posts, session=session).items():
            yield one(f"statements of {kind}", STATEMENTS, count["statements"])


def alone(run, server, places: dict, kind: str) -> Figure:
    """By the members in turn, so that none comes to the end of a quota."""
    browsers = itertools.cycle([member_at(server, places, number) for number in range(AT_ONCE)])
    samples = []
    for number, moment in enumerate(places["moments"][: run.samples + AT_ONCE]):
        browser, (path, fields) = next(browsers), deed(kind, moment, number)
        samples += cpu_of(server.worker, browser, [browser.request(path, fields)])
    return Figure(kind, "ms", samples[AT_ONCE:])


class Crowd:
    """Sixteen members who do everything at once, many at the same moments."""

    def __init__(self, server, places: dict, moments: list[int], rounds: int):
        self.server, self.places, self.rounds = server, places, rounds
        self.moments = moments[-max(1, rounds) :]
        self.waits: dict[str, list[float]] = {kind: [] for kind in DEEDS}
        self.errors: Counter[str] = Counter()

    def act(self) -> None:
        threads = [
            threading.Thread(target=self.member, args=(number,), daemon=True) for number in range(AT_ONCE)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def member(self, number: int) -> None:
        browser = member_at(self.server, self.places, number)
        for turn, kind in itertools.product(range(self.rounds), DEEDS):
            path, fields = deed(kind, self.moments[turn], FRESH + number * 100 + turn)
            start = time.monotonic()
            try:
                status = browser.post(path, **fields).status
            except OSError:
                status = 599
            self.waits[kind].append(time.monotonic() - start)
            if status >= 400:
                self.errors[f"{kind} {status}"] += 1

    def figures(self):
        kinds = ", ".join(f"{kind}: {count}" for kind, count in self.errors.items())
        yield one("16 at once, errors", "", self.errors.total(), kinds)
        slowest = max(itertools.chain(*self.waits.values()))
        yield one("16 at once, slowest answer", "s", slowest)
        for kind, waits in self.waits.items():
            yield one(f"16 at once, 95th: {kind}", "s", percentile(waits, 95))


def differing(site) -> int:
    """Of the counters of the whole site, how many are not what their rows say."""
    try:
        manage(site.settings(), "recount", "--check")
    except subprocess.CalledProcessError as problem:
        return differences(problem.stdout)
    return 0


def differences(said: str) -> int:
    """From what `recount --check` says when something differs."""
    found = re.findall(r": ([\d,]+)$", said, re.MULTILINE)
    return sum(int(number.replace(",", "")) for number in found) or 1
