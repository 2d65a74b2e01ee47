"""The seasons and episodes of a series as a viewer may read them, with a veil over what lies beyond."""

from django.db.models import OuterRef
from django.http import Http404

from moments.models import Episode, Post, Season
from moments.models.episode import is_shown_all
from moments.models.rows_as_text import RowsAsText, rows_in
from moments.spoilers.rules import LAST_EPISODE, LAST_SEASON
from reelive.rows import partly

NAMED = ("number", "title")  # what is read of the seasons that the page of a series leads to


def veil(parts, film, viewer, is_shown=False):
    """Say of each part whether its title and its summary are veiled for the viewer.

    Args:
        parts: seasons and episodes of the film.
        is_shown: whether the viewer asked to be shown them anyway.
    """
    if is_shown or is_shown_all(viewer):
        return parts
    progress = viewer.progress(film)
    for part in parts:
        part.veil_from(progress)
    return parts


def seasons_of(film, viewer):
    """The seasons of a film that somebody named, in their order and the specials last.

    Asks for a film that was found for its page.
    """
    seasons = [partly(Season, **dict(zip(NAMED, row, strict=True))) for row in rows_in(film.seasons_text)]
    seasons.sort(key=lambda season: (not season.number, season.number))
    for season in seasons:
        season.film = film
    return veil(seasons, film, viewer)


def seasons_as_text():
    """For a query of films, what `seasons_of` reads."""
    return RowsAsText(Season.objects.filter(film=OuterRef("pk")), *NAMED)


def find_season(request, film, number):
    """The season of a film, veiled if it must be; one that only moments name has no facts yet."""
    season = Season.objects.filter(film=film, number=number).first() if number <= LAST_SEASON else None
    if season is None:
        ensure_moments(film, number, season=number)
        season = Season(film=film, number=number)
    return _shown(request, season, film)


def find_episode(request, film, season, number):
    """The same of an episode."""
    known = season <= LAST_SEASON and number < LAST_EPISODE
    rows = Episode.objects.filter(film=film, season=season, number=number)
    episode = rows.first() if known else None
    if episode is None:
        ensure_moments(film, max(season, number), season=season, episode=number)
        episode = Episode(film=film, season=season, number=number)
    return _shown(request, episode, film)


def ensure_moments(film, largest, **numbers):
    """Raise Http404 where no moment in sight has these numbers."""
    if largest > LAST_SEASON or not Post.objects.listed().filter(film=film, **numbers).exists():
        raise Http404


def _shown(request, part, film):
    part.film = film
    veil([part], film, request.viewer, is_shown=bool(request.GET.get("show")))
    return part


def neighbours(episode, viewer):
    """The episodes before and after one, each None where nobody has named it."""
    rows = Episode.objects.filter(film=episode.film, season=episode.season)
    before = rows.filter(number__lt=episode.number).order_by("-number").first()
    after = rows.filter(number__gt=episode.number).order_by("number").first()
    if before is None and episode.season:
        rows = Episode.objects.filter(film=episode.film, season__gt=0, season__lt=episode.season)
        before = rows.order_by("-season", "-number").first()
    if after is None and episode.season:
        rows = Episode.objects.filter(film=episode.film, season__gt=episode.season)
        after = rows.order_by("season", "number").first()
    for other in filter(None, (before, after)):
        other.film = episode.film
    veil(list(filter(None, (before, after))), episode.film, viewer)
    return before, after


def title_of(moment, viewer):
    """The title of the episode that a moment is from; empty where it has none or is veiled."""
    if moment.season is None or moment.episode is None:
        return ""
    numbers = {"season": moment.season, "number": moment.episode}
    episode = Episode.objects.filter(film=moment.film_id, **numbers).first()
    if episode is None:
        return ""
    veil([episode], moment.film, viewer)
    return "" if episode.is_veiled else episode.title
