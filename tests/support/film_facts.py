"""Edits of the facts of a film, and its history."""

from django.urls import reverse

from moments.forms import FilmForm
from moments.models import Film


def edit(film, by=None, **facts):
    """An edit from a form: the film is loaded anew, as a request does."""
    film = Film.objects.get(pk=film.pk)
    for name, fact in facts.items():
        setattr(film, name, fact)
    film.revise(by)
    return film


def typed(film, **facts):
    """What a browser sends back of the form as it is now."""
    form = FilmForm(instance=Film.objects.get(pk=film.pk))
    values = {bound.name: bound.value() for bound in form}
    return {name: value for name, value in (values | facts).items() if value is not None}


def send(client, film, **facts):
    """Edit the film on its page, as it is now."""
    return client.post(reverse("film-edit", args=[film.slug]), typed(film, **facts))


def history(client, film, **query):
    return client.get(film.history_url, query)


def restore(client, revision):
    return client.post(reverse("revision-restore", args=[revision.pk]))


def now(film):
    return Film.objects.get(pk=film.pk)
