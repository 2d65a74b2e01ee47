"""A random moment that gives nothing away: from a few rows behind a random key, however many there are."""

from random import choice, randint

from django.db.models import Max, Min

from moments.labels import hiding_for
from moments.models import Kind, Moment, Post
from moments.models.post_queryset import HOT, TEXTS

BEHIND_A_KEY, KEYS_TRIED = 100, 4  # posts behind a random key; keys


def random_moment(viewer):
    """A moment that is neither veiled nor muted nor hidden for the viewer; None where none was found."""
    # One by one: asked for both at once, SQLite would look through the table.
    first, last = (Post.objects.aggregate(key=end("pk"))["key"] for end in (Min, Max))
    if first is None:
        return None
    for _try in range(KEYS_TRIED):
        behind = Post.objects.filter(pk__gte=randint(first, last)).order_by("pk")  # noqa: S311
        found = _open_to(viewer, behind)
        if found:
            return choice(found)  # noqa: S311
    # Almost all of it is songs, trivia or veiled: what is hot is looked through instead.
    found = _open_to(viewer, Moment.objects.listed().order_by(*HOT))
    return choice(found) if found else None  # noqa: S311


def _open_to(viewer, posts):
    """What suits of the first posts, chosen here: the database would go on until it has enough."""
    few = posts.veiled_for(viewer).with_filtered(viewer).select_related("film").defer(*TEXTS)[:BEHIND_A_KEY]
    return [
        post
        for post in few
        if post.kind == Kind.MOMENT
        and post.is_visible
        and not (post.is_veiled or post.is_muted or hiding_for(post, viewer))
    ]
