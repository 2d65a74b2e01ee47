"""The excerpt that a search result shows of a text: where the words stand, with the words marked."""

import re
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from django.utils.html import escape, format_html_join
from django.utils.safestring import SafeString

from moments.search.analyser import NO_TOKEN, folded, pieces
from moments.search.query import Term
from moments.search.stems import is_small_word, stem

EXCERPT_LETTERS, LETTERS_BEFORE = 240, 60
KNOWN_LETTERS = 10_000
# Between the parts of a word or the words of a phrase; and within a word, which may be written as one.
# Each accent that stands behind its letter is compared as ACCENT: a class of them takes long to compile.
ACCENT = "\x01"
GAP, MARK_IN_WORD = r"[\W_]{0,9}", f"['\\-.·*/&_:,{ACCENT}]?"
EXPANDED = {"ss", "ae", "oe", "th"}  # what one letter may be folded to


class _Letters(dict):
    """The form in which a letter is compared: as it is folded, or the first letter of what that is.

    It is always one letter, so that positions in the text stay the same.
    """

    def __missing__(self, code: int) -> str:
        letter = ACCENT if 0x300 <= code <= 0x36F else (folded(chr(code)) or chr(code))[0]
        if len(self) < KNOWN_LETTERS:
            self[code] = letter
        return letter


_letters = _Letters()


def marked(
    text: str, terms: Sequence[Term], beginnings: Collection[Term] = (), stems: bool = False
) -> SafeString | None:
    """About EXCERPT_LETTERS of a plain text around the first of the terms in it, each of them in <mark>.

    Small words such as "the" tell not where the others are: they are looked for where nothing else was asked
    for. With `stems` other forms of a word are marked, and of small words none beside others.

    Everything else is escaped. None when the text holds none of them. Linear in the length of the text.
    """
    if not terms:
        return None
    telling = [term for term in terms if not all(map(is_small_word, term.words))] or terms
    plain = text.translate(_letters)
    first = _pattern(tuple(telling), tuple(beginnings), stems).search(plain)
    if first is None:
        return None
    pattern = _pattern(tuple(telling if stems else terms), tuple(beginnings), stems)
    start, end = _window(text, *first.span())
    places = [match.span() for match in pattern.finditer(plain, start, end)]
    head, tail = "…" if start else "", text[places[-1][1] : end]
    if end < len(text):
        tail += "…"
    shown = format_html_join("", "{}<mark>{}</mark>", _pieces(text, start, places))
    return SafeString(f"{head}{shown}{escape(tail)}")


@lru_cache(64)
def _pattern(terms: tuple[Term, ...], beginnings: tuple[Term, ...], stems: bool) -> re.Pattern:
    """A pattern of whole words, since only these were found: the "art" in "start" is not marked."""
    return re.compile("|".join(_choice(term, term in beginnings, stems) for term in terms))


def _choice(term: Term, is_beginning: bool, stems: bool) -> str:
    found = pieces(" ".join(term.words))
    words = [part for piece in found for part in piece.parts] or [NO_TOKEN]
    if any(piece.is_run for piece in found):
        return GAP.join(map(_spelled, words))  # any part of a run is found
    end = r"[^\W_]*" if is_beginning else r"(?![^\W_])"
    if stems and len(words) == 1 and not is_small_word(words[0]):
        words, end = [stem(words[0])], r"[^\W_]{0,4}"
    return rf"(?<![^\W_])(?:{GAP.join(map(_spelled, words))}){end}"


def _spelled(word: str) -> str:
    """The letters of a word, also with marks in between, and where two of them were one."""
    letters = (
        re.escape(letter) + "?" * (before + letter in EXPANDED) for before, letter in pairwise(f" {word}")
    )
    return MARK_IN_WORD.join(letters)


def _window(text: str, first: int, last: int) -> tuple[int, int]:
    """Where the excerpt begins and ends, so that it holds `first` to `last` and cuts no word."""
    start = max(0, first - LETTERS_BEFORE)
    if start:
        start = text.find(" ", start, first) + 1 or first
    end = max(last, start + EXCERPT_LETTERS)
    if end < len(text):
        space = text.rfind(" ", last, end + 1)
        end = space if space > 0 else last
    return start, min(end, len(text))


def _pieces(text: str, start: int, places: list[tuple[int, int]]) -> Iterator[tuple[str, str]]:
    for first, last in places:
        yield text[start:first], text[first:last]
        start = last
