"""A filter: a tag, a film, a word or a single post that a viewer does not want to meet, for a time or not.

`without_filtered` leaves out of a list what the viewer filters and whom they mute; it is the one place that
decides it, for members by their rows and for visitors by what their browser says (`viewer.filters`). What
belongs to the viewer is never left out, and what stands on the page of a film, tag or member not for that
film, tag or member: whoever opens it wants to see it.
"""

import json
from dataclasses import dataclass, fields, replace
from datetime import timedelta

from django.conf import settings
from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from moments.search.indexed_words import COMMENTS, POSTS, TAGS, Holds, IsBehind
from reelive.statements import Given, statement

from .event import Event, EventKind
from .locking import lock_rows
from .mute import Mute, drop_ended, without_muted
from .refusals import Refused
from .rows_as_text import RowsAsText
from .tag import Tagging

MOST_FILTERS, LONGEST_WORD = 200, 60
# The columns of which each filter has one.
FILTER_COLUMNS = ("tag", "film", "post", "word")
CHOSEN_COLUMNS = ("tag_id", "film_id", "post_id", "word", "is_behind")  # what is read of each
# For how many days something may be filtered; a form offers a day of one's own choice besides.
LENGTHS = {"day": 1, "week": 7, "month": 30}
FURTHEST = timedelta(days=3653)


class TooManyFilters(Refused):
    sentence = _("You have muted as much as one can. Take something off your list first.")


@dataclass(frozen=True)
class Filters:
    """What a viewer filters: keys of rows, and words as the analyser of the search folds them.

    `member` has whom a visitor mutes; members mute by rows of their own (models/mute.py).
    """

    tag: frozenset[int] = frozenset()
    film: frozenset[int] = frozenset()
    post: frozenset[int] = frozenset()
    word: frozenset[str] = frozenset()
    member: frozenset[int] = frozenset()

    def __bool__(self):
        return any(getattr(self, field.name) for field in fields(self))

    def but_for(self, opened):
        """Without the film, tag or post whose page this is."""
        name = getattr(opened, "model_name", "")
        return replace(self, **{name: getattr(self, name) - {opened.pk}}) if name in FILTER_COLUMNS else self

    def hits(self, post=""):
        """A condition for a query: whether the post of a row is filtered; None where nothing is.

        Args:
            post: the column that names the post; none where the rows are posts.
        """
        key, start = post or "pk", f"{post}__" if post else ""
        tagged = Tagging.objects.filter(content_object=OuterRef(key))
        reasons = []
        if self.film:
            reasons.append(Q(**{f"{start}film__pk__in": sorted(self.film)}))
        if self.post:
            reasons.append(Q(**{f"{start}pk__in": sorted(self.post)}))
        if self.tag:
            reasons.append(Q(Exists(tagged.filter(tag__pk__in=sorted(self.tag)))))
        if self.word:
            words = sorted(self.word)
            reasons += [Q(Holds(F(key), *words, table=POSTS))]
            reasons += [Q(Exists(tagged.filter(Holds(F("tag"), *words, table=TAGS))))]
        return Q(*reasons, _connector=Q.OR) if reasons else None

    def hits_in_comment(self):
        """The same of comments by their own words."""
        return Q(Holds(F("pk"), *sorted(self.word), table=COMMENTS)) if self.word else None


NOTHING = Filters()


def beside_member():
    """What is read with a member's row: what they filter, as a text, and whether they mute anybody."""
    now, member = Given("now", models.DateTimeField()), OuterRef("pk")
    rows = Filter.objects.in_force(now).filter(member=member).annotate(is_behind=IsBehind())
    muted = Mute.objects.in_force(now).filter(member=member)
    return {"filters_text": RowsAsText(rows, *CHOSEN_COLUMNS), "mutes_anybody": Exists(muted)}


def _forget_text(member):
    if hasattr(member, "filters_text"):
        del member.filters_text


def leaves_nothing_out(viewer):
    """Whether the viewer filters nothing and mutes nobody. Of whom that was not read with their row, no."""
    mutes = viewer.is_authenticated and getattr(viewer.member, "mutes_anybody", True)
    return not viewer.filters and not mutes


def filters_of(viewer):
    """What the viewer filters. For a user as such it is looked up; nobody's browser counts then."""
    if hasattr(viewer, "filters"):
        return viewer.filters
    return Filter.objects.chosen_by(viewer)[0] if viewer.is_authenticated else NOTHING


def without_filtered(rows, viewer, post="", opened=None, also=None):
    """Leave out the rows of posts that the viewer filters, or by whom they mute.

    Args:
        post: the column that names the post; none where the rows are posts.
        opened: the film, tag or member whose page the list stands on.
        also: a Q of rows that are kept in any case.
    """
    author = f"{post}__author" if post else "author"
    kept = also or Q()
    if isinstance(opened, User):
        kept |= Q(**{author: opened.pk})
    rows = without_muted(rows, viewer, author, also=kept)
    hits = filters_of(viewer).but_for(opened).hits(post)
    if hits is None:
        return rows
    own = Q(**{author: viewer.pk}) if viewer.is_authenticated else Q()
    return rows.filter(~hits | own | (also or Q()))


def unfiltered(rows, viewer, of=""):
    """Films, or tags, without those that the viewer filters; or what names such a row in its column `of`."""
    keys = getattr(filters_of(viewer), of or rows.model.model_name)
    return rows.exclude(**{f"{of or 'pk'}__in": sorted(keys)}) if keys else rows


def on_page_of(member, rows, viewer, post=""):
    """The same on the page of a member: nobody's mute of them counts, and on one's own page nothing does."""
    return rows if viewer.pk == member.pk else without_filtered(rows, viewer, post, opened=member)


class FilterQuerySet(models.QuerySet):
    def in_force(self, now=None):
        """Those that have not ended; `now` may be an expression for a query."""
        return self.filter(Q(until=None) | Q(until__gt=now or timezone.now()))


def _named(column, value):
    return {column if column == "word" else f"{column}_id": value}


class FilterManager(models.Manager.from_queryset(FilterQuerySet)):
    def chosen_by(self, member):
        """What the member filters, and whether words wait to be entered into the index.

        One query, unless it was read with the member's row and nothing was added or removed since.
        """
        if hasattr(member, "filters_text"):
            rows = json.loads(member.filters_text or "[]")
        else:
            rows = statement("filters", self._asked_of_member).rows(member=member.pk, now=timezone.now())
        chosen = ({key for key in column if key} for column in zip(*rows, strict=True))
        found = Filters(*map(frozenset, list(chosen)[:-1])) if rows else NOTHING
        return found, any(row[-1] for row in rows)

    def _asked_of_member(self):
        rows = self.in_force(Given("now", models.DateTimeField())).filter(member=Given("member"))
        return rows.annotate(is_behind=IsBehind()).values_list(*CHOSEN_COLUMNS)

    def chosen_rows(self, member):
        """The same for the member to change, the newest first: pairs of what it is, and until when."""
        rows = self.in_force().filter(member=member).order_by("-id").values("until", *FILTER_COLUMNS)
        return [((name, row[name]), row["until"]) for row in rows for name in FILTER_COLUMNS if row[name]]

    @transaction.atomic
    def add(self, member, column, value, until=None):
        """Filter one thing until that time, or for good. Returns whether it was not filtered before.

        Args:
            column: one of FILTER_COLUMNS.
            value: the key of a row, or a word.

        Raises TooManyFilters.
        """
        lock_rows(User.objects.filter(pk=member.pk))
        _forget_text(member)
        mine, what = self.filter(member=member), _named(column, value)
        was_in_force = mine.in_force().filter(**what).exists()
        if not mine.filter(**what).exists() and mine.count() >= MOST_FILTERS:
            raise TooManyFilters
        self.update_or_create(member=member, **what, defaults={"until": until})
        Event.objects.note(EventKind.SIGHT, member.pk)
        return not was_in_force

    @transaction.atomic
    def remove(self, member, column, value):
        """Returns whether it was filtered."""
        _forget_text(member)
        removed, _rows = self.filter(member=member, **_named(column, value)).delete()
        if removed:
            Event.objects.note(EventKind.SIGHT, member.pk)
        return bool(removed)

    def hand_over(self, target, **what):
        """Who filters what was merged filters its target. Asked of the filters of what was merged."""
        (column,) = what
        there = Filter.objects.filter(**{column: target}).values("member")
        self.filter(**what).filter(member__in=there).delete()
        self.filter(**what).update(**{column: target})

    def against_post(self, member, post, now=None):
        """For a query: the filters that keep news of a post from a member, whose own it may be.

        Args:
            member, post: expressions for their keys.
            now: the time at which they are in force, or an expression for it; by default, this moment.
        """
        of_post = Tagging.objects.filter(
            content_object=OuterRef(post) if isinstance(post, OuterRef) else post
        )
        word = Exists(of_post.filter(Holds(F("tag"), OuterRef("word"), table=TAGS)))
        reasons = Q(post=post) | Q(film__posts=post) | Q(Exists(of_post.filter(tag=OuterRef("tag"))))
        reasons |= ~Q(word="") & (Q(Holds(post, F("word"), table=POSTS)) | Q(word))
        return self.in_force(now).filter(reasons, member=member)

    def against_comment(self, member, comment, now=None):
        """The same of the words of a comment."""
        holds = Holds(comment, F("word"), table=COMMENTS)
        return self.in_force(now).filter(~Q(word=""), holds, member=member)

    def expire(self, now):
        """Drop those that ended, a bounded number at a time."""
        drop_ended(self, now)


class Filter(models.Model):
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="filter_rows", db_index=False
    )
    tag = models.ForeignKey("Tag", models.CASCADE, null=True, related_name="filters", db_index=False)
    film = models.ForeignKey("Film", models.CASCADE, null=True, related_name="filters", db_index=False)
    post = models.ForeignKey("Post", models.CASCADE, null=True, related_name="filters", db_index=False)
    word = models.CharField(_("word"), max_length=LONGEST_WORD, blank=True, default="")
    # None for good.
    until = models.DateTimeField(_("until"), null=True)
    created = models.DateTimeField(_("created"), default=timezone.now, editable=False)

    objects = FilterManager()

    class Meta:
        verbose_name, verbose_name_plural = _("filter"), _("filters")
        constraints = [
            # In this order of columns they lead from what is deleted to its rows, too.
            models.UniqueConstraint(fields=["tag", "member"], name="filter_tag_once"),
            models.UniqueConstraint(fields=["film", "member"], name="filter_film_once"),
            models.UniqueConstraint(fields=["post", "member"], name="filter_post_once"),
            models.UniqueConstraint(
                fields=["member", "word"], condition=~Q(word=""), name="filter_word_once"
            ),
            models.CheckConstraint(
                condition=Q(tag__isnull=False, film=None, post=None, word="")
                | Q(tag=None, film__isnull=False, post=None, word="")
                | Q(tag=None, film=None, post__isnull=False, word="")
                | (Q(tag=None, film=None, post=None) & ~Q(word="")),
                name="filter_of_one_thing",
            ),
        ]
        indexes = [
            models.Index(fields=["member", "-id"], name="filter_of_member"),
            models.Index(fields=["until"], condition=Q(until__isnull=False), name="filter_ending"),
        ]

    def __str__(self):
        return f"{self.member} filters {self.word or self.tag or self.film or self.post}"
