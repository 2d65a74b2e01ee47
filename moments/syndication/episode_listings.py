"""The lists of moments of seasons and episodes, declared as in `listings`."""

from django.utils.translation import gettext as _

from moments.models.card_pages import Asked
from moments.models.post_queryset import NEW, STORY
from moments.syndication.listings import Listing, posts_of
from moments.viewer.episodes import find_episode, find_season
from moments.viewer.lookup import find_film


def season(request, film, season):
    """The moments of one season."""
    film = find_film(request, film)
    target = find_season(request, film, season)
    posts = Asked(posts_of, request.viewer, film=film.pk, season=season)
    title = _("%(film)s, season %(season)s") % {"film": film.title, "season": season}
    return Listing(target.moments_url, posts, STORY, NEW, title=title, target=film)


def episode(request, film, season, episode):
    """The moments of one episode."""
    film = find_film(request, film)
    target = find_episode(request, film, season, episode)
    posts = Asked(posts_of, request.viewer, film=film.pk, season=season, episode=episode)
    said = {"film": film.title, "season": season, "episode": episode}
    title = _("%(film)s, season %(season)s, episode %(episode)s") % said
    return Listing(target.get_absolute_url(), posts, STORY, NEW, title=title, target=film)
