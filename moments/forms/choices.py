"""The moments that a form offers to choose from: a few at a time, found by words or by their time."""

import re
from typing import NamedTuple

from django.db.models import Case, Count, F, FloatField, IntegerField, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Abs
from django.utils.translation import gettext_lazy as _

from moments.models import Kind, Moment
from moments.models.post_queryset import NEW, STORY
from moments.search import results
from moments.spoilers.rules import NOT_SEEN

from .fields import MUTED

LATEST_OFFERED, FOUND_OFFERED, LATER_OFFERED = 5, 8, 20
TIME = re.compile(r"(?:(\d{1,2}):)?(\d{1,3}):(\d{2})", re.ASCII)
EPISODE = re.compile(r"s\s*(\d{1,4})(?:\s*e\s*(\d{1,4}))?", re.ASCII | re.IGNORECASE)
NOT_PLACED = _("not placed yet")


class Choice(NamedTuple):
    """One moment of a film as a form names it."""

    key: str
    label: str


def moments_of(film, viewer):
    """The film's moments with what a choice says of each. `viewer` is None for staff, who read everything."""
    moments = Moment.objects.listed().filter(film=film)
    named = moments.annotate(is_veiled=Value(False), is_muted=Value(False))
    named = moments.veiled_for(viewer).with_filtered(viewer, film) if viewer else named
    if film.runs is None:
        named = named.annotate(number=_number(film, OuterRef("position"), OuterRef("pk")))
    return named.only("title", "kind", "film", "position", "season", "episode", "timecode")


def numbered(moments, film):
    """The moments, each with its `number` in the story; of a film with many, counted from its run on."""
    if film.runs is None:
        return moments
    keys = {moment.pk: film.runs.index(moment.position) for moment in moments if moment.is_placed}
    starts = [When(pk=pk, then=Value(film.runs[index].place)) for pk, index in keys.items() if index]
    rows = film.story.filter(pk__in=keys).annotate(
        start=Case(*starts, default=Value(NOT_SEEN), output_field=FloatField()),
        number=_number(film, OuterRef("position"), OuterRef("pk"), position__gte=OuterRef("start")),
    )
    numbers = dict(rows.values_list("pk", "number"))
    for moment in moments:
        before = film.runs.start(keys.get(moment.pk, 0))
        moment.number = before + (numbers.get(moment.pk) or 0)
    return moments


def _number(film, place, key, **which):
    """How many moments of the story come up to a place, the moment of this key among them."""
    earlier = film.posts.listed().of_kind(Kind.MOMENT).filter(position__lte=place, **which)
    earlier = earlier.filter(Q(position__lt=place) | Q(position=place, pk__lte=key))
    number = earlier.order_by().values("film").annotate(number=Count("pk")).values("number")
    return Subquery(number, output_field=IntegerField())


def choice_of(moment):
    """A veiled moment has no title, nor has one that the viewer filters or mutes. All have their numbers."""
    title = MUTED if moment.is_muted else moment.shown_title
    parts = [moment.episode_text, str(title), moment.timecode_text]
    if not moment.is_placed:
        return Choice(str(moment.pk), " · ".join(part for part in [*parts, str(NOT_PLACED)] if part))
    return Choice(str(moment.pk), f"{moment.number}. {' · '.join(part for part in parts if part)}")


def moments_to_choose(moments, film, text="", with_later=False):
    """A few of the moments: those that the text finds, or the newest; veiled ones only if `with_later`.

    Words find nothing that is veiled, since that would tell what is in it.

    Args:
        moments: a queryset made of `moments_of`.
        text: words of a title, or a time as 0:33:10, 33:10 or S2E3.
    """
    moments = moments.filter(is_muted=False)
    if with_later and not text:
        return list(moments.filter(is_veiled=True).order_by("position", "pk")[:LATER_OFFERED])
    moments = moments if with_later else moments.filter(is_veiled=False)
    if not text:
        # Looked for among a bounded number: the newest, and the first in the story, which most have seen.
        listed = Moment.objects.listed().filter(film=film)
        newest, first = (listed.among_first(order).values("pk") for order in (NEW, STORY))
        some = moments.filter(Q(pk__in=newest) | Q(pk__in=first))
        return list(some.order_by(*NEW)[:LATEST_OFFERED])
    if time := TIME.fullmatch(text):
        return list(_near(moments, *(int(part or 0) for part in time.groups()))[:FOUND_OFFERED])
    if episode := EPISODE.fullmatch(text):
        return list(_of_episode(moments, *episode.groups())[:FOUND_OFFERED])
    found = results.moments_named(film, text)
    named = {moment.pk: moment for moment in moments.filter(pk__in=found, is_veiled=False)}
    return [named[pk] for pk in found if pk in named][:FOUND_OFFERED]


def _near(moments, hours, minutes, seconds):
    at = hours * 3600 + minutes * 60 + seconds
    timed = moments.filter(timecode__isnull=False)
    return timed.order_by(Abs(F("timecode") - Value(at, output_field=IntegerField())), "position", "pk")


def _of_episode(moments, season, episode):
    which = {"season": int(season)} | ({"episode": int(episode)} if episode else {})
    return moments.filter(**which).order_by("position", "pk")
