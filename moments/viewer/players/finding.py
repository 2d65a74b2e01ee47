"""Which film a player means: the one that its member chose for it, or that has its ids, or is called so."""

from django.db.models import Q

from moments.catalogue.becoming import film_of, new_film_of
from moments.catalogue.matching import match_films
from moments.models import Episode, Film, UnknownWork
from moments.models.episode import PART_IDS
from moments.models.mixins.unknown import key_of
from moments.models.refusals import Suspended
from reelive.ratelimit import TooMany, spending


def find_film(connection, work):
    """The film; None where nobody knows it, and its title, year and ids do not make one.

    One that is new here is added by the member of the connection, as far as their quota goes.
    """
    rows = UnknownWork.objects.filter(connection=connection, key=key_of(work))
    row = rows.select_related("film__merged_into__merged_into").first()
    if row and row.film_of_now:
        return row.film_of_now
    film = _of_episode(work) or _known(work) or _added(work, connection.member)
    if row and film and row.film_id is None:
        row.delete()
    return film


def _of_episode(work):
    """The series that has an episode with an id of this one, where it is one alone."""
    asked = Q()
    for place in PART_IDS:
        if number := work.episode_ids.get(place):
            asked |= Q(**{place: number, f"{place}__gt": ""})
    if not asked:
        return None
    films = Film.objects.listed().filter(pk__in=Episode.objects.filter(asked).values("film")).order_by()[:2]
    return films[0] if len(films) == 1 else None


def _known(work):
    (film,) = match_films([work])
    return Film.objects.get(pk=film) if film else None


def _added(work, member):
    try:
        with spending("film", member):
            film = film_of(work, member) or new_film_of(work, member)
            if film is None:
                raise _Unknown
            return film
    except (_Unknown, TooMany, Suspended):
        return None


class _Unknown(Exception):
    """Nothing was added, and nothing is spent."""
