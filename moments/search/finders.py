"""The finders: for each kind, the ids of the rows that a query asks for."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial

from django.utils.translation import gettext as _

from accounts.models import User
from moments.models import FeelingTally, Film, State, Tag, Tagging
from moments.models.other_titles import plain_titles
from moments.search.analyser import title_key
from moments.search.dialect import RANKED, WordQuery
from moments.search.index import best, loosened, most_of, newest, newest_once
from moments.search.query import Query, Term, Unclear, words
from moments.search.schema import FILMS, POSTS, TAGS, TITLE, Index
from reelive.text import fold

SHORTEST_BEGINNING = 3
NAMESAKES = 50
IN_PUBLIC_LIST = (
    "EXISTS (SELECT 1 FROM moments_comment JOIN moments_memberlist"
    " ON moments_memberlist.id = moments_comment.member_list_id WHERE moments_comment.id = {id}"
    f" AND moments_memberlist.state = '{State.VISIBLE}' AND moments_memberlist.visibility = 'public')"
)


@dataclass(frozen=True)
class Scope:
    """The filters of a query, as keys of rows. An empty filter narrows nothing."""

    kinds: list[str] = field(default_factory=list)
    films: list[int] = field(default_factory=list)
    authors: list[int] = field(default_factory=list)
    tags: list[list[int]] = field(default_factory=list)  # One of each list.
    feelings: list[str] = field(default_factory=list)


def scope_of(query: Query) -> Scope:
    """The scope of a query. Raises Unclear for a film, tag or member that does not exist."""
    asked = query.filters
    return Scope(
        asked.get("kind", []),
        [film for name in asked.get("film", []) for film in _films_called(name)],
        [author for name in asked.get("by", []) for author in _members_called(name)],
        [_tags_called(name) for name in asked.get("tag", [])],
        asked.get("feeling", []),
    )


def _films_called(name: str) -> list[int]:
    films = list(Film.objects.listed().filter(slug=name).values_list("pk", flat=True))
    if films:
        return films
    like = best(FILMS, WordQuery([Term(words(name))]), NAMESAKES)
    columns = ("pk", "other_titles", "title", "original_title")
    titles = Film.objects.listed().filter(pk__in=like).values_list(*columns)
    key = title_key(name)
    films = [
        pk
        for pk, others, *called in titles
        if any(key in title_key(title) for title in [*called, *plain_titles(others)])
    ]
    if not films:
        raise Unclear(_("There is no film called “%(name)s” here.") % {"name": name})
    return films


def _tags_called(name: str) -> list[int]:
    """The tags of this name; of a merged one, what it was merged into."""
    like = newest(TAGS, WordQuery(facets={TITLE: [title_key(name)]}), NAMESAKES)
    called = list(Tag.objects.filter(pk__in=like).select_related("merged_into"))
    same = [tag for tag in called if _plain(tag.name) == _plain(name)] or called
    tags = list(dict.fromkeys(tag.of_now.pk for tag in same if tag.of_now.is_visible))
    if not tags:
        raise Unclear(_("There is no tag “%(name)s” here.") % {"name": name})
    return tags


def _members_called(name: str) -> list[int]:
    members = list(User.objects.named([name]).values_list("pk", flat=True))
    if not members:
        raise Unclear(_("There is no member called “%(name)s” here.") % {"name": name})
    return members


def _plain(name: str) -> str:
    return " ".join(words(fold(name)))


def find_posts(index: Index, query: Query, scope: Scope, limit: int, kind: str = "") -> list[int]:
    """The ids of posts of one kind or of all, best first.

    Asked for by a tag or a feeling alone, the hottest or the strongest come first.
    """
    if kind:
        if scope.kinds and kind not in scope.kinds:
            return []
        scope = replace(scope, kinds=[kind])
    facets = {"k": scope.kinds, "f": scope.films, "a": scope.authors}
    ask = WordQuery(query.wanted, query.unwanted, facets=facets, glance=query.glance)
    if scope.tags or scope.feelings:
        tagged = _tagged(scope)
        if not query.wanted or not tagged:
            return _without(query.unwanted, tagged)
        ask = _among(tagged, scope, ask)
    return _asked(index, query, ask, lambda asked: _order(query)(index, asked, limit))


def _order(query: Query) -> Callable[..., list[int]]:
    return newest if query.unranked else best


def _among(tagged: list[int], scope: Scope, ask: WordQuery) -> WordQuery:
    """Narrow a query to tagged posts: by their ids when these are few, else by a condition on each row."""
    if len(tagged) < RANKED:
        return replace(ask, among=tagged)
    conditions, values = _marks_of(scope, "{id}")
    return replace(ask, condition=" AND ".join(conditions), values=values, is_rare=True)


def find_comments(index: Index, query: Query, scope: Scope, limit: int) -> list[int]:
    """The ids of comments, newest first. `by:` asks for their authors, other filters for posts.

    Those on lists are found where everybody finds the list.
    """
    ask = WordQuery(query.wanted, query.unwanted, facets={"a": scope.authors})
    if not ask.names_words:
        return []
    post = "moments_comment.post_id"
    conditions, values = _marks_of(scope, post)
    for column, wanted in {"film_id": scope.films, "kind": scope.kinds}.items():
        if wanted:
            conditions.append(f"moments_post.{column} IN ({_placeholders(wanted)})")
            values.extend(wanted)
    is_rare = bool(conditions)
    joined = f"moments_comment JOIN moments_post ON moments_post.id = {post}"
    where = ["moments_comment.id = {id}", f"moments_post.state = '{State.VISIBLE}'", *conditions]
    exists = f"EXISTS (SELECT 1 FROM {joined} WHERE {' AND '.join(where)})"
    if not is_rare:
        exists = f"({exists} OR {IN_PUBLIC_LIST})"
    ask = replace(ask, condition=exists, values=values, is_rare=is_rare)
    order = best if query.loose else newest
    return _asked(index, query, ask, lambda asked: order(index, asked, limit))


def find_by_words(index: Index, query: Query, scope: Scope, limit: int) -> list[int]:
    """The ids of films or members, best first."""
    if query.loose:
        return _asked(
            index, query, WordQuery(query.wanted, query.unwanted), partial(best, index, limit=limit)
        )
    return _by_words_alone(query, lambda asked: _order(query)(index, asked, limit))


def find_parts(index: Index, query: Query, scope: Scope, limit: int) -> list[int]:
    """The ids of seasons or episodes: first those whose own titles hold all words.

    Then those that hold them together with what their series is called: its name alone finds none of them.
    """
    if query.filters:
        return []
    order = best if query.loose else _order(query)
    ask = WordQuery(query.wanted, query.unwanted, in_titles=True)
    own = _asked(index, query, ask, lambda asked: order(index, asked, limit))
    if query.loose or len(query.wanted) < 2:
        return own
    ask = replace(ask, in_titles=False, condition=_not_of(index, _series_called(query)))
    rest = _asked(index, query, ask, lambda asked: order(index, asked, limit))
    return list(dict.fromkeys([*own, *rest]))[:limit]


def _series_called(query: Query) -> list[int]:
    beginnings = query.wanted[-1:] if query.open_end else ()
    return newest_once(FILMS, WordQuery(query.wanted, beginnings=beginnings, in_titles=True))


def _not_of(index: Index, films: list[int]) -> str:
    """SQL for what is part of none of these films."""
    of_film = f"{index.table}.id = {{id}} AND {index.table}.film_id IN ({', '.join(map(str, films))})"
    return f"NOT EXISTS (SELECT 1 FROM {index.table} WHERE {of_film})" if films else ""


def find_tags(index: Index, query: Query, scope: Scope, limit: int) -> list[int]:
    """The ids of tags, the most used first."""
    return _by_words_alone(query, lambda asked: most_of(index, "post_count", asked, limit))


def _by_words_alone(query: Query, find: Callable[[WordQuery], list[int]]) -> list[int]:
    """Ask a small table, in which the last word may always be the beginning of a longer one.

    Filters are about posts, so that a query with a filter finds nothing here.
    """
    if query.filters:
        return []
    return find(WordQuery(query.wanted, query.unwanted, query.wanted[-1:] if query.open_end else ()))


def _asked(index: Index, query: Query, ask: WordQuery, find: Callable[[WordQuery], list[int]]) -> list[int]:
    """Find by whole words; the last word may be the beginning of a longer one only when nothing holds it.

    Taken so from the start it would match too much. A loose query finds what holds most of the words.
    """
    if query.loose:
        return find(loosened(index, ask))
    found = find(ask)
    last = query.wanted[-1:] if query.open_end else []
    if found or not last or len(last[0].words[-1]) < SHORTEST_BEGINNING:
        return found
    return find(replace(ask, beginnings=last))


def _marks_of(scope: Scope, post: str) -> tuple[list[str], list]:
    """SQL and its values for what stands in other tables than the post's own: its tags and its feelings."""
    conditions, values = [], []
    for tags in scope.tags:
        of_post = f"content_object_id = {post} AND tag_id IN ({_placeholders(tags)})"
        conditions.append(f"EXISTS (SELECT 1 FROM moments_tagging WHERE {of_post})")
        values.extend(tags)
    for feeling in scope.feelings:
        of_post = f"moment_id = {post} AND feeling = %s AND strength > 0"
        conditions.append(f"EXISTS (SELECT 1 FROM moments_feelingtally WHERE {of_post})")
        values.append(feeling)
    return conditions, values


def _placeholders(values: list) -> str:
    return ", ".join(["%s"] * len(values))


def _tagged(scope: Scope) -> list[int]:
    """The posts with the tags and feelings of the scope, found by a walk along the index of one of them."""
    if scope.tags:
        post, rows, order = "content_object", Tagging.objects.filter(tag__in=scope.tags[0]), "-hot"
    else:
        strong = FeelingTally.objects.filter(feeling=scope.feelings[0], strength__gt=0)
        post, rows, order = "moment", strong, "-strength"
    rows = rows.filter(**{f"{post}__state": State.VISIBLE})
    columns = {"kind": scope.kinds, "film": scope.films, "author": scope.authors}
    rows = rows.filter(**{f"{post}__{column}__in": wanted for column, wanted in columns.items() if wanted})
    for tags in scope.tags[1:]:
        rows = rows.filter(**{f"{post}__taggings__tag__in": tags})
    for feeling in scope.feelings[not scope.tags :]:
        felt = {f"{post}__tallies__feeling": feeling, f"{post}__tallies__strength__gt": 0}
        rows = rows.filter(**felt)
    ids = rows.order_by(order, f"-{post}").values_list(f"{post}_id", flat=True)[:RANKED]
    return list(dict.fromkeys(ids))


def _without(unwanted: list[Term], ids: list[int]) -> list[int]:
    if not unwanted or not ids:
        return ids
    left_out = set(newest(POSTS, WordQuery(unwanted, any_of=True, among=ids)))
    return [post_id for post_id in ids if post_id not in left_out]
