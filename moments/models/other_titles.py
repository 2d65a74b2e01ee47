"""The other titles of a film: what it is called in other languages, and what else it is called.

They are kept as people write them, a title a line, and behind it in brackets what sort of title it is:
`Le Château ambulant [fr]`, `Howl [alias]`, `Untitled project [working title]`. The site's own title stays the
one that everybody sees, whatever language they read.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from reelive.text import clean_line

from .languages import language_code, language_name

MOST_TITLES, LONGEST_TITLE = 30, 150
ALIAS, WORKING, TRANSLATION = "alias", "working title", "translation"
TITLE_KINDS = {
    ALIAS: pgettext_lazy("kind of title", "another name"),
    WORKING: _("working title"),
}
_LINE = re.compile(r"(?P<title>.*\S)\s*\[(?P<mark>[^\[\]]{2,20})\]", re.S)
LANGUAGE_CODE = re.compile(r"[a-z]{2,3}(-[a-z]{4})?(-[a-z]{2})?", re.ASCII)


@dataclass(frozen=True)
class OtherTitle:
    """A title, the code of its language where that is known, and its kind."""

    title: str
    language: str = ""
    kind: str = ALIAS

    def __str__(self):
        return f"{self.title} [{self.language or self.kind}]"

    @property
    def described(self):
        """What sort of title it is, in words."""
        return language_name(self.language) if self.language else TITLE_KINDS[self.kind]


@lru_cache(4_096)
def titles_in(text):
    """The titles that a text holds, each once, in its order."""
    found = map(title_in, filter(str.strip, text.splitlines()))
    return tuple(dict.fromkeys(found))


def title_in(line):
    """The title of one line. Brackets that say nothing of this sort belong to the title."""
    match = _LINE.fullmatch(clean_line(line))
    mark = match["mark"].strip().lower() if match else ""
    if mark in TITLE_KINDS:
        return OtherTitle(match["title"], kind=mark)
    if LANGUAGE_CODE.fullmatch(mark) and language_code(mark):
        return OtherTitle(match["title"], mark, TRANSLATION)
    return OtherTitle(clean_line(line))


def plain_titles(text):
    """The titles alone, one a line: what is found by them."""
    return [other.title for other in titles_in(text)]
