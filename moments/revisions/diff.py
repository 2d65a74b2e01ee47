"""What an edit changed, word by word: which words stayed, went and came.

Texts come from anybody, so the work is bounded: where it grows too much, a stretch counts as rewritten whole.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

SAME, GONE, NEW, CUT = "same", "gone", "new", "cut"
LONGEST_BY_WORDS = 20_000  # characters of a text that is looked at word by word
EFFORT = 80_000  # words looked at, for one pair of texts
MOST_HUNKS = 250
CHARACTERS_AROUND = 160  # characters of what stayed the same, on either side of a change

# Scripts that put no spaces between words are compared by the character.
_UNSPACED = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_WORDS = re.compile(rf"[^\W{_UNSPACED}]+|\s+|.", re.DOTALL)

Run = tuple[str, str]  # a kind and a text
Words = Sequence[str]


class Passage(NamedTuple):
    """Runs that are read together: in the open, or behind one spoiler."""

    hidden: bool
    runs: list[Run]


class _Hunk(NamedTuple):
    """What stayed the same, and then what went and what came in its place."""

    same: str
    gone: str
    new: str


def changes(old: str, new: str) -> list[Run]:
    """Runs of SAME, GONE and NEW text. All but the new ones make `old`, all but those gone make `new`."""
    whole = max(len(old), len(new)) > LONGEST_BY_WORDS
    before, after = ([old], [new]) if whole else (_WORDS.findall(old), _WORDS.findall(new))
    hunks = _without_confetti(_hunks(before, after))
    if len(hunks) > MOST_HUNKS:
        hunks = _as_one(hunks)
    runs = [run for hunk in hunks for run in zip((SAME, GONE, NEW), hunk, strict=True)]
    return [run for run in runs if run[1]]


def cover(runs: list[Run], before: bytearray, after: bytearray) -> None:
    """Hide on both sides what either side hides, and words gone from where the newer text hides some."""
    old = new = 0
    for number, (kind, text) in enumerate(runs):
        size = len(text)
        if kind == SAME:
            both = bytes(map(max, before[old : old + size], after[new : new + size]))
            before[old : old + size] = after[new : new + size] = both
        elif kind == GONE:
            came = len(runs[number + 1][1]) if runs[number + 1 :] and runs[number + 1][0] == NEW else 0
            around = after[new - 1 : new] + after[new + came : new + came + 1]
            if 1 in after[new : new + came] or around == b"\1\1":
                before[old : old + size] = b"\1" * size
        old += size if kind != NEW else 0
        new += size if kind != GONE else 0


def passages(runs: list[Run], before: bytearray, after: bytearray) -> list[Passage]:
    """The runs as they are shown: by what is hidden, and without the middle of what stayed the same."""
    found: list[Passage] = []
    for is_hidden, kind, text in _by_mask(runs, before, after):
        if not found or found[-1].hidden != is_hidden:
            found.append(Passage(is_hidden, []))
        found[-1].runs.extend(_abridged(kind, text))
    return found


def _by_mask(runs: list[Run], before: bytearray, after: bytearray) -> Iterator[tuple[bool, str, str]]:
    old = new = 0
    for kind, text in runs:
        mask, place = (after, new) if kind == NEW else (before, old)
        done, end = place, place + len(text)
        while done < end:
            stop = mask.find(1 - mask[done], done, end)
            stop = end if stop < 0 else stop
            yield bool(mask[done]), kind, text[done - place : stop - place]
            done = stop
        old += len(text) if kind != NEW else 0
        new += len(text) if kind != GONE else 0


def _abridged(kind: str, text: str) -> list[Run]:
    if kind != SAME or len(text) <= 3 * CHARACTERS_AROUND:
        return [(kind, text)]
    return [(SAME, text[:CHARACTERS_AROUND]), (CUT, "…"), (SAME, text[-CHARACTERS_AROUND:])]


def _hunks(before: Words, after: Words) -> list[_Hunk]:
    hunks, old, new = [], 0, 0
    pieces = [*_matches(before, after), (len(before), len(after), 0)]
    same: list[str] = []
    for i, j, size in pieces:
        if (i, j) != (old, new):
            hunks.append(_Hunk("".join(same), "".join(before[old:i]), "".join(after[new:j])))
            same = []
        same.extend(before[i : i + size])
        old, new = i + size, j + size
    return [*hunks, _Hunk("".join(same), "", "")]


def _without_confetti(hunks: list[_Hunk]) -> list[_Hunk]:
    """Take a short word that stayed between two longer changes for a part of them: that reads better."""
    tidy = hunks[:1]
    for hunk in hunks[1:]:
        last = tidy[-1]
        sizes = [max(len(part.gone), len(part.new)) for part in (last, hunk)]
        if sizes[1] and (hunk.same.isspace() or len(hunk.same) <= min(sizes)):
            same = hunk.same
            tidy[-1] = _Hunk(last.same, last.gone + same + hunk.gone, last.new + same + hunk.new)
        else:
            tidy.append(hunk)
    return tidy


def _as_one(hunks: list[_Hunk]) -> list[_Hunk]:
    """All changes as a single one: hundreds of small ones cannot be read."""
    first, *rest = hunks
    last = rest.pop()
    gone = first.gone + "".join(hunk.same + hunk.gone for hunk in rest)
    new = first.new + "".join(hunk.same + hunk.new for hunk in rest)
    return [_Hunk(first.same, gone, new), last]


def _matches(before: Words, after: Words) -> list[tuple[int, int, int]]:
    """Stretches that both have, in order: where in the one, where in the other, how many words.

    Words that stand once in each side hold them together (patience diff, Bram Cohen), and what lies between
    is compared as in E. W. Myers, An O(ND) Difference Algorithm (1986).
    """
    found, effort = [], EFFORT
    stretches = [(0, len(before), 0, len(after))]
    while stretches:
        i, i_end, j, j_end = stretches.pop()
        head = _alike(before, after, range(i, i_end), range(j, j_end))
        found.append((i, j, head))
        i, j = i + head, j + head
        tail = _alike(before, after, range(i, i_end)[::-1], range(j, j_end)[::-1])
        i_end, j_end = i_end - tail, j_end - tail
        found.append((i_end, j_end, tail))
        effort -= head + tail + i_end - i + j_end - j
        if i == i_end or j == j_end or effort < 0:
            continue
        anchors = _anchors(before[i:i_end], after[j:j_end])
        if anchors:
            cuts = [(i, j), *((i + x, j + y) for x, y in anchors), (i_end, j_end)]
            stretches += [(a, c, b, d) for (a, b), (c, d) in pairwise(cuts)]
        else:
            pairs, effort = _shortest(before[i:i_end], after[j:j_end], effort)
            found += [(i + x, j + y, 1) for x, y in pairs]
    return sorted(match for match in found if match[2])


def _alike(before: Words, after: Words, here: range, there: range) -> int:
    """How many words agree from the start of both ranges on."""
    count = 0
    for i, j in zip(here, there, strict=False):
        if before[i] != after[j]:
            break
        count += 1
    return count


def _anchors(before: Words, after: Words) -> list[tuple[int, int]]:
    """Places of words that each side has once, as many as come in the same order in both."""
    once = {word for word, number in Counter(before).items() if number == 1}
    once &= {word for word, number in Counter(after).items() if number == 1}
    place = {word: number for number, word in enumerate(after) if word in once}
    pairs = [(number, place[word]) for number, word in enumerate(before) if word in once]
    return _rising(pairs)


def _rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest part of `pairs` whose second places rise."""
    ends: list[int] = []
    tops: list[int] = []  # of each pile, its place in `pairs`
    before: list[int] = []
    for number, (_, place) in enumerate(pairs):
        pile = bisect_left(ends, place)
        before.append(tops[pile - 1] if pile else -1)
        ends[pile : pile + 1], tops[pile : pile + 1] = [place], [number]
    found, number = [], tops[-1] if tops else -1
    while number >= 0:
        found.append(pairs[number])
        number = before[number]
    return found[::-1]


def _shortest(before: Words, after: Words, effort: int) -> tuple[list[tuple[int, int]], int]:
    """The pairs that the shortest edit keeps, none if that takes too much, and the effort that is left."""
    furthest, rounds, x_end, y_end = {1: 0}, [], len(before), len(after)
    for distance in range(x_end + y_end + 1):
        rounds.append(dict(furthest))
        for line in range(-distance, distance + 1, 2):
            down = line == -distance or (
                line != distance and furthest.get(line - 1, -1) < furthest.get(line + 1, -1)
            )
            x = start = furthest[line + 1] if down else furthest[line - 1] + 1
            while x < x_end and 0 <= x - line < y_end and before[x] == after[x - line]:
                x += 1
            effort -= 2 + x - start
            furthest[line] = x
            if x >= x_end and x - line >= y_end:
                return _walked_back(rounds, line, x), effort
        if effort < 0:
            break
    return [], effort


def _walked_back(rounds: list[dict[int, int]], line: int, x: int) -> list[tuple[int, int]]:
    pairs = []
    for distance in range(len(rounds) - 1, -1, -1):
        furthest = rounds[distance]
        down = line == -distance or (
            line != distance and furthest.get(line - 1, -1) < furthest.get(line + 1, -1)
        )
        start = furthest[line + 1] if down else furthest[line - 1] + 1
        pairs += [(place, place - line) for place in range(x - 1, start - 1, -1)]
        x, line = (start, line + 1) if down else (start - 1, line - 1)
    return pairs[::-1]
