"""The domain, one concept a file. This module only gathers the names."""

from .address import FormerFilmSlug, FormerPostSlug
from .appeal import Appeal
from .comment import Comment
from .feeling import FeelingTally, Reaction
from .film import Film
from .label import Label
from .ledger import Action, LedgerEntry, Reason
from .moment import Moment
from .post import Kind, Post
from .progress import Progress
from .relive import Relive
from .report import Report
from .revision import Revision
from .silence import Mute, Restrict
from .song import Song, SongUse
from .state import State
from .tag import Tag, Tagging
from .trivia import Source, Trivia, Verdict
from .vote import CommentVote, PostVote

__all__ = [
    "Action",
    "Appeal",
    "Comment",
    "CommentVote",
    "FeelingTally",
    "Film",
    "FormerFilmSlug",
    "FormerPostSlug",
    "Kind",
    "Label",
    "LedgerEntry",
    "Moment",
    "Mute",
    "Post",
    "PostVote",
    "Progress",
    "Reaction",
    "Reason",
    "Relive",
    "Report",
    "Restrict",
    "Revision",
    "Song",
    "SongUse",
    "Source",
    "State",
    "Tag",
    "Tagging",
    "Trivia",
    "Verdict",
]
