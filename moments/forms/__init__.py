"""Input into valid objects, one concept a file."""

from .comment import CommentForm
from .film import FilmForm
from .post import MomentForm, SongForm, TriviaForm
from .relive import ReliveEditForm, ReliveForm

__all__ = [
    "CommentForm",
    "FilmForm",
    "MomentForm",
    "ReliveEditForm",
    "ReliveForm",
    "SongForm",
    "TriviaForm",
]
