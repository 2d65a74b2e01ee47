"""What is kept of a song so that lists of songs walk an index: its artist and its place in the alphabet."""

from reelive.alphabet import sort_title
from reelive.text import slugify

from .kinds import Kind


def artist_slug(artist):
    """The one spelling of a credit in addresses, whatever its case and punctuation; empty without one."""
    return slugify(artist, fallback="artist") if artist else ""


def place_in_alphabet(kind, title):
    """Where a song of this title stands among songs; posts of the other kinds are not listed by title."""
    return sort_title(title) if kind == Kind.SONG else ""
