"""What is listed below a search field while somebody types: films, posts and members by their names.

It answers each key, so it looks at names alone, at few rows, and always by the same number of queries.
"""

from dataclasses import dataclass
from typing import Any

from accounts.models import User
from moments.labels import hiding_for
from moments.models import Film, Post, State
from moments.models.filter import unfiltered
from moments.models.mute import without_muted
from moments.search import query as queries
from moments.search.dialect import WordQuery
from moments.search.index import TooBroad, called_first, in_time
from moments.search.schema import FILMS, MEMBERS, POSTS, Index
from reelive.pagination import in_order

FOUND_AT_MOST = 30
FEW_FILMS, FEW_POSTS, FEW_MEMBERS = 3, 5, 3


@dataclass(frozen=True)
class Live:
    films: list[Film]
    posts: list[Post]
    members: list[User]


def live(text: str, viewer: Any) -> Live:
    """What may be meant by a text whose last word is unfinished; nothing for one with filters."""
    query = queries.parse(text)
    if query.problem or query.filters or not query.wanted:
        return Live([], [], [])
    try:
        with in_time():
            return Live(_films(query, viewer), _posts(query, viewer), _members(query, viewer))
    except TooBroad:
        return Live([], [], [])


def _ids(index: Index, query: queries.Query) -> list[int]:
    beginnings = query.wanted[-1:] if query.open_end else ()
    return called_first(
        index, WordQuery(query.wanted, query.unwanted, beginnings, in_titles=True), FOUND_AT_MOST
    )


def _films(query: queries.Query, viewer: Any) -> list[Film]:
    return in_order(unfiltered(Film.objects.listed(), viewer), _ids(FILMS, query)[:FEW_FILMS])


def _posts(query: queries.Query, viewer: Any) -> list[Post]:
    """None that is veiled: letter by letter its title could be guessed."""
    posts = Post.objects.listed().filter(film__state=State.VISIBLE).without_filtered(viewer)
    posts = posts.select_related("film").veiled_for(viewer).filter(is_veiled=False)
    found = in_order(posts, _ids(POSTS, query))
    return [post for post in found if not hiding_for(post, viewer)][:FEW_POSTS]


def _members(query: queries.Query, viewer: Any) -> list[User]:
    members = without_muted(User.objects.filter(is_active=True), viewer, "pk")
    return in_order(members, _ids(MEMBERS, query))[:FEW_MEMBERS]
