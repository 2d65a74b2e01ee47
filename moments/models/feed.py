"""Which posts a reader gets, in which order, and what of the reader's own lies over them."""

from datetime import timedelta

from django.db.models import Case, F, Prefetch, Q, Value, When
from django.utils import timezone

from .authored import AuthoredQuerySet
from .feeling import FeelingTally
from .state import State
from .tag import Tagging

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
    ("-votes", "-hot", "-id"),
    ("position", "id"),
)
TEXTS = ("body", "body_html", "context", "context_html")


class PostQuerySet(AuthoredQuerySet):
    def visible_to(self, member):
        """What has a page: what is public, tombstones with their threads, and nothing of a hidden film."""
        return self.exclude(state=State.WITHHELD).filter(film__state=State.VISIBLE)

    def open_to(self, member):
        """What a member may vote for, relive or reply to."""
        return self.listed()

    def of_kind(self, kind):
        return self.filter(kind=kind) if kind else self

    def since(self, window):
        span = WINDOWS[window]
        return self.filter(created__gte=timezone.now() - span) if span else self

    def veiled_for(self, member):
        """Say of each post whether it is shown behind a veil. This is the one place that decides.

        What gives the story away is veiled for everybody but its author and the members who
        asked to be shown everything.
        """
        if not member.is_authenticated:
            return self.annotate(is_veiled=F("spoiler"))
        if member.spoiler_stance == member.SpoilerStance.SHOW:
            return self.annotate(is_veiled=Value(False))
        return self.annotate(is_veiled=Case(When(author=member, then=Value(False)), default=F("spoiler")))

    def without_hidden(self, member):
        """Leave out what is veiled, for members who asked for that in lists."""
        if member.is_authenticated and member.spoiler_stance == member.SpoilerStance.HIDE:
            return self.filter(Q(spoiler=False) | Q(author=member))
        return self

    def for_page(self, member):
        """Everything that a post's own page shows."""
        return (
            self.select_related("film", "author")
            .prefetch_related(
                Prefetch("taggings", Tagging.objects.filter(tag__state=State.VISIBLE).select_related("tag")),
                Prefetch("tallies", FeelingTally.objects.all()),
            )
            .veiled_for(member)
            .with_my_vote(member)
        )

    def for_cards(self, member):
        """Everything that a card shows, in three queries whatever the number of cards."""
        return self.without_hidden(member).for_page(member).defer(*TEXTS)
