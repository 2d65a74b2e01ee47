"""The loaders: they turn ids that were found into rows with all that a result shows to the viewer."""

from typing import Any

from django.db.models import Q

from accounts.models import User
from moments.models import Comment, Film, MemberList, Post, Tag
from moments.models.card import CardRow
from moments.models.card_pages import cards_of
from moments.models.cover import with_covers
from moments.models.filter import filters_of
from moments.models.member_list import Visibility
from moments.models.mixins.pictured import vary_scenes
from moments.models.mute import without_muted
from moments.search.highlight import marked
from moments.search.query import Query
from reelive.markdown import MAX_HTML_LENGTH, excerpt
from reelive.pagination import in_order

REVEALING_FILTERS = {"feeling", "tag"}  # to be found by these would tell of a veiled post what it is like


def load_posts(ids: list[int], query: Query, viewer: Any) -> list[CardRow]:
    rows = cards_of(ids, viewer)
    if query.filters.keys() & REVEALING_FILTERS:
        rows = [post for post in rows if not post.is_veiled]
    texts = Post.objects.filter(pk__in=[post.pk for post in rows]).values_list(
        "pk", "body_html", "context_html"
    )
    found = {pk: _marked(query, *stored) for pk, *stored in texts}
    return vary_scenes([_with_excerpt(post, found.get(post.pk)) for post in rows])


def _with_excerpt(post: CardRow, marked: str | None) -> CardRow:
    return post._replace(excerpt="" if post.is_veiled else marked or post.excerpt)


def load_comments(ids: list[int], query: Query, viewer: Any) -> list[Comment]:
    public = Q(member_list=None) | Q(member_list__visibility=Visibility.PUBLIC)
    comments = Comment.objects.listed().found_by(viewer).filter(public).select_related("author")
    rows = in_order(comments.with_about(viewer).without_filtered(viewer), ids)
    for comment in rows:
        comment.excerpt = _marked(query, comment.body_html) or excerpt(comment.body_html)
    return rows


def load_films(ids: list[int], query: Query, viewer: Any) -> list[Film]:
    return with_covers(in_order(Film.objects.visible_to(viewer), ids), viewer)


def load_tags(ids: list[int], query: Query, viewer: Any) -> list[Tag]:
    filtered = filters_of(viewer).tag
    return [tag for tag in tags_of_now(ids) if tag.pk not in filtered]


def tags_of_now(ids: list[int]) -> list[Tag]:
    """Tags in this order; for one that was merged, and is found by its old name, the one of now."""
    found = in_order(Tag.objects.select_related("merged_into"), ids)
    return [tag for tag in dict.fromkeys(tag.of_now for tag in found) if tag.is_visible]


def load_lists(ids: list[int], query: Query, viewer: Any) -> list[MemberList]:
    rows = in_order(MemberList.objects.found_by(viewer).select_related("author"), ids)
    for member_list in rows:
        member_list.excerpt = _marked(query, member_list.body_html) or member_list.excerpt
    return rows


def load_members(ids: list[int], query: Query, viewer: Any) -> list[User]:
    rows = in_order(without_muted(User.objects.filter(is_active=True), viewer, "pk"), ids)
    for member in rows:
        member.excerpt = _marked(query, member.bio_html) or excerpt(member.bio_html)
    return rows


def _marked(query: Query, *stored: str) -> str | None:
    """An excerpt of the first of these texts that holds a wanted word. Spoilers in it stay veiled."""
    beginnings = query.wanted[-1:] if query.open_end else ()
    for markup in filter(None, stored):
        found = marked(excerpt(markup, MAX_HTML_LENGTH), query.wanted, beginnings, query.loose)
        if found:
            return found
    return None
