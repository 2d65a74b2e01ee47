"""What the pages of films, their seasons and episodes, and of people say of themselves to other sites."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from moments.syndication.link_pictures import picture_of_film
from moments.syndication.page_metadata import Context, PageMetadata, about, oembed_url
from moments.syndication.structured_data import crumbs, film_data, person_data


@about("film")
def of_film(meta: PageMetadata, context: Context, film: Any) -> None:
    meta.name = meta.title = str(film)
    meta.description = film.summary or _("Moments, songs, trivia and reviews of %(film)s.") % {"film": film}
    meta.kind = "video.tv_show" if film.is_series else "video.movie"
    meta.picture = picture_of_film(film) if meta.is_previewed else None
    meta.oembed_url = oembed_url(meta)
    films = (_("Films"), reverse("films"))
    meta.data = [film_data(film), crumbs(films, (film.title, film.get_absolute_url()))]


@about("film")
def of_film_part(meta: PageMetadata, context: Context, film: Any) -> None:
    meta.name = meta.title = context["listing"].title
    meta.description = _("%(part)s, told by people who never got over it.") % {"part": meta.title}
    meta.picture = picture_of_film(film) if meta.is_previewed else None


@about("film")
def of_cast(meta: PageMetadata, context: Context, film: Any) -> None:
    meta.name = meta.title = _("Cast and crew of %(film)s") % {"film": film}
    meta.description = _("Who made %(film)s, and who plays whom in it.") % {"film": film}


@about("person")
def of_person(meta: PageMetadata, context: Context, person: Any) -> None:
    meta.name = person.name
    meta.description = _("The films that %(person)s is credited for, and their moments.") % {
        "person": person.name
    }
    meta.is_found, meta.kind = meta.is_found and bool(person.film_count), "profile"
    people = (_("People"), reverse("people"))
    meta.data = [person_data(person), crumbs(people, (person.name, person.get_absolute_url()))]


@about("person")
def of_person_films(meta: PageMetadata, context: Context, person: Any) -> None:
    meta.name = meta.title = _("Films of %(person)s") % {"person": person.name}
    meta.description = _("All that %(person)s is credited for.") % {"person": person.name}
    meta.is_found = meta.is_found and bool(person.film_count)


@about("part")
def of_series_part(meta: PageMetadata, context: Context, part: Any) -> None:
    """A season or an episode: its title is in the tab of those who may read it, and nowhere else."""
    meta.title = f"{part.code} – {part.film}"
    meta.name = f"{part.code} · {part.shown_title} – {part.film}"
    if context.get("tab") == "moments":
        meta.name = _("Moments of %(part)s") % {"part": meta.title}
    meta.description = _("The moments of %(part)s that people never got over.") % {"part": meta.title}
    meta.picture = picture_of_film(part.film) if meta.is_previewed else None
    meta.is_found = meta.is_found and bool(part.pk)
    films = (part.film.title, part.film.get_absolute_url())
    meta.data = [crumbs(films, (part.code, part.get_absolute_url()))]
