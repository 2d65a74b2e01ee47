"""Cuts the blocks of a text where a spoiler begins and ends, and folds away what lies between."""

from collections.abc import Sequence
from copy import copy

from markdown_it.token import Token

from .marks import LINE_OPENER
from .regions import Region

_PIECE = "is_piece"  # of a block that was cut: it goes where nothing is left in it
_LIST = "ordered_list_open"
_LISTS = {_LIST, "bullet_list_open"}


class Cutter:
    """Goes once through the tokens of all blocks.

    Args:
        aside: takes the hidden passages of lines.
        hidden: what is hidden, in order.
        around: for each leaf, the places of the blocks that it stands in.
    """

    def __init__(self, aside: list[str], hidden: Sequence[Region], around: Sequence[tuple[int, ...]]):
        self.aside, self.around = aside, around
        self.hidden = list(reversed(hidden))  # the next one is the last
        self.done: list[Token] = []
        self.open: list[Token] = []
        self.items: list[int] = []  # of each open block, how many items of it have begun
        self.fold_depth = 0
        self.is_folding = False
        self.leaf = -1

    def cut(self, tokens: Sequence[Token]) -> list[Token]:
        for token in tokens:
            if token.type == "inline":
                self.leaf += 1
                self.cut_line(token)
            elif token.type == "fence":
                self.leaf += 1
                self.pass_code(token)
            else:
                self.pass_on(token)
        return _shown(self.done)

    def pass_on(self, token: Token) -> None:
        self.done.append(token)
        if token.nesting > 0:
            if self.items:
                self.items[-1] += 1
            self.open.append(token)
            self.items.append(0)
        elif token.nesting < 0:
            opening = self.open.pop()
            self.items.pop()
            if opening.meta.get(_PIECE):
                token.meta = {**token.meta, _PIECE: True}

    def pass_code(self, token: Token) -> None:
        region = self.hidden[-1] if self.hidden else None
        if region and region.first == self.leaf:
            self.fold(region)
        self.done.append(token)
        if region and region.last == self.leaf:
            self.unfold()

    def cut_line(self, token: Token) -> None:
        text, place, line = token.content, 0, ""
        while self.hidden and self.leaf in (self.hidden[-1].first, self.hidden[-1].last):
            region = self.hidden[-1]
            if self.is_folding:
                self.put(token, line + text[place : region.inner_end])
                self.unfold()
                line, place = "", region.outer_end
                continue
            line += text[place : region.outer_start]
            place = region.inner_start
            if region.last == self.leaf:
                line += self.put_aside(text[place : region.inner_end])
                place = region.outer_end
                self.hidden.pop()
            else:
                self.put(token, line)
                self.fold(region)
                line = ""
                break
        self.put(token, line + text[place:])

    def put(self, token: Token, line: str) -> None:
        """The line, or a piece of it, where something is left of it."""
        line = line.strip(" \t\n")
        if line:
            token = copy(token)
            token.content, token.children = line.replace(LINE_OPENER, ">!"), []
            self.done.append(token)

    def put_aside(self, passage: str) -> str:
        self.aside.append(passage.strip().replace(LINE_OPENER, ">!"))
        return f"\ufdd1{len(self.aside) - 1}\ufdd1"

    # Blocks.

    def fold(self, region: Region) -> None:
        first, last = self.around[region.first], self.around[region.last]
        self.fold_depth = 0
        while self.fold_depth < min(len(first), len(last)) and (
            first[self.fold_depth] == last[self.fold_depth]
        ):
            self.fold_depth += 1
        if self.fold_depth and self.open[self.fold_depth - 1].type in _LISTS:
            self.fold_depth -= 1  # a list holds nothing but its items
        self.is_folding = True
        self.cut_blocks(Token("spoilers_open", "details", 1))

    def unfold(self) -> None:
        self.hidden.pop()
        self.is_folding = False
        self.cut_blocks(Token("spoilers_close", "details", -1))

    def cut_blocks(self, between: Token) -> None:
        """End the blocks inside the one that holds the fold, and begin them anew after a token."""
        inner, numbers = self.open[self.fold_depth :], self.items[self.fold_depth :]
        for opening in reversed(inner):
            opening.meta = {**opening.meta, _PIECE: True}
            closing = Token(opening.type.replace("_open", "_close"), opening.tag, -1)
            closing.hidden, closing.meta = opening.hidden, {_PIECE: True}
            closing.block = True
            self.done.append(closing)
        self.done.append(between)
        for depth, (opening, number) in enumerate(zip(inner, numbers, strict=True), self.fold_depth):
            again = copy(opening)
            again.attrs = dict(opening.attrs)
            if opening.type == _LIST:
                again.attrs["start"] = int(opening.attrs.get("start", 1)) + number - 1
                self.items[depth] = 1
            self.open[depth] = again
            self.done.append(again)


def _shown(tokens: Sequence[Token]) -> list[Token]:
    """The tokens without pieces that hold nothing."""
    kept: list[Token] = []
    for token in tokens:
        opening = kept[-1] if kept else None
        is_empty = opening and opening.nesting > 0 and token.nesting < 0 and opening.tag == token.tag
        if is_empty and (token.meta.get(_PIECE) or token.type == "spoilers_close"):
            kept.pop()
            if token.type == "list_item_close" and kept[-1].type == _LIST and kept[-1].meta.get(_PIECE):
                kept[-1].attrs["start"] = int(kept[-1].attrs.get("start", 1)) + 1
        else:
            kept.append(token)
    return _tidied(kept)


def _tidied(tokens: list[Token]) -> list[Token]:
    """The same; a paragraph right in a fold is a whole one, and a list that begins with 1 need not say so."""
    stack: list[Token] = []
    for token in tokens:
        if token.type == _LIST and token.attrs.get("start") == 1:
            del token.attrs["start"]
        if token.nesting > 0:
            if stack and stack[-1].type == "spoilers_open":
                token.hidden = False
            stack.append(token)
        elif token.nesting < 0:
            token.hidden = stack.pop().hidden
    return tokens
