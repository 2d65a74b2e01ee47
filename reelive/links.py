"""Links in Markdown: bare addresses, pictures of other sites, and texts that hide where their link leads."""

import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import unquote

from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline, link
from markdown_it.token import Token

from reelive.text import canonical_domain, clean

MAX_LINK_LENGTH = 1_000
_SCHEME = re.compile(r"(?:^|(?<![A-Za-z0-9.+-]))(https?)\Z", re.IGNORECASE)

# An address ends before quotation marks, marks of a sentence in any script, and what is hidden.
_ENDS_ADDRESS = re.compile(
    "[\u00ab\u00bb\u2018-\u201f\u2039\u203a\u2014\u2015\u2026\u2e3a\u2e3b"
    "\u3001\u3002\u3008-\u300f\u3016-\u301b\u301d-\u301f"
    "\uff01\uff0c\uff0e\uff1a\uff1b\uff1f\uff5f-\uff64\ufe10-\ufe19\ufe30-\ufe44\ufe47-\ufe6b"
    "\u060c\u061b\u061f\u06d4\u066c\u0589\u05c3\u0964\u0965\u104a\u104b"
    "\u1361-\u1368\u166e\u17d4-\u17d6\u1802\u1803\u203c\u203d\u2047-\u2049"
    "\ua60d-\ua60f\uff02\uff07）］｝】〕\ufdd1]"
)
_BRACKETS = {"（": "）", "［": "］", "｛": "｝", "【": "】", "〔": "〕"}

# What a reader takes for an address: a scheme, a name with a dot and letters behind it, four numbers, @name.
_WORDS = re.compile(r"[^\s()<>\[\]{}\"'“”‘’«»|,;]+")
_AT_FIRST = re.compile(r"\A\w[\w+.-]*:[/\\]+")
_END_OF_HOST = re.compile(r"[/?#\\]")
_PORT = re.compile(r":\d*\Z")
_LIKE_A_HOST = re.compile(r"[^\W_]\.[^\W\d_]{2}|\A\d+\.\d+\.\d+\.\d+\Z|.@.|\A@\w", re.DOTALL)
_LIKE_A_DOT = re.compile(r"(?<=[a-z0-9\u00df-\u052f])[。·•‧∙⋅ꓸ۔](?=[a-z0-9\u00df-\u052f])")
_OVERLAID = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe2f]")
_APART = re.compile(r" \.(?=\S)")  # "bank .example" reads like one name
# Their letters look like each other's.
_ALIKE = {"LATIN", "GREEK", "CYRILLIC", "ARMENIAN", "CHEROKEE", "COPTIC", "LISU"}
_RARE_LATIN = re.compile("[\u0250-\u02ff\u1d00-\u1dff\u2c60-\u2c7f\ua720-\ua7ff\uab30-\uab6f]")


def is_allowed(url: str) -> bool:
    return url.lower().startswith(("http://", "https://", "mailto:"))


def place_of(address: str) -> str:
    """Where an allowed address leads: the host that a browser asks, or who gets the mail; in ASCII."""
    scheme, _, rest = address.partition(":")
    if scheme.lower() == "mailto":
        return unquote(rest.partition("?")[0]).lower()
    host = _END_OF_HOST.split(rest.lstrip("/\\"), maxsplit=1)[0].rpartition("@")[2]
    return canonical_domain(unquote(_PORT.sub("", host)))


def undisclosed_place(text: str, address: str) -> str:
    """Where the address leads, if the text of its link looks like another place; else nothing."""
    place, text = place_of(address), _as_read(text)
    named = [name for word in _WORDS.findall(text) for name in _names_in(word, mail="@" in place)]
    honest = {place, place.removeprefix("www."), f"www.{place}"}
    is_disclosed = all(canonical_domain(name) in honest or name == place for name in named)
    return "" if is_disclosed and not any(map(_misleads, named)) else place or address


def _as_read(text: str) -> str:
    """A text as eyes read it: one form of each letter and dot, nothing invisible."""
    text = _OVERLAID.sub("", unicodedata.normalize("NFKC", clean(text)).lower())
    text = "".join(character for character in text if unicodedata.category(character) != "Cf")
    return _APART.sub(".", _LIKE_A_DOT.sub(".", " ".join(text.split())))


def _names_in(word: str, mail: bool) -> list[str]:
    """The hosts that a word seems to name, or with `mail` its mail address."""
    rest = _AT_FIRST.sub("", word.strip(".:!?…*_~"))
    parts = [_PORT.sub("", part) for part in _END_OF_HOST.split(rest)]
    first = parts[0] if "://" in word else next(filter(_LIKE_A_HOST.search, parts), "")
    if mail or first.startswith("@"):
        return [first] if first else []
    *before, host = first.split("@")
    return [host] * bool(host) + [part for part in before if _LIKE_A_HOST.search(part)]


def _misleads(name: str) -> bool:
    """Whether a host is written in letters that pass for others, so that its name is no proof of itself."""
    if name.isascii():
        return False
    scripts = {unicodedata.name(letter, "?").partition(" ")[0] for letter in name if letter.isalpha()}
    return len(scripts & _ALIKE) > 1 or bool(_RARE_LATIN.search(name))


# The rules of the parser.


def bare_link(state: StateInline, silent: bool) -> bool:
    """Inline rule: a plain http or https address becomes a link.

    markdown-it's own rules for this search the whole text again at every "://".
    """
    scheme = _SCHEME.search(state.src, max(0, state.pos - 6), state.pos)
    if not scheme or state.linkLevel or not state.src.startswith("://", state.pos):
        return False
    start = scheme.start(1)
    address = _address_at(start, state)
    if len(address) <= len(scheme[1]) + 3:
        return False
    if not silent:
        if not state.pending.endswith(scheme[1]):
            return False
        state.pending = state.pending[: -len(scheme[1])]
        state.push("link_open", "a", 1).attrs = {"href": state.md.normalizeLink(address)}
        state.push("text", "", 0).content = address
        state.push("link_close", "a", -1)
    state.pos = start + len(address)
    return True


def _address_at(start: int, state: StateInline) -> str:
    """The address that begins there, without the marks that close the sentence or bracket around it."""
    text = state.src[start : min(state.posMax, start + MAX_LINK_LENGTH)]
    found = state.md.linkify.match_at_start(text[: _end_of_address(text)])
    return found.url.rstrip("*~_") if found else ""


def _end_of_address(text: str) -> int:
    """Where an address ends at the latest: at a mark that ends it, or at a bracket without its partner."""
    brackets: list[tuple[str, int]] = []
    end = 0
    for place, character in enumerate(text):
        if brackets and character == brackets[-1][0]:
            brackets.pop()
            end = place + 1
        elif character in _BRACKETS:
            brackets.append((_BRACKETS[character], place))
        elif character.isspace() or _ENDS_ADDRESS.match(character):
            break
        elif character.isascii() or unicodedata.category(character)[0] != "P":
            end = place + 1
    return min([end, *(opened for _, opened in brackets[:1])])


def picture(state: StateInline, silent: bool) -> bool:
    """Inline rule: ![words](address) is a link with these words, in a link the words alone.

    A picture from another site would tell it who reads here.
    """
    start = state.pos
    if not state.src.startswith("![", start) or "](" not in state.src[start:]:
        return False
    state.pos = start + 1
    if not link(state, True):
        state.pos = start
        return False
    end = state.pos
    if not silent and state.linkLevel:
        _read_words(state, start + 1)
    elif not silent:
        state.pos = start + 1
        link(state, False)
    state.pos = end
    return True


def _read_words(state: StateInline, bracket: int) -> None:
    """Read what stands in the brackets that begin there."""
    end = state.posMax
    state.posMax = state.md.helpers.parseLinkLabel(state, bracket)
    state.pos = bracket + 1
    state.md.inline.tokenize(state)
    state.posMax = end


def tidy_links(state: StateCore) -> None:
    """Core rule: links lead somewhere, hold no spoiler and do not pretend to lead elsewhere."""
    for block in state.tokens:
        if block.type == "inline" and any(token.type == "link_open" for token in block.children):
            block.children = list(_with_tidy_links(block.children))


def _with_tidy_links(tokens: list[Token]) -> Iterator[Token]:
    """A link in another, which only a spoiler in the words of that can bring there, is its words alone."""
    parts: list[Token] = []
    depth = 0
    for token in tokens:
        depth += token.nesting if token.tag == "a" else 0
        if not parts and not depth:
            yield token
            continue
        if token.tag != "a" or not parts or not depth:
            parts.append(token)
        if not depth:
            yield from _tidy(parts)
            parts = []


def _tidy(parts: list[Token]) -> list[Token]:
    """A link, from its opening to its closing, as it may stand in a page."""
    address = parts[0].attrs["href"]
    if not address:
        return parts[1:-1]
    text = "".join(" " if token.tag == "br" else token.content for token in parts)
    disclosed = f" ({place})" if (place := undisclosed_place(text, address)) else ""
    beside = disclosed if clean(text) else address
    if beside:
        parts.insert(-1, Token("text", "", 0, content=beside))
    # A control inside a link could not be used: a link around a spoiler is hidden as a whole.
    spoilers = [token for token in parts if token.tag == "label"]
    return [*spoilers[:1], *(token for token in parts if token.tag != "label"), *spoilers[-1:]]
