"""What all makers share: chance, words, the calendar, and the members there are."""

from datetime import datetime, timedelta
from random import Random

from accounts.models import User

from .words import Words

PREFIX = "synthetic-"
SPAN = timedelta(days=3 * 365)
STRIDE = 7_919  # a prime: steps of it meet every member once


def synthetic_members():
    return User.objects.filter(username__startswith=PREFIX)


class World:
    def __init__(self, seed: int, until: datetime):
        self.random = Random(seed)  # noqa: S311 - nobody is to be kept from guessing
        self.words = Words(self.random)
        self.until = until
        self.members: list[int] = list(synthetic_members().order_by("pk").values_list("pk", flat=True))

    def when(self, share: float) -> datetime:
        """A time in whole seconds: 0 is three years ago, 1 is now."""
        return self.until - timedelta(seconds=int(SPAN.total_seconds() * (1 - share)))

    def between(self, start: datetime, share: float) -> datetime:
        return start + timedelta(seconds=int((self.until - start).total_seconds() * share))

    def someone(self, share: float = 1.0) -> int:
        """One of the members that joined by then; the early ones do more."""
        there = max(1, int(len(self.members) * share))
        return self.members[int(there * self.random.random() ** 2)]

    def several(self, count: int, absent=()) -> list[int]:
        """`count` different members, none of the absent ones; fewer when there are no more."""
        members, size = self.members, len(self.members)
        step = STRIDE if size % STRIDE else 1
        place, found = self.random.randrange(size), []
        for _ in range(size):
            if len(found) == count:
                break
            if members[place] not in absent:
                found.append(members[place])
            place = (place + step) % size
        return found

    def spread(self, total: int, slots: int, most: int) -> list[int]:
        """`total` things over `slots`, few with many and many with few, none with more than `most`."""
        weights = [self.random.paretovariate(1.1) for _ in range(slots)]
        total, due, shares = min(total, slots * most), 0.0, []
        scale = total / (sum(weights) or 1)
        for weight in weights:
            due += weight * scale
            shares.append(min(most, int(due)))
            due -= shares[-1]
        missing = total - sum(shares)
        while missing:
            for slot, share in enumerate(shares):
                if missing and share < most:
                    shares[slot] += 1
                    missing -= 1
        return shares
