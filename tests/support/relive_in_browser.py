"""A film in relive mode, as a browser walks through it."""

from moments.models import Moment
from tests.support.makers import make_moment

TITLES = ["The Jam", "The Party", "The Bench", "The Stars", "The Farewell"]


def make_scenes(film, mia):
    palette = ["#0e0b2e", "#2a1b5e", "#6a3fa0", "#e27396", "#f5b94a"]
    return [
        make_moment(film, mia, title, position=float(place), palette=palette)
        for place, title in enumerate(TITLES, 1)
    ]


def cover(film):
    return f"{film.get_absolute_url()}relive/"


def heading(viewer):
    return viewer.page.get_by_role("heading", level=1)


def at(moment):
    return f"{cover(moment.film)}{moment.pk}/"


def make_many(film, author, count):
    Moment.objects.bulk_create(
        Moment(
            kind="moment", film=film, author=author, title=f"Scene {n}", slug=f"scene-{n}", position=float(n)
        )
        for n in range(count)
    )
