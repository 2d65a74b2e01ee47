"""Which posts a viewer gets, in which order, and what is different on them for this viewer."""

from datetime import timedelta

from django.db import models
from django.db.models import Case, Exists, OuterRef, Prefetch, Q, Value, When
from django.utils import timezone

from accounts.models import HOUSE, User
from moments.spoilers.rules import UNPLACED
from moments.spoilers.sql import beyond_progress_by_film, beyond_progress_of, flagged

from .diary_entry import DiaryEntry
from .feeling import FeelingTally, tallies_as_text
from .filter import filters_of, without_filtered
from .mixins.along_the_way import AlongTheWay
from .mixins.authored import AuthoredQuerySet
from .mixins.stateful import State
from .mixins.tagged import tags_as_text
from .mute import muted_by
from .saved import SavedPost
from .tag import Tagging

WINDOWS = {
    "day": timedelta(days=1),
    "week": timedelta(weeks=1),
    "month": timedelta(days=30),
    "year": timedelta(days=365),
    "all": None,
}
HOT, NEW, TOP, STORY, ALPHABET = (
    ("-hot", "-id"),
    ("-created", "-id"),
    ("-votes", "-hot", "-id"),
    ("position", "id"),
    ("sort_title", "id"),
)
WHOLE_STORY = 5  # moments
FIRST_LOOKED_AT = 100
TEXTS = ("body", "body_html", "context", "context_html")


def beginning_of(window):
    """When a window that ends now began; None for all time."""
    span = WINDOWS[window]
    return timezone.now() - span if span else None


class PostQuerySet(AuthoredQuerySet):
    def visible_to(self, viewer):
        """What has a page: what is public, tombstones with their threads, and nothing of a hidden film."""
        return self.exclude(state=State.WITHHELD).filter(film__state=State.VISIBLE)

    def open_to(self, viewer):
        """What a member may vote for, relive or reply to."""
        return self.listed()

    def of_whole_stories(self):
        """The moments of films that a stranger may be sent through: there is a story to walk, and it was put
        together by several members or by the makers of the site."""
        others = self.model.objects.listed().exclude(author=OuterRef("author"))
        shared = Q(author__username=HOUSE) | Exists(others.filter(film=OuterRef("film")))
        return self.alias(scenes=AlongTheWay("film__moment_count")).filter(shared, scenes__gte=WHOLE_STORY)

    def among_first(self, order):
        """Only a bounded number of them, the first in this order: looking for some costs the same of many."""
        return self.model.objects.filter(pk__in=self.order_by(*order).values("pk")[:FIRST_LOOKED_AT])

    def of_kind(self, kind):
        return self.filter(kind=kind) if kind else self

    def placed(self):
        """The moments that have a place in the story."""
        return self.filter(position__lt=UNPLACED)

    def unplaced(self):
        """The moments that nobody has placed yet."""
        return self.filter(position__gte=UNPLACED)

    def with_status(self, status):
        """The claims that came to this; everything when it is empty."""
        return self.filter(kind="trivia", status=status) if status else self

    def since(self, beginning, are_few=False):
        """The posts from this time on; everything when it is None.

        Few are gathered, and sorted by whoever wants them in an order. Of many, a list walks along the index
        of its order, which says of each post when it was created.
        """
        if not beginning:
            return self
        if are_few:
            return self.filter(pk__in=self.filter(created__gte=beginning).values("pk"))
        return self.alias(made=AlongTheWay("created")).filter(made__gte=beginning)

    def veiled_for(self, viewer):
        """Say of each post whether it `is_veiled`: the one place where a list asks for the viewer's progress.

        Nothing is veiled for its author, for those who asked to see it or relived it, and for members who
        asked to be shown everything. `moments.spoilers.rules` has the rule for everybody else.

        Args:
            viewer: a Member or Visitor of moments.viewer. For a user as such no browser's cookies count.
        """
        posts, unveiled = self, Q()
        progress, revealed = getattr(viewer, "progress_by_film", {}), getattr(viewer, "revealed", ())
        if not viewer.is_authenticated:
            beyond = beyond_progress_by_film(progress) if progress else flagged()
        elif viewer.spoiler_stance == User.SpoilerStance.SHOW:
            return self.annotate(is_veiled=Value(False))
        else:
            posts, beyond = beyond_progress_of(self, viewer.pk)
            relived = DiaryEntry.objects.filter(member=viewer.pk, moment=OuterRef("pk"))
            unveiled = Q(author=viewer.pk)
            beyond = Case(When(beyond, then=~Exists(relived)), default=Value(False))
        if revealed:
            unveiled |= Q(pk__in=revealed)
        if unveiled:
            beyond = Case(When(unveiled, then=Value(False)), default=beyond)
        return posts.annotate(is_veiled=beyond)

    def without_veiled_for(self, viewer):
        """Leave out what is veiled, for members who asked for that in lists."""
        if viewer.is_authenticated and viewer.spoiler_stance == User.SpoilerStance.HIDE:
            return self.filter(is_veiled=False)
        return self

    def for_page(self, viewer):
        """Everything that a post's own page shows."""
        posts = self.veiled_for(viewer).with_my_vote(viewer).with_my_saving(viewer)
        posts = posts.annotate(tags_text=tags_as_text(), tallies_text=tallies_as_text(viewer))
        return posts.select_related("film", "author", "removal")

    def with_my_saving(self, viewer):
        """Say of each whether the viewer saved it, `is_saved`."""
        if not viewer.is_authenticated:
            return self.annotate(is_saved=Value(False))
        return self.annotate(is_saved=SavedPost.objects.condition(viewer))

    def for_viewer(self, viewer):
        """What viewers see of a post, and what of it is theirs."""
        return (
            self.select_related("film", "author")
            .prefetch_related(
                Prefetch("taggings", Tagging.objects.filter(tag__state=State.VISIBLE).select_related("tag")),
                Prefetch("tallies", FeelingTally.objects.all()),
            )
            .veiled_for(viewer)
            .with_my_vote(viewer)
        )

    def without_filtered(self, viewer, opened=None, also=None):
        """Leave out what the viewer filters or mutes; see the function of this name."""
        return without_filtered(self, viewer, opened=opened, also=also)

    def with_filtered(self, viewer, opened=None):
        """Say of each whether the viewer filters it or mutes its author, `is_muted`."""
        hits = filters_of(viewer).but_for(opened).hits()
        if hits is None:
            return self.with_muted(viewer)
        own = Q(author=viewer.pk) if viewer.is_authenticated else Q(pk=None)
        muted = muted_by(viewer)
        is_muted = hits if muted is None else hits | Q(muted)
        yes, no = Value(True), Value(False)
        return self.annotate(is_muted=Case(When(own, then=no), When(is_muted, then=yes), default=no))

    def shown_in_lists(self, viewer, opened=None):
        """What a list shows: what the viewer filters or mutes is left out, and of what is veiled it says so.

        Args:
            opened: the film, tag or member whose page the list stands on.
        """
        return self.without_filtered(viewer, opened).veiled_for(viewer).without_veiled_for(viewer)

    def for_excerpts(self, viewer, opened=None):
        """The same with the rendered texts, which feeds give and search quotes."""
        posts = self.without_filtered(viewer, opened)
        return posts.for_viewer(viewer).without_veiled_for(viewer).defer("body", "context")

    def for_diary(self, viewer):
        """What a diary shows of the moments in it: no text of theirs, and veiled where they have to be."""
        return self.select_related("film").defer(*TEXTS).veiled_for(viewer)


class PostManager(models.Manager.from_queryset(PostQuerySet)):
    def get_by_natural_key(self, film, kind, slug):
        return self.get(film__slug=film, kind=kind, slug=slug)


class KindManager(PostManager):
    """Of a proxy model: the posts of its kind."""

    def get_queryset(self):
        return super().get_queryset().filter(kind=self.model.proxy_kind)
