"""The objects of a JSON file one after the other, so that a large one is never held as a whole."""

import json

from .refusals import TooLarge, Unreadable

CHARACTERS_AT_ONCE, LONGEST_OBJECT = 64 * 1024, 2 * 1024**2
SPACE = " \t\r\n"


def _refuse(_constant):
    raise Unreadable


DECODER = json.JSONDecoder(parse_constant=_refuse)


def rows_of(text, bundle):
    """Yields the name of a list and each object in it.

    Args:
        text: a text file that holds a list of objects, whose name is then empty, or an object of such lists.
            What is neither a list nor an object in them is passed over.
        bundle: counts what is read.
    """
    source = _Source(text, bundle)
    if source.next() == "[":
        yield from (("", row) for row in _list(source))
    else:
        yield from _lists(source)
    if source.next():
        raise Unreadable


def _lists(source):
    source.take("{")
    while source.next() != "}":
        name = source.value()
        source.take(":")
        if not isinstance(name, str):
            raise Unreadable
        if source.next() == "[":
            yield from ((name[:40], row) for row in _list(source))
        else:
            source.value()
            source.bundle.count_row()
        _go_on(source, "}")
    source.take("}")


def _list(source):
    source.take("[")
    while source.next() != "]":
        value = source.value()
        source.bundle.count_row()
        if isinstance(value, dict):
            yield value
        _go_on(source, "]")
    source.take("]")


def _go_on(source, end):
    """To the next one of a list or object, or to its end."""
    if source.next() != end:
        source.take(",")
        if source.next() == end:
            raise Unreadable


class _Source:
    """A text file of which only the piece is held that is being read."""

    def __init__(self, text, bundle):
        self.text, self.bundle, self.held, self.place = text, bundle, "", 0

    def more(self, size=CHARACTERS_AT_ONCE):
        """Reads on; whether there was anything."""
        piece = self.text.read(size)
        self.held, self.place = self.held[self.place :] + piece, 0
        return bool(piece)

    def next(self):
        """The next character that is no space, without taking it; empty at the end."""
        while True:
            while self.place < len(self.held) and self.held[self.place] in SPACE:
                self.place += 1
            if self.place < len(self.held):
                return self.held[self.place]
            if not self.more():
                return ""

    def take(self, character):
        if self.next() != character:
            raise Unreadable
        self.place += 1

    def value(self):
        """Takes the next value as a whole. A number at the end of a piece may go on in the next one."""
        self.next()
        size = CHARACTERS_AT_ONCE
        while True:
            try:
                value, end = DECODER.raw_decode(self.held, self.place)
            except json.JSONDecodeError:
                end = len(self.held)
            if end < len(self.held):
                self.place = end
                return value
            if len(self.held) - self.place > LONGEST_OBJECT:
                raise TooLarge
            if not self.more(size):
                raise Unreadable
            size *= 2
