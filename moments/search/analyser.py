"""The words of a text, as the indexes of both databases keep them and as queries ask for them.

Everything is folded first: case, accents, and letters such as ø and ß. A word with marks inside is kept in
parts and as one: "spider", "man", "spiderman". Scripts without spaces between words are kept as pairs of
neighbouring letters, so that any part of a run of them is found.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from moments.search.stems import stem
from reelive.text import fold

# Another number has all indexes made anew: raise it with each change of what a text is taken apart into.
EDITION = 1
LONGEST_TOKEN, LONGEST_JOINED, LONGEST_TITLE = 64, 40, 80
KNOWN_LETTERS = 10_000
# Nobody can type a word that begins with these: they are of the private use area, which no word holds.
FACET, STEM, JOINED, NO_TOKEN = "\ue000", "\ue001", "\ue002", "\ue003"

_JOINERS = frozenset("'-‐‑.·•・‧∙⋅/*&+_:,")
# Before folding: other signs for an apostrophe, signs that part words, what is invisible inside words, and
# letters that do not decompose.
_PREPARED = str.maketrans(
    dict.fromkeys("´`ʼʻʹˈ′＇’‘", "'")
    | dict.fromkeys("—–“”„«»…", " ")
    | dict.fromkeys("\u00ad\u200c\u200d\u200e\u200f\u0640", None)
    | {
        "ŋ": "n",
        "Ŋ": "n",
        "ŧ": "t",
        "Ŧ": "t",
        "ƒ": "f",
        "ə": "e",
        "Ə": "e",
        "ɨ": "i",
        "ʉ": "u",
        "ɓ": "b",
        "ɗ": "d",
    }
)
_HIRAGANA = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}
# First and last letters of the scripts that are written without spaces, Hangul with them.
_UNSPACED = (
    *((0x0E00, 0x0EDF), (0x1000, 0x109F), (0x1100, 0x11FF), (0x1780, 0x17DD), (0x2E80, 0x2FDF)),
    *((0x3005, 0x3007), (0x3031, 0x30FF), (0x3105, 0x318E), (0x31F0, 0x31FF), (0x3400, 0x4DBF)),
    *((0x4E00, 0x9FFF), (0xA000, 0xA48C), (0xA960, 0xA97F), (0xAC00, 0xD7FF), (0xF900, 0xFAFF)),
    *((0x1B000, 0x1B16F), (0x20000, 0x3FFFF)),
)
# In the shape of a text each letter is one of these: w of a word, c of a script without spaces, j for a mark
# that joins, a space, and a dot for all else.
_PIECE = re.compile("w+(?:jw+)*|c+(?:[ j]c+)*")
_ASCII_WORD = re.compile(rf"[a-z0-9]+(?:[{re.escape(''.join(sorted(_JOINERS)))}][a-z0-9]+)*")
_CHUNKS = re.compile(rf"\S{{1,{LONGEST_TOKEN}}}")
_PARTS = re.compile(f"[a-z0-9]{{1,{LONGEST_TOKEN}}}")


class _Shapes(dict):
    def __missing__(self, code: int) -> str:
        shape = _shape(chr(code), code)
        if len(self) < KNOWN_LETTERS:
            self[code] = shape
        return shape


def _shape(character: str, code: int) -> str:
    if character in _JOINERS:
        return "j"
    if character.isspace():
        return " "
    if not (character.isalnum() or unicodedata.category(character)[0] == "M"):
        return "."
    is_unspaced = any(first <= code <= last for first, last in _UNSPACED) and not character.isdecimal()
    return "c" if is_unspaced else "w"


_shapes = _Shapes()


class Piece(NamedTuple):
    """A word with its parts, or a run of letters of a script without spaces."""

    parts: list[str]
    is_run: bool = False


def folded(text: str) -> str:
    """What spellings of the same words have in common: case, accents and kinds of kana are put aside."""
    return fold(text.translate(_PREPARED)).translate(_HIRAGANA)


def pieces(text: str) -> list[Piece]:
    """The words and runs of a text in their order."""
    plain = folded(text)
    if plain.isascii():
        return [Piece(_PARTS.findall(word)) for word in _ASCII_WORD.findall(plain)]
    return [_piece(plain, match) for match in _PIECE.finditer(plain.translate(_shapes))]


def _piece(plain: str, match: re.Match) -> Piece:
    letters, shape = plain[match.start() : match.end()], match.group()
    if shape[0] == "c":
        return Piece(
            ["".join(letter for letter, kind in zip(letters, shape, strict=True) if kind == "c")], True
        )
    if "j" in shape:
        letters = "".join(letter if kind == "w" else " " for letter, kind in zip(letters, shape, strict=True))
    return Piece(_CHUNKS.findall(letters))


def pairs(letters: str) -> list[str]:
    """The pairs of neighbours in a run; a run of one letter is that letter."""
    return [letters[place : place + 2] for place in range(len(letters) - 1)] or [letters]


def tokens(text: str, is_title: bool = False) -> list[str]:
    """What an index keeps of a text: its words in their order, then other forms of them.

    Other forms are the joined parts of a word, its stem, and the single letters of a run; of a title also
    neighbouring words joined, and all of them.
    """
    words: list[str] = []
    others: dict[str, None] = {}
    found = pieces(text)
    for parts, is_run in found:
        if is_run:
            words += pairs(parts[0])
            others |= dict.fromkeys(parts[0])
            continue
        words += parts
        if len(parts) > 1:
            others |= dict.fromkeys(_joined(parts))
    if is_title:
        others |= dict.fromkeys(JOINED + whole for whole in _joined(_spelled(found)))
    others |= dict.fromkeys(map(_marked_stem, words))
    others.pop("", None)
    for word in words:
        others.pop(word, None)
    return [*words, *others]


@lru_cache(20_000)
def _marked_stem(word: str) -> str:
    root = stem(word)
    return STEM + root if root != word else ""


def _spelled(found: list[Piece]) -> list[str]:
    """The parts of all words, without the runs, whose letters are joined already."""
    return [part for piece in found if not piece.is_run for part in piece.parts]


def _joined(parts: list[str]) -> Iterator[str]:
    """Neighbouring parts as one word, and all of them."""
    if len(parts) < 2:
        return
    whole = "".join(parts)
    if len(whole) <= LONGEST_JOINED:
        yield whole
    for first, second in pairwise(parts):
        if len(first) + len(second) <= LONGEST_JOINED:
            yield first + second


def title_key(text: str) -> str:
    """What two titles have in common that differ in case, accents, spaces and marks alone."""
    return "".join(part for piece in pieces(text) for part in piece.parts)[:LONGEST_TITLE]


# Asking. A way to find a term is a list of phrases that all have to be there.
Way = list[list[str]]


@lru_cache(2_000)
def ways(words: tuple[str, ...], stems: bool = False) -> list[Way]:
    """The ways to find words that stand side by side: in parts, or as one; with `stems` in any form.

    One word may be several of a title, typed without the spaces.
    """
    found = pieces(" ".join(words))
    if not found:
        return [[[NO_TOKEN]]]
    asked = [token for parts, is_run in found for token in (pairs(parts[0]) if is_run else parts)]
    if len(found) > 1 and any(is_run and len(parts[0]) == 1 for parts, is_run in found):
        # A letter between words may be half of a pair: it is asked for by itself.
        return [[[token] for token in asked]]
    all_ways: list[Way] = [[asked]]
    whole = "".join(asked)
    if len(asked) > 1 and not any(piece.is_run for piece in found) and len(whole) <= LONGEST_JOINED:
        all_ways.append([[whole]])
    if len(asked) == 1 and not found[0].is_run:
        root = stem(asked[0]) if stems else asked[0]
        forms = [JOINED + asked[0], *([STEM + root] if stems else []), root]
        all_ways += [[[form]] for form in forms if form != asked[0]]
    return all_ways


def is_word(token: str) -> bool:
    """Whether a token is a word that one may misspell, and no facet, stem, number or pair of letters."""
    return (
        len(token) <= LONGEST_JOINED
        and token[0] < FACET
        and _shapes[ord(token[0])] == "w"
        and not token.isdecimal()
    )
