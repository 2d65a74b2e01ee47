"""The films: their list, a film's page with its arc, adding and editing one."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.cache import cache_control

from moments import search
from moments.barcode import barcode
from moments.forms import FilmForm
from moments.models import Film, Kind, Post, Song, Trivia
from moments.models.feed import STORY, TEXTS, TOP
from moments.models.film import decades
from moments.views.arcs import felt_by_visitor, film_arc
from moments.views.formpages import accepted, allowed, first_try, form_page, save_once
from moments.views.horizons import horizon_context
from moments.views.lookup import find_film
from moments.views.paging import page_of, render_list, whole_or_more
from moments.views.verdicts import status_filter
from reelive.shortcuts import member_required, take_draft
from reelive.text import clean_line

FILM_ORDERS = {
    "moments": ("Most moments", ("-moment_count", "-id")),
    "newest": ("Newest here", ("-created", "-id")),
    "year": ("Latest", ("-year", "-id")),
    "title": ("By title", ("title", "id")),
}
DECADES_OFFERED = 10
SIDE_SONGS = 12


def films(request):
    medium, decade, sort = _film_filters(request)
    listed = Film.objects.listed().with_medium(medium).from_decade(decade)
    page = page_of(request, listed, FILM_ORDERS[sort][1], size=24)
    context = {
        "films": page.items,
        "next_cursor": page.next_cursor,
        "filters": _film_links(medium, decade, sort),
    }
    return whole_or_more(request, "films/list.html", "films/_list.html", context)


def _film_filters(request):
    medium, decade = request.GET.get("medium", ""), request.GET.get("decade", "")
    sort = request.GET.get("sort", "moments")
    if (medium and medium not in Film.Medium.values) or sort not in FILM_ORDERS:
        raise Http404
    if decade and decade not in map(str, decades()):
        raise Http404
    return medium, int(decade or 0), sort


def _film_links(medium, decade, sort):
    """The choices of the film list, each as a group of links that keeps the other two."""
    chosen = {"medium": medium, "decade": decade, "sort": sort}

    def group(name, label, options):
        links = []
        for value, text in options:
            wanted = {key: item for key, item in (chosen | {name: value}).items() if item}
            links.append(
                {
                    "label": text,
                    "url": f"/films/?{urlencode(wanted)}",
                    "current": chosen[name] == value,
                }
            )
        return {"label": label, "links": links}

    offered = decades()[:DECADES_OFFERED]
    return [
        group("medium", "Medium", [("", "All"), ("film", "Films"), ("series", "Series")]),
        group("decade", "Decade", [(0, "Any"), *((year, f"{year}s") for year in offered)]),
        group(
            "sort",
            "Order",
            [(key, label) for key, (label, _order) in FILM_ORDERS.items()],
        ),
    ]


def film(request, film, tab="moments"):
    film = find_film(request, film)
    kind = Kind.MOMENT if tab == "moments" else Kind(tab.removesuffix("s"))
    by_votes = kind != Kind.MOMENT or request.GET.get("order") == "votes"
    posts = Post.objects.listed().filter(film=film, kind=kind).for_cards(request.user)
    context = {"film": film, "tab": tab}
    if kind == Kind.MOMENT:
        context["order_tabs"] = _order_tabs(film, by_votes)
    elif kind == Kind.TRIVIA:
        status, statuses = status_filter(request, f"{film.get_absolute_url()}trivia/")
        posts, context = posts.with_status(status), context | statuses
    page = page_of(request, posts, TOP if by_votes else STORY)
    if not request.GET.get("after"):
        if kind == Kind.MOMENT:
            context["arc"] = film_arc(film, request.user, felt=felt_by_visitor(request))
        context |= {
            **_film_side(film, tab, request.user),
            **horizon_context(request, film),
        }
    return render_list(request, "films/film.html", page, **context)


def _order_tabs(film, by_votes):
    url = film.get_absolute_url()
    return [
        {"label": "Story order", "url": f"{url}#posts", "current": not by_votes},
        {"label": "Most upvoted", "url": f"{url}?order=votes#posts", "current": by_votes},
    ]


def _film_side(film, tab, viewer):
    songs, trivia = (
        model.objects.listed()
        .filter(film=film)
        .without_muted(viewer)
        .veiled_for(viewer)
        .filter(is_veiled=False)
        for model in (Song, Trivia)
    )
    side = {}
    if tab != "songs":
        side["songs"] = songs.select_related("film").defer(*TEXTS).order_by("-votes", "id")[:SIDE_SONGS]
    if tab != "trivia":
        side["trivium"] = trivia.select_related("film").order_by(*TOP).first()
    return side


@cache_control(public=True, max_age=3600)
def film_barcode(request, film):
    """The film's colours in story order, as a picture."""
    film = find_film(request, film)
    moments = Post.objects.listed().filter(film=film, kind=Kind.MOMENT).order_by(*STORY)
    palettes = [palette for palette in moments.values_list("palette", flat=True) if palette]
    return HttpResponse(barcode(palettes or [film.palette]), content_type="image/svg+xml")


@member_required
def film_add(request):
    initial = take_draft(request) or {"title": clean_line(request.GET.get("title", ""))[:150]}
    form = FilmForm(request.POST or None, initial=initial)
    similar = search.similar_films(form.cleaned_data["title"]) if first_try(request, form) else []
    if not similar and accepted(request, form, "post"):
        return HttpResponseRedirect(save_once(form, request.user).get_absolute_url())
    return form_page(request, "films/form.html", form, similar=similar)


@member_required
def film_edit(request, film):
    film = find_film(request, film)
    form = FilmForm(request.POST or None, instance=film, initial=take_draft(request))
    if allowed(request, form, "post"):
        return HttpResponseRedirect(form.save_for(request.user).get_absolute_url())
    return form_page(request, "films/form.html", form, film=film)


def film_suggest(request):
    """Films that may be the one that somebody is about to add."""
    title = clean_line(request.GET.get("title", ""))[:150]
    return render(
        request,
        "films/_similar.html",
        {"similar": search.similar_films(title) if title else []},
    )
