"""The picture that stands for a film in lists: that of its most upvoted moment which the viewer may see."""

from django.db.models import OuterRef, Subquery

from .film import Film
from .kinds import Kind
from .moment import Moment
from .post_queryset import TOP


def with_covers(films, viewer):
    """The films, each with its `cover`: a moment, or none. Two queries, however many films and moments."""
    films = list(films)
    known = Moment.objects.listed().without_muted(viewer).filter(kind=Kind.MOMENT, film=OuterRef("pk"))
    best = known.veiled_for(viewer).filter(is_veiled=False).order_by(*TOP).values("pk")[:1]
    rows = Film.objects.filter(pk__in=[film.pk for film in films]).annotate(best=Subquery(best))
    best_of = dict(rows.values_list("pk", "best"))
    columns = ("film", "kind", "slug", "title", "palette", "still", "still_alt", "still_widths")
    moments = Moment.objects.filter(pk__in=filter(None, best_of.values())).only(*columns).in_bulk()
    for film in films:
        film.cover = moments.get(best_of.get(film.pk))
        if film.cover:
            film.cover.film = film
    return films
