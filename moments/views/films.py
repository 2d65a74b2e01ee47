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
from moments.models.asked import Asked
from moments.models.countries import COUNTRIES
from moments.models.cover import with_covers
from moments.models.film import decades
from moments.models.genres import GENRES
from moments.models.kinds import kind_of_segment
from moments.models.languages import LANGUAGES
from moments.models.origin import TRAITS, trait_name
from moments.models.post_queryset import NEW, TOP
from moments.search import results
from moments.spoilers.rules import UNPLACED
from moments.syndication import film_listings, listings
from moments.viewer.arc import film_arc
from moments.viewer.credits import credits_of
from moments.viewer.episodes import seasons_of
from moments.viewer.logs import log_context
from moments.viewer.lookup import find_film
from moments.viewer.progress import progress_context
from moments.views.catalogue import titles_for
from moments.views.filters import filter_choice_of
from moments.views.follows import follow_choice
from moments.views.lists import cards_page, chosen_order
from moments.views.verdicts import status_filter
from reelive.fields import give_keeper
from reelive.formpages import done, form_page, made, similar_to
from reelive.headers import for_other_sites
from reelive.held_uploads import Keeper
from reelive.listpages import growing_page_of, render_list, whole_or_more
from reelive.shortcuts import member_required, take_draft
from reelive.text import clean_line, fold

FILM_ORDERS = {
    "moments": (_("Most moments"), ("-moment_count", "-id")),
    "newest": (_("Newest here"), ("-created", "-id")),
    "year": (_("Latest"), ("-year", "-id")),
    "title": (_("By title"), ("sort_title", "id")),
}
REVIEW_ORDERS = {"": (_("Most upvoted"), TOP), "new": (_("Newest"), NEW)}
MEDIA = [("", _("All")), ("film", _("Films")), ("series", pgettext_lazy("several", "Series"))]
TRAIT_LABELS = {"genre": _("Genre"), "country": _("Country"), "language": _("Language")}
TRAIT_CHOICES = {"genre": GENRES, "country": COUNTRIES, "language": LANGUAGES}
DECADES_OFFERED = 10
SIDE_SONGS = 12
BESIDE = ("kind", "film", "title", "slug", "state", "artist", "status", "confirms", "disputes")


def films(request):
    sort = request.GET.get("sort", "moments")
    if sort not in FILM_ORDERS:
        raise Http404
    listing = film_listings.films(request)
    listing = film_listings.in_order_of(listing, FILM_ORDERS[sort][1])
    page = growing_page_of(request, listing.rows, listing.order, size=24)
    context = {
        "listing": listing,
        "films": with_covers(film_listings.films_of(page.items), request.viewer),
        "filters": _film_links(listing.chosen, sort),
    }
    return whole_or_more(request, "films/list.html", "films/_list.html", page, context)


def _film_links(narrowed, sort):
    """The choices of the film list, each as a group of links that leaves the others as they are."""
    medium, decade = narrowed.get("medium", ""), int(narrowed.get("decade", 0))
    traits = {kind: narrowed.get(kind, "") for kind in TRAITS.values()}
    chosen = {"medium": medium, "decade": decade, **traits, "sort": sort}
    media = {"": _("All"), "film": _("Films"), "series": pgettext_lazy("several", "Series")}
    offered = {year: _decade(year) for year in decades()[:DECADES_OFFERED]}
    orders = {key: label for key, (label, _order) in FILM_ORDERS.items()}
    return [
        _group(chosen, "medium", _("Medium"), media),
        _group(chosen, "decade", _("Decade"), {0: pgettext_lazy("decade", "Any"), **offered}),
        *(_trait_group(chosen, kind) for kind in TRAIT_LABELS),
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


def _trait_group(chosen, kind):
    """Every genre, country or language, by its name; also one that is chosen and has none here."""
    codes = {*TRAIT_CHOICES[kind], chosen[kind]} - {""}
    names = {code: str(trait_name(kind, code)) for code in codes}
    sorted_names = dict(sorted(names.items(), key=lambda item: fold(item[1])))
    return _group(chosen, kind, TRAIT_LABELS[kind], {"": pgettext_lazy("decade", "Any"), **sorted_names})


def _decade(year):
    return gettext("%(decade)ss") % {"decade": year}


def film(request, film, tab="moments"):
    """The moments of a film, its songs, its trivia or its reviews, as `tab` says."""
    kind = kind_of_segment(tab).kind
    if kind == Kind.MOMENT:
        listing = listings.film(request, film)
        chosen = request.GET.get("order", "")
        listing = _in_order(listing, chosen, request)
        context = {"order_tabs": _order_tabs(listing, chosen) if listing.target.moment_count else []}
        if len(context["order_tabs"]) > 2:
            context["empty"] = _("No moment has a place in the story here. See “Not placed yet”.")
    else:
        listing = listings.film_part(request, film, tab)
        listing, context = _part_context(request, listing, kind)
    film, page = listing.target, cards_page(request, listing)
    context |= {"listing": listing, "film": film, "tab": tab}
    if not request.GET.get("after"):
        if kind == Kind.MOMENT:
            context["arc"] = film_arc(film, request.viewer)
        context |= {
            **_film_side(film, tab, request.viewer),
            "sources": film.sources(request.viewer) if film.edited else [],
            "seasons": seasons_of(film, request.viewer) if film.is_series else [],
            "editable": film.can_be_edited_by(request.viewer),
            **progress_context(request.viewer, film),
            "credits": credits_of(film),
            "follow": follow_choice(film.is_followed, film=film),
            "log": log_context(film),
            "filter": filter_choice_of(request, "film", film),
        }
    return render_list(request, "films/film.html", page, **context)


def _part_context(request, listing, kind):
    """The listing of another tab than that of the moments, and how it may be narrowed or ordered."""
    if kind == Kind.TRIVIA:
        return listing, status_filter(listing)
    if kind != Kind.REVIEW:
        return listing, {}
    listing, tabs = chosen_order(request, listing, REVIEW_ORDERS)
    return listing, {"order_tabs": tabs if listing.target.review_count else []}


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
    if chosen != "unplaced" and not listing.target.has_unplaced:
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
    """The best songs and the best claim beside the list of a film, unless it is they that are listed."""
    shown = {"with_songs": tab != "songs", "with_claim": tab != "trivia"}
    beside = Asked(_beside, viewer, opened=film, **shown).objects
    for post in beside:
        post.film, post.is_veiled = film, False
    songs = [post for post in beside if post.kind == Kind.SONG]
    return {"songs": songs, "trivia": next((post for post in beside if post.kind == Kind.TRIVIA), None)}


def _beside(viewer, opened, with_songs, with_claim):
    """Both in one statement, which reads of them what the side column shows."""
    songs = _best(Song, viewer, opened, SIDE_SONGS if with_songs else 0)
    # Joined by OR, PostgreSQL would look for them in the whole table.
    keys = songs.union(_best(Trivia, viewer, opened, int(with_claim)), all=True)
    return Post.objects.filter(pk__in=keys).only(*BESIDE).order_by(*TOP)


def _best(model, viewer, film, number):
    """The keys of so many."""
    posts = model.objects.listed().filter(film=film.pk).without_filtered(viewer, film).among_first(TOP)
    best = posts.veiled_for(viewer).filter(is_veiled=False).order_by(*TOP)
    return Post.objects.filter(pk__in=best.values("pk")[:number]).values("pk")


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
    similar = similar_to(request, form, lambda: results.similar_films(form.cleaned_data["title"]))
    film = None if similar else made(request, form, "film", lambda: form.save_for(request.user))
    if film:
        return HttpResponseRedirect(film.get_absolute_url())
    asked = initial.get("title", "") if request.method == "GET" else ""
    return form_page(request, "films/form.html", form, similar=similar, **titles_for(request, asked))


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
        {"similar": results.similar_films(title) if title else [], **titles_for(request, title)},
    )
