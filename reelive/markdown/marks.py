"""The marks of a spoiler, >!…!< and ||…||: which of them belong together, over all blocks of a text.

Marks in code are letters like others. Where marks are not closed, cross each other or can be read in two
ways, rather too much is hidden than too little:

- Marks within marks hide all from the first to the last of them, and so do marks that cross.
- `>!` that nothing closes hides the rest of its block, and where its block has no rest, all that follows it
  in the same quotation, list item or text. `||` does so at the beginning of a block; elsewhere it is "or".
- An odd number of `||` hides all between the first and the last of them that do not clearly make a pair.
- `!<` that nothing opened hides what stands between it and the spoiler before it.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from . import bars
from .regions import Leaf, Mark, Region, united

# A spoiler that opens a line would begin a quotation: it is kept from the block rules as one non-character.
LINE_OPENER = "\ufdd0"
# Escapes and code count before marks. In >!< the middle is shared: it closes inside a spoiler, else it opens.
_PARTS = re.compile(rf"\\.|`+|>!<|>!|{LINE_OPENER}<|{LINE_OPENER}|!<|\|\|", re.DOTALL)
_MARKS = re.compile(rf">!<|>!|{LINE_OPENER}<|{LINE_OPENER}|!<|\|\|")
_TICKS = re.compile("`+")
_OPENERS = {">!", LINE_OPENER}
_SHARED = {">!<", f"{LINE_OPENER}<"}


def regions(leaves: Sequence[Leaf]) -> list[Region]:
    """What is hidden, in order and without overlaps."""
    found = [mark for number, leaf in enumerate(leaves) for mark in _marks_of(number, leaf)]
    angles = [mark for mark in found if mark.sign != "||"]
    strokes = [mark for mark in found if mark.sign == "||"]
    hidden = [*_between_angles(angles, leaves), *bars.between(strokes, leaves)]
    return [region for region in united(hidden) if region.first != region.last or _says(region, leaves)]


def any_regions(text: str) -> list[Region]:
    """What >!…!< would hide if no mark stood in code or behind a backslash, all in one block."""
    marks = [Mark(0, mark.start(), mark.end(), mark[0]) for mark in _MARKS.finditer(text)]
    return united(_between_angles([mark for mark in marks if mark.sign != "||"], [Leaf(text)]))


def _says(region: Region, leaves: Sequence[Leaf]) -> bool:
    inside = leaves[region.first].text[region.inner_start : region.inner_end]
    return region.is_open or bool(inside.strip())


# Finding the marks.


def _marks_of(number: int, leaf: Leaf) -> Iterator[Mark]:
    if leaf.is_code:
        yield from _marks_in_code(number, leaf.text, 0, len(leaf.text))
        return
    ticks: dict[int, list[int]] = {}
    for run in _TICKS.finditer(leaf.text):
        ticks.setdefault(run.end() - run.start(), []).append(run.start())
    done = 0
    while part := _PARTS.search(leaf.text, done):
        done = part.end()
        sign = part[0]
        if sign[0] == "`":
            length, starts = len(sign), ticks.get(len(sign), [])
            closing = bisect_left(starts, done)
            if closing < len(starts):
                done = starts[closing] + length
                yield from _marks_in_code(number, leaf.text, part.start(), done)
        elif sign[0] != "\\":
            yield Mark(number, part.start(), part.end(), sign)


def _marks_in_code(number: int, text: str, start: int, end: int) -> Iterator[Mark]:
    """The marks of a stretch of code that says more than marks and has no partner for them."""
    code = text[start:end]
    signs = _MARKS.findall(code)
    if not signs or not re.search(r"\w", _MARKS.sub("", code)):
        return
    depth, stray = 0, False
    for sign in signs:
        if sign in _OPENERS or (sign in _SHARED and not depth):
            depth += 1
        elif sign != "||":
            depth, stray = max(0, depth - 1), stray or not depth
    if stray:
        yield Mark(number, start, end, "!<", in_code=True)
    if depth > 0:
        yield Mark(number, start, end, ">!", in_code=True)
    if signs.count("||") % 2:
        yield Mark(number, start, end, "||", in_code=True)


# Pairing >! and !<.


def _between_angles(marks: list[Mark], leaves: Sequence[Leaf]) -> Iterator[Region]:
    plain = list(_without_code(marks))
    closers = [number for number, mark in enumerate(plain) if mark.sign not in _OPENERS]
    in_code = [mark for mark in marks if mark.in_code and mark.sign == "!<"]
    place = 0
    while place < len(plain):
        opener, step = plain[place], 1
        if opener.sign == "!<":
            pass
        elif closers and closers[-1] > place:
            last = _closing(plain, place)
            step = last + 1 - place
            yield _region(opener, plain[last])
        else:
            later = in_code[-1].leaf if in_code and in_code[-1] > opener else opener.leaf
            yield _rest(opener, later, leaves)
        place += step


def _without_code(marks: list[Mark]) -> Iterator[Mark]:
    """The marks outside of code, and those openers in it that the next mark outside closes."""
    after = ""
    kept: list[Mark] = []
    for mark in reversed(marks):
        if not mark.in_code or (mark.sign != "!<" and after == "!<"):
            after = mark.sign
            kept.append(mark)
    return reversed(kept)


def _closing(marks: list[Mark], place: int) -> int:
    """Which mark ends the spoiler that begins with the one at `place`; one after it closes."""
    depth, last = 1, place
    for number in range(place + 1, len(marks)):
        sign = marks[number].sign
        if not depth and sign != "!<":
            break
        if sign in _OPENERS:
            depth += 1
        else:
            depth, last = max(0, depth - 1), number
    return last


def _region(opener: Mark, closer: Mark) -> Region:
    inner_start = opener.start if opener.in_code else opener.end - (opener.sign in _SHARED)
    inner_end = closer.start + (closer.sign == ">!<")
    return Region(opener.leaf, opener.start, inner_start, closer.leaf, inner_end, closer.end)


def _rest(opener: Mark, last: int, leaves: Sequence[Leaf]) -> Region:
    """From an opener to the end of a block."""
    end = len(leaves[last].text)
    inner_start = opener.start if opener.in_code else opener.end - (opener.sign in _SHARED)
    return Region(opener.leaf, opener.start, inner_start, last, end, end, is_open=True)
