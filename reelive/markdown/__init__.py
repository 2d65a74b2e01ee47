"""Members write Markdown: it becomes HTML once, when it is saved, and an excerpt that shows no spoiler."""

from .excerpts import MAX_HTML_LENGTH, VEIL, excerpt, is_link_only, without_spoilers
from .hidden import hidden, shown
from .parser import ALLOWED_TAGS, MAX_LENGTH, addressed, mentions, render
from .quotation import quoted
from .toggles import SHOW_SPOILER, in_language

__all__ = [
    "ALLOWED_TAGS",
    "MAX_HTML_LENGTH",
    "MAX_LENGTH",
    "SHOW_SPOILER",
    "VEIL",
    "addressed",
    "excerpt",
    "hidden",
    "in_language",
    "is_link_only",
    "mentions",
    "quoted",
    "render",
    "shown",
    "without_spoilers",
]
