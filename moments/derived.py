"""What is stored although it could be computed: counters, ranks, statuses and rendered texts.

The verbs keep these columns right in the transaction of the row that they follow from. Here each of them
says once more what it must be, so that `manage.py recount` proves and repairs it and a bulk load fills it in.
"""

from collections import defaultdict
from functools import reduce
from operator import or_

from django.db import transaction
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from accounts.models import User
from moments.labels import KINDS
from moments.models import (
    Comment,
    CommentVote,
    FeelingTally,
    Film,
    Label,
    Post,
    PostVote,
    Reaction,
    Relive,
    Report,
    Source,
    State,
    Tag,
    Tagging,
    Trivia,
    Verdict,
)
from moments.models.feeling import QUORUM, missing
from moments.models.trivia import status
from moments.ranking import hot, wilson
from reelive import markdown

CHUNK = 1_000
PRECISION = 1e-9  # of a rank: the databases' own logarithms differ in the last bits
# A post that is withheld with its film left no count, since it comes back with the film.
COUNTED = (State.VISIBLE, State.WITHHELD)
ME = OuterRef("pk")


def number_of(model, rows=Count("pk"), **which):  # noqa: B008 - an expression is never changed
    """A subquery: how many rows of `model` belong to the outer row, or another aggregate of them."""
    key = next(iter(which))
    grouped = model._base_manager.filter(**which).order_by().values(key).annotate(_number=rows)
    return Coalesce(Subquery(grouped.values("_number")), 0)


class Column:
    """Stored columns of one model, and what they must hold."""

    def __init__(self, model, *fields):
        self.model, self.fields = model, fields

    @property
    def name(self):
        return f"{self.model._meta.model_name}.{'/'.join(self.fields)}"

    def rows(self):
        return self.model._default_manager.order_by("pk")

    def wrong(self, rows):
        """The values that differ from the truth: {primary key: {field: the right value}}."""
        raise NotImplementedError

    def repair(self, rows):
        """Put right what is wrong among `rows` and answer what that was.

        The rows are locked before they are looked at again: whoever changes one at the same time moves the
        counter either before that look or after the repair.
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
    """Columns whose truth the database can tell: subqueries, or a column of a related row."""

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
    """A column that a function of other columns and expressions gives."""

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
    """The columns that a model's own `render` sets."""

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
    """Feelings that somebody had at a moment and that have no row to count them."""

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
    """What `refresh_strengths` gives one tally, from the sums over its moment."""
    if felt_by < QUORUM and houses:
        weight, total = house, houses
    else:
        weight, total = count, counts + missing(felt_by)
    return wilson(weight, total - weight) if weight else 0.0


def best(votes):
    return wilson(votes, 0)


def _siblings(column):
    return number_of(FeelingTally, Sum(column), moment=OuterRef("moment"))


def _verdicts(stance):
    return number_of(Verdict, trivia=ME, stance=stance)


def _posts_of_film(kind):
    return number_of(Post, film=ME, kind=kind, state__in=COUNTED)


def _labels(**which):
    return {kind.column: number_of(Label, **which, kind=kind.slug) for kind in KINDS}


# In this order, since the later ones follow from the earlier ones.
COUNTERS = [
    Counted(
        Post,
        votes=number_of(PostVote, post=ME),
        comment_count=number_of(Comment, post=ME, state=State.VISIBLE),
        relive_count=number_of(Relive, moment=ME),
        felt_by=number_of(Reaction, Count("member", distinct=True), moment=ME),
        **_labels(post=ME),
    ),
    Computed(Post, "hot", hot, "votes", "created"),
    Counted(Tagging, hot=F("content_object__hot")),
    Counted(Trivia, confirms=_verdicts("confirm"), disputes=_verdicts("dispute")),
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
        moment_count=_posts_of_film("moment"),
        song_count=_posts_of_film("song"),
        trivia_count=_posts_of_film("trivia"),
        relive_count=number_of(Relive, moment__film=ME),
    ),
    Counted(User, outcomes=number_of(Report, member=ME, heard=False, state__in=("kept", "acted"))),
    Counted(Tag, post_count=number_of(Tagging, tag=ME, content_object__state__in=COUNTED)),
]
TEXTS = [
    Rendered(Post, "body_html", "context_html", "excerpt"),
    Rendered(Comment, "body_html"),
    Computed(Relive, "note_html", markdown.render, "note"),
    Computed(User, "bio_html", markdown.render, "bio"),
]


def chunks(rows):
    """`rows` in the order of their keys, CHUNK at a time, each with its number of rows."""
    last = 0
    while keys := list(rows.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:CHUNK]):
        last = keys[-1]
        yield rows.filter(pk__gte=keys[0], pk__lte=last), len(keys)


# Columns of rows that hang on a post: they follow from it too.
VIA_POST = {Tagging: "content_object", FeelingTally: "moment"}


def fill(instances):
    """Derive the columns of freshly loaded rows, and of the rows that count them."""
    settle(_touched(instances), [*TEXTS, *COUNTERS])


def settle(keys, columns=COUNTERS):
    """Repair the columns of the rows with these keys: {model: primary keys}."""
    for column in columns:
        model = column.model._meta.concrete_model
        lookup = f"{VIA_POST.get(model, 'pk')}__in"
        touched = sorted(keys.get(Post if model in VIA_POST else model, ()))
        for start in range(0, len(touched), CHUNK):
            column.repair(column.rows().filter(**{lookup: touched[start : start + CHUNK]}))


def _touched(instances):
    keys = defaultdict(set)
    for instance in instances:
        keys[instance._meta.concrete_model].add(instance.pk)
        for field in instance._meta.concrete_fields:
            if field.many_to_one and getattr(instance, field.attname) is not None:
                keys[field.related_model._meta.concrete_model].add(getattr(instance, field.attname))
    return keys


def lived_columns(model):
    """The columns that follow from what people did, and so are nobody else's to set."""
    mine = [column for column in [*COUNTERS, *TEXTS] if column.model._meta.concrete_model is model]
    return {field for column in mine for field in column.fields} | {"state"}
