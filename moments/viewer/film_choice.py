"""Which film somebody means: what is found by a title, and what was chosen of it."""

from django.http import Http404

from moments.catalogue.becoming import film_of_choice
from moments.catalogue.suggesting import suggest_titles
from moments.search import results
from reelive.ratelimit import spending
from reelive.text import clean_line

LONGEST_QUERY = 150


def chosen_film(request, action="film"):
    """The film that the form of a page of these has chosen. Raises Http404 for none.

    Args:
        action: of which one is spent; the choice may make a film of a title of the catalogue.
    """
    with spending(action, request.user):
        film = film_of_choice(request.POST.get("film", ""), request.user)
        if film is None:
            raise Http404
    return film


def films_to_choose(request, title):
    """Films and titles of the catalogue by what was typed, and before that by this title."""
    query = clean_line(request.GET.get("q", title))[:LONGEST_QUERY]
    return {"films": results.films_to_choose(query), "titles": suggest_titles(query), "q": query}
