"""Which posts a reader gets, in which order, and what of the reader's own lies over them."""

from datetime import timedelta

from django.db.models import Case, Exists, OuterRef, Prefetch, Q, Value, When
from django.utils import timezone

from moments.sight import sight_of

from .authored import AuthoredQuerySet
from .feeling import FeelingTally
from .progress import Flagged, beyond_horizon, beyond_horizons
from .relive import Relive
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

    def with_status(self, status):
        """The claims that came to this; everything when it is empty."""
        return self.filter(kind="trivia", status=status) if status else self

    def since(self, window):
        span = WINDOWS[window]
        return self.filter(created__gte=timezone.now() - span) if span else self

    def veiled_for(self, viewer):
        """Say of each post whether it `is_veiled`: the one place where a list asks for a reader's horizon.

        Nothing is veiled for its author, for those who lifted its veil or relived it, and for members who
        asked to be shown everything. `moments.spoilers` has the rule for everybody else.
        """
        posts, sight, bare = self, sight_of(viewer), Q()
        if not viewer.is_authenticated:
            beyond = beyond_horizons(sight.horizons) if sight.horizons else Flagged()
        elif viewer.spoiler_stance == viewer.SpoilerStance.SHOW:
            return self.annotate(is_veiled=Value(False))
        else:
            posts, beyond = beyond_horizon(self, viewer)
            bare, relived = Q(author=viewer), Relive.objects.filter(member=viewer, moment=OuterRef("pk"))
            beyond = Case(When(beyond, then=~Exists(relived)), default=Value(False))
        if sight.revealed:
            bare |= Q(pk__in=sight.revealed)
        return posts.annotate(
            is_veiled=Case(When(bare, then=Value(False)), default=beyond) if bare else beyond
        )

    def without_hidden(self, viewer):
        """Leave out what is veiled, for members who asked for that in lists."""
        if viewer.is_authenticated and viewer.spoiler_stance == viewer.SpoilerStance.HIDE:
            return self.filter(is_veiled=False)
        return self

    def for_page(self, member):
        """Everything that a post's own page shows."""
        return self.for_reader(member).select_related("film", "author", "removal")

    def for_reader(self, member):
        """What readers see of a post, and what of it is theirs."""
        return (
            self.select_related("film", "author")
            .prefetch_related(
                Prefetch("taggings", Tagging.objects.filter(tag__state=State.VISIBLE).select_related("tag")),
                Prefetch("tallies", FeelingTally.objects.all()),
            )
            .veiled_for(member)
            .with_my_vote(member)
        )

    def for_cards(self, member, with_muted=False):
        """Everything that a card shows, in three queries whatever the number of cards.

        Whom the member has muted is left out, but from a list `with_muted` such as that person's own.
        """
        posts = self if with_muted else self.without_muted(member)
        return posts.for_reader(member).without_hidden(member).defer(*TEXTS)
