"""The pages of seasons and episodes: their facts, their moments, and the forms that add and edit them."""

from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render

from moments.forms import EpisodeForm, EpisodesForm, SeasonForm
from moments.models import Episode, Season
from moments.syndication import episode_listings
from moments.viewer.episodes import find_episode, find_season, neighbours, veil
from moments.viewer.lookup import find_film
from moments.viewer.progress import progress_context
from moments.views.lists import cards_page
from reelive.formpages import done, form_page
from reelive.listpages import growing_page_of, render_list, whole_or_more
from reelive.shortcuts import member_required, take_draft

EPISODES_SHOWN = 50
BY_NUMBER = ("number",)


def season(request, film, season):
    """A season with its episodes."""
    film = find_film(request, film)
    season = find_season(request, film, season)
    page = growing_page_of(request, season.episodes, BY_NUMBER, size=EPISODES_SHOWN)
    for episode in page.items:
        episode.film = film
    context = _context(request, season, tab="episodes")
    context["episodes"] = veil(page.items, film, request.viewer)
    return whole_or_more(request, "episodes/season.html", "episodes/_list.html", page, context)


def season_moments(request, film, season):
    listing = episode_listings.season(request, film, season)
    season = find_season(request, listing.target, season)
    context = _context(request, season, tab="moments", listing=listing)
    return render_list(request, "episodes/season.html", cards_page(request, listing), **context)


def episode(request, film, season, episode):
    listing = episode_listings.episode(request, film, season, episode)
    episode = find_episode(request, listing.target, season, episode)
    context = _context(request, episode, listing=listing)
    context["before"], context["after"] = neighbours(episode, request.viewer)
    return render_list(request, "episodes/episode.html", cards_page(request, listing), **context)


def _context(request, part, **context):
    film, viewer = part.film, request.viewer
    return {
        "part": part,
        "film": film,
        "sources": part.sources(viewer) if part.pk and part.edited and not part.is_veiled else [],
        "editable": film.is_series and part.can_be_edited_by(viewer),
        **progress_context(viewer, film),
        **context,
    }


@member_required(draft_for=[SeasonForm])
def season_add(request, film):
    film = find_film(request, film)
    return _form(request, SeasonForm, Season(film=film), start={"number": request.GET.get("number", "")})


@member_required(draft_for=[SeasonForm])
def season_edit(request, film, season):
    return _form(request, SeasonForm, _stored(find_season(request, find_film(request, film), season)))


@member_required(draft_for=[EpisodeForm])
def episode_add(request, film, season):
    film = find_film(request, film)
    start = {"number": request.GET.get("number", "")}
    return _form(request, EpisodeForm, Episode(film=film, season=season), start=start)


@member_required(draft_for=[EpisodeForm])
def episode_edit(request, film, season, episode):
    film = find_film(request, film)
    return _form(request, EpisodeForm, _stored(find_episode(request, film, season, episode)))


@member_required(draft_for=[EpisodesForm])
def episodes_add(request, film, season):
    """Several episodes at once, one a line."""
    film = find_film(request, film)
    typed = request.POST or None
    form = EpisodesForm(typed, film=film, season=season, initial=take_draft(request))
    if done(request, form, "edit", lambda: form.save_for(request.user)):
        return HttpResponseRedirect(Season(film=film, number=season).get_absolute_url())
    context = {"film": film, "season": Season(film=film, number=season)}
    return form_page(request, "episodes/several.html", form, **context)


def _stored(part):
    if not part.pk:
        raise Http404
    return part


def _form(request, form_class, part, start=None):
    """Add a part of a series or edit it. What is veiled for its editor is shown when they ask for it."""
    if request.method == "GET" and part.pk and _hides_words(part):
        return veiled_part(request, part)
    draft = take_draft(request)
    form = form_class(request.POST or None, instance=part, initial=draft or start)
    if done(request, form, "edit", lambda: form.save_for(request.user)):
        return HttpResponseRedirect(form.instance.get_absolute_url())
    closed = part.film.locked and not form.is_bound and not draft
    return form_page(request, "episodes/form.html", form, part=part, film=part.film, closed=closed)


def _hides_words(part):
    return part.is_veiled or (part.is_summary_veiled and part.summary)


def veiled_part(request, part):
    """Stands in the place of a form or history that would tell what lies beyond."""
    return render(request, "episodes/veiled.html", {"part": part, "film": part.film})


def is_open(part):
    return not _hides_words(part)
