"""A film with more moments than its arc has dots, written past the verbs."""

from contextlib import contextmanager
from random import Random
from unittest.mock import patch

from django.db import connection
from django.db.models.sql import compiler
from django.utils import timezone

from moments.feelings import FEELINGS
from moments.models import FeelingTally, Film, FilmArc, Moment
from tests.support.makers import make_copies, make_moment

EVERY = 7  # of so many moments one is flagged


def make_long_film(film, author, number, is_drawn=True):
    """Give the film so many moments, with feelings; returns them in story order.

    Args:
        is_drawn: whether its arc is stored, as it is once the task process has come to it.
    """
    first = make_moment(film, author, "Scene 0", position=1.0, timecode=60)
    copies = make_copies(
        first,
        number - 1,
        title=lambda place: f"Scene {place + 1}",
        slug=lambda place: f"long-{film.pk}-{place + 1}",
        position=lambda place: place + 2.0,
        timecode=lambda place: 60 * (place + 2),
        spoiler=lambda place: place % EVERY == 0,
        relive_count=lambda place: place % 3,
        hot=lambda place: float(place),
        votes=lambda place: place % 50,
    )
    dice, slugs = Random(number), list(FEELINGS)
    FeelingTally.objects.bulk_create(
        FeelingTally(moment=moment, feeling=slug, house=dice.randint(1, 9))
        for moment in (first, *copies)
        for slug in dice.sample(slugs, 3)
    )
    Film.objects.filter(pk=film.pk).update(moment_count=number)
    film.refresh_from_db()
    film.__dict__.pop("runs", None)
    FilmArc.objects.outdate([film.pk])
    if is_drawn:
        FilmArc.objects.renew(timezone.now())
    return list(Moment.objects.filter(film=film).order_by("position"))


def read_anew(film):
    """The film as the next request finds it."""
    return Film.objects.get(pk=film.pk)


@contextmanager
def rows_read():
    """How many rows each query gave that is asked meanwhile, in a list."""
    rows, cursor_iter = [], compiler.cursor_iter

    def counted(*arguments):
        for some in cursor_iter(*arguments):
            rows[-1] += len(some)
            yield some

    def asked(execute, *arguments):
        rows.append(0)
        return execute(*arguments)

    with patch.object(compiler, "cursor_iter", counted), connection.execute_wrapper(asked):
        yield rows
