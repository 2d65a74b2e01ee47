"""The marks ||…||, which look the same at both ends: where each of them may open or close a spoiler.

Those of one block are paired in order. What is left over may reach into another block: an odd number of
marks in a block belongs with that of a later one. Where the letters beside the marks say something else, all
between the first and the last of them is hidden.
"""

import re
from collections.abc import Iterator, Sequence

from .regions import Leaf, Mark, Region

_LINE_END = re.compile(r"[ \t]*(?:\n|\Z)")

Marks = list[Mark]
Leaves = Sequence[Leaf]
Pairs = list[tuple[Mark, Mark]]


def between(marks: Marks, leaves: Leaves) -> Iterator[Region]:
    """What the marks hide. Those in code open and close nothing by themselves."""
    by_leaf: dict[int, Marks] = {}
    for mark in marks:
        if not mark.in_code:
            by_leaf.setdefault(mark.leaf, []).append(mark)
    by_leaf = {number: _full(found, leaves[number].text) for number, found in by_leaf.items()}
    odd = [found for found in by_leaf.values() if len(found) % 2]
    pairs = [pair for found in by_leaf.values() if not len(found) % 2 for pair in _in_order(found)]
    if len(odd) == 1:
        doubtful = [mark for mark in marks if mark.in_code]
        doubtful += [pair[0] for pair in pairs if not _are_clear([pair], leaves)]
        yield from _left_over(odd[0], doubtful, leaves)
    elif odd:
        pairs += _across(odd, leaves)
    yield from (_from(opener, closer) for opener, closer in pairs)


def _full(found: Marks, text: str) -> Marks:
    """The marks without those that have nothing between them: |||| says nothing, nor does || ||."""
    kept: Marks = []
    was_empty = False
    for mark in found:
        opens = len(kept) % 2 and (not kept[-1].start or text[kept[-1].start - 1] in " \n|")
        if opens and not text[kept[-1].end : mark.start].strip():
            was_empty = True
        else:
            kept.append(mark)
    says_nothing = was_empty and len(kept) % 2 and not text[kept[-1].end :].strip(" \n|")
    return kept[:-1] if says_nothing else kept


def _in_order(found: Marks) -> Pairs:
    return list(zip(found[::2], found[1::2], strict=False))


def _across(odd: list[Marks], leaves: Leaves) -> Pairs:
    """Pairs of the marks of several blocks, each of which has an odd number of them."""
    pairs: Pairs = []
    for first, second in zip(odd[::2], odd[1::2], strict=False):
        pairs += [*_in_order(first[:-1]), (first[-1], second[0]), *_in_order(second[1:])]
    if len(odd) % 2 or not _are_clear(pairs, leaves):
        return [(odd[0][0], odd[-1][-1])]
    return pairs


def _left_over(found: Marks, doubtful: Marks, leaves: Leaves) -> Iterator[Region]:
    """The only block with one mark too many. The `doubtful` ones are its possible partners."""
    *others, last = found
    pairs = _in_order(others)
    if not _are_clear(pairs, leaves):
        yield _from(found[0], last)
        return
    yield from (_from(opener, closer) for opener, closer in pairs)
    text = leaves[last.leaf].text
    later = [mark for mark in doubtful if mark > last]
    earlier = [mark for mark in doubtful if mark < last]
    if earlier and (_may_close(last, text) or not last.start):
        yield _from(min(earlier), last)
    if not last.start or (later and _may_open(last, text)):
        number = max(later, default=last).leaf
        end = len(leaves[number].text)
        yield Region(last.leaf, last.start, last.end, number, end, end, is_open=True)


def _are_clear(pairs: Pairs, leaves: Leaves) -> bool:
    return all(
        _may_open(opener, leaves[opener.leaf].text) and _may_close(closer, leaves[closer.leaf].text)
        for opener, closer in pairs
    )


def _may_open(mark: Mark, text: str) -> bool:
    """Whether it stands before a letter, or at the beginning or end of a line: not as "or" between words."""
    return (
        bool(text[mark.end : mark.end + 1].strip())
        or _before(mark, text) in ("", "\n")
        or _ends_line(mark, text)
    )


def _may_close(mark: Mark, text: str) -> bool:
    before = _before(mark, text)
    return bool(before.strip()) or before == "\n" or _ends_line(mark, text)


def _before(mark: Mark, text: str) -> str:
    return text[max(0, mark.start - 1) : mark.start]


def _ends_line(mark: Mark, text: str) -> bool:
    return bool(_LINE_END.match(text, mark.end))


def _from(opener: Mark, closer: Mark) -> Region:
    inner_start = opener.start if opener.in_code else opener.end
    return Region(opener.leaf, opener.start, inner_start, closer.leaf, closer.start, closer.end)
