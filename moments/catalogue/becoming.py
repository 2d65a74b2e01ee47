"""How a title of the catalogue becomes a film of the site, with the first use that somebody has for it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import chain, count

from django.db import transaction
from django.db.models import Q

from accounts.models import User
from moments.catalogue.matching import FILM_PLACES, match_films, match_titles, was_here
from moments.catalogue.rows import CatalogueRow, row_of
from moments.catalogue.suggesting import work_of
from moments.catalogue.works import ID_PLACES, Work
from moments.catalogue.writing import write_rows
from moments.models import CatalogueSource, CatalogueTitle, Film, FilmTrait
from moments.models.refusals import FilmGone
from reelive.upserts import change_each, upsert

NO_NEWS = datetime(2000, 1, 1, tzinfo=UTC)  # when films were added that came along with what somebody brought
NAMESAKES = 40  # of one year, beside which a film that comes along still finds an address


def film_of(work: Work, by: User | None = None) -> Film | None:
    """The film of a work, made from the catalogue where nobody has used it yet; None where nobody knows it.

    Args:
        by: who adds it then; None for the site itself.

    Raises Suspended.
    """
    (film,) = match_films([work])
    if film:
        return Film.objects.get(pk=film)
    (title,) = match_titles([work])
    try:
        return film_of_title(title, by) if title else None
    except FilmGone:
        return None


@transaction.atomic
def new_film_of(work: Work, by: User) -> Film | None:
    """The film of a work that nobody knows, by way of the catalogue.

    None where the work lacks a title, year or id, or where something here has one of its ids or is called so:
    a person has to say whether it is that.

    Raises Suspended.
    """
    row = row_of(work.medium, work.title, work.year, ids=work.ids)
    if not (isinstance(row, CatalogueRow) and any(getattr(row, place) for place in ID_PLACES)):
        return None
    said = [work, replace(work, ids={})]
    if any(match_films(said)) or any(match_titles(said)) or was_here(work):
        return None
    write_rows([row], CatalogueSource.PLAYER)
    return film_of(work, by)


@transaction.atomic
def film_of_title(title: int, by: User | None = None) -> Film:
    """The film that a title of the catalogue has become, or becomes now. Two at once make one.

    Args:
        title: its key.
        by: who adds the film; None for the site itself.

    Raises FilmGone where a moderator removed it, Suspended, and CatalogueTitle.DoesNotExist.
    """
    key = CatalogueTitle.objects.values_list("key", flat=True).get(pk=title)
    # Two rows may be about one film: all that are called so are locked.
    namesakes = CatalogueTitle.objects.select_for_update(no_key=True).filter(key=key).order_by("pk")
    row = next((each for each in namesakes if each.pk == title), None)
    if row is None:
        raise CatalogueTitle.DoesNotExist
    film = _of_now(row.film) if row.film else _matching(row) or _add(row, by)
    if film is None:
        raise FilmGone
    if row.film_id != film.pk:
        row.film = film
        row.save(update_fields=["film"])
    return film


def films_of_titles(titles: Collection[int]) -> dict[int, int]:
    """The keys of the films that titles of the catalogue are or become now, by their own; a few statements.

    They are nobody's news: the site adds them, and where the newest films come first they come last. What a
    moderator removed is left out. Inside of a transaction.
    """
    keys = CatalogueTitle.objects.filter(pk__in=titles).values("key")
    # Two rows may be about one film: all that are called so are locked.
    rows = CatalogueTitle.objects.select_for_update(no_key=True, of=("self",)).filter(key__in=keys)
    rows = list(rows.select_related("film__merged_into__merged_into").order_by("pk"))
    here = {row.pk: _of_now(row.film) for row in rows if row.film}
    new = [row for row in rows if row.pk in titles and not row.film]
    for row, film in zip(new, match_films([work_of(row) for row in new]), strict=True):
        if film:
            here[row.pk] = Film(pk=film)
    missing = _added([row for row in new if row.pk not in here])
    change_each(CatalogueTitle, ("film",), sorted(missing.items()))
    return {pk: film.pk for pk, film in here.items() if film and pk in titles} | missing


def _added(rows: Sequence[CatalogueTitle]) -> dict[int, int]:
    """Add films for these titles. Returns their keys; one whose address was just taken is left out."""
    films = {row.pk: _film_of(row, None) for row in rows}
    wishes = {pk: film.slug_wishes(film.title) for pk, film in films.items()}
    taken = Film.objects.filter(_begins_like(wishes.values())).values_list("slug", flat=True) if films else ()
    taken = set(taken)
    for pk, film in films.items():
        numbered = (f"{wishes[pk][-1]}-{number}" for number in count(2))
        film.slug = next(slug for slug in chain(wishes[pk], numbered) if slug not in taken)
        film.sort_title, film.created = film.place_in_alphabet, NO_NEWS
        taken.add(film.slug)
    by_slug = dict(upsert(list(films.values()), (), {}, ("slug", "id")))
    added = {pk: film for pk, film in films.items() if film.slug in by_slug}
    for film in added.values():
        film.pk = by_slug[film.slug]
    FilmTrait.objects.begin(added.values())
    return {pk: film.pk for pk, film in added.items()}


def _begins_like(wishes: Iterable[Sequence[str]]) -> Q:
    """The slugs themselves, and those with a number behind the last of them."""
    wanted = [slug for several in wishes for slug in several]
    numbered = [f"{several[-1]}-{number}" for several in wishes for number in range(2, NAMESAKES)]
    return Q(slug__in=[*wanted, *numbered])


def film_of_choice(value: str, by: User) -> Film | None:
    """The film that a control has chosen: the number of a film, or `catalogue:` and that of a title.

    None for what is no choice. Raises FilmGone and Suspended.
    """
    name, _colon, number = value.rpartition(":")
    if name not in ("", "catalogue") or not (number.isascii() and number.isdecimal() and len(number) < 19):
        return None
    if not name:
        return Film.objects.listed().filter(pk=number).first()
    return film_of_title(int(number), by) if CatalogueTitle.objects.filter(pk=number).exists() else None


def _of_now(film: Film) -> Film | None:
    """Itself, or what it was merged into; None for one that a moderator removed."""
    while film.merged_into:
        film = film.merged_into
    return film if film.is_visible else None


def _matching(row: CatalogueTitle) -> Film | None:
    (film,) = match_films([work_of(row)])
    return Film.objects.get(pk=film) if film else None


def _add(row: CatalogueTitle, by: User | None) -> Film:
    film = _film_of(row, by)
    film.add()
    return film


def _film_of(row: CatalogueTitle, by: User | None) -> Film:
    """With all that is known of it; of what TMDB said only what names it, since the film stays."""
    named = ("title", "year", "medium", "director", "runtime", *FILM_PLACES)
    film = Film(added_by=by, **{name: getattr(row, name) for name in named})
    if row.source != CatalogueSource.TMDB:
        film.original_title, film.genres = row.original_title, row.genres.split()
    return film
