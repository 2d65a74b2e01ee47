"""The pictures that stand for films and tags in lists: their own, or of posts that the viewer may see."""

from django.db.models import Exists, OuterRef, Subquery

from .asked import Asked
from .film import Film
from .kinds import Kind
from .moment import Moment
from .post import Post
from .post_queryset import TEXTS, TOP
from .tag import Tag, Tagging

PICTURES = 3  # of a tag


def with_covers(films, viewer):
    """The films, each with its `cover`: itself, a moment, or none. Two queries, however many."""
    films = list(films)
    bare = [film.pk for film in films if not film.still]
    best_of = dict(Asked(_best_moments, viewer, films=bare).values) if bare else {}
    keys = list(filter(None, best_of.values()))
    moments = Asked(_pictured, viewer, keys=keys).by_key if keys else {}
    for film in films:
        moment = moments.get(best_of.get(film.pk))
        if moment:
            moment.film = film
        film.cover = film if film.still else moment
    return films


def _best_moments(viewer, films):
    """The best moment of each film that is no spoiler for the viewer."""
    known = Moment.objects.listed().without_filtered(viewer).filter(kind=Kind.MOMENT, film=OuterRef("pk"))
    best = known.veiled_for(viewer).filter(is_veiled=False).order_by(*TOP).values("pk")[:1]
    return Film.objects.filter(pk__in=films).annotate(best=Subquery(best)).values_list("pk", "best")


def _pictured(viewer, keys):
    columns = ("film", "kind", "slug", "title", "palette", "still", "still_alt", "still_widths")
    return Moment.objects.filter(pk__in=keys).only(*columns)


def with_pictures(tags, viewer):
    """The tags, each with its `pictures`: its hottest posts, at most three. Two queries, however many."""
    tags, places = list(tags), [f"place_{number}" for number in range(PICTURES)]
    known = Post.objects.listed().filter(pk=OuterRef("content_object")).without_filtered(viewer)
    known = known.veiled_for(viewer).filter(is_veiled=False)
    hottest = Tagging.objects.filter(Exists(known), tag=OuterRef("pk"))
    hottest = hottest.order_by("-hot", "-content_object_id").values("content_object")
    rows = Tag.objects.filter(pk__in=[tag.pk for tag in tags]).annotate(
        **{place: Subquery(hottest[number : number + 1]) for number, place in enumerate(places)}
    )
    ids = {pk: list(filter(None, found)) for pk, *found in rows.values_list("pk", *places)}
    wanted = {post for found in ids.values() for post in found}
    posts = Post.objects.filter(pk__in=wanted).select_related("film").defer(*TEXTS).in_bulk()
    for tag in tags:
        tag.pictures = [posts[post] for post in ids[tag.pk]]
    return tags
