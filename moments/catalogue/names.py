"""What a title is found by: its words, and its key, in which two spellings of one title are the same.

Most titles are plain ASCII, for which there is a quicker way: a million of them are entered in a minute.
"""

import re
from functools import lru_cache

from moments.catalogue.index import WHOLE
from moments.search.analyser import folded, pieces

LONGEST_NAME_KEY, MOST_WORDS = 80, 120
ARTICLES = frozenset(("the", "a", "an"))
_WORD = re.compile("[a-z0-9]+")
_JOINED = re.compile("[a-z0-9]+(?:['\\-./*+_:][a-z0-9]+)+")
# “Matrix, The”, and how others write it: the article goes back to the front.
_ARTICLE_BEHIND = re.compile(
    r"(.+), (the|an?|l[ae]s?|l'|un|une|el|los|las|il|lo|gli|die|der|das|den|det|het|de)", re.IGNORECASE
)


def plain_title(title: str) -> str:
    """The title as it is said: The Matrix for “Matrix, The”."""
    match = _ARTICLE_BEHIND.fullmatch(title)
    return f"{match[2]} {match[1]}" if match else title


def parts_of(title: str) -> list[str]:
    """The folded words of a title in their order; a run of a script without spaces is one."""
    if title.isascii():
        lower = title.lower()
        return lower.split() if _is_plain(lower) else _WORD.findall(lower)
    return [part for piece in pieces(title) for part in piece.parts]


def _is_plain(title: str) -> bool:
    """Whether there are no signs in it: then its words stand between its spaces, which is seen sooner."""
    return title.replace(" ", "").isalnum()


@lru_cache(1 << 14)
def key_of(title: str) -> str:
    """What spellings of one title have in common: case, accents, articles, `&` and marks are put aside.

    Never empty, unless the title is.
    """
    if "," in title:
        title = plain_title(title)
    if "&" in title:
        title = title.replace("&", " and ")
    parts = parts_of(title)
    if len(parts) > 1 and parts[0] in ARTICLES:
        del parts[0]
    return ("".join(parts) or _spelled_out(title))[:LONGEST_NAME_KEY]


def _spelled_out(title: str) -> str:
    """The signs of a title without letters or digits, each as its number."""
    return "".join(f"u{ord(sign):x}" for sign in title if not sign.isspace())


def words_of(title: str, *others: str) -> str:
    """All words of some titles, and the keys of all but the first, once and with spaces between them."""
    words: dict[str, None] = dict.fromkeys(WHOLE + key_of(other) for other in others if other)
    for each in (title, *others):
        if each.isascii():
            lower = each.lower()
            if _is_plain(lower):
                words.update(dict.fromkeys(lower.split()))
                continue
            words.update(dict.fromkeys(_WORD.findall(lower)))
            for word in _JOINED.findall(lower):
                words["".join(_WORD.findall(word))] = None
        else:
            words.update(dict.fromkeys(_words_beyond_ascii(each)))
    return " ".join(list(words)[:MOST_WORDS])


def _words_beyond_ascii(title: str) -> list[str]:
    """Of a run of letters without spaces also each part that begins at any of its letters."""
    found = []
    for parts, is_run in pieces(title):
        if is_run:
            found += [parts[0][place:] for place in range(len(parts[0]))]
        else:
            found += parts
            if len(parts) > 1:
                found.append("".join(parts))
    return found


@lru_cache(1_000)
def asked_words(text: str) -> tuple[str, ...]:
    """The words that somebody types, at most eight; the last one may be unfinished."""
    return tuple(part for part in parts_of(text[:150]) if part)[:8]


def same(first: str, second: str) -> bool:
    """Whether two names are of the same person, as far as spelling goes."""
    return folded(first) == folded(second)
