"""The loaders: they turn ids that were found into rows with all that a result shows to the viewer.

What they ask is compiled once for each shape of viewer (`models.asked`).
"""

from typing import Any

from django.db.models import Q, QuerySet

from accounts.models import User
from moments.models import Comment, Episode, Film, MemberList, Person, Post, Progress, Season, Tag
from moments.models.asked import Asked
from moments.models.card import CardRow
from moments.models.card_pages import cards_of
from moments.models.cover import with_covers
from moments.models.episode import is_shown_all
from moments.models.filter import filters_of
from moments.models.member_list import Visibility
from moments.models.mixins.labelled import LABEL_COLUMNS
from moments.models.mixins.pictured import vary_scenes
from moments.models.mute import without_muted
from moments.search.highlight import marked
from moments.search.query import Query
from reelive.markdown import MAX_HTML_LENGTH, excerpt
from reelive.pagination import in_this_order

REVEALING_FILTERS = {"feeling", "tag"}  # to be found by these would tell of a veiled post what it is like
# What a result shows of a comment, and of the post or list in whose thread it stands.
OF_COMMENT = ("author__username", "body_html", "created", "member_list", "post", "votes", *LABEL_COLUMNS)
OF_POST = ("film__slug", "film__title", "kind", "slug", "spoiler", "spoiler_labels", "state", "title")
OF_LIST = ("author__username", "slug", "state", "title")


def load_posts(ids: list[int], query: Query, viewer: Any) -> list[CardRow]:
    rows = cards_of(ids, viewer)
    if query.filters.keys() & REVEALING_FILTERS:
        rows = [post for post in rows if not post.is_veiled]
    told = [post.pk for post in rows if not post.is_veiled]
    texts = {pk: stored for pk, *stored in Asked(_texts, viewer, keys=told).values}
    rows = _each_recording_once(rows, {pk: recording for pk, (recording, *_html) in texts.items()})
    found = {pk: _marked(query, *html) for pk, (_recording, *html) in texts.items()}
    return vary_scenes([_with_excerpt(post, found.get(post.pk)) for post in rows])


def _texts(viewer: Any, keys: list) -> QuerySet:
    return Post.objects.filter(pk__in=keys).values_list("pk", "recording", "body_html", "context_html")


def _each_recording_once(rows: list[CardRow], recordings: dict[int, int | None]) -> list[CardRow]:
    """Of songs that are one recording the first: it leads to the others. What is veiled is not told of."""
    seen: set[int] = set()
    kept = []
    for post in rows:
        recording = recordings.get(post.pk)
        if recording is None or recording not in seen:
            kept.append(post)
        if recording is not None:
            seen.add(recording)
    return kept


def _with_excerpt(post: CardRow, marked: str | None) -> CardRow:
    return post._replace(excerpt="" if post.is_veiled else marked or post.excerpt)


def load_comments(ids: list[int], query: Query, viewer: Any) -> list[Comment]:
    rows = in_this_order(ids, Asked(_comments, viewer, keys=ids).by_key)
    about_posts = sorted({comment.post_id for comment in rows if comment.post_id})
    posts = Asked(_posts_of_comments, viewer, keys=about_posts).by_key if about_posts else {}
    about_lists = sorted({comment.member_list_id for comment in rows if comment.member_list_id})
    lists = Asked(_lists_of_comments, viewer, keys=about_lists).by_key if about_lists else {}
    for comment in rows:
        comment.post, comment.member_list = posts.get(comment.post_id), lists.get(comment.member_list_id)
        comment.excerpt = _marked(query, comment.body_html) or excerpt(comment.body_html)
    return rows


def _comments(viewer: Any, keys: list) -> QuerySet:
    public = Q(member_list=None) | Q(member_list__visibility=Visibility.PUBLIC)
    comments = Comment.objects.listed().found_by(viewer).filter(public, pk__in=keys)
    return comments.without_filtered(viewer).select_related("author").only(*OF_COMMENT)


def _posts_of_comments(viewer: Any, keys: list) -> QuerySet:
    return Post.objects.filter(pk__in=keys).select_related("film").only(*OF_POST).veiled_for(viewer)


def _lists_of_comments(viewer: Any, keys: list) -> QuerySet:
    return MemberList.objects.filter(pk__in=keys).select_related("author").only(*OF_LIST)


def load_films(ids: list[int], query: Query, viewer: Any) -> list[Film]:
    return with_covers(in_this_order(ids, Asked(_films, viewer, keys=ids).by_key), viewer)


def _films(viewer: Any, keys: list) -> QuerySet:
    return Film.objects.visible_to(viewer).filter(pk__in=keys)


def load_seasons(ids: list[int], query: Query, viewer: Any) -> list[Season]:
    return _veiled(in_this_order(ids, Asked(_seasons, viewer, keys=ids).by_key), viewer)


def _seasons(viewer: Any, keys: list) -> QuerySet:
    return Season.objects.visible_to(viewer).filter(pk__in=keys).select_related("film")


def load_episodes(ids: list[int], query: Query, viewer: Any) -> list[Episode]:
    return _veiled(in_this_order(ids, Asked(_episodes, viewer, keys=ids).by_key), viewer)


def _episodes(viewer: Any, keys: list) -> QuerySet:
    return Episode.objects.visible_to(viewer).filter(pk__in=keys).select_related("film")


def _veiled(parts: list, viewer: Any) -> list:
    """Parts of several series, veiled by how far the viewer has seen each."""
    if is_shown_all(viewer):
        return parts
    seen = Progress.objects.by_film(viewer, sorted({part.film_id for part in parts}))
    for part in parts:
        part.veil_from(seen.get(part.film_id))
    return parts


def load_people(ids: list[int], query: Query, viewer: Any) -> list[Person]:
    return in_this_order(ids, Asked(_people, viewer, keys=ids).by_key)


def _people(viewer: Any, keys: list) -> QuerySet:
    return Person.objects.credited().filter(pk__in=keys)


def load_tags(ids: list[int], query: Query, viewer: Any) -> list[Tag]:
    filtered = filters_of(viewer).tag
    found = in_this_order(ids, Asked(_tags, viewer, keys=ids).by_key)
    return [tag for tag in _of_now(found) if tag.pk not in filtered]


def _tags(viewer: Any, keys: list) -> QuerySet:
    return Tag.objects.filter(pk__in=keys).select_related("merged_into")


def tags_of_now(ids: list[int]) -> list[Tag]:
    """Tags in this order; for one that was merged, and is found by its old name, the one of now."""
    return _of_now(in_this_order(ids, _tags(None, ids).in_bulk()))


def _of_now(tags: list[Tag]) -> list[Tag]:
    return [tag for tag in dict.fromkeys(tag.of_now for tag in tags) if tag.is_visible]


def load_lists(ids: list[int], query: Query, viewer: Any) -> list[MemberList]:
    rows = in_this_order(ids, Asked(_lists, viewer, keys=ids).by_key)
    for member_list in rows:
        member_list.excerpt = _marked(query, member_list.body_html) or member_list.excerpt
    return rows


def _lists(viewer: Any, keys: list) -> QuerySet:
    return MemberList.objects.found_by(viewer).filter(pk__in=keys).select_related("author")


def load_members(ids: list[int], query: Query, viewer: Any) -> list[User]:
    rows = in_this_order(ids, Asked(_members, viewer, keys=ids).by_key)
    for member in rows:
        member.excerpt = _marked(query, member.bio_html) or excerpt(member.bio_html)
    return rows


def _members(viewer: Any, keys: list) -> QuerySet:
    members = User.objects.filter(is_active=True, pk__in=keys).only("username", "avatar", "bio_html")
    return without_muted(members, viewer, "pk")


def _marked(query: Query, *stored: str) -> str | None:
    """An excerpt of the first of these texts that holds a wanted word. Spoilers in it stay veiled."""
    beginnings = query.wanted[-1:] if query.open_end else ()
    for markup in filter(None, stored):
        found = marked(excerpt(markup, MAX_HTML_LENGTH), query.wanted, beginnings, query.loose)
        if found:
            return found
    return None
