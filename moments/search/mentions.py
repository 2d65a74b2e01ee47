"""Whom somebody may mean who types "@se": members of the thread first, then others of that name."""

from typing import Any

from django.db.models import Q, QuerySet

from accounts.models import User
from moments.models import Comment, MemberList, Post, Restrict
from moments.models.mute import without_muted
from moments.search import query as queries
from moments.search.dialect import WordQuery
from moments.search.index import TooBroad, called_first, in_time
from moments.search.schema import MEMBERS
from reelive.pagination import in_order

NAMES_SUGGESTED, NAMES_TRIED = 6, 30
NEWEST_COMMENTS = 200  # comments of the thread whose authors are in it


def mentionable(viewer: Any, typed: str, **thread: int | None) -> list[User]:
    """The members whose names begin so and whom the viewer reaches by a mention; without a word the thread's.

    Args:
        viewer: a Member.
        typed: the beginning of a name, in any case.
        thread: the key of the `post`, or of the `member_list`, in whose thread it is typed.
    """
    typed = typed.lower()
    members = _reached_by(viewer).filter(username__startswith=typed)
    about = {name: key for name, key in thread.items() if key}
    found = list(_in_thread(members, viewer, **about)[:NAMES_SUGGESTED]) if about else []
    if typed and len(found) < NAMES_SUGGESTED:
        found += [member for member in in_order(members, _called(typed)) if member not in found]
    return found[:NAMES_SUGGESTED]


def _reached_by(viewer: Any) -> QuerySet:
    members = without_muted(User.objects.filter(is_active=True).exclude(pk=viewer.pk), viewer, "pk")
    mine = Restrict.objects.condition(viewer, "pk")
    return members.filter(~Q(mine), ~Q(Restrict.objects.condition_against(viewer.pk, "pk")))


def _in_thread(members: QuerySet, viewer: Any, **about: int) -> QuerySet:
    """Those of the members who shared the post or list or are among the newest voices of its thread."""
    ((name, key),) = list(about.items())[:1]
    rows = MemberList.objects.known_to(viewer) if name == "member_list" else Post.objects.visible_to(viewer)
    keys = set(rows.listed().filter(pk=key).values_list("author", flat=True))
    if not keys:
        return members.none()
    newest = Comment.objects.listed().filter(**{name: key}).order_by("-created")
    keys |= set(newest.values_list("author", flat=True)[:NEWEST_COMMENTS])
    return members.filter(pk__in=keys - {None}).order_by("username")


def _called(typed: str) -> list[int]:
    query = queries.parse(typed.replace("-", " ").replace("_", " "))
    if query.problem or not query.wanted:
        return []
    try:
        with in_time():
            words = WordQuery(query.wanted, (), query.wanted[-1:], in_titles=True)
            return called_first(MEMBERS, words, NAMES_TRIED)
    except TooBroad:
        return []
