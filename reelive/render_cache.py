"""HTML rendered once for all who are shown the same, and kept in the memory of this process.

It is kept under its template, its language and all that it shows, so nothing has to be dropped when that
changes: what is shown then has another name. What is of one page alone, such as its token, and what changes
by the minute is no part of it; a mark holds its place, and it is put in when the HTML is laid into a page.
"""

import re
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from datetime import datetime
from functools import cache, cached_property
from secrets import token_hex
from sys import getsizeof
from time import monotonic
from types import NoneType
from typing import Any, NamedTuple

from django.db.models import Model
from django.db.models.fields.files import FieldFile
from django.template.loader import get_template
from django.utils import functional
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language

KEPT_SECONDS = 3600
MOST_BYTES = 16 * 1024 * 1024  # of all that is kept, with what it is kept under
PLAIN_TYPES = {str, int, bool, float, NoneType, datetime}  # what is a part of a key as it is; most values are
COMPUTED = {functional.cached_property, cached_property}
OVERHEAD = 500  # bytes that a piece takes besides
# Nobody can guess it, so no text that people write holds it.
SECRET = token_hex(16)
SECRET_MARK = re.compile(rf"{SECRET}-(\w+)-")
# How templates are indented is a sixth of a page. Where white space is shown as it is, it stays; around what
# is no word of a line none is shown.
BLOCKS = "article|aside|d[dlt]|div|figure|footer|form|h[1-6]|header|li|link|meta|nav|[ou]l|p|script|section"
AROUND_BLOCKS, INDENTATION = re.compile(rf"\n\s*(?=</?(?:{BLOCKS})\b)"), re.compile(r"\s*\n\s*")
SHOWN_AS_IT_IS = ("<pre", "<textarea")


class Rendered(NamedTuple):
    pieces: list[str]  # every other one is the name of what is put in there
    until: float  # seconds of the monotonic clock
    size: int  # bytes

    def with_later(self, later: Mapping[str, Any]) -> SafeString:
        if len(self.pieces) == 1:
            return SafeString(self.pieces[0])
        pieces = self.pieces.copy()
        for place in range(1, len(pieces), 2):
            value = later[pieces[place]]
            pieces[place] = conditional_escape(value() if callable(value) else value)
        return SafeString("".join(pieces))


class RenderCache:
    """So many bytes and no more; what was not asked for the longest makes room."""

    def __init__(self, most: int):
        self.most, self.size = most, 0
        self.hits = self.misses = 0
        self.kept: OrderedDict[Hashable, Rendered] = OrderedDict()

    def get(self, key: Hashable) -> Rendered | None:
        found = self.kept.get(key)
        if found is None or found.until < monotonic():
            self.misses += 1
            return None
        self.hits += 1
        self.kept.move_to_end(key)
        return found

    def keep(self, key: Hashable, rendered: Rendered) -> None:
        former = self.kept.pop(key, None)
        self.size += rendered.size - (former.size if former else 0)
        self.kept[key] = rendered
        while self.size > self.most and len(self.kept) > 1:
            self.size -= self.kept.popitem(last=False)[1].size

    def clear(self) -> None:
        self.kept.clear()
        self.size = 0


render_cache = RenderCache(MOST_BYTES)


def rendered(name: str, shown: Hashable, context: dict[str, Any], **later: Any) -> SafeString:
    """The template rendered without a request, or as it was rendered before.

    Args:
        shown: all that the template shows of its context. Values that render differently must differ: see
            `as_key`.
        context: what the template knows.
        later: what is put in for this page alone, escaped where it is not safe, or functions that say it
            where it is shown; the template knows no more of it than where it stands.
    """
    key = (name, get_language(), shown)
    found = render_cache.get(key) or _render(key, context, later)
    return found.with_later(later)


def renderer(name: str) -> Callable[..., SafeString]:
    """As `rendered`, for a page that has hundreds of one template: the language is asked for once.

    Each is given what it shows, a function that gives its context where it has to be rendered, and what is
    put in later.
    """
    language = get_language()

    def rendered_one(shown: Hashable, context: Callable[[], dict[str, Any]], **later: Any) -> SafeString:
        key = (name, language, shown)
        found = render_cache.get(key) or _render(key, context(), later)
        return found.with_later(later)

    return rendered_one


def _render(key: tuple, context: dict[str, Any], later: Mapping[str, Any]) -> Rendered:
    marks = {each: SafeString(f"{SECRET}-{each}-") for each in later}
    pieces = SECRET_MARK.split(without_indentation(get_template(key[0]).render(context | marks)))
    size = OVERHEAD + size_of(key) + size_of(pieces)
    found = Rendered(pieces, monotonic() + KEPT_SECONDS, size)
    render_cache.keep(key, found)
    return found


def size_of(value: Any) -> int:
    """About as many bytes as it takes in memory."""
    parts = value if isinstance(value, tuple | list) else ()
    return getsizeof(value) + sum(map(size_of, parts))


def without_indentation(html: str) -> str:
    if any(tag in html for tag in SHOWN_AS_IT_IS):
        return html
    return INDENTATION.sub(" ", AROUND_BLOCKS.sub("", html))


@cache
def _not_read(model: type[Model]) -> set[str]:
    """What a row holds besides what was read of it: where it is from, and what was computed of it."""
    known = {name for one in model.__mro__ for name, part in vars(one).items() if type(part) in COMPUTED}
    return known | {"_state"}


def as_key(value: Any) -> Hashable:
    """A value as a part of what is shown: lists as tuples, markup apart from text that reads alike, a row by
    what was read of it, without the rows beside it; and what else there is by its `shown`, if it has one.

    Raises TypeError for an object that equals itself alone: what is kept under it is never found again.
    """
    if type(value) in PLAIN_TYPES:
        return value
    if isinstance(value, SafeString):
        return SafeString, str(value)
    if isinstance(value, dict):
        return tuple(
            [(name, part if type(part) in PLAIN_TYPES else as_key(part)) for name, part in value.items()]
        )
    if isinstance(value, list | tuple | set):
        return tuple([part if type(part) in PLAIN_TYPES else as_key(part) for part in value])
    if isinstance(value, Model):
        without = _not_read(type(value))
        read = {name: part for name, part in vars(value).items() if name not in without}
        return type(value).__name__, as_key(read)
    if isinstance(value, FieldFile | functional.Promise):
        # A text that waits for its language is looked up anew each time it is compared.
        return str(value)
    shown = getattr(value, "shown", value)
    if type(shown).__eq__ is object.__eq__:
        raise TypeError(f"A {type(shown).__name__} equals nothing but itself")
    return shown
