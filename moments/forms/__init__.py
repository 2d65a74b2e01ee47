"""Input into valid objects, one concept a file."""

from .comment import CommentForm
from .film import FilmForm
from .post import MomentForm, SongForm, TriviaForm
from .relive import ReliveForm

__all__ = [
    "CommentForm",
    "FilmForm",
    "MomentForm",
    "ReliveForm",
    "SongForm",
    "TriviaForm",
]
