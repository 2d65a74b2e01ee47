"""Where a reader stopped in relive mode: a member's bookmark is in their progress, a visitor's in the session."""

from moments.models import Progress

KEY = "bookmarks"
FILMS_KEPT = 60


def bookmark_of(request, film):
    """The id and the place of the moment at which the reader stopped, or None."""
    if request.user.is_authenticated:
        return Progress.objects.bookmark(request.user, film)
    kept = request.session.get(KEY, {}).get(str(film.pk))
    return kept and tuple(kept)


def keep_place(request, moment):
    """The reader stopped at this moment; a visitor's oldest beyond FILMS_KEPT are forgotten."""
    if request.user.is_authenticated:
        Progress.objects.stop_at(request.user, moment)
        return
    film = str(moment.film_id)
    others = {key: place for key, place in request.session.get(KEY, {}).items() if key != film}
    kept = [*others.items(), (film, [moment.pk, moment.position])]
    request.session[KEY] = dict(kept[-FILMS_KEPT:])
