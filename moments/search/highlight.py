"""The excerpt that a search result shows of a text: where the words stand, with the words marked."""

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence

from django.utils.html import escape, format_html_join
from django.utils.safestring import SafeString

from moments.search.query import Term

LENGTH, LEAD = 240, 60
KNOWN_LETTERS = 10_000


class _Letters(dict):
    """The form in which a letter is compared: in lower case and without its marks.

    It is always one letter, so that positions in the text stay the same.
    """

    def __missing__(self, code: int) -> str:
        letter = unicodedata.normalize("NFKD", chr(code).lower())[0]
        if len(self) < KNOWN_LETTERS:
            self[code] = letter
        return letter


_letters = _Letters()


def marked(text: str, terms: Sequence[Term], beginnings: Collection[Term] = ()) -> SafeString | None:
    """About LENGTH characters of a plain text around the first of the terms in it, each of them in <mark>.

    Everything else is escaped. None when the text holds none of them. Linear in the length of the text.
    """
    if not terms:
        return None
    pattern = _pattern(terms, beginnings)
    folded = text.translate(_letters)
    first = pattern.search(folded)
    if first is None:
        return None
    start, end = _window(text, *first.span())
    places = [match.span() for match in pattern.finditer(folded, start, end)]
    tail = text[places[-1][1] : end] + "…" * (end < len(text))
    shown = format_html_join("", "{}<mark>{}</mark>", _pieces(text, start, places))
    return SafeString(f"{'…' * (start > 0)}{shown}{escape(tail)}")


def _pattern(terms: Sequence[Term], beginnings: Collection[Term]) -> re.Pattern:
    """A pattern of whole words, since only these were found: the "art" in "start" is not marked."""
    choices = []
    for term in terms:
        words = r"[\W_]{1,9}".join(re.escape(word.translate(_letters)) for word in term.words)
        choices.append(words + (r"[^\W_]*" if term in beginnings else r"(?![^\W_])"))
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(choices)})")


def _window(text: str, first: int, last: int) -> tuple[int, int]:
    """Where the excerpt begins and ends, so that it holds `first` to `last` and cuts no word."""
    start = max(0, first - LEAD)
    if start:
        start = text.find(" ", start, first) + 1 or first
    end = max(last, start + LENGTH)
    if end < len(text):
        space = text.rfind(" ", last, end + 1)
        end = space if space > 0 else last
    return start, min(end, len(text))


def _pieces(text: str, start: int, places: list[tuple[int, int]]) -> Iterator[tuple[str, str]]:
    for first, last in places:
        yield text[start:first], text[first:last]
        start = last
