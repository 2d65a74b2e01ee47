"""Input into valid objects, one concept a file."""

from .appeal import AppealForm
from .comment import CommentForm
from .diary_entry import DiaryEntryEditForm, DiaryEntryForm
from .film import FilmForm
from .label import HidingForm
from .post import POST_FORMS, MomentForm, SongForm, TriviaForm
from .progress import ProgressForm
from .report import ReportForm
from .verdict import VerdictForm

__all__ = [
    "POST_FORMS",
    "AppealForm",
    "CommentForm",
    "DiaryEntryEditForm",
    "DiaryEntryForm",
    "FilmForm",
    "HidingForm",
    "MomentForm",
    "ProgressForm",
    "ReportForm",
    "SongForm",
    "TriviaForm",
    "VerdictForm",
]
