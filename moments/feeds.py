"""Every list as an Atom feed. What lies beyond its reader's horizon stays veiled, as on the page.

Addresses are made from SITE_URL and never from the request, and the ids of entries outlive a renaming.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import format_html
from django.utils.http import urlencode
from django.views.decorators.http import conditional_page

from accounts.models import User
from moments.feelings import FEELINGS
from moments.meta import absolute
from moments.models import Comment, FormerPostSlug, Kind, Post, Tag
from moments.models.feed import HOT, NEW, TOP, WINDOWS
from moments.models.trivia import Status
from moments.sight import NOTHING, sight_of
from moments.views.feeds import taggings_of
from moments.views.feelings import STRONGEST, tallies_of
from moments.views.lookup import find_film
from reelive.markdown import VEIL
from reelive.outcomes import Moved

ENTRIES = 25
FRESH_SECONDS = 120
BEGINNING = datetime(2020, 1, 1, tzinfo=UTC)
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Listing:
    """A list as its feed needs it: the path and query of its page, and its entries, posts or comments."""

    title: str
    path: str
    entries: list
    query: str = ""


class Atom(Atom1Feed):
    """With the whole text of each entry; mentions in it lead to this site."""

    def root_attributes(self):
        return super().root_attributes() | {"xml:base": settings.SITE_URL}

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        handler.addQuickElement("content", item["content"], {"type": "html"})

    def latest_post_date(self):
        # An empty feed is not new each time that it is asked for.
        return super().latest_post_date() if self.items else BEGINNING


class AtomFeed(Feed):
    """The feed of what `find(request, …)` answers for the arguments of its address: a Listing."""

    feed_type = Atom
    language = "en"
    item_description = None

    def __init__(self, find):
        self.find = find

    def get_object(self, request, **arguments):
        return self.find(request, **arguments)

    def title(self, listing):
        return as_xml(listing.title)

    def link(self, listing):
        return absolute(listing.path + listing.query)

    def feed_url(self, listing):
        return absolute(f"{listing.path}feed/{listing.query}")

    def feed_guid(self, listing):
        return f"tag:{settings.SITE_HOST},{BEGINNING:%Y}:{listing.path}{listing.query}"

    def items(self, listing):
        return listing.entries

    def item_title(self, entry):
        if isinstance(entry, Comment):
            return as_xml(f"{_author(entry)} on {entry.post.shown_title}")
        return as_xml(name_of(entry))

    def item_link(self, entry):
        return absolute(entry.get_absolute_url() if isinstance(entry, Comment) else entry.link)

    def item_guid(self, entry):
        kind = "comment" if isinstance(entry, Comment) else "post"
        return f"tag:{settings.SITE_HOST},{entry.created:%Y-%m-%d}:{kind}/{entry.pk}"

    def item_author_name(self, entry):
        return _author(entry)

    def item_author_link(self, entry):
        return absolute(entry.author.get_absolute_url()) if entry.author else None

    def item_pubdate(self, entry):
        return entry.created

    def item_updateddate(self, entry):
        return entry.edited or entry.created

    def item_categories(self, entry):
        tags = [] if isinstance(entry, Comment) or entry.is_veiled else entry.tag_list
        return [as_xml(tag.name) for tag in tags]

    def item_extra_kwargs(self, entry):
        return {"content": as_xml(content(entry))}


def feed(find, kind=AtomFeed):
    """The view of a feed: kept for a moment by those who ask often, not sent again when nothing is new."""
    answer = conditional_page(kind(find))

    def view(request, **arguments):
        response = answer(request, **arguments)
        patch_vary_headers(response, ["Cookie"])
        for_all = not request.user.is_authenticated and sight_of(request.user) == NOTHING
        kept = {"public": True} if for_all else {"private": True}
        patch_cache_control(response, max_age=FRESH_SECONDS, **kept)
        return response

    return view


def as_xml(text: str) -> str:
    """The text without what no XML can hold, however it came into the database."""
    return _NOT_XML.sub("", text)


def name_of(post: Any) -> str:
    return f"{post.shown_title} · {post.film.title}"


def _author(entry: Any) -> str:
    return entry.author.username if entry.author else "A former member"


def content(entry: Any) -> str:
    if isinstance(entry, Comment):
        return format_html("<p>{}</p>", VEIL) if entry.post.is_veiled else veiled(entry.body_html)
    if entry.is_veiled:
        return format_html("<p>This {} gives the story away.</p>", entry.get_kind_display().lower())
    return veiled(entry.body_html + entry.context_html)


def veiled(markup: str) -> str:
    """Stored HTML with its spoilers taken out: a feed reader has no style that would hide them."""
    shown, done = [], 0
    while (start := markup.find("<label", done)) >= 0:
        shown += [markup[done:start], VEIL]
        end = markup.find("</label>", start)
        done = end + len("</label>") if end >= 0 else len(markup)
    return "".join(shown) + markup[done:]


# The lists.


def hot(request):
    return _front(request, "hot", reverse("home"), HOT)


def new(request):
    return _front(request, "new", reverse("new"), NEW)


def top(request):
    return _front(request, "top", reverse("top"), TOP, {"by": WINDOWS})


def _front(request, name, path, order, choices=None):
    """A front list under the choices of its page: a kind, and a window for the top posts."""
    choices = {"kind": Kind.values} | (choices or {})
    chosen = {key: request.GET[key] for key in sorted(choices) if key in request.GET}
    if any(value not in choices[key] for key, value in chosen.items()):
        raise Http404
    posts = Post.objects.listed().since(chosen.get("by", "all")).of_kind(chosen.get("kind"))
    return Listing(
        f"Reelive: {name}", path, _posts(request, posts, order), f"?{urlencode(chosen)}" if chosen else ""
    )


def songs(request):
    return Listing("Reelive: songs", reverse("songs"), _posts(request, _of_kind(Kind.SONG), HOT))


def trivia(request):
    posts, query = _trivia(request)
    return Listing("Reelive: trivia", reverse("trivia"), _posts(request, posts, HOT), query)


def film(request, film):
    film = find_film(request, film)
    posts = _posts(request, Post.objects.listed().filter(film=film), NEW)
    return Listing(f"Reelive: {film.title}", film.get_absolute_url(), posts)


def film_songs(request, film):
    return _part_of_film(request, film, "songs", _of_kind(Kind.SONG))


def film_trivia(request, film):
    return _part_of_film(request, film, "trivia", *_trivia(request))


def _part_of_film(request, film, part, posts, query=""):
    film = find_film(request, film)
    posts = _posts(request, posts.filter(film=film), NEW)
    return Listing(f"Reelive: {part} of {film.title}", f"{film.get_absolute_url()}{part}/", posts, query)


def _of_kind(kind):
    return Post.objects.listed().of_kind(kind)


def _trivia(request):
    """All trivia, or what came to one status, as on the page; and the query that asks for it."""
    status = request.GET.get("status", "")
    if status and status not in Status.values:
        raise Http404
    return _of_kind(Kind.TRIVIA).with_status(status), f"?status={status}" if status else ""


def tag(request, tag):
    tag = get_object_or_404(Tag.objects.select_related("merged_into"), slug=tag)
    if tag.merged_into:
        raise Moved(f"{tag.merged_into.get_absolute_url()}feed/")
    if not tag.is_visible:
        raise Http404
    rows = taggings_of(tag, request.user)
    ids = rows.order_by("-hot", "-content_object").values_list("content_object_id", flat=True)[:ENTRIES]
    return Listing(f"Reelive: #{tag.name}", tag.get_absolute_url(), _in_order(request, ids))


def feeling(request, feeling):
    if feeling not in FEELINGS:
        raise Http404
    rows = tallies_of(feeling, request.user).order_by(*STRONGEST)
    ids = rows.values_list("moment_id", flat=True)[:ENTRIES]
    return Listing(
        f"Reelive: {FEELINGS[feeling].name}", reverse("feeling", args=[feeling]), _in_order(request, ids)
    )


def member(request, name):
    member = get_object_or_404(User.objects.named([name]))
    posts = _posts(request, Post.objects.listed().filter(author=member), NEW)
    return Listing(f"Reelive: @{member.username}", member.get_absolute_url(), posts)


def comments(request, film, kind, slug):
    """What is said about a post, newest first."""
    posts = Post.objects.listed().select_related("film").veiled_for(request.user)
    post = posts.filter(film__slug=film, kind=kind, slug=slug).first() or _moved(request, film, kind, slug)
    comments = Comment.objects.listed().filter(post=post).without_muted(request.user)
    said = comments.select_related("author").order_by("-id")[:ENTRIES]
    for comment in said:
        comment.post = post
    return Listing(f"Reelive: comments on {post.shown_title}", post.get_absolute_url(), list(said))


def _moved(request, film, kind, slug):
    once = FormerPostSlug.objects.filter(film=find_film(request, film), kind=kind, slug=slug)
    post = get_object_or_404(Post.objects.listed().select_related("film"), former_slugs__in=once)
    raise Moved(f"{post.get_absolute_url()}feed/")


def _posts(request, posts, order):
    return list(_with_texts(request, posts).order_by(*order)[:ENTRIES])


def _in_order(request, ids):
    ids = list(ids)
    posts = _with_texts(request, Post.objects.listed()).in_bulk(ids)
    return [posts[pk] for pk in ids if pk in posts]


def _with_texts(request, posts):
    return posts.for_cards(request.user).defer(None).defer("body", "context")
