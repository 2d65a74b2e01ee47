"""Input into valid objects, one concept a file."""

from .appeal import AppealForm
from .comment import CommentForm
from .diary_entry import DiaryEntryEditForm, DiaryEntryForm
from .episode import EpisodeForm, EpisodesForm, SeasonForm
from .exported import ExportForm, ImportBeginForm, ImportForm
from .favourite import FavouriteForm
from .film import FilmForm
from .filter import MuteForm
from .homecoming import HomecomingBeginForm, HomecomingForm
from .label import HidingForm
from .log import LogEditForm, LogForm, RatingForm, SpanForm
from .member_list import ListChoiceForm, ListEntryForm, ListWriterForm, MemberListForm
from .moment import MomentForm
from .notification import NotificationChoicesForm
from .person import CreditsForm, PersonForm
from .player import PlayerChoicesForm, PlayerForm
from .post import SongForm, TriviaForm
from .progress import ProgressForm
from .push import PushForm
from .recording import NewSongUseForm, RecordingForm, SongUseForm
from .reminder import ReminderForm
from .report import ReportForm
from .review import ReviewForm
from .saved import SavedFolderForm, SavedForm
from .verdict import VerdictForm

# By the kind of posts that each makes.
POST_FORMS = {form._meta.model.proxy_kind: form for form in (MomentForm, SongForm, TriviaForm, ReviewForm)}

__all__ = [
    "POST_FORMS",
    "AppealForm",
    "CommentForm",
    "CreditsForm",
    "DiaryEntryEditForm",
    "DiaryEntryForm",
    "EpisodeForm",
    "EpisodesForm",
    "ExportForm",
    "FavouriteForm",
    "FilmForm",
    "HidingForm",
    "HomecomingBeginForm",
    "HomecomingForm",
    "ImportBeginForm",
    "ImportForm",
    "ListChoiceForm",
    "ListEntryForm",
    "ListWriterForm",
    "LogEditForm",
    "LogForm",
    "MemberListForm",
    "MomentForm",
    "MuteForm",
    "NewSongUseForm",
    "NotificationChoicesForm",
    "PersonForm",
    "PlayerChoicesForm",
    "PlayerForm",
    "ProgressForm",
    "PushForm",
    "RatingForm",
    "RecordingForm",
    "ReminderForm",
    "ReportForm",
    "ReviewForm",
    "SavedFolderForm",
    "SavedForm",
    "SeasonForm",
    "SongForm",
    "SongUseForm",
    "SpanForm",
    "TriviaForm",
    "VerdictForm",
]
