"""Spoilers in Markdown: a passage of a line behind a box to tick, blocks behind a fold.

A core rule between those for blocks and for lines takes out what is hidden. A hidden passage of a line is
kept aside and read by itself, so that no link, code or emphasis reaches over its ends. Where a spoiler holds
several blocks, the lists, quotations and paragraphs in which it begins or ends are cut in two, and one fold
holds it all.
"""

import re
from collections.abc import Iterator, Sequence
from urllib.parse import quote

from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from .cut import Cutter
from .marks import LINE_OPENER, regions
from .regions import Leaf, Region, united

# Stands in a line for the hidden passage of the number between two of them.
KEPT_ASIDE = "\ufdd1"
_PLACE = re.compile(f"{KEPT_ASIDE}([0-9]+){KEPT_ASIDE}")
_LINE_OPENERS = re.compile(r"^([ \t>*+\-0-9.)]*)>!", re.MULTILINE)
# A list, heading, quotation or code right behind the mark, and a mark right behind the end of code.
_BLOCK_BEHIND = re.compile(
    rf"([ \t>]*)({LINE_OPENER}|\|\|)[ \t]*(?=(?:[-*+]|[0-9]{{1,9}}[.)]|#{{1,6}}|>)[ ]|```|~~~)"
)
_FENCE = re.compile(r"([ \t>]*)(`{3,}|~{3,})[ \t]*(!<|\|\|)?")
_LEAVES = {"inline": False, "fence": True}


def prepared(text: str) -> str:
    """A text whose spoiler marks are in nobody's way."""
    text = _LINE_OPENERS.sub(rf"\1{LINE_OPENER}", text.replace(LINE_OPENER, "").replace(KEPT_ASIDE, ""))
    return "\n".join(_with_marks_apart(text.split("\n")))


def _with_marks_apart(lines: Sequence[str]) -> Iterator[str]:
    """The lines, with marks on lines of their own that stand before a block or behind the end of code."""
    fence = ""
    for line in lines:
        if not fence and (mark := _BLOCK_BEHIND.match(line)):
            yield mark[1] + mark[2]
            line = mark[1] + line[mark.end() :]
        code = _FENCE.match(line)
        if code and not fence:
            fence = code[2]
        elif code and code[2].startswith(fence) and code.end() == len(line.rstrip()):
            fence = ""
            if code[3]:
                yield code[1] + code[2]
                line = code[1] + code[3]
        yield line


def take_out(state: StateCore) -> None:
    """Core rule: what is hidden leaves the blocks that it stood in."""
    places = [place for place, token in enumerate(state.tokens) if token.type in _LEAVES]
    tokens = [state.tokens[place] for place in places]
    hidden = regions([Leaf(token.content, _LEAVES[token.type]) for token in tokens])
    if hidden:
        around = _around(state.tokens, places)
        hidden = united(_with_all_that_follows(hidden, tokens, around))
        state.tokens = Cutter(state.env.setdefault("kept_aside", []), hidden, around).cut(state.tokens)


def _around(tokens: Sequence[Token], places: Sequence[int]) -> list[tuple[int, ...]]:
    """For each leaf the places of the blocks that it stands in, the outermost first."""
    found, wanted = [], set(places)
    stack: list[int] = []
    for place, token in enumerate(tokens):
        if place in wanted:
            found.append(tuple(stack))
        if token.nesting > 0:
            stack.append(place)
        elif token.nesting < 0:
            stack.pop()
    return found


def _with_all_that_follows(
    hidden: list[Region], tokens: list[Token], around: list[tuple[int, ...]]
) -> Iterator[Region]:
    """An open spoiler without a word in its block reaches to the end of what that block stands in."""
    for region in hidden:
        says_nothing = not tokens[region.first].content[region.inner_start :].strip()
        if region.is_open and region.first == region.last and says_nothing:
            yield from _to_the_end_around(region, tokens, around)
        else:
            yield region


def _to_the_end_around(
    region: Region, tokens: list[Token], around: list[tuple[int, ...]]
) -> Iterator[Region]:
    outside, last = around[region.first][:-1], region.last
    while last + 1 < len(tokens) and around[last + 1][: len(outside)] == outside:
        last += 1
    if last > region.first:
        end = len(tokens[last].content)
        yield region._replace(last=last, inner_end=end, outer_end=end)


def holds_one(address: str) -> bool:
    """Whether something hidden would be taken for a part of an address."""
    return KEPT_ASIDE in address or quote(KEPT_ASIDE) in address


def kept_aside(state: StateInline, silent: bool) -> bool:
    """Inline rule: a hidden passage, with Markdown inside."""
    place = _PLACE.match(state.src, state.pos)
    if not place:
        return False
    if not silent:
        state.push("spoiler_open", "label", 1)
        for token in _read(state, state.env["kept_aside"][int(place[1])]):
            state.tokens.append(token)
            state.tokens_meta.append(None)
        state.push("spoiler_close", "label", -1)
    state.pos = place.end()
    return True


def _read(state: StateInline, source: str) -> list[Token]:
    inner = StateInline(source, state.md, state.env, [])
    inner.linkLevel = state.linkLevel
    state.md.inline.tokenize(inner)
    for rule in state.md.inline.ruler2.getRules(""):
        rule(inner)
    return inner.tokens
