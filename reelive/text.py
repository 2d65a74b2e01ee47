"""What members type, made safe to keep: clean text, folded text to compare, slugs, tags and user names."""

import difflib
import re
import unicodedata
from collections.abc import Callable, Collection, Iterable
from itertools import islice
from typing import Any

from django.utils.translation import gettext

MAX_MARKS = 4  # marks on one letter; Hebrew with cantillation needs four, zalgo needs dozens
TITLE_LENGTH = 150
TAG_COUNT = 8
TAG_LENGTHS = range(2, 41)
SIMILAR_SCANNED = 500
SIMILAR_SHOWN = 5

RESERVED_SLUGS = frozenset(
    ["add", "all", "delete", "edit", "feed", "new", "preview", "search", "suggest", "top"]
)
# Names that speak for the site or for everybody; compared without "-" and "_".
# fmt: off
RESERVED_USERNAMES = frozenset(
    [
        "abuse", "account", "accounts", "admin", "administrator", "all", "anonymous", "api", "bot",
        "deleted", "edit", "everybody", "everyone", "feed", "guest", "help", "here", "hostmaster",
        "house", "info", "login", "logout", "mail", "me", "member", "members", "mod", "moderation",
        "moderator", "moderators", "new", "nobody", "none", "noreply", "null", "official", "owner",
        "postmaster", "reelive", "reelivehouse", "robot", "root", "security", "self", "settings",
        "signin", "signout", "signup", "staff", "support", "sysadmin", "system", "team", "undefined",
        "unknown", "user", "username", "webmaster", "www", "you",
    ]
)
# fmt: on


def _characters(wanted: Callable[[str], bool]) -> str:
    """The wanted among the characters that have ever been marks, as the inside of a character class."""
    codes = [*range(0x20000), *range(0xE0000, 0xE0200)]
    spans: list[list[int]] = []
    for code in codes:
        if not wanted(chr(code)):
            continue
        if spans and spans[-1][1] == code - 1:
            spans[-1][1] = code
        else:
            spans.append([code, code])
    return "".join(f"\\U{first:08x}-\\U{last:08x}" for first, last in spans)


_MARK = _characters(lambda c: unicodedata.category(c) in ("Mn", "Me") or unicodedata.combining(c) > 0)
# Spacing vowel signs stand beside their letter and in no tower, but belong to its word.
_WORD_MARK = _characters(
    lambda c: unicodedata.category(c) in ("Mn", "Mc", "Me") or unicodedata.combining(c) > 0
)
_STACKED = _MARK + "\u00ad\u061c\u200c-\u200f"  # invisible characters do not end a tower of marks
_TOO_MANY_MARKS = re.compile(f"([{_STACKED}]{{{MAX_MARKS}}})[{_STACKED}]+")
_NOT_IN_WORD = rf"(?:_|[^\w{_WORD_MARK}])"
_NOT_IN_SLUG = re.compile(f"{_NOT_IN_WORD}+")
_LINE_ENDS = re.compile("\r\n|[\r\x85\u2028\u2029]")
# Controls, bidi embeddings and overrides, invisible fillers, what XML forbids in a feed, and non-characters.
_DROPPED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f"
    "\u115f\u1160\u17b4\u17b5\u180e\u200b\u202a-\u202e\u2060-\u206f"
    "\u3164\ufdd0-\ufdef\ufeff\uffa0\ufff9-\ufffb\ufffe\uffff\U000e0001\ud800-\udfff]"
)
# Accents, points and vowel signs over whole letters; in other scripts a mark is a letter of its own.
_DIACRITICS = re.compile(
    "[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u064b-\u065f\u0670"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
)
_UNDECOMPOSED = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe"}
)
# What stands within words of several scripts: apostrophes, and the invisible joiners and their opposite.
_WITHIN_WORDS = re.compile("['’ʼ`´\u055a\u05f3\u05f4\u200c\u200d]")
_TITLE_NOISE = re.compile(rf"\(\d{{4}}\)|{_NOT_IN_WORD}")  # a year behind a title, and punctuation
_JOINERS = re.compile("[\u200c\u200d]")
_USERNAME = re.compile(r"[a-z0-9_-]{3,30}")


def clean(text: str) -> str:
    """Text as it may be kept: NFC, line feeds, nothing invisible that misleads; empty when nothing shows."""
    text = _DROPPED.sub("", _LINE_ENDS.sub("\n", text))
    # Normalising is quadratic in a run of marks: it is cut before, and after, since some marks split in two.
    text = _cut_marks(unicodedata.normalize("NFC", _cut_marks(text))).strip()
    return text if any(map(_shows, text)) else ""


def clean_line(text: str) -> str:
    """A title or a name: cleaned, on one line, with single spaces."""
    return " ".join(clean(text).split())


def fold(text: str) -> str:
    """What two spellings of the same words have in common: Amélie and AMELIE are both "amelie"."""
    text = _cut_marks(_DROPPED.sub("", text)).casefold()
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    text = _DIACRITICS.sub("", text).translate(_UNDECOMPOSED)
    return " ".join(unicodedata.normalize("NFKC", text).split())


def slugify(text: str, fallback: str, max_length: int = 80) -> str:
    """The words of the text for an address: lower case, letters of every script, never empty, never reserved.

    `fallback` is the kind of thing named ("moment"): it stands in for a text without letters, and follows a
    reserved word.
    """
    text = unicodedata.normalize("NFKC", clean(text[: 10 * max_length])).lower()
    slug = _NOT_IN_SLUG.sub("-", _WITHIN_WORDS.sub("", text)).strip("-")
    slug = _cut_words(slug, max_length, "-") if any(map(str.isalnum, slug)) else fallback
    return f"{slug}-{fallback}"[:max_length] if slug in RESERVED_SLUGS else slug


def normalise_tag(name: str) -> str:
    """The one spelling of a tag. Raises ValueError with a sentence for the member."""
    name = unicodedata.normalize("NFKC", clean_line(name[:1000]).casefold())
    name = clean_line(unicodedata.normalize("NFKC", name.casefold())).lstrip("# ")
    if "," in name:
        raise ValueError(gettext("A tag cannot hold a comma."))
    if not any(map(str.isalnum, name)):
        raise ValueError(gettext("A tag needs at least one letter or digit."))
    if len(name) not in TAG_LENGTHS and not _is_a_word(name):
        sentence = gettext("A tag has 2 to 40 characters: “%(tag)s” has %(length)d.")
        raise ValueError(sentence % {"tag": _cut_words(name, 40, " "), "length": len(name)})
    return name


def letters_said(text: str) -> int:
    """How many characters a text has; those that say as much as a word, as in Chinese, count as three."""
    return len(text) + 2 * sum(map(_is_a_word, text))


def _is_a_word(text: str) -> bool:
    """Whether it is a single wide letter, such as those of Chinese."""
    return len(text) == 1 and text.isalnum() and unicodedata.east_asian_width(text) in ("W", "F")


def parse_tags(text: str) -> list[str]:
    """Tags from a comma-separated field: 1 to 8, normalised, each once. Raises ValueError with a sentence."""
    names = [part for part in re.split("[,\n，、،]", text) if part.strip(" \t\r#")]
    if len(names) > 10 * TAG_COUNT:
        raise ValueError(gettext("Use at most %(most)d tags.") % {"most": TAG_COUNT})
    tags = list(dict.fromkeys(map(normalise_tag, names)))
    if not tags:
        raise ValueError(gettext("Add at least one tag."))
    if len(tags) > TAG_COUNT:
        sentence = gettext("Use at most %(most)d tags: these are %(number)d.")
        raise ValueError(sentence % {"most": TAG_COUNT, "number": len(tags)})
    return tags


def similar(title: str, titles: Iterable[Any], cutoff: float = 0.72, key: Callable[[Any], str] = str) -> list:
    """Those of the first 500 titles that may name the same thing, likeliest first, at most five.

    Two titles are alike by their letters in order (Ratcliff and Obershelp) or by their common words (Dice).
    """
    wanted = _gist(title)
    if not wanted:
        return []
    matcher = difflib.SequenceMatcher(autojunk=False)
    matcher.set_seq2(wanted)
    scored = [
        (_likeness(matcher, _gist(key(other)), cutoff), -place, other)
        for place, other in enumerate(islice(titles, SIMILAR_SCANNED))
    ]
    scored.sort(key=lambda row: row[:2], reverse=True)
    return [other for score, _, other in scored[:SIMILAR_SHOWN] if score >= cutoff]


def canonical_username(name: str) -> str:
    """The one spelling of a user name. Raises ValueError with a sentence for the member."""
    name = name.strip(" \t\r\n")
    if len(name) not in range(3, 31):
        raise ValueError(gettext("A username has 3 to 30 characters."))
    # Only ASCII is made lower case: the Kelvin sign would otherwise become a plain k.
    if not name.isascii() or not _USERNAME.fullmatch(name.lower()):
        raise ValueError(gettext("A username is made of the letters a to z, digits, “_” and “-”."))
    if name.lower().replace("_", "").replace("-", "") in RESERVED_USERNAMES:
        raise ValueError(gettext("This username is reserved; please choose another."))
    return name.lower()


def canonical_domain(name: str) -> str:
    """A domain as machines write it: in lower case, other alphabets in ASCII, no dot at its ends."""
    name = name.strip().strip(".@").lower()
    try:
        return name.encode("idna").decode().lower()
    except UnicodeError:
        return name


def within_domains(address: str, domains: Collection[str]) -> bool:
    """Whether a mail address is at one of the domains (in canonical form) or below one of them."""
    labels = canonical_domain(address.rpartition("@")[2]).split(".")
    return any(".".join(labels[start:]) in domains for start in range(len(labels)))


def _cut_marks(text: str) -> str:
    return text if text.isascii() else _TOO_MANY_MARKS.sub(r"\1", text)


def _shows(character: str) -> bool:
    return unicodedata.category(character)[0] in "LNPS" and character != "\u2800"


def _cut_words(text: str, length: int, separator: str) -> str:
    if len(text) <= length:
        return text
    head, _, _ = text[: length + 1].rpartition(separator)
    return head if len(head) > length // 2 else text[:length].rstrip(separator)


def _gist(title: str) -> str:
    return " ".join(_TITLE_NOISE.sub(" ", _JOINERS.sub("", fold(title[:TITLE_LENGTH]))).split())


def _likeness(matcher: difflib.SequenceMatcher, other: str, cutoff: float) -> float:
    wanted = matcher.b
    words, others = set(wanted.split()), set(other.split())
    shared = 2 * len(words & others) / max(1, len(words) + len(others))
    matcher.set_seq1(other)
    if matcher.real_quick_ratio() < cutoff or matcher.quick_ratio() < cutoff:
        return shared
    return max(shared, matcher.ratio())
