"""The place of a title in the alphabet: without an article, whatever its case, accents and marks."""

import re

from reelive.text import fold

LONGEST_SORT_KEY = 60  # letters that decide; two titles that have as many in common stand as they were added
_MARKS = re.compile(r"[\W_]+")
_APOSTROPHE = re.compile(r"['’ʼ`´]")
# The articles before a title, by the language of the work; "the" is always one.
ARTICLES = {
    "en": "the a an",
    "de": "der die das ein eine",
    "fr": "le la les l un une",
    "es": "el la los las un una",
    "it": "il lo la i gli le l un uno una",
    "pt": "o a os as um uma",
    "nl": "de het een",
    "sv": "den det en ett",
    "da": "den det en et",
    "no": "den det en et",
    "ca": "el la els les l un una",
}
# Where the language is not known, or the title is a translation: those that mean nothing else elsewhere.
ANYWHERE = ["the", "a", "an", "der", "das", "le", "la", "les", "il", "el", "l"]
# "Die Brücke" and no "Die Hard": words and letters that German alone has.
_GERMAN = re.compile(r"[äöüß]|\b(?:der|das|und|von|des|dem|den|ein|eine|im|ist)\b", re.IGNORECASE)
LANGUAGE_NAMES = {
    "english": "en", "german": "de", "deutsch": "de", "french": "fr", "français": "fr", "spanish": "es",
    "español": "es", "italian": "it", "italiano": "it", "portuguese": "pt", "dutch": "nl", "swedish": "sv",
    "danish": "da", "norwegian": "no", "catalan": "ca",
}  # fmt: skip


def sort_title(title: str, language: str = "", original_title: str = "") -> str:
    """A key that stands where the title belongs, on every database.

    It is made of hexadecimal digits, which all collations put in the same order.

    Args:
        language: of the work, as members write it: a code such as "fr", or a name.
        original_title: where there is another one, `title` is a translation, and its own language not known.
    """
    words = _MARKS.sub(" ", fold(_APOSTROPHE.sub(" ", title))).split()
    if words[1:] and words[0] in _articles(title, language, original_title) and _may_be_article(title, words):
        words = words[1:]
    return _key(words or [title])


def sort_name(name: str) -> str:
    """The same for a name that is written as it stands in the alphabet: it has no article."""
    return _key(_MARKS.sub(" ", fold(_APOSTROPHE.sub("", name))).split() or [name])


def _key(words: list[str]) -> str:
    return " ".join(words)[:LONGEST_SORT_KEY].encode()[:LONGEST_SORT_KEY].hex()


def _articles(title: str, language: str, original_title: str) -> list[str]:
    spoken = LANGUAGE_NAMES.get(language.lower(), language.lower()[:2])
    if spoken in ARTICLES and not original_title:
        return ["the", *ARTICLES[spoken].split()]
    found = list(ANYWHERE)
    if _GERMAN.search(title.partition(" ")[2]):
        found.append("die")
    return found


def _may_be_article(title: str, words: list[str]) -> bool:
    """Not an initial, as in "A.I." and "L.A. Story", and not sung, as in "La La Land"."""
    return title[1:2] not in (".", "-") and words[0] != words[1]
