"""Relive mode: a film's moments one at a time, full screen and in story order, from the cover to the end."""

from urllib.parse import urlencode

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache

from moments.feelings import FEELINGS, bar
from moments.graphics.share_card import ShareCard, share_card
from moments.models import Moment, Song, SongUse, Trivia
from moments.models.post_queryset import TOP
from moments.spoilers.rules import UNPLACED
from moments.viewer.arc import film_arc
from moments.viewer.lookup import find_film
from moments.viewer.reactions import SessionReactions
from moments.viewer.walkthrough import walkthrough_of

TRIVIA_SHOWN = 4


@never_cache
def cover(request, film):
    """The cover of a film, where the viewer begins or goes on."""
    film = find_film(request, film)
    walkthrough = walkthrough_of(film, request.viewer)
    context = {
        "film": film,
        "walkthrough": walkthrough,
        "resume": _resumed(film, walkthrough, request.viewer.bookmark(film)),
        "asks_how_far": request.viewer.progress(film) is None,
        "from_here": urlencode({"next": request.path}),
        "has_visitor_reactions": _has_visitor_reactions(request),
    }
    return render(request, "relive_mode/cover.html", context)


def _has_visitor_reactions(request):
    """Whether a member felt something as a visitor, before they signed in."""
    return request.viewer.is_authenticated and bool(SessionReactions(request.session).by_moment())


@never_cache
def moment(request, film, moment_id):
    """One moment of the film. A moment beyond the viewer's progress is shown veiled."""
    film = find_film(request, film)
    walkthrough = walkthrough_of(film, request.viewer)
    stop = walkthrough.stop(moment_id)
    if stop is None:
        return _nearby(film, walkthrough, moment_id)
    post = get_object_or_404(Moment.objects.listed().veiled_for(request.viewer), pk=moment_id)
    post.film = film
    mine = request.viewer.reactions(film)
    context = {"film": film, "post": post, "stop": stop, "line": walkthrough.line(stop, mine)}
    if not post.is_veiled:
        context |= {
            "chips": [chip(slug, slug in mine.get(post.pk, ())) for slug in FEELINGS],
            "heard": _songs(request, post),
            "trivia": _trivia(request, film, stop),
        }
    return render(request, "relive_mode/moment.html", context)


def _nearby(film, walkthrough, moment_id):
    """Redirect a viewer who filters or muted this moment to the one that follows in their walkthrough.

    From a moment that has no place yet they are led to the cover.
    """
    here = get_object_or_404(Moment.objects.listed().only("position"), film=film, pk=moment_id)
    stop = walkthrough.nearest(here.position) if here.is_placed else None
    if stop is None:
        return HttpResponseRedirect(reverse("film-relive", args=[film.slug]))
    return HttpResponseRedirect(reverse("relive-moment", args=[film.slug, stop.key]))


@never_cache
def end(request, film):
    """The end: the viewer's own arc over everybody's, and what they felt most."""
    film, walkthrough, arc = _ending(request, film)
    progress = request.viewer.progress(film)
    context = {
        "film": film,
        "walkthrough": walkthrough,
        "arc": arc.drawing,
        "feelings": bar(arc.feelings),
        "reacted_to": arc.reacted_to,
        "seen_all": progress is not None and progress.is_all,
        "keep": urlencode({"next": reverse("visitor-reactions")}),
    }
    return render(request, "relive_mode/end.html", context)


@never_cache
def card(request, film):
    """The end as a picture to share. What is veiled for the viewer is not on it."""
    film, walkthrough, arc = _ending(request, film)
    card = ShareCard(
        titles=[film.title, film.original_title],
        facts=_facts_of(film, walkthrough),
        palettes=film.palettes,
        arc=arc.drawing.arc,
        mine=arc.drawing.mine,
        feelings=bar(arc.feelings),
    )
    return HttpResponse(share_card(card), content_type="image/png")


def _facts_of(film, walkthrough):
    return ngettext(
        "Relived · %(year)s · %(number)s moment", "Relived · %(year)s · %(number)s moments", len(walkthrough)
    ) % {"year": film.year, "number": len(walkthrough)}


def _ending(request, film):
    """The film, its walkthrough and its arc. Raises Http404 when the film has no moment to relive."""
    film = find_film(request, film)
    walkthrough = walkthrough_of(film, request.viewer)
    if not walkthrough:
        raise Http404
    return film, walkthrough, film_arc(film, request.viewer)


def _resumed(film, walkthrough, key):
    """The stop at which the viewer goes on: the bookmarked moment, or the nearest one when that is gone."""
    if key is None or walkthrough.stop(key):
        return key and walkthrough.stop(key)
    place = Moment.objects.placed().filter(film=film, pk=key).values_list("position", flat=True).first()
    return None if place is None else walkthrough.nearest(place)


def chip(feeling, mine):
    return {"feeling": FEELINGS[feeling], "mine": mine}


def _songs(request, moment):
    """The songs heard at this moment, without those that are veiled for the viewer."""
    songs = Song.objects.listed().without_filtered(request.viewer, moment.film).veiled_for(request.viewer)
    songs = songs.filter(is_veiled=False, uses__moment=moment.pk)
    heard = {song.pk: song for song in songs.select_related("film")}
    uses = list(SongUse.objects.filter(moment=moment.pk, song__in=heard).order_by("pk"))
    for use in uses:
        use.song = heard[use.song_id]
    return uses


def _trivia(request, film, stop):
    """Trivia that belong between this moment and the next, without those that are veiled for the viewer."""
    trivia = Trivia.objects.listed().without_filtered(request.viewer, film).veiled_for(request.viewer)
    trivia = trivia.filter(is_veiled=False)
    trivia = trivia.filter(film=film, reveals_at__gte=stop.place).select_related("film").order_by(*TOP)
    return trivia.filter(reveals_at__lt=UNPLACED if stop.until is None else stop.until)[:TRIVIA_SHOWN]
