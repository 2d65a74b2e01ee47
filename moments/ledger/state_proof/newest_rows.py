"""Gathers in one walk along the ledger what its rows say about each target."""

import re
from collections import defaultdict
from typing import NamedTuple

from moments.models import Action, LedgerEntry

ROWS_AT_A_TIME = 1_000
VISIBILITY, LOCK, ACCOUNT, RIGHTS = "visibility", "lock", "account", "rights"
FACT_KINDS = {
    **dict.fromkeys((Action.REMOVE, Action.RESTORE, Action.MERGE), VISIBILITY),
    **dict.fromkeys((Action.LOCK, Action.UNLOCK, Action.LOCK_FACTS, Action.OPEN_FACTS), LOCK),
    **dict.fromkeys((Action.SUSPEND, Action.REINSTATE), ACCOUNT),
    Action.RIGHTS: RIGHTS,
}
INTO = re.compile(r"Into ((?:film|tag)/\d+)\.")
ON_LIST = "a comment on a list"
UNTIL = re.compile(r"\(until (\d{4}-\d\d-\d\d)\)$")


class Fact(NamedTuple):
    """What is kept of a row. `detail` is what the target was merged into, until when it is suspended, or that
    it is a comment on a list."""

    number: int
    action: str
    text: str
    detail: str


class NewestRows:
    """For each target the newest row of each kind, and all rows about its older versions and its appeals.

    Attributes:
        number: the number of the newest row that was read.
        newest: facts by kind and target.
        revoked: the numbers of the rows that revoked a version, by target.
        appeals: the facts of appeals by target and by the number of the removal.
        answers, strikes: facts by target.
        leads: where each merged thing leads now, by its target; "" where an old row does not say.
    """

    def __init__(self):
        self.number, self.newest = 0, {}
        self.revoked, self.appeals = defaultdict(set), defaultdict(dict)
        self.answers, self.strikes = defaultdict(list), defaultdict(list)
        self.leads, self._led = {}, defaultdict(set)

    def add(self, row):
        fact = Fact(row.number, row.action, row.text, _detail(row))
        self.number = row.number
        if row.action == Action.REVOKE:
            self.revoked[row.target].add(row.number)
        elif row.action == Action.APPEAL:
            removal = self.of(VISIBILITY, row.target)
            self.appeals[row.target][removal and removal.number] = fact
        elif row.action == Action.ANSWER:
            self.answers[row.target].append(fact)
        elif row.action == Action.STRIKE:
            self.strikes[row.target].append(fact)
        elif row.action in FACT_KINDS:
            self.newest[FACT_KINDS[row.action], row.target] = fact
            self._lead(row.target, fact)

    def of(self, kind, target):
        return self.newest.get((kind, target))

    def catch_up(self):
        """Read the rows that were written since."""
        newer = LedgerEntry.objects.filter(number__gt=self.number)
        for row in newer.order_by("number").iterator(ROWS_AT_A_TIME):
            self.add(row)

    def is_whole(self):
        return not LedgerEntry.objects.filter(number__gt=self.number).exists()

    def _lead(self, target, fact):
        """Follow a merge or a restoration.

        Tags that were merged into a tag go along when that tag is merged; films stay where they were merged.
        """
        if fact.action not in (Action.MERGE, Action.RESTORE):
            return
        self._led[self.leads.pop(target, "")].discard(target)
        if fact.action == Action.MERGE:
            along = self._led.pop(target, set()) if target.startswith("tag/") else set()
            self.leads |= dict.fromkeys({target, *along}, fact.detail)
            self._led[fact.detail] |= {target, *along}


def _detail(row):
    found = None
    if row.subject == ON_LIST:
        return ON_LIST
    if row.action == Action.MERGE:
        found = INTO.match(row.note)
    elif row.action == Action.SUSPEND:
        found = UNTIL.search(row.note)
    return found[1] if found else ""
