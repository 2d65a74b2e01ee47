"""Input into valid objects, one concept a file."""

from .appeal import AppealForm
from .comment import CommentForm
from .diary_entry import DiaryEntryEditForm, DiaryEntryForm
from .exported import ExportForm, ImportBeginForm, ImportForm
from .favourite import FavouriteForm
from .film import FilmForm
from .filter import MuteForm
from .label import HidingForm
from .member_list import ListChoiceForm, ListEntryForm, ListWriterForm, MemberListForm
from .moment import MomentForm
from .notification import NotificationChoicesForm
from .post import SongForm, TriviaForm
from .progress import ProgressForm
from .push import PushForm
from .reminder import ReminderForm
from .report import ReportForm
from .saved import SavedFolderForm, SavedForm
from .verdict import VerdictForm

# By the kind of posts that each makes.
POST_FORMS = {form._meta.model.proxy_kind: form for form in (MomentForm, SongForm, TriviaForm)}

__all__ = [
    "POST_FORMS",
    "AppealForm",
    "CommentForm",
    "DiaryEntryEditForm",
    "DiaryEntryForm",
    "ExportForm",
    "FavouriteForm",
    "FilmForm",
    "HidingForm",
    "ImportBeginForm",
    "ImportForm",
    "ListChoiceForm",
    "ListEntryForm",
    "ListWriterForm",
    "MemberListForm",
    "MomentForm",
    "MuteForm",
    "NotificationChoicesForm",
    "ProgressForm",
    "PushForm",
    "ReminderForm",
    "ReportForm",
    "SavedFolderForm",
    "SavedForm",
    "SongForm",
    "TriviaForm",
    "VerdictForm",
]
