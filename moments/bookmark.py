"""Where a reader stopped in relive mode: a member's bookmark is with their progress, a visitor's in a cookie;
two requests at once would write over each other's session."""

from moments.models import Progress
from reelive.shortcuts import keep_cookie

COOKIE = "bookmarks"
FILMS_KEPT = 60
LONGEST_ID = 12  # hexadecimal digits


def bookmark_of(request, film):
    """The id of the moment at which the reader stopped, as a visitor if not as a member; or None."""
    own = Progress.objects.bookmark(request.user, film) if request.user.is_authenticated else None
    return own or _carried(request).get(film.pk)


def keep_place(request, response, moment):
    """The reader stopped at this moment; a visitor's oldest beyond FILMS_KEPT are forgotten."""
    if request.user.is_authenticated:
        Progress.objects.stop_at(request.user, moment)
        return response
    others = {film: key for film, key in _carried(request).items() if film != moment.film_id}
    kept = [*others.items(), (moment.film_id, moment.pk)][-FILMS_KEPT:]
    value = ".".join(f"{film:x}-{key:x}" for film, key in kept)
    keep_cookie(response, COOKIE, value)
    return response


def _carried(request):
    """The moment's id by the film's. A garbled cookie counts as none: what it names is looked up anyway."""
    places = {}
    for pair in request.COOKIES.get(COOKIE, "").split(".")[:FILMS_KEPT]:
        film, _, moment = pair.partition("-")
        if _is_id(film) and _is_id(moment):
            places[int(film, 16)] = int(moment, 16)
    return places


def _is_id(text):
    return 0 < len(text) <= LONGEST_ID and all(letter in "0123456789abcdef" for letter in text)
