"""What is kept of a song so that lists of songs walk an index: its artist, its place in the alphabet, and the
recording that it is, which other films may have as well."""

from urllib.parse import quote

from django.db.models import Index, Q

from reelive.alphabet import sort_title
from reelive.text import slugify

from .kinds import Kind

IS_SONG = Q(kind=Kind.SONG)
SERVICES = (
    ("YouTube", "https://www.youtube.com/results?search_query="),
    ("Spotify", "https://open.spotify.com/search/"),
    ("Apple Music", "https://music.apple.com/search?term="),
)

# Of the table of posts.
SONG_INDEXES = [
    Index(fields=["state", "sort_title", "id"], condition=IS_SONG, name="post_song_by_title"),
    Index(fields=["state", "artist_slug", "-hot", "-id"], condition=IS_SONG, name="post_artist_hot"),
    Index(
        fields=["recording", "-hot", "-id"],
        condition=Q(recording__isnull=False),
        name="post_recording_hot",
    ),
]


def artist_slug(artist):
    """The one spelling of a credit in addresses, whatever its case and punctuation; empty without one."""
    return slugify(artist, fallback="artist") if artist else ""


def songs_by(slug):
    """The address of the songs with this credit, by its spelling in addresses; empty without one."""
    return f"/songs/by/{quote(slug)}/" if slug else ""


def listening_searches(title, artist):
    """Where to look for a song to which nobody gave a link: the services' names with their searches."""
    words = quote(" ".join([title, artist]).strip(), safe="")
    return [(name, address + words) for name, address in SERVICES]


def place_in_alphabet(kind, title):
    """Where a song of this title stands among songs; posts of the other kinds are not listed by title."""
    return sort_title(title) if kind == Kind.SONG else ""
