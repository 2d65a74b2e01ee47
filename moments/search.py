"""Finding films, posts, tags and members by words."""

from moments.models import Film, Post, Tag
from reelive.text import similar


def similar_films(title):
    return similar(title, Film.objects.listed(), key=str)


def similar_posts(film, kind, title):
    posts = list(Post.objects.listed().filter(film=film, kind=kind).select_related("film")[:500])
    return similar(title, posts, key=str)


def find_films(query):
    return Film.objects.listed().filter(title__icontains=query)


def suggest_tags(query):
    return Tag.objects.listed().filter(name__startswith=query.lower()).order_by("-post_count")[:8]
