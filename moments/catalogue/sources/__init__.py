"""The forms in which facts of films come, one a file. Each says what it reads and how that is written.

A reader goes through a file from a place on and yields the place behind each piece with what it says: a row,
or why it is left out. The place of a file of lines is a number of bytes, that of a JSON array of its items.
"""

from collections.abc import Callable, Iterator
from typing import Any, BinaryIO, NamedTuple


class Source(NamedTuple):
    """`write` takes many of what `read` yields, and answers a Counter of what became of them.

    `weight` is how many new titles take about as much memory as one of its pieces.
    """

    name: str
    read: Callable[[BinaryIO, int], Iterator[tuple[int, Any]]]
    write: Callable[[list], Any]
    says: str  # what such a file holds
    weight: int = 1


class Unreadable(Exception):
    """The file is none that this source can read; the message says what is wrong."""
