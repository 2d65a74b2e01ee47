"""From a query as typed to the ids of what it asks for, kind by kind."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from accounts.models import User
from moments.models import FeelingTally, Film, State, Tag, Tagging
from moments.query import Query, Term, Unclear, words
from moments.search_index import RANKED, Ask, best, foremost, newest
from moments.search_schema import COMMENTS, FILMS, MEMBERS, POSTS, TAGS
from reelive.text import fold

POST_KINDS = {"moments": "moment", "songs": "song", "trivia": "trivia"}
UNRANKED = {"comments", "tags"}  # Their order is an order of rows.
SHORTEST_BEGINNING = 3
NAMESAKES = 50


@dataclass(frozen=True)
class Scope:
    """The filters of a query as rows of the database; an empty one does not narrow."""

    kinds: list[str] = field(default_factory=list)
    films: list[int] = field(default_factory=list)
    authors: list[int] = field(default_factory=list)
    tags: list[list[int]] = field(default_factory=list)  # One of each list.
    feelings: list[str] = field(default_factory=list)


def scope_of(query: Query) -> Scope:
    """Raises Unclear, with a sentence, for a film, tag or member that is not here."""
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
    like = best(FILMS, Ask([Term(words(name))]), NAMESAKES)
    titles = Film.objects.listed().filter(pk__in=like).values_list("pk", "title", "original_title")
    films = [pk for pk, *called in titles if any(_plain(name) in _plain(title) for title in called)]
    if not films:
        raise Unclear(f"There is no film called “{name}” here.")
    return films


def _tags_called(name: str) -> list[int]:
    like = foremost(TAGS, "post_count", Ask([Term(words(name))]), NAMESAKES)
    names = Tag.objects.listed().filter(pk__in=like).values_list("pk", "name")
    tags = [pk for pk, called in names if _plain(called) == _plain(name)]
    if not tags:
        raise Unclear(f"There is no tag “{name}” here.")
    return tags


def _members_called(name: str) -> list[int]:
    members = list(User.objects.named([name]).values_list("pk", flat=True))
    if not members:
        raise Unclear(f"There is no member called “{name}” here.")
    return members


def _plain(name: str) -> str:
    return " ".join(words(fold(name)))


def find_posts(query: Query, scope: Scope, kind: str, limit: int) -> list[int]:
    """Best first; by a tag or feeling alone, the hottest or the strongest."""
    if kind in POST_KINDS:
        if scope.kinds and POST_KINDS[kind] not in scope.kinds:
            return []
        scope = replace(scope, kinds=[POST_KINDS[kind]])
    facets = {"k": scope.kinds, "f": scope.films, "a": scope.authors}
    ask = Ask(query.wanted, query.unwanted, facets=facets)
    if scope.tags or scope.feelings:
        tagged = _tagged(scope)
        if not query.wanted or not tagged:
            return _without(query.unwanted, tagged)
        ask = _among(tagged, scope, ask)
    return _also_beginnings(query, ask, lambda asked: best(POSTS, asked, limit))


def _among(tagged: list[int], scope: Scope, ask: Ask) -> Ask:
    """By their ids when these are all; otherwise there are so many of them that each row is looked at."""
    if len(tagged) < RANKED:
        return replace(ask, among=tagged)
    conditions, values = _marks_of(scope, "{id}")
    return replace(ask, condition=" AND ".join(conditions), values=values, is_rare=True)


def find_comments(query: Query, scope: Scope, kind: str, limit: int) -> list[int]:
    """Newest first. The filters are about the post; `by:` is about the comment."""
    ask = Ask(query.wanted, query.unwanted, facets={"a": scope.authors})
    if not ask.names_words:
        return []
    post = "moments_comment.post_id"
    conditions, values = _marks_of(scope, post)
    for column, wanted in {"film_id": scope.films, "kind": scope.kinds}.items():
        if wanted:
            conditions.append(f"moments_post.{column} IN ({_holders(wanted)})")
            values.extend(wanted)
    is_rare = bool(conditions)
    joined = f"moments_comment JOIN moments_post ON moments_post.id = {post}"
    where = ["moments_comment.id = {id}", f"moments_post.state = '{State.VISIBLE}'", *conditions]
    exists = f"EXISTS (SELECT 1 FROM {joined} WHERE {' AND '.join(where)})"  # noqa: S608
    ask = replace(ask, condition=exists, values=values, is_rare=is_rare)
    return _also_beginnings(query, ask, lambda asked: newest(COMMENTS, asked, limit))


def find_films(query: Query, scope: Scope, kind: str, limit: int) -> list[int]:
    return _by_words_alone(query, lambda asked: best(FILMS, asked, limit))


def find_tags(query: Query, scope: Scope, kind: str, limit: int) -> list[int]:
    return _by_words_alone(query, lambda asked: foremost(TAGS, "post_count", asked, limit))


def find_members(query: Query, scope: Scope, kind: str, limit: int) -> list[int]:
    return _by_words_alone(query, lambda asked: best(MEMBERS, asked, limit))


def _by_words_alone(query: Query, find: Callable[[Ask], list[int]]) -> list[int]:
    """In a small table the last word is always tried as the beginning of a longer one too."""
    if query.filters:
        return []
    return find(Ask(query.wanted, query.unwanted, query.wanted[-1:] if query.open_end else ()))


def _also_beginnings(query: Query, ask: Ask, find: Callable[[Ask], list[int]]) -> list[int]:
    """When no text holds the last word, it may be the beginning of one; at once, it would match too much."""
    found = find(ask)
    last = query.wanted[-1:] if query.open_end else []
    if found or not last or len(last[0].words[-1]) < SHORTEST_BEGINNING:
        return found
    return find(replace(ask, beginnings=last))


def _marks_of(scope: Scope, post: str) -> tuple[list[str], list]:
    """SQL and its values for what others gave to a post: its tags and its feelings."""
    conditions, values = [], []
    for tags in scope.tags:
        of_post = f"content_object_id = {post} AND tag_id IN ({_holders(tags)})"
        conditions.append(f"EXISTS (SELECT 1 FROM moments_tagging WHERE {of_post})")  # noqa: S608
        values.extend(tags)
    for feeling in scope.feelings:
        of_post = f"moment_id = {post} AND feeling = %s AND strength > 0"
        conditions.append(f"EXISTS (SELECT 1 FROM moments_feelingtally WHERE {of_post})")  # noqa: S608
        values.append(feeling)
    return conditions, values


def _holders(values: list) -> str:
    return ", ".join(["%s"] * len(values))


def _tagged(scope: Scope) -> list[int]:
    """The posts with the tags and feelings of the scope, by a walk of the index of one of them."""
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
    left_out = set(newest(POSTS, Ask(unwanted, any_of=True, among=ids)))
    return [post_id for post_id in ids if post_id not in left_out]


FINDERS: dict[str, Callable[[Query, Scope, str, int], list[int]]] = {
    "films": find_films,
    "posts": find_posts,
    "moments": find_posts,
    "songs": find_posts,
    "trivia": find_posts,
    "comments": find_comments,
    "tags": find_tags,
    "members": find_members,
}


def find(query: Query, kind: str) -> list[int]:
    """The ids of what the query asks for, at most RANKED, in the order to show them in."""
    return FINDERS[kind](query, scope_of(query), kind, RANKED)


def find_few(query: Query, counts: dict[str, int]) -> dict[str, list[int]]:
    """The first ids of each kind. What is ranked is ranked among as many as always."""
    scope = scope_of(query)
    limits = {kind: count if kind in UNRANKED else RANKED for kind, count in counts.items()}
    return {kind: FINDERS[kind](query, scope, kind, limit)[: counts[kind]] for kind, limit in limits.items()}
