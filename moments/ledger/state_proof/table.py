"""A proof goes chunk by chunk through the things that rows of the ledger name or their own table marks."""

from collections.abc import Iterator
from itertools import groupby

from .newest_rows import ROWS_AT_A_TIME, VISIBILITY, NewestRows

ATTEMPTS = 5


def word_of(target):
    return target.partition("/")[0]


def number_of(target):
    number = target.partition("/")[2]
    return int(number) if number.isdecimal() else 0


class Proof:
    """The proof of one kind of thing. A thing is known by its target, which is its name in the ledger."""

    def named(self, newest_rows: NewestRows) -> list[str]:
        """The targets that rows of the ledger name."""
        raise NotImplementedError

    def marked(self) -> Iterator[str]:
        """The targets that their own table marks as acted on."""
        raise NotImplementedError

    def load(self, targets: list[str]) -> dict:
        """The things, by their targets; those that are gone are left out."""
        raise NotImplementedError

    def check(self, target: str, instance, newest_rows: NewestRows) -> Iterator[str]:
        """Yield a sentence for each fault of one thing; `instance` is None when it is gone."""
        raise NotImplementedError

    def targets(self, newest_rows: NewestRows) -> Iterator[str]:
        """All targets that are to be proved, each once."""
        named = self.named(newest_rows)
        yield from named
        known = set(named)
        yield from (target for target in self.marked() if target not in known)

    def wrong(self, targets: list[str], newest_rows: NewestRows) -> Iterator[str]:
        instances = self.load(targets)
        for target in targets:
            if any(self.check(target, instances.get(target), newest_rows)):
                yield from self._look_again(target, newest_rows)

    def _look_again(self, target, newest_rows):
        """Look again at what seems wrong: somebody may have acted after the rows were read."""
        for _attempt in range(ATTEMPTS):
            newest_rows.catch_up()
            instance = self.load([target]).get(target)
            if newest_rows.is_whole():
                break
        return self.check(target, instance, newest_rows)


class Table(Proof):
    """The proof of the rows of one model: `word` is their name in the ledger, `kinds` are the acts on them.

    `marked` is the condition of rows that were acted on; `check` is the function that looks for faults.
    """

    def __init__(self, word, rows, marked, check, kinds=(VISIBILITY,)):
        self.word, self.rows, self.condition = word, rows, marked
        self.check, self.kinds = check, kinds

    def named(self, newest_rows):
        mine = {
            target
            for kind, target in newest_rows.newest
            if kind in self.kinds and word_of(target) == self.word
        }
        return sorted(mine, key=number_of)

    def marked(self):
        rows = self.rows.model.objects.filter(self.condition).only("pk")
        return (f"{self.word}/{row.pk}" for row in walk(rows))

    def load(self, targets):
        found = self.rows.in_bulk(map(number_of, targets))
        return {f"{self.word}/{key}": instance for key, instance in found.items()}


def walk(rows):
    """All rows in the order of their keys, a chunk at a time."""
    last = 0
    while found := list(rows.filter(pk__gt=last).order_by("pk")[:ROWS_AT_A_TIME]):
        yield from found
        last = found[-1].pk


def unlike(targets):
    """The targets without repetitions, when equal ones stand side by side."""
    return (target for target, _same in groupby(targets))
