"""Relive mode: a film's moments one at a time, full screen and in story order, from the cover to the end."""

from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from moments.bookmark import bookmark_of
from moments.card import Told, share_card
from moments.feelings import FEELINGS, bar
from moments.felt import felt_in
from moments.horizon import horizon_of
from moments.models import Moment, Reaction, Song, SongUse, Trivia
from moments.models.feed import STORY, TOP
from moments.story import Story
from moments.views.arcs import film_arc
from moments.views.lookup import find_film
from reelive.templatetags.ui import counted

TRIVIA_SHOWN = 4


@never_cache
def cover(request, film):
    """Where one begins, or goes on."""
    film = find_film(request, film)
    story = story_of(film)
    context = {
        "film": film,
        "story": story,
        "resume": _resumed(film, story, bookmark_of(request, film)),
        "asks_how_far": horizon_of(request, film) is None,
        "felt_before": request.user.is_authenticated and bool(felt_in(request)),
    }
    return render(request, "relive/cover.html", context)


@never_cache
def moment(request, film, moment_id):
    """One moment. Of one beyond the reader's horizon nothing is told but that it is there."""
    film = find_film(request, film)
    story = story_of(film)
    step = story.step(moment_id)
    if step is None:
        raise Http404
    post = get_object_or_404(Moment.objects.listed().veiled_for(request.user), pk=moment_id)
    post.film = film
    felt = own_feelings(request, film)
    context = {"film": film, "post": post, "step": step, "line": story.line(step, felt)}
    if not post.is_veiled:
        context |= {
            "chips": [chip(slug, slug in felt.get(post.pk, ())) for slug in FEELINGS],
            "heard": _songs(request, post),
            "trivia": _trivia(request, film, step),
        }
    return render(request, "relive/moment.html", context)


@never_cache
def end(request, film):
    """One's own arc over everybody's, and what one felt most."""
    film, story, arc = _ending(request, film)
    horizon = horizon_of(request, film)
    context = {
        "film": film,
        "story": story,
        "arc": arc.drawing,
        "felt": bar(arc.felt),
        "felt_at": arc.felt_at,
        "seen_all": horizon is not None and horizon.is_all,
        "keep": urlencode({"next": reverse("felt-kept")}),
    }
    return render(request, "relive/end.html", context)


@never_cache
def card(request, film):
    """The end as a picture to share; what is veiled for its reader is not on it."""
    film, story, arc = _ending(request, film)
    moments = Moment.objects.listed().filter(film=film).order_by(*STORY)
    palettes = [palette for palette in moments.values_list("palette", flat=True) if palette]
    told = Told(
        titles=[film.title, film.original_title],
        facts=f"Relived · {film.year} · {counted(len(story), 'moment')}",
        palettes=palettes or [film.palette],
        arc=arc.drawing.arc,
        mine=arc.drawing.mine,
        felt=bar(arc.felt),
    )
    return HttpResponse(share_card(told), content_type="image/png")


def _ending(request, film):
    """The film, its story and its arc with the reader's own line; 404 where there is nothing to relive."""
    film = find_film(request, film)
    story = story_of(film)
    if not story:
        raise Http404
    return film, story, film_arc(film, request.user, felt=felt_in(request))


def story_of(film):
    moments = Moment.objects.listed().filter(film=film).order_by(*STORY)
    return Story(moments.values_list("pk", "position"))


def _resumed(film, story, key):
    """The step at which a reader goes on who stopped at this moment; near it when it is gone."""
    if key is None or story.step(key):
        return key and story.step(key)
    place = Moment.objects.filter(film=film, pk=key).values_list("position", flat=True).first()
    return None if place is None else story.nearest(place)


def own_feelings(request, film):
    """What the reader felt in this film, whoever the reader is: feelings by the moment's id."""
    if not request.user.is_authenticated:
        return felt_in(request)
    felt = {}
    mine = Reaction.objects.filter(member=request.user, moment__film=film)
    for moment, feeling in mine.values_list("moment", "feeling"):
        felt.setdefault(moment, []).append(feeling)
    return felt


def chip(feeling, mine):
    return {"feeling": FEELINGS[feeling], "mine": mine}


def _songs(request, moment):
    """Where songs are heard here, but for those that give away what comes."""
    songs = Song.objects.listed().veiled_for(request.user).filter(is_veiled=False, uses__moment=moment.pk)
    heard = {song.pk: song for song in songs.select_related("film")}
    uses = list(SongUse.objects.filter(moment=moment.pk, song__in=heard).order_by("pk"))
    for use in uses:
        use.song = heard[use.song_id]
    return uses


def _trivia(request, film, step):
    """What belongs between this moment and the next."""
    told = Trivia.objects.listed().veiled_for(request.user).filter(is_veiled=False)
    told = told.filter(film=film, reveals_at__gte=step.place).select_related("film").order_by(*TOP)
    return (told if step.until is None else told.filter(reveals_at__lt=step.until))[:TRIVIA_SHOWN]
