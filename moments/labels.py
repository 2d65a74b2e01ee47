"""What members may find wrong with a post or comment, and what of it a reader finds folded.

A label takes nothing away. Each reader sets from how many labels of a kind on a text is folded for them;
`fold` is the one place that decides. A title that gives the story away is veiled by SPOILER_QUORUM.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

SPOILER_QUORUM = 3  # members who say so flag a post as a spoiler, whatever its author says
NEVER = 0
MOST = 50  # the largest number that a reader may set


@dataclass(frozen=True)
class Kind:
    """One kind of label. `one` and `many` go on after the number of members who gave it."""

    slug: str
    name: str
    says: str
    one: str
    many: str

    @cached_property
    def column(self) -> str:
        """Where a post or comment counts its labels of this kind."""
        return f"{self.slug.replace('-', '_')}_labels"


KINDS = (
    Kind(
        "spoiler",
        "Unmarked spoiler",
        "It gives away what happens, without a warning.",
        "says that it gives the story away",
        "say that it gives the story away",
    ),
    Kind(
        "off-topic",
        "Off-topic",
        "It belongs somewhere else.",
        "finds it off-topic",
        "find it off-topic",
    ),
    Kind(
        "duplicate",
        "Duplicate",
        "Somebody said the same before.",
        "calls it a duplicate",
        "call it a duplicate",
    ),
    Kind(
        "wrong",
        "Wrong fact",
        "Something in it is not true.",
        "says that it gets a fact wrong",
        "say that it gets a fact wrong",
    ),
    Kind(
        "unkind",
        "Unkind",
        "It is about a person, and not kindly.",
        "finds it unkind",
        "find it unkind",
    ),
)
LABELS = {kind.slug: kind for kind in KINDS}
# Whoever has not set it otherwise. Visitors cannot, so theirs is the quieter page.
MEMBERS = {"spoiler": 3, "off-topic": 4, "duplicate": 5, "wrong": NEVER, "unkind": 4}
VISITORS = {"spoiler": 3, "off-topic": 3, "duplicate": 3, "wrong": NEVER, "unkind": 3}


class Fold(NamedTuple):
    """Why a text is folded."""

    slug: str
    count: int

    @property
    def words(self) -> str:
        kind = LABELS[self.slug]
        return f"1 member {kind.one}" if self.count == 1 else f"{self.count} members {kind.many}"


def thresholds(viewer: Any) -> dict[str, int]:
    """From how many labels of each kind on the viewer wants a text folded; NEVER is never."""
    if not viewer.is_authenticated:
        return VISITORS
    return MEMBERS | viewer.folds if viewer.folds else MEMBERS


def counts(thing: Any) -> dict[str, int]:
    """How many members gave the thing each kind of label, those that it has."""
    found = ((kind.slug, getattr(thing, kind.column)) for kind in KINDS)
    return {slug: count for slug, count in found if count}


def fold(thing: Any, viewer: Any) -> Fold | None:
    """Why the thing is folded for the viewer, by the label that most gave it; None when it is not."""
    if not thing.is_labelled or (viewer.is_authenticated and thing.author_id == viewer.pk):
        return None
    given = counts(thing)
    if thing.is_flagged:
        given.pop("spoiler", None)  # it is veiled for who has not seen that far, and no news to who has
    return heaviest(given, thresholds(viewer))


def heaviest(given: Mapping[str, int], limits: Mapping[str, int]) -> Fold | None:
    """The label that was given most among those that were given often enough."""
    enough = [Fold(slug, count) for slug, count in given.items() if 0 < limits.get(slug, NEVER) <= count]
    return max(enough, key=lambda found: found.count, default=None)
