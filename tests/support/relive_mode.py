"""A film in relive mode."""

from django.urls import reverse

from tests.support.makers import make_moment

TITLES = ("The Jam", "The Party", "The Bench")


def make_scenes(film, mia):
    """Three moments in story order."""
    return [make_moment(film, mia, title, position=float(place)) for place, title in enumerate(TITLES, 1)]


def at(moment):
    return reverse("relive-moment", args=[moment.film.slug, moment.pk])


def of(name, film):
    return reverse(name, args=[film.slug])


def read(client, address, **options):
    response = client.get(address, **options)
    assert response.status_code == 200
    return response.content.decode()


def tap(client, moment, feeling, verb="relive-feel", **options):
    return client.post(reverse(verb, args=[moment.pk]), {"feeling": feeling}, **options)
