"""What the site is to reach, one line for each figure, and how a figure is judged.

Times differ from machine to machine and from hour to hour. They are compared with the yardstick of the same
run: a list of 25 cards that Django's templates render from plain dictionaries, which took 10 ms where the
goals were set. “3.5 ms” means 0.35 yardsticks.
"""

from dataclasses import dataclass

YARDSTICK = 10.0  # milliseconds
TIMES = {"ms": 1.0, "s": 1_000.0}
# Milliseconds of CPU for a page of Spirit (github.com/nitely/Spirit, Django, 10,000 topics on PostgreSQL),
# measured once beside this site, at a yardstick of 10 ms.
SPIRIT = {"list of a visitor": 18.1, "list of a member": 23.0, "upvote": 5.8, "comment": 11.2}


@dataclass(frozen=True)
class Goal:
    limit: float
    unit: str
    at_least: bool = False

    def limit_at(self, yardstick: float) -> float:
        """The limit on a machine on which the yardstick takes so many milliseconds."""
        scale = yardstick / YARDSTICK
        if self.unit in TIMES:
            return self.limit * scale
        return self.limit / scale if self.unit == "rows/s" else self.limit

    def is_met(self, value: float, yardstick: float) -> bool:
        limit = self.limit_at(yardstick)
        return value >= limit if self.at_least else value <= limit

    def __str__(self) -> str:
        return f"{'≥' if self.at_least else '≤'} {self.limit:,g} {self.unit}".strip()


def most(limit: float, unit: str) -> Goal:
    return Goal(limit, unit)


def least(limit: float, unit: str) -> Goal:
    return Goal(limit, unit, at_least=True)


STATEMENTS, TIMES_AS_MUCH = "statements", "×"
# By the name of a figure, or by what stands before the colon in it.
GOALS = {
    "P1": {
        "against a raw answer": least(0.6, TIMES_AS_MUCH),
        "against Django hello": least(4, TIMES_AS_MUCH),
    },
    "P1b": {
        "page": most(4, "ms"),
        "statements": most(5, STATEMENTS),
        "home against Spirit": least(4, TIMES_AS_MUCH),
    },
    "P2": {
        "home": most(3.5, "ms"),
        "film": most(5, "ms"),
        "moment": most(5, "ms"),
        "statements of home": most(4, STATEMENTS),
        "home against Spirit": least(6, TIMES_AS_MUCH),
    },
    "P3": {"200 comments": most(9, "ms"), "statements of 200 comments": most(6, STATEMENTS)},
    "P4": {
        "upvote": most(2, "ms"),
        "comment": most(4, "ms"),
        "feel": most(3, "ms"),
        "relive": most(4, "ms"),
        "upvote against Spirit": least(4, TIMES_AS_MUCH),
        "comment against Spirit": least(4, TIMES_AS_MUCH),
        "16 at once, errors": most(0, ""),
        "16 at once, slowest answer": most(0.5, "s"),
        "16 at once, counters that differ": most(0, ""),
    },
    "P5": {
        "growth": most(1.25, TIMES_AS_MUCH),
        "more statements": most(0, ""),
        "plans that read a whole table": most(0, ""),
    },
    "P6": {"median": most(10, "ms"), "95th": most(30, "ms")},
    "P7": {
        "first view with fonts": most(100, "kB"),
        "list": most(8, "kB"),
        "50 comments": most(13, "kB"),
        "layout shift": most(0, ""),
        # A line that is made slow is as slow on any machine.
        "first contentful paint, slow 4G": most(1.0, "seconds"),
    },
    "P8": {"loaddata of all fixtures": most(3, "s"), "populate": least(25_000, "rows/s")},
    "P9": {"memory of a worker": most(130, "MB"), "growth of the last three quarters": most(3, "MB")},
    "P10": {
        "fresh clone to first page": most(20, "s"),
        "second start": most(3, "s"),
        "back after kill -9": most(2, "s"),
    },
    "P11": {"performance": least(98, "points"), "total blocking time": most(150, "ms")},
    "P12": {"upvote": most(100, "ms"), "next scene": most(50, "ms"), "comment": most(200, "ms")},
}


def goal_of(work: str, name: str) -> Goal | None:
    goals = GOALS[work]
    return goals.get(name) or goals.get(name.partition(":")[0])
