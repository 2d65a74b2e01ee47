"""Lists of posts: hot, new, top; by kind, by tag."""

from dataclasses import replace

from django.db.models import Exists, OuterRef
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from moments.models import Kind, Moment, Post, Tag, Tagging
from moments.models.feed import HOT, NEW, TOP, WINDOWS
from moments.views.arcs import felt_by_visitor, film_arc
from moments.views.paging import page_of, render_list
from moments.views.verdicts import status_filter
from reelive.outcomes import Moved

KINDS = [
    ("", "Everything"),
    *((kind.value, kind.label + "s" * (kind != "trivia")) for kind in Kind),
]
WINDOW_LABELS = {
    "day": "Today",
    "week": "This week",
    "month": "This month",
    "year": "This year",
    "all": "All time",
}


def home(request):
    return _feed(request, "Hot", Post.objects.listed(), HOT, reverse("home"))


def new(request):
    return _feed(request, "New", Post.objects.listed(), NEW, reverse("new"))


def top(request):
    window = request.GET.get("by", "all")
    if window not in WINDOWS:
        raise Http404
    posts = Post.objects.listed().since(window)
    base = reverse("top")
    windows = [
        {"label": label, "url": f"{base}?by={key}", "current": key == window}
        for key, label in WINDOW_LABELS.items()
    ]
    return _feed(request, "Top", posts, TOP, f"{base}?by={window}", window_tabs=windows)


def _feed(request, name, posts, order, here, **context):
    kind = _kind(request)
    page = page_of(request, posts.of_kind(kind).for_cards(request.user), order)
    tabs = [
        {
            "label": label,
            "url": reverse(label.lower() if label != "Hot" else "home"),
            "current": label == name,
        }
        for label in ("Hot", "New", "Top")
    ]
    context |= {
        "heading": name,
        "tabs": tabs,
        "kind_filter": _kind_links(here, kind),
        "is_front": True,
    }
    return render_list(request, "feeds/list.html", page, **context, **tonight(request))


def _kind(request):
    kind = request.GET.get("kind", "")
    if kind and kind not in Kind.values:
        raise Http404
    return kind


def _kind_links(here, current):
    joint = "&" if "?" in here else "?"
    return [
        {
            "label": label,
            "url": f"{here}{joint}kind={kind}" if kind else here,
            "current": kind == current,
        }
        for kind, label in KINDS
    ]


def tonight(request):
    """The film of the side column: the one whose moment stands highest, and its arc."""
    if request.htmx:
        return {}
    best = Moment.objects.listed().order_by(*HOT).select_related("film").first()
    if best is None:
        return {"tonight": None}
    arc = film_arc(best.film, request.user, felt=felt_by_visitor(request))
    return {"tonight": best.film, "tonight_arc": arc}


def songs(request):
    """All songs, hot first."""
    songs = Post.objects.listed().of_kind(Kind.SONG)
    return _of_kind(request, "Songs", songs, lede="What was playing when it happened.")


def trivia(request):
    """All trivia, or what came to one status."""
    status, context = status_filter(request, reverse("trivia"))
    posts = Post.objects.listed().of_kind(Kind.TRIVIA).with_status(status)
    lede = "What happened behind the scenes. Members confirm or dispute it."
    return _of_kind(request, "Trivia", posts, lede=lede, **context)


def _of_kind(request, heading, posts, **context):
    page = page_of(request, posts.for_cards(request.user), HOT)
    return render_list(request, "feeds/list.html", page, heading=heading, **context)


def tag(request, tag):
    tag = get_object_or_404(Tag.objects.select_related("merged_into"), slug=tag)
    if tag.merged_into:
        raise Moved(tag.merged_into.get_absolute_url())
    if not tag.is_visible:
        raise Http404
    page = page_of(request, taggings_of(tag, request.user), ("-hot", "-content_object_id"))
    page = replace(
        page,
        items=cards_of(request, [tagging.content_object_id for tagging in page.items]),
    )
    return render_list(request, "tags/tag.html", page, tag=tag)


def taggings_of(tag, reader):
    """What has a tag, but for what the reader must not know yet: to be listed here would tell its tag."""
    known = Post.objects.listed().filter(pk=OuterRef("content_object")).veiled_for(reader)
    return Tagging.objects.filter(Exists(known.filter(is_veiled=False)), tag=tag)


def tags(request):
    page = page_of(
        request,
        Tag.objects.listed().filter(post_count__gt=0),
        ("-post_count", "id"),
        size=100,
    )
    return render(
        request,
        "tags/index.html",
        {"tags": page.items, "next_cursor": page.next_cursor},
    )


def cards_of(request, ids):
    """The posts with these ids, in this order."""
    posts = Post.objects.listed().for_cards(request.user).in_bulk(ids)
    return [posts[post_id] for post_id in ids if post_id in posts]
