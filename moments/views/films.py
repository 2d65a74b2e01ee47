"""The pages of films: their list, one film with its arc, and the forms that add and edit one."""

from dataclasses import replace

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import cache_control

from moments.forms import FilmForm
from moments.graphics.barcode import barcode
from moments.models import Kind, Post, Song, Trivia
from moments.models.card_pages import Asked
from moments.models.cover import with_covers
from moments.models.film import decades
from moments.models.kinds import kind_of_segment
from moments.models.post_queryset import TEXTS, TOP
from moments.search import results
from moments.spoilers.rules import UNPLACED
from moments.syndication import listings
from moments.viewer.arc import film_arc
from moments.viewer.lookup import find_film
from moments.viewer.progress import progress_context
from moments.views.filters import filter_choice_of
from moments.views.follows import follow_choice_of
from moments.views.lists import cards_page
from moments.views.verdicts import status_filter
from reelive.fields import give_keeper
from reelive.formpages import done, form_page, made, twins
from reelive.headers import for_other_sites
from reelive.held_uploads import Keeper
from reelive.listpages import growing_page_of, render_list, whole_or_more
from reelive.shortcuts import member_required, take_draft
from reelive.text import clean_line

FILM_ORDERS = {
    "moments": (_("Most moments"), ("-moment_count", "-id")),
    "newest": (_("Newest here"), ("-created", "-id")),
    "year": (_("Latest"), ("-year", "-id")),
    "title": (_("By title"), ("sort_title", "id")),
}
MEDIA = [("", _("All")), ("film", _("Films")), ("series", pgettext_lazy("several", "Series"))]
DECADES_OFFERED = 10
SIDE_SONGS = 12


def films(request):
    sort = request.GET.get("sort", "moments")
    if sort not in FILM_ORDERS:
        raise Http404
    listing = listings.films(request)
    page = growing_page_of(request, listing.rows, FILM_ORDERS[sort][1], size=24)
    context = {
        "listing": listing,
        "films": with_covers(page.items, request.viewer),
        "filters": _film_links(listing.chosen, sort),
    }
    return whole_or_more(request, "films/list.html", "films/_list.html", page, context)


def _film_links(narrowed, sort):
    """The three choices of the film list, each as a group of links that leaves the other two as they are."""
    medium, decade = narrowed.get("medium", ""), int(narrowed.get("decade", 0))
    chosen = {"medium": medium, "decade": decade, "sort": sort}
    media = {"": _("All"), "film": _("Films"), "series": pgettext_lazy("several", "Series")}
    offered = {year: _decade(year) for year in decades()[:DECADES_OFFERED]}
    orders = {key: label for key, (label, _order) in FILM_ORDERS.items()}
    return [
        _group(chosen, "medium", _("Medium"), media),
        _group(chosen, "decade", _("Decade"), {0: pgettext_lazy("decade", "Any"), **offered}),
        _group(chosen, "sort", pgettext_lazy("sorting", "Order"), orders),
    ]


def _group(chosen, name, label, options):
    """The links of one choice; `options` are its values with what each is called."""
    links = []
    for value, text in options.items():
        wanted = {key: item for key, item in (chosen | {name: value}).items() if item}
        url = f"/films/?{urlencode(wanted)}"
        links.append({"label": text, "url": url, "value": value, "current": chosen[name] == value})
    return {"name": name, "label": label, "links": links}


def _decade(year):
    return gettext("%(decade)ss") % {"decade": year}


def film(request, film, tab="moments"):
    """The moments of a film, its songs or its trivia, as `tab` says."""
    kind = kind_of_segment(tab).kind
    if kind == Kind.MOMENT:
        listing = listings.film(request, film)
        chosen = request.GET.get("order", "")
        listing = _in_order(listing, chosen, request)
        context = {"order_tabs": _order_tabs(listing, chosen)}
        if len(context["order_tabs"]) > 2:
            context["empty"] = _("No moment has a place in the story here. See “Not placed yet”.")
    else:
        listing = listings.film_part(request, film, tab)
        context = status_filter(listing) if kind == Kind.TRIVIA else {}
    film, page = listing.target, cards_page(request, listing)
    context |= {"listing": listing, "film": film, "tab": tab}
    if not request.GET.get("after"):
        if kind == Kind.MOMENT:
            context["arc"] = film_arc(film, request.viewer)
        context |= {
            **_film_side(film, tab, request.viewer),
            **progress_context(request.viewer, film),
            "follow": follow_choice_of(request, film=film),
            "filter": filter_choice_of(request, "film", film),
        }
    return render_list(request, "films/film.html", page, **context)


def _in_order(listing, chosen, request):
    """The moments of a film by votes, those without a place yet, or all others in the order of the story."""
    by_votes = chosen == "votes"
    is_placed = None if by_votes else chosen != "unplaced"
    is_begun = bool(request.GET.get("after"))
    rows = Asked(_moments, request.viewer, film=listing.target.pk, is_placed=is_placed, is_begun=is_begun)
    return replace(listing, source=rows, order=TOP if by_votes else listing.order)


def _moments(viewer, film, is_placed, is_begun):
    """The moments of a film: all, those that have a place, or those that have none."""
    moments = Post.objects.listed().filter(film=film).of_kind(Kind.MOMENT)
    if is_placed is None:
        return moments
    if not is_placed:
        return moments.unplaced()
    # Of two bounds SQLite may take that of all places, and begin at the end of the story: it gets but one.
    return moments.exclude(position__gte=UNPLACED) if is_begun else moments.placed()


def _order_tabs(listing, chosen):
    orders = {"": _("Story order"), "votes": _("Most upvoted"), "unplaced": _("Not placed yet")}
    moments = Post.objects.listed().filter(film=listing.target, kind=Kind.MOMENT)
    if chosen != "unplaced" and not moments.unplaced().exists():
        del orders["unplaced"]
    current = chosen if chosen in orders else ""
    return [
        {
            "label": label,
            "url": f"{listing.path}?order={key}#posts" if key else f"{listing.path}#posts",
            "current": key == current,
        }
        for key, label in orders.items()
    ]


def _film_side(film, tab, viewer):
    songs, trivia = (
        model.objects.listed()
        .filter(film=film)
        .without_filtered(viewer, film)
        .among_first(TOP)
        .veiled_for(viewer)
        .filter(is_veiled=False)
        for model in (Song, Trivia)
    )
    side = {}
    if tab != "songs":
        side["songs"] = songs.select_related("film").defer(*TEXTS).order_by(*TOP)[:SIDE_SONGS]
    if tab != "trivia":
        side["trivia"] = trivia.select_related("film").order_by(*TOP).first()
    return side


@for_other_sites
@cache_control(public=True, max_age=3600)
def film_barcode(request, film):
    """The film's colours in story order, as a picture."""
    film = find_film(request, film)
    return HttpResponse(barcode(film.palettes), content_type="image/svg+xml")


@member_required(draft_for=[FilmForm])
def film_add(request):
    initial = take_draft(request) or {"title": clean_line(request.GET.get("title", ""))[:150]}
    form = _form(request, initial=initial)
    similar = twins(request, form, lambda: results.similar_films(form.cleaned_data["title"]))
    film = None if similar else made(request, form, "film", lambda: form.save_for(request.user))
    if film:
        return HttpResponseRedirect(film.get_absolute_url())
    return form_page(request, "films/form.html", form, similar=similar)


@member_required(draft_for=[FilmForm])
def film_edit(request, film):
    film = find_film(request, film)
    draft = take_draft(request)
    form = _form(request, instance=film, initial=draft)
    if done(request, form, "edit", lambda: form.save_for(request.user)):
        return HttpResponseRedirect(film.get_absolute_url())
    closed = film.locked and not form.is_bound and not draft
    return form_page(request, "films/form.html", form, film=film, closed=closed)


def _form(request, **options):
    form = FilmForm(request.POST or None, request.FILES or None, **options)
    give_keeper(form, Keeper(request))
    return form


def film_suggest(request):
    """Films that may be the one that somebody is about to add."""
    title = clean_line(request.GET.get("title", ""))[:150]
    return render(
        request,
        "films/_similar.html",
        {"similar": results.similar_films(title) if title else []},
    )
