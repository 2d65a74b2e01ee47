"""Who made a film and the first of its cast, as its page shows them."""

from django.db.models import F, OuterRef

from moments.models import Credit, Person
from moments.models.rows_as_text import RowsAsText, rows_in
from reelive.rows import partly

FIRST_CAST = 8


def credits_of(film):
    """The makers, the first of the cast, and the people whom these are; asks for a film found for its page.

    What gives something away is on the page of all.
    """
    shown = [_credit(*row) for row in rows_in(film.credits_text)]
    cast = [credit for credit in shown if credit.role == Credit.Role.CAST][:FIRST_CAST]
    makers = [credit for credit in shown if credit.role != Credit.Role.CAST]
    return {"makers": makers, "cast": cast, "people": [credit.person for credit in [*makers, *cast]]}


def _credit(role, character, key, name, slug):
    credit = partly(Credit, role=role, character=character, gives_away=False)
    credit.person = partly(Person, id=key, name=name, slug=slug)
    return credit


def credits_as_text():
    """For a query of films, what `credits_of` reads."""
    credits = Credit.objects.of_film(OuterRef("pk")).filter(season=None, gives_away=False)
    credits = credits.annotate(key=F("person"), name=F("person__name"), slug=F("person__slug"))
    return RowsAsText(credits, "role", "character", "key", "name", "slug")
