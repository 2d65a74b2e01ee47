"""The picture that stands for a film in lists: its own, or its best moment that the viewer may see."""

from django.db.models import OuterRef, Subquery

from .film import Film
from .kinds import Kind
from .moment import Moment
from .post_queryset import TOP


def with_covers(films, viewer):
    """The films, each with its `cover`: itself, a moment, or none. Two queries, however many."""
    films = list(films)
    known = Moment.objects.listed().without_muted(viewer).filter(kind=Kind.MOMENT, film=OuterRef("pk"))
    best = known.veiled_for(viewer).filter(is_veiled=False).order_by(*TOP).values("pk")[:1]
    bare = [film.pk for film in films if not film.still]
    rows = Film.objects.filter(pk__in=bare).annotate(best=Subquery(best))
    best_of = dict(rows.values_list("pk", "best"))
    columns = ("film", "kind", "slug", "title", "palette", "still", "still_alt", "still_widths")
    moments = Moment.objects.filter(pk__in=filter(None, best_of.values())).only(*columns).in_bulk()
    for film in films:
        moment = moments.get(best_of.get(film.pk))
        if moment:
            moment.film = film
        film.cover = film if film.still else moment
    return films
