"""Where the marks of a spoiler stand, and what lies between two of them."""

from collections.abc import Iterable
from typing import NamedTuple


class Leaf(NamedTuple):
    """The text of a block that holds no other block."""

    text: str
    is_code: bool = False


class Mark(NamedTuple):
    """A mark at a place. One `in_code` stands for the whole code, from `start` to `end`."""

    leaf: int
    start: int
    end: int
    sign: str
    in_code: bool = False


class Region(NamedTuple):
    """What a spoiler hides: from a mark in one block to a mark in the same or a later one.

    The outer places are those of the marks, the inner ones those of what is hidden.
    """

    first: int
    outer_start: int
    inner_start: int
    last: int
    inner_end: int
    outer_end: int
    is_open: bool = False  # nothing closes it

    @property
    def start(self) -> tuple[int, int]:
        return self.first, self.outer_start

    @property
    def end(self) -> tuple[int, int]:
        return self.last, self.outer_end


def united(hidden: Iterable[Region]) -> list[Region]:
    """The same in order, with those that overlap made one."""
    found: list[Region] = []
    for region in sorted(hidden, key=lambda region: (region.start, region.end)):
        if not found or found[-1].end <= region.start:
            found.append(region)
        elif found[-1].end < region.end:
            found[-1] = Region(*found[-1][:3], *region[3:])
    return found
