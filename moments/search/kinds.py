"""The kinds of things that can be searched, each declared once: its name, its finder and how it is shown."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from moments.models import POST_KINDS, Comment, Episode, Film, MemberList, Person, Post, Season, Tag
from moments.models.filter import unfiltered
from moments.models.mute import without_muted
from moments.search import finders, loaders, schema
from moments.search.finders import Scope
from moments.search.query import Query
from moments.search.schema import Index


@dataclass(frozen=True, eq=False)
class SearchKind:
    """One kind of what is found.

    Args:
        slug: what an address says: ?kind=songs.
        label: the heading of the results.
        index: the word index of its table.
        find: the ids in the index of what a query asks for, in the order to show them in.
        load: the rows of these ids with all that a result shows.
        template: shows the rows.
        few: how many an answer of all kinds shows.
        unfiltered: the rows of its table without what a viewer filters or mutes.
        by_words_alone: whether filters, which are about posts, make no sense for it.
        is_shared: whether members share it, so that who finds none may be the first.
        is_ranked: whether the best come first; otherwise rows have an order, and a few are found quickly.
    """

    slug: str
    label: Promise
    index: Index
    find: Callable[..., list[int]]
    load: Callable[..., list]
    unfiltered: Callable[[Any], QuerySet]
    template: str
    few: int = 0
    by_words_alone: bool = False
    is_shared: bool = False
    is_ranked: bool = True

    def ids(self, query: Query, scope: Scope, limit: int) -> list[int]:
        return self.find(self.index, query, scope, limit)


_of_posts = partial(
    SearchKind,
    index=schema.POSTS,
    load=loaders.load_posts,
    unfiltered=lambda viewer: Post.objects.without_filtered(viewer),
    template="search/_posts.html",
    is_shared=True,
)

POSTS = _of_posts("posts", _("Moments, songs, trivia and reviews"), find=finders.find_posts, few=6)
POSTS_OF_A_KIND = tuple(
    _of_posts(post_kind.segment, post_kind.plural, find=partial(finders.find_posts, kind=kind.value))
    for kind, post_kind in POST_KINDS.items()
)
COMMENTS = SearchKind(
    "comments",
    _("Comments"),
    index=schema.COMMENTS,
    find=finders.find_comments,
    load=loaders.load_comments,
    unfiltered=lambda viewer: Comment.objects.without_filtered(viewer),
    template="search/_comments.html",
    few=3,
    is_ranked=False,
)
FILMS = SearchKind(
    "films",
    _("Films"),
    index=schema.FILMS,
    find=finders.find_by_words,
    load=loaders.load_films,
    unfiltered=lambda viewer: unfiltered(Film.objects.all(), viewer),
    template="search/_films.html",
    few=3,
    by_words_alone=True,
)
_of_parts = partial(
    SearchKind,
    find=finders.find_parts,
    template="search/_parts.html",
    few=3,
    by_words_alone=True,
)
SEASONS = _of_parts(
    "seasons",
    _("Seasons"),
    index=schema.SEASONS,
    load=loaders.load_seasons,
    unfiltered=lambda viewer: unfiltered(Season.objects.all(), viewer, "film"),
)
EPISODES = _of_parts(
    "episodes",
    _("Episodes"),
    index=schema.EPISODES,
    load=loaders.load_episodes,
    unfiltered=lambda viewer: unfiltered(Episode.objects.all(), viewer, "film"),
)
PEOPLE = SearchKind(
    "people",
    _("People"),
    index=schema.PEOPLE,
    find=finders.find_by_words,
    load=loaders.load_people,
    unfiltered=lambda viewer: Person.objects.all(),
    template="search/_people.html",
    few=4,
    by_words_alone=True,
)
TAGS = SearchKind(
    "tags",
    _("Tags"),
    index=schema.TAGS,
    find=finders.find_tags,
    load=loaders.load_tags,
    unfiltered=lambda viewer: unfiltered(Tag.objects.all(), viewer),
    template="search/_tags.html",
    few=10,
    by_words_alone=True,
    is_ranked=False,
)
MEMBERS = SearchKind(
    "members",
    _("Members"),
    index=schema.MEMBERS,
    find=finders.find_by_words,
    load=loaders.load_members,
    unfiltered=lambda viewer: without_muted(User.objects.all(), viewer, "pk"),
    template="search/_members.html",
    few=4,
    by_words_alone=True,
)
LISTS = SearchKind(
    "lists",
    _("Lists"),
    index=schema.LISTS,
    find=finders.find_by_words,
    load=loaders.load_lists,
    template="search/_lists.html",
    few=3,
    unfiltered=lambda viewer: MemberList.objects.without_muted(viewer),
    by_words_alone=True,
)

# What an answer of all kinds shows a few of, and what has a tab of its own, in their order.
KINDS_AT_ONCE = (FILMS, SEASONS, EPISODES, PEOPLE, POSTS, COMMENTS, LISTS, TAGS, MEMBERS)
KINDS_WITH_TAB = {
    kind.slug: kind
    for kind in (*POSTS_OF_A_KIND, COMMENTS, FILMS, SEASONS, EPISODES, PEOPLE, LISTS, TAGS, MEMBERS)
}
