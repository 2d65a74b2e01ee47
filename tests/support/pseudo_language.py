"""A language made of the English texts, each in brackets and its letters accented: what nobody marked shows.

"Sign in" is "⟦Šïğñ ïñ⟧". Placeholders, HTML and formats of dates stay as they are.
"""

import re
from contextlib import contextmanager
from gettext import NullTranslations
from html.parser import HTMLParser

from django.apps import apps
from django.db.models import CharField, JSONField, TextField
from django.utils.translation import trans_real

CODE = "en-xa"
OPEN, CLOSE = "⟦", "⟧"
BRACKET = re.compile(f"([{OPEN}{CLOSE}])")
ACCENTED = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "åƀçđéƒğħïĵķłɱñøþɋřšŧûṽŵẋýžÅƁÇĐÉƑĞĦÏĴĶŁṀÑØÞɊŘŠŦÛṼŴẊÝŽ",
)
KEPT = re.compile(r"%\(\w+\)[-.\d]*[a-z]|%[sd%]|\{\w*\}|<[^>]*>|&#?\w+;")
CONTEXT = trans_real.CONTEXT_SEPARATOR
FORMAT = "format"  # the context of what is no text, but says how to write a date

# Attributes that people read or hear.
READ = {"alt", "aria-label", "aria-description", "content", "label", "placeholder", "title"}
META = {"description", "og:description", "og:image:alt", "og:title"}
# What is the same in every language, or made by members.
SILENT = {"script", "style", "code", "pre", "kbd", "textarea"}
WITHIN_A_LINE = {"a", "b", "br", "code", "em", "i", "small", "span", "strong", "time", "use", "svg"}
WORD = re.compile(r"[A-Za-z]{2,}")
BRANDS = (
    "Reelive",
    "YouTube",
    "Spotify",
    "Apple Music",
    "Jellyfin",
    "Plex",
    "Emby",
    "Kodi",
    "IMDb",
    "Letterboxd",
    "TV Time",
    "Trakt",
    "Netflix",
    "Simkl",
    "Yamtrack",
    "Movary",
    "NeoDB",
    "TMDB",
    "Wikipedia",
    "Wikidata",
    "MusicBrainz",
    "Atom",
    "JSON",
    "JPEG",
    "PNG",
    "WebP",
    "Google",
    "GitHub",
    "English",
    "UTC",
)


def pseudo(text: str) -> str:
    """The text in the pseudo-language."""
    kept = KEPT.findall(text)
    parts = [part.translate(ACCENTED) for part in KEPT.split(text)]
    inner = "".join(part + mark for part, mark in zip(parts, [*kept, ""], strict=True))
    return f"{OPEN}{inner}{CLOSE}" if text.strip() else text


class PseudoTranslation(NullTranslations):
    """What Django asks for translations; `pgettext` comes with its context before the text."""

    language, domain = CODE, "django"

    def gettext(self, message):
        context, _separator, text = message.rpartition(CONTEXT)
        return text if FORMAT in context else pseudo(text)

    def ngettext(self, singular, plural, number):
        return self.gettext(singular if number == 1 else plural)

    def to_language(self):
        return CODE


@contextmanager
def pseudo_language(settings, monkeypatch):
    """The site with English and the pseudo-language."""
    settings.LANGUAGES = [("en", "English"), (CODE, pseudo("Pseudo"))]
    monkeypatch.setitem(trans_real._translations, CODE, PseudoTranslation())
    yield CODE


def texts_of_members():
    """All that stands in the database without being a choice of ours, the longest first."""
    found = set(BRANDS)
    for model in apps.get_models():
        fields = [field for field in model._meta.concrete_fields if _holds_text(field)]
        for values in model._base_manager.values_list(*(field.attname for field in fields)) if fields else ():
            for value in values:
                found |= set(_strings_in(value))
    found |= {line for text in found for line in text.splitlines()}
    return sorted((text for text in found if WORD.search(text)), key=len, reverse=True)


def _holds_text(field):
    return isinstance(field, CharField | TextField | JSONField) and not field.choices


def _strings_in(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from _strings_in(part)


class _Reader(HTMLParser):
    """Gathers the texts of a page that stand outside of brackets.

    Brackets may reach over elements within a line, and no further: some texts are cut.
    """

    def __init__(self):
        super().__init__()
        self.outside, self.depth, self.silent = [], 0, []

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.end_line(tag)
        if tag in SILENT or attrs.get("translate") == "no" or attrs.get("id") == "id_time_zone":
            self.silent.append(tag)
        if tag == "meta" and (attrs.get("name") or attrs.get("property")) not in META:
            return
        for name, value in attrs.items():
            if name in READ and value and "://" not in value and not self.silent:
                self.outside.append(outside_brackets(value)[0])

    def end_line(self, tag):
        if tag not in WITHIN_A_LINE:
            self.depth = 0

    def handle_endtag(self, tag):
        self.end_line(tag)
        if self.silent and self.silent[-1] == tag:
            self.silent.pop()

    def handle_data(self, data):
        if not self.silent:
            text, self.depth = outside_brackets(data, self.depth)
            self.outside.append(text)


def outside_brackets(text, depth=0):
    """What of the text stands outside of brackets, and how many are open behind it."""
    outside = []
    for part in BRACKET.split(text):
        if part == OPEN:
            depth += 1
        elif part == CLOSE:
            depth -= 1
        elif not depth:
            outside.append(part)
    return "".join(outside), depth


def unmarked(page, members=BRANDS):
    """The texts of ours in an HTML page that are not in the pseudo-language, without those of members."""
    reader = _Reader()
    reader.feed(page)
    return [text.strip() for text in reader.outside if is_ours(text, members)]


def is_ours(text, members=BRANDS):
    if not WORD.search(text):
        return False
    for theirs in members:
        text = text.replace(theirs, "")
    return bool(WORD.search(text))
