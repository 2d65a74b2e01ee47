"""A random moment that gives nothing away: from a few rows behind a random key, however many there are."""

from random import choice, randint

from django.db.models import Max, Min

from moments.labels import hiding_for
from moments.models import Moment, Post
from moments.models.post_queryset import HOT

LOOKED_AT, TRIES = 100, 4  # posts behind a random key; keys


def random_moment(viewer):
    """A moment that is neither veiled nor muted nor hidden for the viewer; None where none was found."""
    ends = Post.objects.aggregate(first=Min("pk"), last=Max("pk"))
    if ends["first"] is None:
        return None
    for _try in range(TRIES):
        behind = Post.objects.filter(pk__gte=randint(ends["first"], ends["last"])).order_by("pk")  # noqa: S311
        found = _open_to(viewer, Moment.objects.filter(pk__in=behind.values("pk")[:LOOKED_AT]))
        if found:
            return choice(found)  # noqa: S311
    # Almost all of it is songs, trivia or veiled: what is hot is looked through instead.
    hottest = Moment.objects.listed().order_by(*HOT).values("pk")[:LOOKED_AT]
    found = _open_to(viewer, Moment.objects.filter(pk__in=hottest))
    return choice(found) if found else None  # noqa: S311


def _open_to(viewer, moments):
    moments = moments.listed().without_filtered(viewer).veiled_for(viewer).filter(is_veiled=False)
    return [moment for moment in moments.select_related("film") if not hiding_for(moment, viewer)]
