"""The lists of films, by what they are, and of the people who made them; see `listings`."""

import re
from dataclasses import replace

from django.urls import reverse

from moments.models import Credit, Film, FilmTrait, Kind, Person, Post
from moments.models.asked import Asked
from moments.models.film import decades
from moments.models.filter import filters_of, unfiltered
from moments.models.genres import GENRES
from moments.models.languages import LANGUAGES
from moments.models.origin import TRAITS
from moments.models.post_queryset import HOT, NEW, TOP
from moments.syndication.listings import Listing, chosen_of, known_posts
from moments.viewer.lookup import find_person

BY_MOMENT_COUNT = ("-moment_count", "-id")
BY_FILM_COUNT, BY_PLACE = ("-film_count", "-id"), ("sort_title", "id")
CREDITED = ("-year", "-film_id", "id")
FEW_FILMS, FEW_MOMENTS = 60, 5_000


class Codes:
    """All codes of two letters: of countries that have no name here too."""

    def __contains__(self, code):
        return re.fullmatch("[a-z]{2}", code, re.ASCII) is not None


TRAIT_VALUES = {"genre": GENRES, "country": Codes(), "language": LANGUAGES}


def films(request):
    """Films by medium, decade, genre, country and language; along the rows of a trait where one is chosen."""
    choices = {"decade": [str(decade) for decade in decades()], "medium": Film.Medium.values}
    chosen = chosen_of(request, **choices, **TRAIT_VALUES)
    medium, decade = chosen.get("medium"), int(chosen.get("decade", 0))
    traits = [(kind, chosen[kind]) for kind in TRAITS.values() if kind in chosen]
    if not traits:
        rows = unfiltered(Film.objects.listed().with_medium(medium).from_decade(decade), request.viewer)
        return Listing(reverse("films"), rows, BY_MOMENT_COUNT, NEW, chosen=chosen)
    rows = FilmTrait.objects.listed_as(*traits).with_medium(medium).from_decade(decade)
    muted = sorted(filters_of(request.viewer).film)
    rows = rows.exclude(film__in=muted) if muted else rows
    return Listing(reverse("films"), rows, of_traits(BY_MOMENT_COUNT), of_traits(NEW), chosen=chosen)


def of_traits(order):
    """An order of films as one of their traits, which have the same columns."""
    return tuple(re.sub(r"\bid$", "film_id", column) for column in order)


def in_order_of(listing, order):
    """The listing of films in another order of films."""
    return replace(listing, order=of_traits(order) if listing.rows.model is FilmTrait else order)


def films_of(rows):
    """The films of rows of such a listing."""
    return [row.film if isinstance(row, FilmTrait) else row for row in rows]


# People.


def people(request):
    """Everybody with a credit for a film in sight; the feed has the newest."""
    return Listing(reverse("people"), Person.objects.credited(), BY_FILM_COUNT, ("-id",))


def person(request, person):
    """The moments of the films that somebody is credited for, by votes; the feed has the newest."""
    person = find_person(request, person)
    films = _films_to_look_at(person, request.viewer)
    moments = Asked(_moments_of, request.viewer, films=films or [0])
    return Listing(person.get_absolute_url(), moments, TOP, NEW, title=person.name, target=person)


def _moments_of(viewer, films):
    return Post.objects.listed().of_kind(Kind.MOMENT).filter(film__pk__in=films)


def _films_to_look_at(person, viewer):
    """The keys of their latest films, as many as have few enough moments to be put in an order, or one.

    That somebody is in a film is not told by its moments where it would give something away.
    """
    rows = credits_of(person, viewer).filter(gives_away=False).order_by(*CREDITED)
    counts = dict(rows.values_list("film", "film__moment_count")[:FEW_FILMS])
    found, moments = [], 0
    for film, number in counts.items():
        moments += number
        if moments <= FEW_MOMENTS or not found:
            found.append(film)
    return found


def credits_of(person, viewer):
    """What somebody is credited for, without films that the viewer mutes."""
    muted = sorted(filters_of(viewer).film)
    rows = Credit.objects.listed().filter(person=person).select_related("film")
    return rows.exclude(film__in=muted) if muted else rows


def artist_called(viewer, slug):
    """An artist of this name with a song that the viewer may know: the song, or None."""
    songs = known_posts(viewer, kind=Kind.SONG, artist_slug=slug)
    return songs.order_by(*HOT).only("artist", "artist_slug", "hot").first() if slug else None
