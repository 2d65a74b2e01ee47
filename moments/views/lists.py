"""The pages of lists of posts. `moments.syndication.listings` says which posts are on each of them."""

from collections import Counter
from dataclasses import replace
from functools import partial

from django.db.models import Subquery
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from moments.models import POST_KINDS, Film, Moment, Tag
from moments.models.asked import Asked
from moments.models.card_pages import cards_of, page_of_cards, page_of_keys
from moments.models.cover import with_pictures
from moments.models.filter import unfiltered
from moments.models.post_queryset import ALPHABET, HOT, NEW, TOP
from moments.models.viewer_shape import lists_apart, told_apart
from moments.ranking import with_room
from moments.syndication import listings
from moments.syndication import tags_together as together
from moments.syndication.listings import BY_NAME, BY_POST_COUNT
from moments.viewer.activity import activity
from moments.viewer.arc import film_arc
from moments.views.filters import filter_choice_of
from moments.views.follows import follow_choice_of, suggested_rows
from moments.views.verdicts import status_filter
from reelive.listpages import growing_page, page_of, render_list
from reelive.routes import declaration_of
from reelive.shortcuts import member_required
from reelive.until_changed import until_changed

ORDER_LABELS = {
    "home": pgettext_lazy("list of posts", "Hot"),
    "new": pgettext_lazy("list of posts", "New"),
    "top": pgettext_lazy("list of posts", "Top"),
    "following": pgettext_lazy("list of posts", "Following"),
}
WINDOW_LABELS = {
    "day": gettext_lazy("Today"),
    "week": gettext_lazy("This week"),
    "month": gettext_lazy("This month"),
    "year": gettext_lazy("This year"),
    "all": gettext_lazy("All time"),
}

SONG_ORDERS = {
    "": (ORDER_LABELS["home"], HOT),
    "new": (ORDER_LABELS["new"], NEW),
    "votes": (gettext_lazy("Most upvoted"), TOP),
    "title": (gettext_lazy("By title"), ALPHABET),
}
TAG_ORDERS = {"": (gettext_lazy("Most used"), BY_POST_COUNT), "name": (gettext_lazy("A to Z"), BY_NAME)}
PICTURED_TAGS, NEIGHBOURS = 12, 8


def home(request):
    """What is hot; visitors are told there what the site is, and everybody what happened this week."""
    is_whole = not request.GET and not request.htmx
    context = {
        "has_intro": is_whole and not request.viewer.is_authenticated,
        "activity": activity(request) if is_whole else None,
    }
    return _front(request, listings.home(request), **context)


def new(request):
    return _front(request, listings.new(request))


def top(request):
    listing = listings.top(request)
    window = listing.chosen.get("by", "all")
    windows = [
        {"label": label, "url": f"{listing.path}?by={key}", "current": key == window}
        for key, label in WINDOW_LABELS.items()
    ]
    return _front(request, listing, f"{listing.path}?by={window}", window_tabs=windows)


@member_required
@never_cache
def following(request):
    """What the member follows; whoever has nothing there yet is told whom they may follow."""
    listing = listings.feed(request)
    is_empty = not request.GET and not listing.rows.exists()
    suggested = suggested_rows(request.viewer) if is_empty else ()
    return _front(request, listing, is_suggesting=is_empty, suggested=suggested)


def _front(request, listing, here="", **context):
    """One of the lists of the front page, with links to the others and to single kinds.

    `here` is the name of the page with all kinds.
    """
    tabs = [
        {"label": label, "url": reverse(name), "current": reverse(name) == listing.path}
        for name, label in ORDER_LABELS.items()
        if name != "following" or request.viewer.is_authenticated
    ]
    context |= {
        "tabs": tabs,
        "kind_filter": _kind_links(here or listing.path, listing.chosen.get("kind", "")),
        "is_front": True,
    }
    return _posts(request, listing, **context, **tonight(request))


def _kind_links(here, current):
    joint = "&" if "?" in here else "?"
    kinds = {kind.value: post_kind.plural for kind, post_kind in POST_KINDS.items()}
    return [
        {
            "label": label,
            "url": f"{here}{joint}kind={kind}" if kind else here,
            "current": kind == current,
        }
        for kind, label in {"": _("Everything"), **kinds}.items()
    ]


def _posts(request, listing, **context):
    context |= {"listing": listing, "heading": declaration_of(request).title}
    page = cards_page(request, listing)
    if listing.path == reverse("home") and not request.GET.get("after"):
        page = replace(page, items=with_room(page.items))
    return render_list(request, "lists/list.html", page, **context)


def cards_page(request, listing):
    """The page of a listing that the request asks for: rows with all that their cards show."""
    source, viewer, order, target = listing.source, request.viewer, listing.order, listing.target
    if not listing.post_id:
        read = partial(page_of_cards, source, viewer, order, opened=target)
        return growing_page(request, read, lambda: listing.rows.shown_in_lists(viewer, target), order)
    read = partial(page_of_keys, source, viewer, order, key=listing.post_id, opened=target)
    page = growing_page(request, read, lambda: listing.rows, order)
    return replace(page, items=cards_of([row[listing.post_id] for row in page.items], viewer, target))


def tonight(request):
    """The film of the side column and its arc: that of the hottest moment which is part of a whole story."""
    if request.htmx:
        return {}
    viewer, kept = request.viewer, partial(until_changed.get, request.META)
    key = lists_apart(viewer)
    film = kept(key and (_film_of_hottest, key), lambda: Asked(_film_of_hottest, viewer).first)
    if film is None:
        return {"tonight": None}
    key = told_apart(viewer)
    key = key and (film_arc, get_language(), film.pk, key)
    return {"tonight": film, "tonight_arc": kept(key, lambda: film_arc(film, viewer))}


def _film_of_hottest(viewer):
    moments = Moment.objects.listed().without_filtered(viewer).of_whole_stories()
    hottest = Subquery(moments.order_by(*HOT).values("film")[:1])
    return Film.objects.select_related("stored_arc").filter(pk=hottest)


def songs(request):
    listing, tabs = chosen_order(request, listings.songs(request), SONG_ORDERS)
    lede = _("What was playing when it happened.")
    return _posts(request, listing, lede=lede, order_tabs=tabs)


def artist(request, artist):
    """The songs of one artist, or of several who are credited together."""
    listing = listings.artist(request, artist)
    context = {"listing": listing, "artist": listing.target, "heading": listing.title}
    if not request.htmx:
        context["follow"] = follow_choice_of(request, name=listing.target, artist=artist)
    return render_list(request, "lists/list.html", cards_page(request, listing), **context)


def chosen_order(request, listing, orders):
    """The listing in the order that the address chose, and a tab for each; 404 for an order that is none."""
    chosen = request.GET.get("order", "")
    if chosen not in orders:
        raise Http404
    tabs = [
        {
            "label": label,
            "url": f"{listing.path}?order={key}" if key else listing.path,
            "current": key == chosen,
        }
        for key, (label, _order) in orders.items()
    ]
    return replace(listing, order=orders[chosen][1]), tabs


def trivia(request):
    """The list of all trivia, or of those with one status."""
    listing = listings.trivia(request)
    lede = _("What happened behind the scenes. Members confirm or dispute it.")
    return _posts(request, listing, lede=lede, **status_filter(listing))


def tag(request, tag):
    listing = listings.tag(request, tag)
    page = cards_page(request, listing)
    context = {"listing": listing, "tag": listing.target, "and_with": _and_with([listing.target], page.items)}
    if not request.htmx:
        context["follow"] = follow_choice_of(request, tag=listing.target)
        context["filter"] = filter_choice_of(request, "tag", listing.target)
    return render_list(request, "tags/tag.html", page, **context)


def tags_together(request, tags):
    """What has all of up to four tags."""
    listing = together.tags_together(request, tags)
    page = cards_page(request, listing)
    context = {"listing": listing, "tags": listing.target, "and_with": _and_with(listing.target, page.items)}
    return render_list(request, "tags/together.html", page, **context)


def _and_with(tags, posts):
    """The tags that most posts of this page have besides, each with the address of what has it as well."""
    if len(tags) == together.MOST_TOGETHER:
        return []
    chosen = {tag.slug for tag in tags}
    uses = Counter(tag for post in posts for tag in post.tag_list if tag.slug not in chosen)
    most = sorted(uses, key=lambda tag: (-uses[tag], tag.name))[:NEIGHBOURS]
    return [{"name": tag.name, "url": together.address_together([*tags, tag])} for tag in most]


def tags(request):
    """All tags; the first of the most used with pictures of what has them."""
    listing, tabs = chosen_order(request, listings.tags(request), TAG_ORDERS)
    if listing.order == BY_NAME:
        listing = replace(listing, source=unfiltered(Tag.objects.in_use(), request.viewer))
    page = page_of(request, listing.rows, listing.order, size=100)
    at_start = listing.order == BY_POST_COUNT and not request.GET.get("after")
    pictured = with_pictures(page.items[:PICTURED_TAGS] if at_start else [], request.viewer)
    context = {
        "listing": listing,
        "pictured": pictured,
        "tags": page.items[len(pictured) :],
        "order_tabs": tabs,
        "next_cursor": page.next_cursor,
    }
    return render(request, "tags/index.html", context)
