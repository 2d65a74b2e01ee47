"""What a page says of itself to search engines and to sites that link to it; it never gives a story away.

Addresses are made from SITE_URL and the names of addresses, never from what a request claims.
"""

import textwrap
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from functools import wraps
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy
from django.utils.translation import ngettext_lazy

from moments.models import PictureKind
from moments.models.kinds import POST_KINDS
from moments.syndication.addresses import absolute
from moments.syndication.link_pictures import (
    PagePicture,
    days_as_detail,
    picture_of,
    picture_of_post,
    picture_of_site,
    seen_by,
)
from moments.syndication.page_titles import HOME, SITE, in_a_tab, with_choices
from moments.syndication.structured_data import (
    crumbs,
    gives_away,
    list_data,
    path_to,
    post_data,
    recording_data,
    shown_title,
)
from reelive.formats import counted, listed
from reelive.render_cache import as_key
from reelive.routes import Declaration, declaration_of

DESCRIPTION_LENGTH = 200
Context = Mapping[str, Any]
ABOUT = _lazy(
    "Film and TV moments that people never got over, the songs heard in them and the trivia behind them."
)
WITHOUT_TEXT = _lazy("“%(title)s”, from %(film)s: what people know of it and say about it.")
ENTRIES = ngettext_lazy("%(count)s diary entry", "%(count)s diary entries", "number")
MOMENTS = ngettext_lazy("%(count)s moment", "%(count)s moments", "number")
FILMS = ngettext_lazy("%(count)s film", "%(count)s films", "number")


@dataclass
class PageMetadata:
    """The facts of one page's head. A page without a canonical address is not to be found.

    `name` says what it is to whoever reads it, `title` to everybody who is sent a link to it, without giving
    anything away; `in_tab` is the name as the browser shows it.
    """

    name: str = SITE
    title: str = ""
    in_tab: str = SITE
    description: str = ""
    canonical: str = ""
    kind: str = "website"
    picture: PagePicture | None = None
    creator: str = ""
    feed_url: str = ""
    json_feed_url: str = ""
    oembed_url: str = ""
    is_found: bool = False
    is_previewed: bool = False
    data: list[dict[str, Any]] = field(default_factory=list)

    @property
    def shown(self) -> Hashable:
        """What tells it from others: see `as_key`."""
        return as_key(vars(self))


def page_metadata(context: Context) -> PageMetadata:
    """The facts of the page that is rendered in this context, as far as its address declares any."""
    declared = declaration_of(context.get("request"))
    fill = declared.metadata or (of_list if declared.title else None)
    if fill is None:
        return PageMetadata()
    meta = _begin(context, declared)
    if not fill(meta, context):
        return PageMetadata()
    meta.description = textwrap.shorten(meta.description, DESCRIPTION_LENGTH, placeholder="…")
    name = with_choices(meta.name, context)
    meta.in_tab = in_a_tab(name, context)
    meta.title = meta.title or _("%(page)s on %(site)s") % {"page": name, "site": SITE}
    if meta.is_found:
        meta.picture = meta.picture or picture_of_site()
    return meta


def _begin(context: Context, declared: Declaration) -> PageMetadata:
    """What a page is called, and where a page that may be found is found."""
    meta = PageMetadata(name=str(declared.title))
    if not declared.indexed:
        return meta
    request, listing = context["request"], context.get("listing")
    where, query = request.resolver_match.captured_kwargs, listing.query if listing else ""
    meta.canonical = absolute(reverse(declared.name, kwargs=where) + query)
    if declared.feed:
        meta.feed_url = absolute(reverse(declared.feed, kwargs=where) + query)
    if declared.json_feed:
        meta.json_feed_url = absolute(reverse(declared.json_feed, kwargs=where) + query)
    meta.is_found = "after" not in request.GET
    # Other sites fetch what they preview as visitors do, so that no member pays for a picture of it.
    meta.is_previewed = meta.is_found and not request.viewer.is_authenticated
    return meta


# What pages are about, by what their context holds. Each says whether it holds that.


def about(subject: str) -> Callable:
    """For a page about what its context holds under this name; a refusal, which lacks it, says nothing."""

    def decorate(
        fill: Callable[[PageMetadata, Context, Any], None],
    ) -> Callable[[PageMetadata, Context], bool]:
        @wraps(fill)
        def fill_in(meta: PageMetadata, context: Context) -> bool:
            target = context.get(subject)
            if target:
                fill(meta, context, target)
            return bool(target)

        return fill_in

    return decorate


def of_list(meta: PageMetadata, context: Context) -> bool:
    meta.description = str(ABOUT) if meta.canonical else ""
    return True


def of_home(meta: PageMetadata, context: Context) -> bool:
    if not context["request"].GET.get("kind"):
        meta.name, meta.title = HOME, SITE
    return of_list(meta, context)


def of_search(meta: PageMetadata, context: Context) -> bool:
    if context["q"]:
        meta.name = f"{context['q']} · {meta.name}"
    return True


@about("tag")
def of_tag(meta: PageMetadata, context: Context, tag: Any) -> None:
    meta.name = context["listing"].title
    meta.description = _("Moments, songs, trivia and reviews tagged “%(tag)s”, from film to film.") % {
        "tag": tag.name
    }
    stamp = (tag.name, tag.post_count)
    show_picture(meta, PictureKind.TAG, tag.pk, stamp=stamp, alt=meta.name)


@about("tags")
def of_tags(meta: PageMetadata, context: Context, tags: Any) -> None:
    """What has several tags. Of so many lists none is in an index."""
    meta.name, meta.is_found = context["listing"].title, False
    meta.description = _("Moments, songs, trivia and reviews with all of these tags: %(tags)s.") % {
        "tags": listed(tag.name for tag in tags)
    }


@about("artist")
def of_artist(meta: PageMetadata, context: Context, artist: str) -> None:
    meta.name = context["listing"].title
    meta.description = _("The songs by %(artist)s, each with the film scenes in which it is heard.") % {
        "artist": artist
    }


@about("recording")
def of_recording(meta: PageMetadata, context: Context, recording: Any) -> None:
    meta.name = context["listing"].title
    meta.description = _("All films in which one song is heard, and their scenes: %(song)s.") % {
        "song": meta.name
    }
    songs = (_("Songs"), reverse("songs"))
    meta.data = [recording_data(recording), crumbs(songs, (meta.name, recording.get_absolute_url()))]


@about("feeling")
def of_feeling(meta: PageMetadata, context: Context, feeling: Any) -> None:
    meta.name = str(feeling.name)
    said = {"feeling": feeling.name}
    meta.description = _("The film moments that leave most of one feeling: %(feeling)s.") % said
    show_picture(meta, PictureKind.FEELING, 0, feeling.slug, alt=meta.name)


@about("member")
def of_member(meta: PageMetadata, context: Context, member: Any) -> None:
    """One of the lists of what a member shared, said and relived."""
    meta.name = context["listing"].title
    _describe_member(meta, member)
    show_picture(meta, PictureKind.MEMBER, member.pk, stamp=member.username, alt=f"@{member.username}")


SEEN = {
    "films": _lazy("Films that %(member)s has seen"),
    "numbers": _lazy("The films of %(member)s in numbers"),
    "watchlist": _lazy("Watchlist of %(member)s"),
}


@about("member")
def of_seen(meta: PageMetadata, context: Context, member: Any) -> None:
    """What a member has seen, or wants to see."""
    meta.name = SEEN[context["tab"]] % {"member": f"@{member.username}"}
    _describe_member(meta, member)


@about("numbers")
def of_numbers(meta: PageMetadata, context: Context, numbers: Any) -> None:
    """What a member has seen in numbers; of some days it is a page of its own."""
    member, span = context["member"], context["span"]
    of_seen(meta, context)
    meta.title = seen_by(member, span)
    meta.canonical = meta.canonical and f"{meta.canonical}{context['asked']}"
    meta.is_found = meta.is_found and bool(numbers["film_count"])
    meta.is_previewed = meta.is_previewed and meta.is_found
    days = days_as_detail(span)
    show_picture(meta, PictureKind.NUMBERS, member.pk, days, stamp=member.username, alt=meta.title)


@about("month")
def of_month(meta: PageMetadata, context: Context, month: Any) -> None:
    """A month of a member's diary."""
    member = context["member"]
    said = {"member": f"@{member.username}", "month": date_format(month, "YEAR_MONTH_FORMAT")}
    meta.name = _("Diary of %(member)s, %(month)s") % said
    _describe_member(meta, member)


def _describe_member(meta: PageMetadata, member: Any) -> None:
    meta.description = _("What %(member)s shared, said and relived.") % {"member": f"@{member.username}"}
    meta.kind = "profile"


@about("shared_year")
def of_year(meta: PageMetadata, context: Context, shared: Any) -> None:
    member, year, period = shared
    meta.name = meta.title = _("%(year)s in the diary of %(member)s") % {
        "year": year,
        "member": f"@{member.username}",
    }
    counts = ((period, ENTRIES), (period.moments, MOMENTS), (period.films, FILMS))
    felt = {"counts": listed(counted(len(rows), forms) for rows, forms in counts)}
    meta.description = _("How a year of films felt: %(counts)s.") % felt
    meta.is_found = meta.is_found and bool(period)
    show_picture(meta, PictureKind.YEAR, member.pk, year, stamp=member.username, alt=meta.name)


@about("post")
def of_post(meta: PageMetadata, context: Context, post: Any) -> None:
    """A page that is about a post; one with a number in its address is in no index."""
    meta.name = f"{post.shown_title if post.is_visible else _gone(post)} – {post.film}"
    said = {"title": post.title, "film": post.film.title}
    meta.title, meta.description, meta.kind = meta.name, post.excerpt or WITHOUT_TEXT % said, "article"
    if not (post.is_visible and meta.canonical):
        meta.description, meta.is_found, meta.feed_url, meta.json_feed_url = "", False, "", ""
        return
    if gives_away(post):
        meta.title = shown_title(post)
        meta.description = _("Something that gives %(film)s away.") % {"film": post.film.title}
    meta.picture = picture_of_post(post, meta.title) if meta.is_previewed else None
    meta.oembed_url = oembed_url(meta)
    if post.author and post.author.is_active:
        meta.creator = post.author.fediverse
    meta.data = [post_data(post, meta), path_to(post)]


@about("member_list")
def of_member_list(meta: PageMetadata, context: Context, member_list: Any) -> None:
    """A list of a member; one that is not public, or that staff removed, is in no index."""
    if not member_list.is_visible:
        meta.name, meta.is_found = _("A removed list"), False
        return
    meta.name = meta.title = _("%(list)s, a list by %(member)s") % {
        "list": member_list.title,
        "member": f"@{member_list.author.username}",
    }
    meta.description = member_list.excerpt or _("Moments, songs, trivia, reviews and films in one list.")
    meta.kind = "article"
    if not member_list.is_public:
        meta.is_found, meta.canonical, meta.feed_url, meta.json_feed_url = False, "", "", ""
        return
    stamp = (member_list.title, member_list.author.username, member_list.colours)
    show_picture(meta, PictureKind.LIST, member_list.pk, stamp=stamp, alt=meta.name)
    lists = (_("Lists"), reverse("lists"))
    meta.data = [
        list_data(member_list, context["entries"], meta),
        crumbs(lists, (member_list.title, member_list.get_absolute_url())),
    ]


@about("member_list")
def of_list_thread(meta: PageMetadata, context: Context, member_list: Any) -> None:
    """The thread of a list, which is found by the page of the list."""
    meta.name, meta.is_found = _("Comments on %(post)s") % {"post": member_list.title}, False
    if not member_list.is_public:
        meta.canonical, meta.feed_url, meta.json_feed_url = "", "", ""


def show_picture(meta: PageMetadata, kind: str, key: int, detail: Any = "", **said: Any) -> None:
    """Name the painted picture of a page that may be previewed; `said` as of `picture_of`."""
    if meta.is_previewed:
        meta.picture = picture_of(kind, key, detail, **said)


def oembed_url(meta: PageMetadata) -> str:
    """Where other sites ask how to show this page in theirs."""
    return absolute(f"{reverse('oembed')}?{urlencode({'url': meta.canonical})}") if meta.is_found else ""


def _gone(post: Any) -> str:
    """What a post is called that is deleted or removed."""
    kind = POST_KINDS[post.kind]
    return str(kind.deleted_title if post.state == "deleted" else kind.removed_title)
