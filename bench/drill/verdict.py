"""Compares what the site said yes to with what its tables hold in the end."""

from collections import Counter
from dataclasses import dataclass

from bench.drill.members import Acknowledged

GIVEN_UP = ("FAILED",)
ENDED = ("SUCCESSFUL", *GIVEN_UP)


@dataclass(frozen=True)
class Verdict:
    """How many of a kind were acknowledged, how many of these are not there, and how many are there twice."""

    kind: str
    acknowledged: int
    lost: int
    doubled: int
    during: tuple[str, ...] = ()  # which blows what is lost was acknowledged

    @property
    def is_good(self) -> bool:
        return not (self.lost or self.doubled)


def verdicts(said: Acknowledged, held: dict) -> list[Verdict]:
    """Args:
    said: what the members remember.
    held: what bench.drill.inside found.
    """
    upvotes = [name for name, is_up in said.upvotes.items() if is_up]
    return [
        of_texts("comments", said.comments, held["comments"]),
        of_texts("moments", said.moments, held["moments"]),
        of_texts("moments told to a follower", said.moments, held["told"]),
        of_texts("pictures with all widths", said.pictured, held["pictured"]),
        of_votes(upvotes, said.upvotes, held["upvotes"]),
        of_work(held),
    ]


def of_texts(kind: str, acknowledged: dict[str, str], found: list[str]) -> Verdict:
    """One that is there though its answer never came is no fault: it would have been sent again."""
    counts = Counter(found)
    during = [blow for text, blow in acknowledged.items() if text not in counts]
    doubled = sum(number - 1 for number in counts.values())
    return Verdict(kind, len(acknowledged), len(during), doubled, tuple(sorted(set(during))))


def of_votes(upvotes: list[str], known: dict[str, bool], found: list[str]) -> Verdict:
    """A vote that was taken back and still stands counts as one too many."""
    counts = Counter(found)
    lost = sum(name not in counts for name in upvotes)
    doubled = sum(number - (name in upvotes) for name, number in counts.items() if name in known)
    return Verdict("votes as they were left", len(known), lost, doubled)


def of_work(held: dict) -> Verdict:
    """Work that was given up or waits for ever is lost; done twice it does no harm."""
    work = held["work"]
    undone = sum(number for status, number in work.items() if status not in ENDED)
    given_up = sum(work.get(status, 0) for status in GIVEN_UP)
    return Verdict("background work", sum(work.values()), undone + given_up + held["events"], 0)


def is_at_rest(held: dict) -> bool:
    """Whether nothing waits to be done."""
    return not held["events"] and set(held["work"]) <= set(ENDED)
