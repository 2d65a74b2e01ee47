"""Which posts a reader gets, in which order, and what of the reader's own lies over them."""

from datetime import timedelta

from django.db.models import BooleanField, Exists, OuterRef, Prefetch, Value
from django.utils import timezone

from .feeling import FeelingTally
from .state import State, StateQuerySet
from .tag import Tagging
from .vote import PostVote

WINDOWS = {
    "day": timedelta(days=1),
    "week": timedelta(weeks=1),
    "month": timedelta(days=30),
    "year": timedelta(days=365),
    "all": None,
}
HOT, NEW, TOP, STORY = (
    ("-hot", "-id"),
    ("-created", "-id"),
    ("-votes", "-id"),
    ("position", "id"),
)
TEXTS = ("body", "body_html", "context", "context_html")


class PostQuerySet(StateQuerySet):
    def visible_to(self, member):
        """All that has a page: what is public, and the tombstones whose threads live on."""
        return self.exclude(state=State.WITHHELD)

    def open_to(self, member):
        """What a member may vote for, relive or reply to."""
        return self.listed()

    def editable_by(self, member):
        return (
            self.listed().filter(author=member)
            if member.is_authenticated
            else self.none()
        )

    def of_kind(self, kind):
        return self.filter(kind=kind) if kind else self

    def since(self, window):
        span = WINDOWS[window]
        return self.filter(created__gte=timezone.now() - span) if span else self

    def with_my_vote(self, member):
        if not member.is_authenticated:
            return self.annotate(my_vote=Value(False, output_field=BooleanField()))
        votes = PostVote.objects.filter(post=OuterRef("pk"), voter=member.pk)
        return self.annotate(my_vote=Exists(votes))

    def for_cards(self, member):
        """Everything that a card shows, in three queries whatever the number of cards."""
        return (
            self.select_related("film", "author")
            .defer(*TEXTS)
            .prefetch_related(
                Prefetch(
                    "taggings",
                    Tagging.objects.filter(tag__state=State.VISIBLE).select_related(
                        "tag"
                    ),
                ),
                Prefetch("tallies", FeelingTally.objects.all()),
            )
            .with_my_vote(member)
        )

    def for_page(self, member):
        return self.for_cards(member).defer(None)
