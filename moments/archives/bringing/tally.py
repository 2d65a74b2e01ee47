"""What came of records, counted in one way: by their part, how many were made, known, left out, or wait."""

from collections import Counter

from moments.archives.bringing.choices import PART_OF, Part
from moments.models import BroughtRow

MADE, KNOWN, WAITS, LEFT = "made", "known", "waits", "left"
OUTCOMES = (MADE, KNOWN, WAITS, LEFT)
CAME_TO = {BroughtRow.Kind.KNOWN: KNOWN, BroughtRow.Kind.LEFT: LEFT}


class Tally(Counter):
    """Numbers by pairs of a part and one of OUTCOMES. Those that are taken away may be below zero."""

    def came_to(self, part, kind):
        """Count a record of this part, such as "diary", by what BroughtRow.Kind says of it."""
        self[PART_OF[part], CAME_TO.get(kind, MADE)] += 1

    def knows(self, part):
        self[PART_OF[part], KNOWN] += 1

    def waits(self, part, number=1):
        self[PART_OF[part], WAITS] += number

    def added_to(self, outcome):
        """The outcome of a homecoming with these numbers, as `Homecoming.outcome` keeps it."""
        whole = {part: dict(numbers) for part, numbers in outcome.items()}
        for (part, word), number in self.items():
            numbers = whole.setdefault(str(part), {})
            numbers[word] = max(0, numbers.get(word, 0) + number)
        return whole


def outcome(homecoming):
    """For each Part that had any record, a dict with `part` and how many came to each of OUTCOMES."""
    came_to, none = homecoming.outcome, dict.fromkeys(OUTCOMES, 0)
    return [{"part": part, **none, **came_to[part]} for part in Part if came_to.get(part)]
