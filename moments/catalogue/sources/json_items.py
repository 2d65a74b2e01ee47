"""The items of a JSON array, one after the other, of a file that is never held as a whole."""

import codecs
import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from moments.catalogue.sources import Unreadable

LETTERS_AT_ONCE = 1 << 16
LONGEST_ITEM = 1 << 24  # letters
_SPACE = " \t\r\n,"


def items(file: BinaryIO, after: str) -> Iterator[Any]:
    """The items of the first array after a text. Raises Unreadable where the file is cut short or is none."""
    decode, parse = codecs.getincrementaldecoder("utf-8")("replace").decode, json.JSONDecoder().raw_decode
    text, is_over = "", False
    start = -1
    while start < 0:
        more = file.read(LETTERS_AT_ONCE)
        if not more:
            raise Unreadable(f"The file ends before its list, which follows {after}.")
        text += decode(more)
        found = text.find(after)
        start = text.find("[", found) if found >= 0 else -1
    text = text[start + 1 :]
    while True:
        text = text.lstrip(_SPACE)
        if text[:1] == "]":
            return
        try:
            item, end = parse(text) if text else (None, 0)
        except ValueError:
            end = 0
        if end:
            yield item
            text = text[end:]
            continue
        more = file.read(LETTERS_AT_ONCE)
        is_over = not more
        if is_over or len(text) > LONGEST_ITEM:
            raise Unreadable("The file ends in the middle of its list: it was cut short.")
        text += decode(more)
