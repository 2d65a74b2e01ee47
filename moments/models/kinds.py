"""The four kinds of posts, each declared once: its names in addresses, lists, forms and behind its veil."""

from dataclasses import dataclass

from django.apps import apps
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    MOMENT = "moment", _("Moment")
    SONG = "song", _("Song")
    TRIVIA = "trivia", _("Trivia")
    REVIEW = "review", _("Review")


@dataclass(frozen=True)
class PostKind:
    """One kind of posts.

    Args:
        plural: the heading of a list of them.
        segment: the part of their addresses, behind the film's.
        of_film: the heading of a list of those of one film.
        described: how one of them is called in a sentence that must not tell its title.
        veiled_title: what stands in the place of a veiled title.
        gives_away: what stands in the place of a veiled text.
        deleted_title, removed_title: what stands in the place of a title that is gone.
        icon: its sign beside a title.
        adding, sharing: the heading of the form for a new one, without and with the name of the film.
        more_about: the heading of the part of that form which is closed at first.
        body_label, context_label: what that form asks for as its first and its second text.
        is_opinion: whether it is one member's own: two that are called alike do not say the same.
    """

    kind: Kind
    plural: Promise
    segment: str
    of_film: Promise
    described: Promise
    veiled_title: Promise
    gives_away: Promise
    deleted_title: Promise
    removed_title: Promise
    icon: str
    adding: Promise
    sharing: Promise
    more_about: Promise
    body_label: Promise
    context_label: Promise
    is_opinion: bool = False

    @property
    def model(self):
        """The proxy model that is named like the kind."""
        return apps.get_model("moments", self.kind.value)

    @property
    def template(self):
        """Of the page of one post."""
        return f"posts/{self.kind.value}.html"


POST_KINDS = {
    post_kind.kind: post_kind
    for post_kind in (
        PostKind(
            Kind.MOMENT,
            _("Moments"),
            "moments",
            of_film=_("Moments of %(film)s"),
            described=_("a moment of %(film)s"),
            veiled_title=_("A moment later in the story"),
            gives_away=_("This moment gives the story away."),
            deleted_title=_("A deleted moment"),
            removed_title=_("A removed moment"),
            icon="sparkle",
            adding=_("Add a moment"),
            sharing=_("Add a moment of %(film)s"),
            more_about=_("More about this scene"),
            body_label=_("What happens, and what it does to you"),
            context_label=_("Where we are in the story"),
        ),
        PostKind(
            Kind.SONG,
            _("Songs"),
            "songs",
            of_film=_("Songs of %(film)s"),
            described=_("a song of %(film)s"),
            veiled_title=_("A song from later in the story"),
            gives_away=_("This song gives the story away."),
            deleted_title=_("A deleted song"),
            removed_title=_("A removed song"),
            icon="note",
            adding=_("Add a song"),
            sharing=_("Add a song of %(film)s"),
            more_about=_("More about this song"),
            body_label=_("What it does to you"),
            context_label=_("Where it stands in the story"),
        ),
        PostKind(
            Kind.TRIVIA,
            _("Trivia"),
            "trivia",
            of_film=_("Trivia of %(film)s"),
            described=_("trivia of %(film)s"),
            veiled_title=_("Trivia from later in the story"),
            gives_away=_("This trivia gives the story away."),
            deleted_title=_("Deleted trivia"),
            removed_title=_("Removed trivia"),
            icon="bulb",
            adding=_("Add a piece of trivia"),
            sharing=_("Add trivia of %(film)s"),
            more_about=_("More about this claim"),
            body_label=_("The claim"),
            context_label=_("Why it matters"),
        ),
        PostKind(
            Kind.REVIEW,
            _("Reviews"),
            "reviews",
            of_film=_("Reviews of %(film)s"),
            described=_("a review of %(film)s"),
            veiled_title=_("A review that gives the story away"),
            gives_away=_("This review gives the story away."),
            deleted_title=_("A deleted review"),
            removed_title=_("A removed review"),
            icon="star",
            adding=_("Write a review"),
            sharing=_("Write a review of %(film)s"),
            more_about=_("More about this review"),
            body_label=_("What you make of it"),
            context_label=_("How you saw it"),
            is_opinion=True,
        ),
    )
}


def kind_of_segment(segment: str) -> PostKind:
    """The kind whose addresses have this part: songs. Raises KeyError."""
    return _by_segment[segment]


_by_segment = {post_kind.segment: post_kind for post_kind in POST_KINDS.values()}
