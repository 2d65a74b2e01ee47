"""The domain, one concept a file. This module only gathers the names."""

from .appeal import Appeal
from .comment import Comment
from .deletion import Deletion
from .diary_entry import DiaryEntry
from .draft import Draft
from .event import Event, EventKind
from .export import Export
from .favourite import Favourite
from .feeling import FeelingTally, Reaction
from .film import Film
from .film_arc import FilmArc
from .filter import Filter
from .follow import FeedEntry, Follow, FollowRequest
from .former_slug import FormerFilmSlug, FormerListSlug, FormerPostSlug
from .imported import Import, ImportedRow
from .kinds import POST_KINDS, Kind
from .label import Label
from .last_read import LastRead
from .ledger import Action, LedgerEntry, Reason
from .link_picture import LinkPicture, PictureKind
from .list_entry import ListEntry
from .list_writer import ListWriter
from .mailing import Mailing
from .member_list import MemberList
from .mixins.stateful import State
from .moment import Moment
from .mute import Mute, Restrict
from .notification import Notification, NotificationChoice, NotificationPerson, ThreadChoice
from .post import Post
from .private_feed import PrivateFeed
from .progress import Progress
from .push import Push, PushSubscription
from .reminder import Reminder
from .report import Report
from .revision import Revision
from .saved import SavedFolder, SavedPost
from .site_page import SitePage
from .song import Song, SongUse
from .statistics import Statistics
from .tag import Tag, Tagging
from .trivia import Source, Trivia, Verdict
from .vote import CommentVote, MemberListVote, PostVote

__all__ = [
    "POST_KINDS",
    "Action",
    "Appeal",
    "Comment",
    "CommentVote",
    "Deletion",
    "DiaryEntry",
    "Draft",
    "Event",
    "EventKind",
    "Export",
    "Favourite",
    "FeedEntry",
    "FeelingTally",
    "Film",
    "FilmArc",
    "Filter",
    "Follow",
    "FollowRequest",
    "FormerFilmSlug",
    "FormerListSlug",
    "FormerPostSlug",
    "Import",
    "ImportedRow",
    "Kind",
    "Label",
    "LastRead",
    "LedgerEntry",
    "LinkPicture",
    "ListEntry",
    "ListWriter",
    "Mailing",
    "MemberList",
    "MemberListVote",
    "Moment",
    "Mute",
    "Notification",
    "NotificationChoice",
    "NotificationPerson",
    "PictureKind",
    "Post",
    "PostVote",
    "PrivateFeed",
    "Progress",
    "Push",
    "PushSubscription",
    "Reaction",
    "Reason",
    "Reminder",
    "Report",
    "Restrict",
    "Revision",
    "SavedFolder",
    "SavedPost",
    "SitePage",
    "Song",
    "SongUse",
    "Source",
    "State",
    "Statistics",
    "Tag",
    "Tagging",
    "ThreadChoice",
    "Trivia",
    "Verdict",
]
