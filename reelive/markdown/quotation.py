"""A text as the quotation with which an answer to it begins."""

import re

from reelive.text import clean

from .excerpts import excerpt, without_spoilers
from .parser import MAX_LENGTH, render

_TAG, _NO_LETTER = re.compile(r"<[^>]*>"), re.compile(r"\W+")


def quoted(text: str) -> str:
    """The Markdown of a quotation of this text. What it hides stays hidden: its marks are quoted with it.

    Where signs would mean something else in a quotation, so that more or less were in sight, the plain text
    without what is hidden is quoted.
    """
    quotation = _with_signs(text)
    if _in_sight(clean(quotation)) != _in_sight(text):
        return _with_signs(excerpt(render(text), MAX_LENGTH))
    return quotation


def _with_signs(text: str) -> str:
    lines = text.strip().split("\n")
    return "\n".join(f"> {line}".rstrip() for line in lines) + "\n\n" if any(lines) else ""


def _in_sight(text: str) -> str:
    """The letters of a text that everybody sees."""
    return _NO_LETTER.sub("", _TAG.sub("", without_spoilers(render(text))))
