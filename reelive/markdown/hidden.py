"""Which characters of a text as it was typed a spoiler hides: for its history and the search.

It rather hides too much than too little: what the page shows as code is no code here, but also a mark.
"""

import re
from collections.abc import Iterator
from itertools import chain

from .marks import any_regions, regions
from .regions import Leaf

_FENCE, _MARKS = re.compile(r"^[ \t>]*(?:`{3}|~{3})", re.MULTILINE), re.compile(r">!|!<|\|\|")
_BLANK_LINES = re.compile(r"\n[ \t>]*\n\s*")


def hidden(text: str) -> bytearray:
    """A 1 for each character that a spoiler hides, and a 0 for each other one."""
    mask = bytearray(len(text))
    ways = (_as_on_the_page, _whatever_is_code, _between_bars, _around_fences)
    for start, end in chain.from_iterable(way(text) for way in ways):
        mask[start:end] = b"\1" * (end - start)
    return mask


def shown(text: str) -> str:
    """The text without what a spoiler hides."""
    if ">!" not in text and "||" not in text:
        return text
    kept = zip(text, hidden(text), strict=True)
    return "".join(character for character, is_hidden in kept if not is_hidden)


def _sections(text: str) -> list[tuple[int, int]]:
    """Where the paragraphs begin and end."""
    breaks = list(_BLANK_LINES.finditer(text))
    starts = [len(text) - len(text.lstrip()), *(gap.end() for gap in breaks)]
    return list(zip(starts, [*(gap.start() for gap in breaks), len(text)], strict=True))


def _as_on_the_page(text: str) -> Iterator[tuple[int, int]]:
    sections = _sections(text)
    for region in regions([Leaf(text[start:end]) for start, end in sections]):
        start, end = sections[region.first][0], sections[region.last][0]
        opened = start + region.inner_start
        alone = region.is_open and not text[opened : _line_end(text, opened)].strip()
        yield start + region.outer_start, len(text) if alone else end + region.outer_end


def _line_end(text: str, place: int) -> int:
    end = text.find("\n", place)
    return len(text) if end < 0 else end


def _whatever_is_code(text: str) -> Iterator[tuple[int, int]]:
    for region in any_regions(text):
        if not region.is_open:
            yield region.outer_start, region.outer_end


def _between_bars(text: str) -> Iterator[tuple[int, int]]:
    """From the first to the last mark of each paragraph, or of all where one of them has an odd number."""
    sections = [[*re.finditer(r"\|\|", text[start:end])] for start, end in _sections(text)]
    starts = [start for start, _ in _sections(text)]
    found = [(start, marks) for start, marks in zip(starts, sections, strict=True) if marks]
    if any(len(marks) % 2 for _, marks in found):
        (first_start, first), (last_start, last) = found[0], found[-1]
        ends = [(first_start + first[0].start(), last_start + last[-1].end())]
    else:
        ends = [(start + marks[0].start(), start + marks[-1].end()) for start, marks in found]
    yield from ((start, end) for start, end in ends if end - start > 4)


def _around_fences(text: str) -> Iterator[tuple[int, int]]:
    """From the first to the last mark of all, where code is fenced: its ends can be read in several ways."""
    marks = [*_MARKS.finditer(text)] if _FENCE.search(text) else []
    if marks:
        yield marks[0].start(), marks[-1].end() if len(marks) > 1 else len(text)
