"""Input into valid objects, one concept a file."""

from .appeal import AppealForm
from .comment import CommentForm
from .film import FilmForm
from .label import FoldingForm
from .post import MomentForm, SongForm, TriviaForm
from .progress import ProgressForm
from .relive import ReliveEditForm, ReliveForm
from .report import ReportForm
from .verdict import VerdictForm

__all__ = [
    "AppealForm",
    "CommentForm",
    "FilmForm",
    "FoldingForm",
    "MomentForm",
    "ProgressForm",
    "ReliveEditForm",
    "ReliveForm",
    "ReportForm",
    "SongForm",
    "TriviaForm",
    "VerdictForm",
]
