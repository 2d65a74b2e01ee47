"""Finding films, moments, songs, trivia, comments, tags and members by words, for those who may read them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from accounts.models import User
from moments import query as queries
from moments.excerpts import marked
from moments.finding import find, find_few
from moments.models import Comment, Film, Post, State, Tag
from moments.query import Query, Term, Unclear, words
from moments.search_index import Ask, TooBroad, best, foremost, in_time
from moments.search_schema import FILMS, POSTS, TAGS
from reelive.markdown import MAX_HTML_LENGTH, excerpt
from reelive.pagination import BadCursor
from reelive.text import similar

PAGE = 25
LABELS = {
    "all": "Everything",
    "moments": "Moments",
    "songs": "Songs",
    "trivia": "Trivia",
    "comments": "Comments",
    "films": "Films",
    "tags": "Tags",
    "members": "Members",
}
# How many of each kind an answer of all kinds shows.
FEW = {"films": 3, "posts": 6, "comments": 3, "tags": 10, "members": 4}
FOUND_BY_WORDS = ("films", "tags", "members")
TELLING = {"feeling", "tag"}  # to be found by these would tell of a veiled post what it is like
WORDS_ALONE = "Films, tags and members are found by words alone; a filter is about what was shared."
TOO_BROAD = "So many texts hold these words that looking through them takes too long. Add a rarer one."
TWINS_TRIED, TWIN_WORDS, TWIN_BEGINNING = 500, 12, 3
CHOICES, SUGGESTIONS = 50, 8


@dataclass(frozen=True)
class Group:
    """What was found of one kind, in order: objects with all that their row shows."""

    kind: str
    rows: list


@dataclass(frozen=True)
class Results:
    """An answer: one group with a page of its rows, or the first few of each kind that has any.

    `problem` is a sentence when the query makes no sense, or finds nothing for a reason that can be named.
    """

    query: Query
    kind: str
    problem: str = ""
    groups: list[Group] = field(default_factory=list)
    next_cursor: str | None = None


def search(text: str, viewer: Any, kind: str = "all", cursor: str | None = None) -> Results:
    """What a query as typed finds among all that everybody may read, for the eyes of `viewer`.

    Of the newest 2,000 rows that match, the best come first; comments come newest first. A page holds the 25
    rows behind the one that the cursor names. Raises KeyError for an unknown kind, and BadCursor.
    """
    query = queries.parse(text)
    if query.problem or query.is_empty:
        return Results(query, kind, query.problem)
    if query.filters and kind in FOUND_BY_WORDS:
        return Results(query, kind, WORDS_ALONE)
    try:
        with in_time():
            found = find_few(query, FEW) if kind == "all" else find(query, kind)
    except Unclear as unclear:
        return Results(query, kind, str(unclear))
    except TooBroad:
        return Results(query, kind, TOO_BROAD)
    if kind == "all":
        return Results(query, kind, groups=_groups(found, query, viewer))
    ids, next_cursor = _page(found, cursor)
    return Results(query, kind, "", _groups({kind: ids}, query, viewer), next_cursor)


def _page(ids: list[int], cursor: str | None) -> tuple[list[int], str | None]:
    """The ids behind the cursor's row, or from its place on when that row has gone meanwhile."""
    start = 0
    if cursor:
        place, _, last = cursor.partition("-")
        if len(cursor) > 30 or not cursor.isascii() or not (place.isdecimal() and last.isdecimal()):
            raise BadCursor("not a cursor")
        start = ids.index(int(last)) + 1 if int(last) in ids else int(place)
    end = start + PAGE
    shown = ids[start:end]
    return shown, f"{end}-{shown[-1]}" if end < len(ids) else None


def _groups(found: dict[str, list[int]], query: Query, viewer: Any) -> list[Group]:
    groups = [
        Group(kind, READERS.get(kind, _posts)(ids, query, viewer)) for kind, ids in found.items() if ids
    ]
    return [group for group in groups if group.rows]


def _in_order(rows: Any, ids: list[int]) -> list:
    found = rows.in_bulk(ids)
    return [found[pk] for pk in ids if pk in found]


def _posts(ids: list[int], query: Query, viewer: Any) -> list[Post]:
    posts = Post.objects.listed().filter(film__state=State.VISIBLE).for_cards(viewer)
    if query.filters.keys() & TELLING:
        posts = posts.filter(is_veiled=False)
    rows = _in_order(posts.defer(None).defer("body", "context"), ids)
    for post in rows:
        post.excerpt = _excerpt_of(post, query)
    return rows


def _excerpt_of(post: Post, query: Query) -> str:
    return "" if post.is_veiled else _marked(query, post.body_html, post.context_html) or post.excerpt


def _comments(ids: list[int], query: Query, viewer: Any) -> list[Comment]:
    comments = Comment.objects.listed().filter(post__state=State.VISIBLE).select_related("author")
    rows = _in_order(comments.with_posts(viewer).without_muted(viewer), ids)
    for comment in rows:
        comment.excerpt = _marked(query, comment.body_html) or excerpt(comment.body_html)
    return rows


def _films(ids: list[int], query: Query, viewer: Any) -> list[Film]:
    return _in_order(Film.objects.visible_to(viewer), ids)


def _tags(ids: list[int], query: Query, viewer: Any) -> list[Tag]:
    return _in_order(Tag.objects.listed(), ids)


def _members(ids: list[int], query: Query, viewer: Any) -> list[User]:
    rows = _in_order(User.objects.filter(is_active=True), ids)
    for member in rows:
        member.excerpt = _marked(query, member.bio_html) or excerpt(member.bio_html)
    return rows


READERS: dict[str, Callable] = {"comments": _comments, "films": _films, "tags": _tags, "members": _members}


def _marked(query: Query, *stored: str) -> str | None:
    """The place in the first of these texts that holds a wanted word; what they veil stays veiled."""
    beginnings = query.wanted[-1:] if query.open_end else ()
    for markup in filter(None, stored):
        found = marked(excerpt(markup, MAX_HTML_LENGTH), query.wanted, beginnings)
        if found:
            return found
    return None


# Help for forms: what may be meant, and what is there already.


def find_films(text: str) -> list[Film]:
    """Films to choose from, likeliest first; the last word may be unfinished."""
    return _in_order(Film.objects.listed(), best(FILMS, _unfinished(text))[:CHOICES]) if words(text) else []


def suggest_tags(text: str) -> list[Tag]:
    """The most used tags with these words in them, of which the last may be unfinished."""
    if not words(text):
        return []
    return _in_order(Tag.objects.listed(), foremost(TAGS, "post_count", _unfinished(text), SUGGESTIONS))


def similar_films(title: str) -> list[Film]:
    """Films that may be the one of this title, by their title or their original one."""
    if not words(title):
        return []
    films = _in_order(Film.objects.listed(), best(FILMS, _alike(title))[:TWINS_TRIED])
    twins = similar(title, films, key=lambda film: film.title)
    return twins or similar(title, films, key=lambda film: film.original_title)


def similar_posts(film: Film, kind: str, title: str, viewer: Any) -> list[Post]:
    """Posts of the film that may be about the same thing, for the eyes of `viewer`."""
    if not words(title):
        return []
    alike = _alike(title, {"k": [kind], "f": [film.pk]})
    posts = Post.objects.listed().select_related("film").veiled_for(viewer)
    posts = posts.only("title", "slug", "kind", "film", "state")
    return similar(title, _in_order(posts, best(POSTS, alike)[:TWINS_TRIED]), key=str)


def _unfinished(text: str) -> Ask:
    terms = [Term((word,)) for word in words(text)[:TWIN_WORDS]]
    return Ask(terms, beginnings=terms[-1:])


def _alike(title: str, facets: dict[str, list] | None = None) -> Ask:
    """For all that shares the beginning of a word, so that a slip in the rest of it does not matter."""
    terms: Sequence[Term] = [Term((word[:TWIN_BEGINNING],)) for word in words(title)[:TWIN_WORDS]]
    return Ask(terms, beginnings=terms, any_of=True, facets=facets or {})
