"""Where a reader stopped in relive mode: a member's bookmark is with their progress, a visitor's in a cookie;
two requests at once would write over each other's session."""

from moments.models import Progress
from reelive.cookies import keep_cookie, packed, unpacked

COOKIE = "bookmarks"
FILMS_KEPT = 60


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
    keep_cookie(response, COOKIE, packed(kept))
    return response


def _carried(request):
    """The moment's id by the film's. Whatever a cookie may name is looked up anyway."""
    return dict(unpacked(request.COOKIES.get(COOKIE, ""), 2, FILMS_KEPT))
