"""Emphasis beside Chinese, Japanese and Korean, which put no spaces around words.

CommonMark asks for a space or a mark between a closing `**` after punctuation and the next word, so that
`**「強調」**です` would not be bold. As in the amendment "CommonMark CJK-friendly", a mark of these scripts
counts as a letter there, and one of their letters as a space. Other scripts are read as CommonMark says.
"""

import re

from markdown_it import MarkdownIt
from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace
from markdown_it.rules_inline import StateInline, emphasis, strikethrough
from markdown_it.rules_inline.state_inline import Scanned

# Radicals, marks, Kana, Bopomofo, Hangul, ideographs, and their wide and small forms.
_CJK = re.compile(
    "[\u1100-\u11ff\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7ff"
    "\uf900-\ufaff\ufe30-\ufe6f\uff01-\uffee"
    "\U00016fe0-\U0001b2ff\U0001f200-\U0001f2ff\U00020000-\U0003ffff]"
)


def install(parser: MarkdownIt) -> None:
    parser.inline.ruler.at("emphasis", _emphasis)
    parser.inline.ruler.at("strikethrough", _strikethrough)


def _emphasis(state: StateInline, silent: bool) -> bool:
    return _is_delimiter(state, "*_") and emphasis.tokenize(_reading_cjk(state), silent)


def _strikethrough(state: StateInline, silent: bool) -> bool:
    return _is_delimiter(state, "~") and strikethrough.tokenize(_reading_cjk(state), silent)


def _is_delimiter(state: StateInline, delimiters: str) -> bool:
    return state.src[state.pos] in delimiters


def _reading_cjk(state: StateInline) -> StateInline:
    if "scanDelims" not in state.__dict__:
        state.scanDelims = lambda start, can_split_word: scan(state, start, can_split_word)
    return state


def scan(state: StateInline, start: int, can_split_word: bool) -> Scanned:
    """What a run of delimiters may do: see `StateInline.scanDelims`."""
    end, marker = start, state.src[start]
    while end < state.posMax and state.src[end] == marker:
        end += 1
    before = state.src[start - 1] if start else " "
    after = state.src[end] if end < state.posMax else " "
    opens = _holds_to(after, before)
    closes = _holds_to(before, after)
    if can_split_word:
        return Scanned(opens, closes, end - start)
    return Scanned(
        opens and (not closes or _is_mark(before)), closes and (not opens or _is_mark(after)), end - start
    )


def _holds_to(inner: str, outer: str) -> bool:
    """Whether a run of delimiters may belong to the letter on its one side, given that on the other."""
    if isWhiteSpace(ord(inner)):
        return False
    is_free = not _is_mark(inner) or bool(_CJK.match(inner))
    return is_free or isWhiteSpace(ord(outer)) or _is_mark(outer) or bool(_CJK.match(outer))


def _is_mark(character: str) -> bool:
    return isMdAsciiPunct(ord(character)) or isPunctChar(character)
