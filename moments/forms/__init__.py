"""Input into valid objects, one concept a file."""

from .comment import CommentForm
from .film import FilmForm
from .post import MomentForm, SongForm, TriviaForm
from .progress import ProgressForm
from .relive import ReliveEditForm, ReliveForm

__all__ = [
    "CommentForm",
    "FilmForm",
    "MomentForm",
    "ReliveEditForm",
    "ProgressForm",
    "ReliveForm",
    "SongForm",
    "TriviaForm",
]
