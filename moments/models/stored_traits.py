"""The proof of what films are listed by: the traits of each are compared with its facts."""

from moments.models import Film, FilmTrait
from moments.models.counters import Column
from moments.models.film_trait import COPIED


class StoredTraits(Column):
    """The genres, countries and languages of films, with the columns that are copied to them."""

    def __init__(self):
        super().__init__(Film, "traits")

    def wrong(self, rows):
        kept = {}
        listed = FilmTrait.objects.filter(film__in=rows.order_by().values("pk"))
        for film, *trait in listed.values_list("film", "kind", "value", *COPIED):
            kept.setdefault(film, set()).add(tuple(trait))
        found = {}
        for film in rows.only("language", "genres", "countries", "languages", *COPIED):
            copies = [getattr(film, name) for name in COPIED]
            true = {(*trait, *copies) for trait in film.traits}
            if kept.get(film.pk, set()) != true:
                found[film.pk] = {"traits": true}
        return found

    def write(self, wrong):
        FilmTrait.objects.follow(*wrong)
