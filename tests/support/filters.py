"""A post with a tag, a word and a film of its own, and how each of them is filtered."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from tests.support.makers import make_film, make_moment

YESTERDAY, TOMORROW = timezone.now() - timedelta(days=1), timezone.now() + timedelta(days=1)


def verb(name, column, key):
    return reverse(f"filter-{name}", args=[column, key])


def shown(client, url="/new/"):
    return [post.title for post in client.get(url).context["posts"]]


def make_dance(film, mia):
    """The post; another one stands beside it."""
    other = make_film("Cats")
    make_moment(film, mia, "Quiet")
    return make_moment(other, mia, "The Dänce", body="They waltz.", tags=["tap dance"], position=1.0)


def what_of(dance):
    return {
        "tag": dance.tag_list[0].pk,
        "film": dance.film_id,
        "post": dance.pk,
        "word": "dance",
    }
