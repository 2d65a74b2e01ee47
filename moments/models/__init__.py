"""The domain, one concept a file. This module only gathers the names."""

from .appeal import Appeal
from .brought_row import BroughtRow
from .catalogue_title import CatalogueSource, CatalogueTitle
from .comment import Comment
from .credit import Credit
from .deletion import Deletion
from .diary_entry import DiaryEntry
from .draft import Draft
from .episode import Episode, Season
from .event import Event, EventKind
from .export import Export
from .favourite import Favourite
from .feeling import FeelingTally, Reaction
from .film import Film
from .film_arc import FilmArc
from .film_trait import FilmTrait
from .filter import Filter
from .follow import FeedEntry, Follow, FollowRequest
from .former_slug import (
    FormerFilmSlug,
    FormerListSlug,
    FormerPersonSlug,
    FormerPostSlug,
    FormerRecordingSlug,
)
from .homecoming import Homecoming
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
from .person import Person
from .player import PlayerConnection
from .post import Post
from .private_feed import PrivateFeed
from .progress import Progress
from .push import Push, PushSubscription
from .rating import Rating
from .recording import Recording
from .reminder import Reminder
from .report import Report
from .review import Review
from .revision import Revision
from .saved import SavedFolder, SavedPost
from .site_page import SitePage
from .song import Song, SongUse
from .statistics import Statistics
from .tag import Tag, Tagging
from .trivia import Source, Trivia
from .unknown_work import UnknownWork
from .verdict import Verdict
from .vote import CommentVote, MemberListVote, PostVote
from .waiting_work import WaitingRecord, WaitingWork
from .watchlist import Wanted

__all__ = [
    "POST_KINDS",
    "Action",
    "Appeal",
    "BroughtRow",
    "CatalogueSource",
    "CatalogueTitle",
    "Comment",
    "CommentVote",
    "Credit",
    "Deletion",
    "DiaryEntry",
    "Draft",
    "Episode",
    "Event",
    "EventKind",
    "Export",
    "Favourite",
    "FeedEntry",
    "FeelingTally",
    "Film",
    "FilmArc",
    "FilmTrait",
    "Filter",
    "Follow",
    "FollowRequest",
    "FormerFilmSlug",
    "FormerListSlug",
    "FormerPersonSlug",
    "FormerPostSlug",
    "FormerRecordingSlug",
    "Homecoming",
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
    "Person",
    "PictureKind",
    "PlayerConnection",
    "Post",
    "PostVote",
    "PrivateFeed",
    "Progress",
    "Push",
    "PushSubscription",
    "Rating",
    "Reaction",
    "Reason",
    "Recording",
    "Reminder",
    "Report",
    "Restrict",
    "Review",
    "Revision",
    "SavedFolder",
    "SavedPost",
    "Season",
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
    "UnknownWork",
    "Verdict",
    "WaitingRecord",
    "WaitingWork",
    "Wanted",
]
