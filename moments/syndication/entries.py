"""What a feed says of one row of a list. What lies beyond the viewer's progress stays veiled, as on the page.

Whoever has the address of a feed reads it, so what only its owner may read is in none.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.utils.formats import date_format
from django.utils.html import escape, format_html
from django.utils.translation import gettext as _

from moments.models import (
    POST_KINDS,
    Comment,
    DiaryEntry,
    Film,
    FilmTrait,
    LedgerEntry,
    ListEntry,
    MemberList,
    Person,
    Post,
    Tag,
)
from moments.syndication.listings import Listing, with_films
from moments.viewer.diary_lines import note_veils, with_subjects
from reelive.markdown import VEIL, without_spoilers
from reelive.pagination import PAGE_SIZE, in_order

BEGINNING = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Entry:
    """One entry of a feed: plain texts, a path on this site, and `content` as HTML."""

    title: str
    link: str
    guid: str
    created: datetime
    content: str = ""
    author: str = ""
    author_link: str = ""
    edited: datetime | None = None
    categories: tuple[str, ...] = ()


def entries_of(listing: Listing, viewer: Any) -> list[Entry]:
    """The first entries of a list's feed."""
    if listing.post_id:
        ids = listing.post_ids(listing.first(PAGE_SIZE))
        posts = Post.objects.listed().for_excerpts(viewer, listing.target)
        return [_post(post) for post in in_order(posts, ids)]
    load, tell = ENTRY_KINDS[listing.rows.model]
    return [tell(row) for row in load(listing, viewer)]


def guid_of(path: str, date: str = f"{BEGINNING:%Y}") -> str:
    """An id that outlives a renaming: a tag URI of this host."""
    return f"tag:{settings.SITE_HOST},{date}:{path}"


# Posts.


def _posts(listing, viewer):
    return listing.first(PAGE_SIZE, listing.rows.for_excerpts(viewer, listing.target))


def _post(post):
    if post.is_veiled:
        words = POST_KINDS[post.kind].gives_away
        content, categories = format_html("<p>{}</p>", words), ()
    else:
        content = without_spoilers(post.body_html + post.context_html)
        categories = tuple(tag.name for tag in post.tag_list)
    return Entry(
        _of_film(post),
        post.link,
        guid_of(f"post/{post.pk}", f"{post.created:%Y-%m-%d}"),
        post.created,
        content,
        edited=post.edited,
        categories=categories,
        **_written_by(post.author),
    )


def _of_film(post):
    return f"{post.shown_title} · {post.film.title}"


def _written_by(member):
    if member is None:
        return {"author": _("A former member")}
    return {"author": member.username, "author_link": member.get_absolute_url()}


# What members say and relive.


def _comments(listing, viewer):
    return listing.first(PAGE_SIZE).select_related("author").with_about(viewer)


def _comment(comment):
    is_veiled = comment.about.is_veiled
    by = _written_by(comment.author)
    return Entry(
        _("%(member)s on %(post)s") % {"member": by["author"], "post": comment.about.shown_title},
        comment.get_absolute_url(),
        guid_of(f"comment/{comment.pk}", f"{comment.created:%Y-%m-%d}"),
        comment.created,
        format_html("<p>{}</p>", VEIL) if is_veiled else without_spoilers(comment.body_html),
        edited=comment.edited,
        **by,
    )


def _diary_entries(listing, viewer):
    rows = with_subjects(listing.rows.for_everyone().select_related("member"), viewer)
    return note_veils(listing.first(PAGE_SIZE, rows), viewer)


def _diary_entry(entry):
    feelings = [] if entry.is_veiled else entry.named_feelings
    day = [date_format(entry.date, "DATE_FORMAT")] * entry.is_dated
    facts = [*day, *filter(None, [entry.stars_text]), *(str(feeling.name) for feeling in feelings)]
    note = without_spoilers(entry.note_html) if entry.public and not entry.is_veiled else ""
    title = f"{entry.whole_film} {entry.episode_text}".strip() if entry.whole_film_id else ""
    return Entry(
        title or _of_film(entry.moment),
        entry.link,
        guid_of(f"diary/{entry.pk}", f"{entry.created:%Y-%m-%d}"),
        entry.created,
        format_html("<p>{}</p>", " · ".join(facts)) + note,
        **_written_by(entry.member),
    )


# Lists of members.


def _member_list(member_list):
    guid = guid_of(f"list/{member_list.pk}", f"{member_list.created:%Y-%m-%d}")
    facts = {"edited": member_list.edited, **_written_by(member_list.author)}
    content = without_spoilers(member_list.body_html)
    return Entry(
        member_list.title, member_list.get_absolute_url(), guid, member_list.created, content, **facts
    )


def _list_entries(listing, viewer):
    return listing.first(PAGE_SIZE, listing.rows.with_targets(viewer))


def _list_entry(entry):
    title = _of_film(entry.post) if entry.post_id else str(entry.film)
    guid = guid_of(f"list-entry/{entry.pk}", f"{entry.created:%Y-%m-%d}")
    return Entry(title, entry.link, guid, entry.created, without_spoilers(entry.shown_note))


# Films, tags, rows of the ledger.


def _rows(listing, viewer):
    return listing.first(PAGE_SIZE)


def _film(film):
    content = f"<p>{escape(film.summary)}</p>" if film.summary else ""
    guid = guid_of(f"film/{film.pk}", f"{film.created:%Y-%m-%d}")
    return Entry(str(film), film.get_absolute_url(), guid, film.created, content, edited=film.edited)


def _films_of_traits(listing, viewer):
    return [row.film for row in listing.first(PAGE_SIZE)]


def _person(person):
    guid = guid_of(f"person/{person.pk}", f"{person.created:%Y-%m-%d}")
    return Entry(person.name, person.get_absolute_url(), guid, person.created, edited=person.edited)


def _tag(tag):
    guid = guid_of(f"tag/{tag.pk}")
    return Entry(f"#{tag.name}", tag.get_absolute_url(), guid, tag.created or BEGINNING)


def _ledger_entries(listing, viewer):
    return with_films(listing.first(PAGE_SIZE))


def _ledger_entry(row):
    return Entry(
        str(row),
        row.get_absolute_url(),
        guid_of(f"ledger/{row.number}"),
        row.created,
        f"<p>{escape(row.note)}</p><p><code>{row.hash}</code></p>",
        author=row.actor,
        categories=(str(row.get_reason_display()),) if row.reason else (),
    )


# How rows of a table are loaded for a feed, and what it says of one.
ENTRY_KINDS: dict[type, tuple[Any, Any]] = {
    Post: (_posts, _post),
    Comment: (_comments, _comment),
    MemberList: (_rows, _member_list),
    ListEntry: (_list_entries, _list_entry),
    DiaryEntry: (_diary_entries, _diary_entry),
    Film: (_rows, _film),
    FilmTrait: (_films_of_traits, _film),
    Person: (_rows, _person),
    Tag: (_rows, _tag),
    LedgerEntry: (_ledger_entries, _ledger_entry),
}
