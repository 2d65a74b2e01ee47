"""What somebody types into the search box: words, "phrases", -without, filters such as film:la-la-land."""

import re
import unicodedata
from dataclasses import dataclass, field, replace

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from moments.feelings import FEELINGS
from reelive.text import clean_line

LENGTH_LIMIT = 200
WORD_LIMIT = 16
POST_KIND_NAMES = ("moment", "song", "trivia", "review")
EXAMPLES = {
    "film": "film:la-la-land",
    "kind": "kind:moment",
    "tag": "tag:dance",
    "by": "by:mia",
    "feeling": "feeling:wonder",
}
MANY = {"tag", "feeling"}  # A post has several of these, so they may be asked for several times.

NO_FILTER = gettext_lazy(
    "There is no filter “%(name)s:”. Use film:, kind:, tag:, by: or feeling:, or put it in quotation marks."
)

# A minus, a field, and a quoted or a bare value. Nothing in it can match the same text in two ways.
_ITEM = re.compile(r'(?P<minus>-?)(?:(?P<field>[^\W\d_]+):)?(?:"(?P<quoted>[^"]*)"|(?P<bare>\S+))')
_QUOTES = str.maketrans("“”„‟«»", '""""""')


class Unclear(ValueError):
    """The query is not understood; the message is a sentence for the person who typed it."""


@dataclass(frozen=True)
class Term:
    """Words that have to stand side by side: mostly one, several where a phrase was quoted."""

    words: tuple[str, ...]
    unwanted: bool = False

    def __str__(self) -> str:
        return " ".join(self.words)


@dataclass(frozen=True)
class Query:
    """A query as it was understood. When it was not, `problem` is a sentence and the rest is empty.

    With `open_end` the last word was not quoted, so that it may be the beginning of a longer one. A query
    that is `loose` asks for what holds most of the words, in any form; one that is `unranked` for no order;
    one at a `glance` for the first few and how many of the newest there are.
    """

    text: str = ""
    terms: tuple[Term, ...] = ()
    filters: dict[str, list[str]] = field(default_factory=dict)
    open_end: bool = False
    problem: str = ""
    loose: bool = False
    unranked: bool = False
    glance: bool = False

    @property
    def wanted(self) -> list[Term]:
        return [term for term in self.terms if not term.unwanted]

    @property
    def unwanted(self) -> list[Term]:
        return [term for term in self.terms if term.unwanted]

    @property
    def is_empty(self) -> bool:
        return not (self.terms or self.filters)


def parse(text: str) -> Query:
    """Read a query. Takes time linear in its length, and never raises."""
    text = clean_line(text)
    if not text:
        return Query()
    try:
        return _checked(_read(text))
    except Unclear as unclear:
        return Query(text, problem=str(unclear))


def words(text: str) -> tuple[str, ...]:
    """The runs of letters and digits, as both databases part them. Marks stay with their letter."""
    kept = "".join(character if _is_of_a_word(character) else " " for character in text)
    return tuple(word for word in kept.split() if any(map(str.isalnum, word)))


def _is_of_a_word(character: str) -> bool:
    return character.isalnum() or unicodedata.category(character)[0] == "M"


def _read(text: str) -> Query:
    if len(text) > LENGTH_LIMIT:
        raise Unclear(_too_long(len(text)))
    query = Query(text)
    for match in _ITEM.finditer(text.translate(_QUOTES)):
        query = _with_item(query, **match.groupdict())
    return query


def _too_long(length: int) -> str:
    return ngettext(
        "A search has at most %(limit)s characters; this one has %(length)s.",
        "A search has at most %(limit)s characters; this one has %(length)s.",
        length,
    ) % {"limit": LENGTH_LIMIT, "length": number_format(length, force_grouping=True)}


def _with_item(query: Query, minus: str, field: str | None, quoted: str | None, bare: str | None) -> Query:
    if bare and bare.startswith('"'):
        raise Unclear(_("A quotation mark is left open: close it, or take it away."))
    if field and bare and bare.startswith("//"):
        field, bare = None, f"{field}:{bare}"
    if bare and not field and bare.endswith(":") and bare[:-1].lower() in EXAMPLES:
        raise _needs_value(bare[:-1].lower())
    value = bare if quoted is None else quoted
    if field:
        return _with_filter(query, field.lower(), value.strip(), bool(minus))
    found = words(value)
    if not found:
        return query
    terms = (*query.terms, Term(found, bool(minus)))
    return replace(query, terms=terms, open_end=quoted is None and not minus)


def _with_filter(query: Query, name: str, value: str, unwanted: bool) -> Query:
    if name not in EXAMPLES:
        raise Unclear(NO_FILTER % {"name": name})
    if unwanted:
        raise Unclear(_("A minus goes before words and phrases, not before %(name)s:.") % {"name": name})
    if not words(value):
        raise _needs_value(name)
    if name in query.filters and name not in MANY:
        raise Unclear(_("Use %(name)s: once.") % {"name": name})
    value = _known(name, value)
    others = [other for other in query.filters.get(name, []) if other != value]
    return replace(query, filters=query.filters | {name: [*others, value]}, open_end=False)


def _needs_value(name: str) -> Unclear:
    return Unclear(
        _("%(name)s: needs its value right behind it, such as %(example)s.")
        % {"name": name, "example": EXAMPLES[name]}
    )


def _known(name: str, value: str) -> str:
    """The value of a filter as this site writes it. Raises Unclear for a kind or feeling that is unknown."""
    value = value.lower()
    if name == "by":
        return value.removeprefix("@")
    if name == "kind":
        value = value.removesuffix("s")
        if value not in POST_KIND_NAMES:
            raise Unclear(_("kind: is one of moment, song, trivia or review."))
    if name == "feeling" and value not in FEELINGS:
        raise Unclear(_("feeling: is one of %(feelings)s.") % {"feelings": ", ".join(FEELINGS)})
    return value


def _checked(query: Query) -> Query:
    count = sum(len(term.words) for term in query.terms)
    if count > WORD_LIMIT:
        raise Unclear(
            _("A search has at most %(limit)s words; this one has %(number)s.")
            % {"limit": WORD_LIMIT, "number": count}
        )
    if query.is_empty:
        raise Unclear(_("Type at least one letter or digit."))
    if not query.wanted and not query.filters:
        raise Unclear(_("Add something to look for: a minus only takes results away."))
    return query
