"""What a member may choose of what they bring: which parts of it, and who sees them."""

from dataclasses import asdict, dataclass, field

from django.db import models
from django.utils.translation import gettext_lazy as _


class Part(models.TextChoices):
    """What records are about, as their member tells it apart, in the order in which they are written."""

    SEEN = "seen", _("What you saw, and when")
    RATINGS = "ratings", _("Ratings")
    LIKES = "likes", _("Likes and favourites")
    REVIEWS = "reviews", _("Reviews")
    COMMENTS = "comments", _("Comments")
    FEELINGS = "feelings", _("Feelings")
    WATCHLIST = "watchlist", _("Watchlist")
    LISTS = "lists", _("Lists")
    FOLLOWS = "follows", _("Series that you follow")


PART_OF = {
    "diary": Part.SEEN,
    "seen": Part.SEEN,
    "rating": Part.RATINGS,
    "like": Part.LIKES,
    "favourite": Part.LIKES,
    "review": Part.REVIEWS,
    "comment": Part.COMMENTS,
    "feeling": Part.FEELINGS,
    "watchlist": Part.WATCHLIST,
    "list": Part.LISTS,
    "list entry": Part.LISTS,
    "follow": Part.FOLLOWS,
}


class Audience(models.TextChoices):
    """Who sees the diary entries; those that were private there are for their member alone in any case."""

    DIARY = "diary", _("Whoever sees your diary")
    ME = "me", _("Only you")


class Words(models.TextChoices):
    """What reviews and comments become."""

    PRIVATE = "private", _("Private notes in your diary")
    OPEN = "open", _("Notes for whoever sees the entry")
    POSTS = "posts", _("Reviews here, with their old dates")


COMMENT_WORDS = (Words.PRIVATE, Words.OPEN)


@dataclass(frozen=True)
class Choices:
    """What was chosen, as `Homecoming.choices` keeps it."""

    parts: list = field(default_factory=lambda: list(Part.values))
    audience: str = Audience.DIARY
    reviews: str = Words.PRIVATE
    comments: str = Words.PRIVATE
    profiles: list = field(default_factory=list)  # of a household; none for all of them
    # By the number of a feeling there, the slug of ours that its member takes it for, or nothing.
    feelings: dict = field(default_factory=dict)

    def feeling_of(self, record):
        """Which of our feelings it is; empty for none."""
        return self.feelings.get(record.raw, record.feeling)

    def wants(self, record):
        is_theirs = not self.profiles or record.raw in self.profiles
        return PART_OF[record.part] in self.parts and is_theirs

    def as_json(self):
        said = asdict(self)
        return said | {name: str(said[name]) for name in ("audience", "reviews", "comments")}


def choices_of(said):
    """The Choices that were kept as JSON."""
    return Choices(**said)
