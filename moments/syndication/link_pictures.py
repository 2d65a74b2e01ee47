"""Link pictures: what each kind of page has on its own, as somebody sees it of whom nothing is known.

What is flagged as a spoiler has its film's colours and says what it is a spoiler for. A new kind of page is
a painter here, a member of PictureKind, a line in `IS_SHOWN` beside it, and a call of `picture_of`.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from accounts.models import User
from moments.arc.diary_summary import DiaryPeriod, arc_of_year
from moments.feelings import FEELINGS
from moments.graphics.artwork.choice import art_seed
from moments.graphics.link_picture import scene_picture, stripes_picture
from moments.graphics.palette import completed
from moments.graphics.share_card import HEIGHT, WIDTH
from moments.models import Film, LinkPicture, MemberList, Moment, PictureKind, Post, Tag
from moments.models.post_queryset import NEW
from moments.spoilers.sql import flagged
from moments.syndication.addresses import absolute
from moments.syndication.listings import STRONGEST, TAGGED, taggings_of, tallies_of
from moments.viewer.diary_lines import days_of, lines_of, sampled
from moments.viewer.member_numbers import films_of, member_numbers
from moments.viewer.viewer import stranger
from reelive.formats import counted, long_date

logger = logging.getLogger(__name__)
MOST_PALETTES = 40
SITE_PICTURE = "img/link.png"
POSTS = ngettext_lazy("%(count)s post", "%(count)s posts", "number")
SEEN_FILMS = ngettext_lazy("%(count)s film", "%(count)s films", "number")


@dataclass(frozen=True)
class PagePicture:
    """The picture that a page names for other sites; width and height in pixels, 0 where nobody knows."""

    url: str
    alt: str
    width: int = WIDTH
    height: int = HEIGHT


# Which picture a page names.


def picture_of_site() -> PagePicture:
    return PagePicture(absolute(static(SITE_PICTURE)), _("Reelive: the scenes you never got over"))


def picture_of(kind: str, key: int, detail: Any = "", stamp: Any = "", alt: str = "") -> PagePicture | None:
    """The painted picture of a page; None until it is there. One query, and a row at the first time.

    Args:
        kind: of PictureKind.
        key, detail: which one of the kind, such as a member and a year.
        stamp: what the page knows of what is painted: with another one the picture is painted anew.
        alt: what is to be seen on it.
    """
    mark = blake2b(repr(stamp).encode(), digest_size=16).hexdigest()
    address = LinkPicture.objects.address_of(kind, key, str(detail), mark)
    return PagePicture(absolute(address), alt) if address else None


def picture_of_post(post: Any, alt: str) -> PagePicture | None:
    """Its still, or else the painted one. Where only the viewer must not see what it is, it has none."""
    if post.is_veiled and not post.is_marked_spoiler:
        return None
    if post.still and not post.is_marked_spoiler:
        return still_of(post)
    with in_one_language():
        stamp = _facts_of_post(post)
    painted = picture_of(PictureKind.POST, post.pk, stamp=stamp, alt=alt)
    return painted or still_of(post.film)


def picture_of_film(film: Any) -> PagePicture | None:
    if film.still:
        return still_of(film)
    stamp = (film.title, film.original_title, film.year, film.director, film.palette, film.moment_count)
    return picture_of(PictureKind.FILM, film.pk, stamp=stamp, alt=str(film))


def still_of(target: Any) -> PagePicture | None:
    return PagePicture(absolute(target.still_url), target.still_alt, 0, 0) if target.still else None


# How they are painted.


def paint_due(now: Any) -> bool:
    """Paint the picture that waits longest. Returns whether there was one."""
    row = LinkPicture.objects.due(now).first()
    if row is None:
        return False
    try:
        _paint(row, now)
    except Exception as error:  # one that cannot be painted keeps no other from being painted
        logger.warning("Could not paint %s: %s", row, type(error).__name__)
        row.put_off(now)
    return True


def _paint(row: Any, now: Any) -> None:
    with in_one_language():
        picture = PAINTERS[PictureKind(row.kind)](row.key, row.detail)
    if picture is None:
        row.drop()
    else:
        row.keep(picture, now)


def in_one_language() -> Any:
    """A picture is the same for everybody, and its words are in the language of the site."""
    return translation.override(settings.LANGUAGE_CODE)


def _post(key: int, _detail: str) -> bytes | None:
    post = Post.objects.listed().select_related("film").filter(pk=key).first()
    if post is None:
        return None
    title, facts, colours, seed = _facts_of_post(post)
    return scene_picture([title], facts, colours, seed) if seed else stripes_picture([title], facts, colours)


def _facts_of_post(post: Any) -> tuple[str, str, Any, int]:
    """The title, the line above it, and the colours and seed of its scene, or stripes and no seed."""
    film = post.film
    if post.is_marked_spoiler:
        return _("A spoiler for %(film)s") % {"film": film.title}, str(film), [film.palette], 0
    facts = f"{post.artist} · {film}" if post.artist else str(film)
    return post.title, facts, completed(post.colours, post.slug), art_seed(post.slug, post.kind, 0)


def _film(key: int, _detail: str) -> bytes | None:
    film = Film.objects.listed().filter(pk=key).first()
    if film is None:
        return None
    facts = " · ".join(filter(None, [str(film.year), film.director]))
    return stripes_picture([film.title, film.original_title], facts, film.palettes)


def _tag(key: int, _detail: str) -> bytes | None:
    tag = Tag.objects.listed().filter(pk=key).first()
    if tag is None:
        return None
    rows = taggings_of(stranger(), tag.pk, tag).order_by(*TAGGED)
    colours = _palettes(rows.values_list("content_object_id", flat=True))
    return stripes_picture([f"#{tag.name}"], counted(tag.post_count, POSTS), colours)


def _feeling(_key: int, slug: str) -> bytes | None:
    if slug not in FEELINGS:
        return None
    rows = tallies_of(stranger(), slug).order_by(*STRONGEST)
    colours = _palettes(rows.values_list("moment_id", flat=True))
    return stripes_picture([str(FEELINGS[slug].name)], _("The moments that leave most of it."), colours)


def _member(key: int, _detail: str) -> bytes | None:
    member = User.objects.filter(pk=key, is_active=True).first()
    if member is None:
        return None
    posts = Post.objects.listed().filter(author=member).exclude(flagged()).order_by(*NEW)
    colours = _palettes(posts.values_list("pk", flat=True))
    return stripes_picture([f"@{member.username}"], _("Moments, songs, trivia and reviews"), colours)


def _year(key: int, year: str) -> bytes | None:
    member = User.objects.filter(pk=key, is_active=True, is_private=False).first()
    if member is None:
        return None
    period = DiaryPeriod(lines_of(member, stranger(), days_of(int(year)), Moment.objects.listed()))
    if not period:
        return None
    seen = [line.moment for line in period.lines if line.moment and not line.is_veiled]
    facts = _("%(year)s in the diary of %(member)s") % {"year": year, "member": f"@{member.username}"}
    arc = arc_of_year(period, str)
    return stripes_picture([year], facts, _palettes(sampled(seen, MOST_PALETTES)), arc, period.bar)


def _numbers(key: int, days: str) -> bytes | None:
    """The numbers of what a member has seen, of all time or of the days that `days_as_detail` says."""
    member = User.objects.filter(pk=key, is_active=True, is_private=False).first()
    if member is None:
        return None
    span = tuple(map(date.fromisoformat, days.split("-"))) if days else None
    rows = films_of(member, stranger())
    numbers = member_numbers(member, stranger(), rows, span)
    if not numbers["film_count"]:
        return None
    seen = rows.filter(date__range=span) if span else rows
    newest = seen.order_by("-date", "-id").values_list("film__palette", flat=True)[:MOST_PALETTES]
    title = counted(numbers["film_count"], SEEN_FILMS)
    return stripes_picture([title], seen_by(member, span), list(newest), None, numbers["period"].bar)


def seen_by(member: Any, span: tuple[date, date] | None) -> str:
    """What the numbers of a member are about, as one line."""
    said = {"member": f"@{member.username}"}
    if span is None:
        return _("Seen by %(member)s") % said
    first, last = map(long_date, span)
    return _("Seen by %(member)s from %(first)s to %(last)s") % {**said, "first": first, "last": last}


def days_as_detail(span: tuple[date, date] | None) -> str:
    """The days of a picture as its `detail`; empty for all time."""
    return "-".join(f"{day:%Y%m%d}" for day in span) if span else ""


def _list(key: int, _detail: str) -> bytes | None:
    made = MemberList.objects.published().select_related("author").filter(pk=key).first()
    if made is None:
        return None
    facts = _("A list by %(member)s") % {"member": f"@{made.author.username}"}
    return stripes_picture([made.title], facts, [made.colours] if made.colours else [])


def _palettes(keys: Any) -> list[list[str]]:
    """The colours of these posts, in their order."""
    keys = list(keys[:MOST_PALETTES])
    posts = Post.objects.select_related("film").only("palette", "film__palette").in_bulk(keys)
    return [posts[key].colours for key in keys if key in posts]


PAINTERS: dict[str, Callable[[int, str], bytes | None]] = {
    PictureKind.POST: _post,
    PictureKind.FILM: _film,
    PictureKind.TAG: _tag,
    PictureKind.FEELING: _feeling,
    PictureKind.MEMBER: _member,
    PictureKind.YEAR: _year,
    PictureKind.NUMBERS: _numbers,
    PictureKind.LIST: _list,
}
