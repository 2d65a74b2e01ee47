"""Columns that are stored although they could be computed: counters, ranks, statuses and rendered texts.

The verbs of the models change these columns together with the rows that they follow from. COUNTERS and
RENDERED_TEXTS declare a second time what each column must hold: `manage.py recount` compares and repairs them
by that, and `recompute` fills them in after rows were loaded in bulk.
"""

from collections import defaultdict
from functools import reduce
from operator import or_

from django.db import transaction
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from accounts.models import User
from moments.labels import LABEL_KINDS
from moments.models import (
    Comment,
    CommentVote,
    Credit,
    DiaryEntry,
    FeelingTally,
    Film,
    FilmArc,
    FilmTrait,
    Follow,
    Kind,
    Label,
    ListEntry,
    MemberList,
    MemberListVote,
    Notification,
    Person,
    Post,
    PostVote,
    Rating,
    Reaction,
    Report,
    SongUse,
    Source,
    State,
    Tag,
    Tagging,
    Trivia,
    Verdict,
)
from moments.models.credit import films_of
from moments.models.feeling import REACTION_QUORUM, missing
from moments.models.member_list import Visibility
from moments.models.mixins.whole import MOST_HALVES
from moments.models.notification import number_of_people
from moments.models.person import alphabetic
from moments.models.rating import in_buckets
from moments.models.trivia import status
from moments.ranking import hot, wilson
from reelive import markdown
from reelive.alphabet import sort_title
from reelive.text import fold

COUNTED_AT_ONCE = 1_000
PRECISION = 1e-9  # of a rank: the databases' own logarithms differ in the last bits
# A post that is withheld with its film left no count, since it comes back with the film.
COUNTED_STATES = (State.VISIBLE, State.WITHHELD)
ME = OuterRef("pk")


def number_of(model, rows=Count("pk"), **which):  # noqa: B008 - an expression is never changed
    """A subquery: the number of rows of `model` that belong to the outer row, 0 for none.

    Args:
        model: whose rows are counted.
        rows: another aggregate of these rows, in the place of their number.
        which: the lookups by which they belong to the outer row; the first is what they are grouped by.
    """
    key = next(iter(which))
    grouped = model._base_manager.filter(**which).order_by().values(key).annotate(_number=rows)
    return Coalesce(Subquery(grouped.values("_number")), 0)


class Column:
    """Columns of one model that are stored, and the way to compute what they must hold."""

    def __init__(self, model, *fields):
        self.model, self.fields = model, fields

    @property
    def name(self):
        return f"{self.model._meta.model_name}.{'/'.join(self.fields)}"

    def rows(self):
        return self.model._default_manager.order_by("pk")

    def wrong(self, rows):
        """The right values of the rows that hold wrong ones: {primary key: {field: the right value}}."""
        raise NotImplementedError

    def repair(self, rows):
        """Correct the values of `rows` that are wrong; returns what `wrong` found.

        The wrong rows are locked and compared once more: a verb that changes one at the same time does so
        either before that second look or after the repair.
        """
        wrong = self.wrong(rows)
        if not wrong:
            return wrong
        with transaction.atomic():
            rows = self.model._base_manager.filter(pk__in=wrong).order_by("pk")
            list(rows.select_for_update().values_list("pk"))
            wrong = self.wrong(rows)
            self.write(wrong)
        return wrong

    def write(self, wrong):
        by_fields = defaultdict(list)
        for pk, values in wrong.items():
            by_fields[tuple(sorted(values))].append(self.model(pk=pk, **values))
        for fields, instances in by_fields.items():
            self.model._base_manager.bulk_update(instances, fields)


class Counted(Column):
    """Columns that the database computes: from subqueries, or from a column of a related row."""

    def __init__(self, model, **truths):
        super().__init__(model, *truths)
        self.truths = {f"true_{field}": truth for field, truth in truths.items()}

    def wrong(self, rows):
        differs = reduce(or_, (~Q((field, F(f"true_{field}"))) for field in self.fields))
        found = rows.annotate(**self.truths).filter(differs)
        return {
            pk: {field: true for field, old, true in _triples(self.fields, values) if old != true}
            for pk, *values in found.values_list("pk", *self.fields, *self.truths)
        }


class Computed(Column):
    """A column that a Python function computes from other columns and expressions."""

    def __init__(self, model, field, function, *inputs):
        super().__init__(model, field)
        self.function, self.inputs = function, inputs

    def wrong(self, rows):
        (field,), found = self.fields, {}
        for pk, old, *values in rows.values_list("pk", field, *self.inputs):
            true = self.function(*values)
            if not _same(old, true):
                found[pk] = {field: true}
        return found


class Rendered(Column):
    """Columns that the model's own method `render` sets."""

    def wrong(self, rows):
        found = {}
        for instance in rows:
            before = {field: getattr(instance, field) for field in self.fields}
            instance.render()
            changed = {field: getattr(instance, field) for field in self.fields}
            if changed != before:
                found[instance.pk] = {field: new for field, new in changed.items() if new != before[field]}
        return found


class MissingTallies(Column):
    """Rows of FeelingTally that are missing: for feelings that a member had at a moment."""

    def __init__(self):
        super().__init__(Post, "tallies")

    def wrong(self, rows):
        tallies = FeelingTally.objects.filter(moment=OuterRef("moment"), feeling=OuterRef("feeling"))
        felt = Reaction.objects.filter(~Exists(tallies), moment__in=rows.order_by().values("pk"))
        found = defaultdict(dict)
        for moment, feeling in felt.values_list("moment", "feeling").distinct():
            found[moment][feeling] = 0
        return found

    def write(self, wrong):
        rows = [FeelingTally(moment_id=pk, feeling=feeling) for pk, felt in wrong.items() for feeling in felt]
        FeelingTally.objects.bulk_create(rows, ignore_conflicts=True)


def _triples(fields, values):
    half = len(fields)
    return zip(fields, values[:half], values[half:], strict=True)


def _same(old, true):
    return abs(old - true) <= PRECISION if isinstance(true, float) else old == true


def strength(count, house, felt_by, counts, houses):
    """The strength that `refresh_strengths` gives one tally.

    Args:
        count, house: of the tally itself.
        felt_by: how many members felt something at its moment.
        counts, houses: the sums over all tallies of its moment.
    """
    if felt_by < REACTION_QUORUM and houses:
        weight, total = house, houses
    else:
        weight, total = count, counts + missing(felt_by)
    return wilson(weight, total - weight) if weight else 0.0


def best(votes):
    return wilson(votes, 0)


def _siblings(column):
    return number_of(FeelingTally, Sum(column), moment=OuterRef("moment"))


def _verdicts(**on):
    return {f"{stance}s": number_of(Verdict, **on, stance=stance) for stance in ("confirm", "dispute")}


def _posts_of_film(kind):
    return number_of(Post, film=ME, kind=kind, state__in=COUNTED_STATES)


def _ratings(**which):
    return number_of(Rating, film=ME, season=None, episode=None, **which)


def _labels(**which):
    return {kind.column: number_of(Label, **which, kind=kind.slug) for kind in LABEL_KINDS}


# In this order, since the later ones follow from the earlier ones.
COUNTERS = [
    Counted(
        Post,
        votes=number_of(PostVote, post=ME),
        comment_count=number_of(Comment, post=ME, state=State.VISIBLE),
        relive_count=number_of(DiaryEntry, moment=ME),
        felt_by=number_of(Reaction, Count("member", distinct=True), moment=ME),
        **_labels(post=ME),
    ),
    Computed(Post, "hot", hot, "votes", "created"),
    Counted(Tagging, hot=F("content_object__hot")),
    Counted(Trivia, **_verdicts(trivia=ME)),
    Counted(SongUse, **_verdicts(song_use=ME)),
    Computed(Trivia, "status", status, number_of(Source, trivia=ME), "confirms", "disputes"),
    Counted(
        Comment,
        votes=number_of(CommentVote, comment=ME),
        reply_count=number_of(Comment, parent=ME),
        descendants=number_of(Comment, root=ME),
        **_labels(comment=ME),
    ),
    Computed(Comment, "best", best, "votes"),
    MissingTallies(),
    Counted(
        FeelingTally,
        count=number_of(Reaction, moment=OuterRef("moment"), feeling=OuterRef("feeling")),
    ),
    Computed(
        FeelingTally,
        "strength",
        strength,
        "count",
        "house",
        "moment__felt_by",
        _siblings("count"),
        _siblings("house"),
    ),
    Counted(
        Film,
        **{f"{kind}_count": _posts_of_film(kind) for kind in Kind.values},
        relive_count=number_of(DiaryEntry, moment__film=ME),
        log_count=number_of(DiaryEntry, whole_film=ME),
        rating_count=_ratings(stars__isnull=False),
        rating_sum=number_of(Rating, Sum("stars"), film=ME, season=None, episode=None, stars__isnull=False),
    ),
    Computed(
        Film, "rating_buckets", in_buckets, *(_ratings(stars=halves) for halves in range(1, MOST_HALVES + 1))
    ),
    Counted(
        User,
        unread_report_results=number_of(Report, member=ME, outcome_read=False, state__in=("kept", "acted")),
        unread_notifications=Notification.objects.unread_number(),
        follower_count=number_of(Follow, person=ME),
        following_count=number_of(Follow, member=ME, person__isnull=False),
        list_count=number_of(MemberList, author=ME, state=State.VISIBLE, visibility=Visibility.PUBLIC),
    ),
    Counted(Notification, people=number_of_people()),
    Counted(
        MemberList,
        votes=number_of(MemberListVote, member_list=ME),
        entry_count=number_of(ListEntry, member_list=ME),
        comment_count=number_of(Comment, member_list=ME, state=State.VISIBLE),
    ),
    Computed(MemberList, "hot", hot, "votes", "created"),
    Counted(Credit, year=F("film__year")),
    Counted(Person, film_count=films_of(ME)),
    Counted(Tag, post_count=number_of(Tagging, tag=ME, content_object__state__in=COUNTED_STATES)),
]
RENDERED_TEXTS = [
    Rendered(Post, "body_html", "context_html", "excerpt", "artist_slug", "sort_title"),
    Rendered(Comment, "body_html"),
    Rendered(MemberList, "body_html", "excerpt"),
    Computed(ListEntry, "note_html", markdown.render, "note"),
    Computed(DiaryEntry, "note_html", markdown.render, "note"),
    Computed(User, "bio_html", markdown.render, "bio"),
    Computed(Person, "name_key", fold, "name"),
    Computed(Person, "sort_title", alphabetic, "name", "sort_name"),
    Computed(Film, "sort_title", sort_title, "title", "language", "original_title"),
]


def chunks(rows):
    """Go through `rows` by their keys: querysets of COUNTED_AT_ONCE rows, each with its number of rows."""
    last = 0
    while keys := list(
        rows.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:COUNTED_AT_ONCE]
    ):
        last = keys[-1]
        yield rows.filter(pk__gte=keys[0], pk__lte=last), len(keys)


# Columns of rows that hang on a post: they follow from it too.
VIA_POST = {Tagging: "content_object", FeelingTally: "moment"}


def recompute(instances):
    """Compute the columns of rows that were just loaded, and those of the rows that count them."""
    repair(_touched(instances), [*RENDERED_TEXTS, *COUNTERS])


def repair(keys, columns=COUNTERS):
    """Correct the columns of certain rows.

    Args:
        keys: {model: primary keys of the rows}.
        columns: which columns; all counters when they are not named.
    """
    for column in columns:
        model = column.model._meta.concrete_model
        lookup = f"{VIA_POST.get(model, 'pk')}__in"
        touched = sorted(keys.get(Post if model in VIA_POST else model, ()))
        for start in range(0, len(touched), COUNTED_AT_ONCE):
            column.repair(column.rows().filter(**{lookup: touched[start : start + COUNTED_AT_ONCE]}))
    FilmTrait.objects.follow(*keys.get(Film, ()))
    _outdate_arcs(keys)


def _outdate_arcs(keys):
    """The arcs of these films, and of those of these posts, are drawn anew where they are stored."""
    films, posts = set(keys.get(Film, ())), sorted(keys.get(Post, ()))
    for start in range(0, len(posts), COUNTED_AT_ONCE):
        films.update(
            Post.objects.filter(pk__in=posts[start : start + COUNTED_AT_ONCE]).values_list("film", flat=True)
        )
    FilmArc.objects.note_change(*films)


def _touched(instances):
    keys = defaultdict(set)
    for instance in instances:
        keys[instance._meta.concrete_model].add(instance.pk)
        for field in instance._meta.concrete_fields:
            if field.many_to_one and getattr(instance, field.attname) is not None:
                keys[field.related_model._meta.concrete_model].add(getattr(instance, field.attname))
    return keys
