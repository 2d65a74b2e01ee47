"""Search results: films and their parts, posts, comments, lists, tags, members that the viewer may read."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from moments.models import POST_KINDS, Film, Kind, Mute, Person, Post, Tag
from moments.models.asked import Asked
from moments.models.filter import filters_of, unfiltered
from moments.models.other_titles import plain_titles
from moments.search import query as queries
from moments.search.analyser import title_key
from moments.search.dialect import RANKED, WordQuery
from moments.search.finders import scope_of
from moments.search.index import TooBroad, best, in_time, most_of, numbers_by
from moments.search.kinds import FILMS as FILMS_KIND
from moments.search.kinds import KINDS_AT_ONCE, KINDS_WITH_TAB, SearchKind
from moments.search.kinds import POSTS as ALL_POSTS
from moments.search.loaders import tags_of_now
from moments.search.query import Query, Term, Unclear, words
from moments.search.schema import FILMS, PEOPLE, POSTS, TAGS
from moments.search.spelling import as_written, corrected
from reelive.pagination import PAGE_SIZE, BadCursor, in_order
from reelive.text import similar

NEAR_POSTS = 12
COUNTED_UP_TO, POSTS_LOOKED_AT = 100, 300
ENTRANCES = 8
EVERYTHING = "all"
WORDS_ALONE = _(
    "Films, their seasons and episodes, people, tags and members are found by words alone:"
    " a filter is about what was shared."
)
TOO_BROAD = _("So many texts hold these words that looking through them takes too long. Add a rarer one.")
SIMILAR_TRIED, TWIN_WORDS, TWIN_BEGINNING = 500, 12, 3
CHOICES, SUGGESTIONS = 50, 8


@dataclass(frozen=True)
class Group:
    """The results of one kind, in order: objects with all that their row shows."""

    kind: SearchKind
    rows: list


@dataclass(frozen=True)
class Results:
    """The answer to a query: one group with a page of its rows, or the first few of every kind that has any.

    `problem` is a sentence when the query is not understood, or finds nothing for a reason that can be named.
    Where nothing holds all words, `near` holds what comes close: the results of the query `meant`, in which
    misspelt words are replaced, or what holds most of the words. `numbers` say how many rows of each kind
    there are, as a tab says it, by the slug of the kind.
    """

    query: Query
    kind: str
    problem: str = ""
    groups: list[Group] = field(default_factory=list)
    next_cursor: str | None = None
    near: list[Group] = field(default_factory=list)
    meant: Query | None = None
    numbers: dict[str, str] = field(default_factory=dict)

    @property
    def meant_as_written(self) -> str:
        """The text of `meant` as what was found writes its words; empty where nothing else was meant."""
        rows = (row for group in self.near for row in group.rows)
        return as_written(self.meant, self.query, map(_text_of, rows)) if self.meant else ""


def _text_of(row: Any) -> str:
    """What a result shows of a row: a veiled post has no title there and no excerpt."""
    title = getattr(row, "shown_title", None) or getattr(row, "title", "")
    others = (getattr(row, name, "") for name in ("excerpt", "name", "username"))
    return " ".join(map(str, (title, *others)))


def search(text: str, viewer: Any, kind: str = EVERYTHING, cursor: str | None = None) -> Results:
    """What a query as typed finds among all that everybody may read, as `viewer` may see it.

    Of the newest 2,000 rows that match, the best come first; comments come newest first. A page holds the 25
    rows behind the one that the cursor names. Raises KeyError for an unknown kind, and BadCursor.
    """
    query = queries.parse(text)
    only = None if kind == EVERYTHING else KINDS_WITH_TAB[kind]
    if query.problem or query.is_empty:
        return Results(query, kind, query.problem)
    results = _in_time(query, kind, only, viewer, cursor)
    return replace(results, numbers=_counts(results.meant or query, viewer)) if only else results


def _in_time(query: Query, kind: str, only: SearchKind | None, viewer: Any, cursor: str | None) -> Results:
    if query.filters and only and only.by_words_alone:
        return Results(query, kind, str(WORDS_ALONE))
    try:
        with in_time():
            return _found(query, kind, only, viewer, cursor)
    except Unclear as unclear:
        return Results(query, kind, str(unclear))
    except TooBroad:
        return Results(query, kind, str(TOO_BROAD))


def _found(query: Query, kind: str, only: SearchKind | None, viewer: Any, cursor: str | None) -> Results:
    found = _find(query, only, viewer)
    groups, next_cursor = _groups_of(found, query, only, viewer, cursor)
    if groups or cursor or not query.wanted:
        return Results(query, kind, "", groups, next_cursor, numbers=_numbers(found))
    meant = corrected(query)
    if meant and not meant.problem:
        found = _find(meant, only, viewer)
        if near := _groups_of(found, meant, only, viewer, None)[0]:
            return Results(query, kind, near=near, meant=meant, numbers=_numbers(found))
    return Results(query, kind, near=_near(replace(query, loose=True), only, viewer))


def _find(query: Query, only: SearchKind | None, viewer: Any) -> dict[SearchKind, list[int]]:
    """The ids of each kind that is asked for, at most RANKED, in the order in which they are shown."""
    scope, is_filtering = scope_of(query), _filters(viewer)
    query, found = replace(query, glance=not (only or is_filtering)), {}
    for kind in [only] if only else KINDS_AT_ONCE:
        is_cut_short = not (only or kind.is_ranked or is_filtering)
        ids = kind.ids(query, scope, COUNTED_UP_TO if is_cut_short else RANKED)
        found[kind] = _without_filtered(kind, ids, viewer) if is_filtering else ids
    return found


def _groups_of(
    found: dict[SearchKind, list[int]],
    query: Query,
    only: SearchKind | None,
    viewer: Any,
    cursor: str | None,
) -> tuple[list[Group], str | None]:
    """A page of the one kind, or the first few of each."""
    if only is None:
        return _groups({kind: ids[: kind.few] for kind, ids in found.items()}, query, viewer), None
    ids, next_cursor = _page(found[only], cursor)
    return _groups({only: ids}, query, viewer), next_cursor


def _near(query: Query, only: SearchKind | None, viewer: Any) -> list[Group]:
    """What holds most of the words: one page of a kind, or the first posts and films."""
    kinds = {only: PAGE_SIZE} if only else {ALL_POSTS: NEAR_POSTS, FILMS_KIND: FILMS_KIND.few}
    found = {kind: _find(query, kind, viewer)[kind][:few] for kind, few in kinds.items()}
    return _groups(found, query, viewer)


def _counts(query: Query, viewer: Any) -> dict[str, str]:
    """How many rows of every kind a query finds; nothing where that takes too long."""
    query, found = replace(query, unranked=True), {}
    try:
        with in_time():
            scope, is_filtering = scope_of(query), _filters(viewer)
            for kind in KINDS_AT_ONCE:
                ids = kind.ids(query, scope, POSTS_LOOKED_AT if kind is ALL_POSTS else COUNTED_UP_TO)
                found[kind] = _without_filtered(kind, ids, viewer) if is_filtering else ids
            return _numbers(found)
    except (Unclear, TooBroad):
        return {}


def _numbers(found: dict[SearchKind, list[int]]) -> dict[str, str]:
    """How many there are of each kind, as a tab says it.

    From COUNTED_UP_TO on it is not said how many; of posts the newest POSTS_LOOKED_AT are looked at.
    """
    said: dict[str, str] = {}
    for kind, ids in found.items():
        said |= _of_posts(ids) if kind is ALL_POSTS else {kind.slug: _some(len(ids))}
    return said


def _of_posts(ids: list[int]) -> dict[str, str]:
    newest = sorted(ids, reverse=True)[:POSTS_LOOKED_AT]
    is_cut = len(newest) == POSTS_LOOKED_AT
    numbers = numbers_by("kind", POSTS, newest)
    return {POST_KINDS[kind].segment: _some(number, is_cut) for kind, number in numbers.items()}


def _some(number: int, is_cut: bool = False) -> str:
    if number >= COUNTED_UP_TO:
        return f"{COUNTED_UP_TO - 1}+"
    return f"{number}{'+' * is_cut}" if number else ""


def _filters(viewer: Any) -> bool:
    """Whether there is anything that the viewer filters or mutes."""
    if filters_of(viewer):
        return True
    return viewer.is_authenticated and bool(Asked(_mutes, viewer).values)


def _mutes(viewer: Any) -> QuerySet:
    return Mute.objects.in_force(getattr(viewer, "now", None)).filter(member=viewer.pk).values_list("pk")[:1]


def _without_filtered(kind: SearchKind, ids: list[int], viewer: Any) -> list[int]:
    """The ids without what the viewer filters or mutes; left out later, it would make a page short."""
    if not ids:
        return ids
    kept = set(kind.unfiltered(viewer).filter(pk__in=ids).values_list("pk", flat=True))
    return [pk for pk in ids if pk in kept]


def _page(ids: list[int], cursor: str | None) -> tuple[list[int], str | None]:
    """The ids after the row of the cursor; from its place on when that row was deleted meanwhile."""
    start = 0
    if cursor:
        place, _, last = cursor.partition("-")
        if len(cursor) > 30 or not cursor.isascii() or not (place.isdecimal() and last.isdecimal()):
            raise BadCursor("not a cursor")
        start = ids.index(int(last)) + 1 if int(last) in ids else int(place)
    end = start + PAGE_SIZE
    shown = ids[start:end]
    return shown, f"{end}-{shown[-1]}" if end < len(ids) else None


def _groups(found: dict[SearchKind, list[int]], query: Query, viewer: Any) -> list[Group]:
    groups = [Group(kind, kind.load(ids, query, viewer)) for kind, ids in found.items() if ids]
    return [group for group in groups if group.rows]


def films_to_begin_with(viewer: Any) -> list[Film]:
    """Where to begin without a query: the films with the most moments."""
    return list(unfiltered(Film.objects.listed(), viewer).order_by("-moment_count", "-id")[:ENTRANCES])


# Help for forms: what may be meant, and what is there already.


def films_to_choose(text: str) -> list[Film]:
    """Films to choose from, the likeliest first. The last word may be unfinished."""
    return in_order(Film.objects.listed(), best(FILMS, _unfinished(text))[:CHOICES]) if words(text) else []


def suggest_tags(text: str) -> list[Tag]:
    """The most used tags with these words in them. The last word may be unfinished."""
    if not words(text):
        return []
    return tags_of_now(most_of(TAGS, "post_count", _unfinished(text), SUGGESTIONS))


def suggest_people(text: str) -> list[Person]:
    """People with these words in their names. The last word may be unfinished."""
    if not words(text):
        return []
    return in_order(Person.objects.credited(), best(PEOPLE, _unfinished(text), SUGGESTIONS))


def similar_films(title: str) -> list[Film]:
    """Films that may be the one of this title, by their title, their original one or another one."""
    if not words(title):
        return []
    films = in_order(Film.objects.listed(), best(FILMS, _alike(title))[:SIMILAR_TRIED])
    alike = similar(title, films, key=lambda film: film.title)
    alike = alike or similar(title, films, key=lambda film: film.original_title)
    key = title_key(title)
    return alike or [film for film in films if key in map(title_key, plain_titles(film.other_titles))]


def similar_posts(film: Film, kind: str, title: str, viewer: Any) -> list[Post]:
    """Posts of the film that may be about the same, as `viewer` may see them; of opinions none is."""
    if POST_KINDS[Kind(kind)].is_opinion or not words(title):
        return []
    alike = _alike(title, {"k": [kind], "f": [film.pk]})
    posts = Post.objects.listed().without_filtered(viewer, film).select_related("film").veiled_for(viewer)
    posts = posts.only("title", "slug", "kind", "film", "state")
    return similar(title, in_order(posts, best(POSTS, alike)[:SIMILAR_TRIED]), key=str)


def moments_named(film: Film, text: str) -> list[int]:
    """Ids of moments of the film with these words in them. The last word may be unfinished."""
    facets = {"k": [Kind.MOMENT], "f": [film.pk]}
    return best(POSTS, _unfinished(text, facets))[:CHOICES] if words(text) else []


def _unfinished(text: str, facets: dict[str, list] | None = None) -> WordQuery:
    terms = [Term((word,)) for word in words(text)[:TWIN_WORDS]]
    return WordQuery(terms, beginnings=terms[-1:], facets=facets or {})


def _alike(title: str, facets: dict[str, list] | None = None) -> WordQuery:
    """A query for rows with a word that begins alike, so that a slip in the rest of it does not matter."""
    terms: Sequence[Term] = [Term((word[:TWIN_BEGINNING],)) for word in words(title)[:TWIN_WORDS]]
    return WordQuery(terms, beginnings=terms, any_of=True, facets=facets or {})
