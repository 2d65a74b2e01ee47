"""Who may do what to a list: every role, whoever sees the list, in every state, every verb."""

from copy import deepcopy

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from moments.models import (
    Appeal,
    Comment,
    CommentVote,
    Label,
    LedgerEntry,
    ListEntry,
    ListWriter,
    MemberList,
    MemberListVote,
    Report,
    ThreadChoice,
)
from moments.models.member_list import Visibility
from tests.support.database import changes_nothing, statements_noted
from tests.support.makers import make_comment, make_list, make_member, make_moment
from tests.support.rows import for_each
from tests.support.tables import counts

ALL = {"other", "invited", "writer", "owner", "moderator"}
OTHERS = ALL - {"owner"}
ROLES = sorted(ALL | {"visitor"})
MEANT = {"confirmed": "yes", "reason": "spam", "note": "For the test."}
LIST, NAMED, ENTRY = "/lists/{pk}/", "/members/owner/lists/{slug}/", "/lists/entries/{entry}/"
# Each verb: its address, what is sent, who may do it while the list is visible.
VERBS = {
    "upvote": (NAMED + "upvote/", {}, OTHERS),
    "report": (NAMED + "report/", {"reason": "spam"}, OTHERS),
    "copy": (NAMED + "copy/", {}, ALL),
    "comment": (NAMED + "comments/new/", {"body": "Words"}, ALL),
    "hear less": (NAMED + "thread/", {"level": "nothing"}, ALL),
    "answer": ("/comments/{comment}/reply/", {"body": "Words"}, ALL),
    "upvote a comment": ("/comments/{comment}/upvote/", {}, ALL),
    "flag a comment": ("/comments/{comment}/label/", {"kind": "unkind"}, ALL),
    "report a comment": ("/comments/{comment}/report/", {"reason": "spam"}, ALL),
    "edit": (LIST + "edit/", {"title": "Another", "visibility": "unlisted"}, {"owner"}),
    "delete": (LIST + "delete/", {}, {"owner"}),
    "invite": (LIST + "writers/", {"name": "guest"}, {"owner"}),
    "take a writer out": ("/lists/writers/{writer}/remove/", {}, {"owner"}),
    "leave": ("/lists/writers/{writer}/leave/", {}, {"writer"}),
    "accept": ("/lists/writers/{invited}/accept/", {}, {"invited"}),
    "add": ("/posts/{post}/lists/", {"member_list": "{pk}"}, {"owner", "writer"}),
    "move": (ENTRY + "down/", {}, {"owner", "writer"}),
    "note": (ENTRY + "edit/", {"note": "Another", "place": "1"}, {"owner", "writer"}),
    "take out": (ENTRY + "remove/", {}, {"owner", "writer"}),
    "remove": ("/admin/moments/memberlist/{pk}/remove/", MEANT, {"moderator"}),
}
# What is private is not found by those who do not write in it, staff included until it is reported.
BY_NUMBER = {"answer", "upvote a comment", "flag a comment", "report a comment"}
OF_READERS = {"upvote", "report", "copy", "remove", "comment", "hear less", *BY_NUMBER}
WATCHED = (
    Comment,
    CommentVote,
    Label,
    ThreadChoice,
    MemberListVote,
    ListWriter,
    ListEntry,
    Report,
    Appeal,
    LedgerEntry,
)


@pytest.fixture
def world(film, mia, keith):
    """A list with two scenes, its owner, a co-writer, somebody invited, and a scene that is not in it."""
    members = {name: make_member(name) for name in ("owner", "writer", "invited", "other", "guest")}
    scenes = [make_moment(film, mia) for _each in range(3)]
    made = make_list(members["owner"], *scenes[:2], note="Look.")
    rows = {
        name: ListWriter.objects.create(member_list=made, member=members[name])
        for name in ("writer", "invited")
    }
    ListWriter.objects.filter(member=members["writer"]).update(accepted=timezone.now())
    keys = {name: row.pk for name, row in rows.items()}
    places = {
        "pk": made.pk,
        "slug": made.slug,
        "entry": made.entries.get(position=1).pk,
        "post": scenes[2].pk,
        "comment": make_comment(made, mia).pk,
    }
    return members | {"moderator": keith}, made, keys | places


def everything():
    """All that a verb could have changed."""
    lists = list(MemberList.objects.order_by("pk").values_list("title", "state", "visibility", "votes"))
    entries = list(ListEntry.objects.order_by("pk").values_list("position", "note"))
    writers = list(ListWriter.objects.order_by("pk").values_list("accepted"))
    return [lists, entries, writers, counts(WATCHED)]


def arrived(role, members):
    client = Client()
    if role != "visitor":
        client.force_login(members[role])
    return client


def with_effect(client, keys):
    """The verbs that change something; whatever that was is undone."""
    before = everything()
    return {verb for verb in VERBS if has_effect(client, verb, keys, before)}


def has_effect(client, verb, keys, before):
    place, sent, _roles = VERBS[verb]
    cookies = deepcopy(client.cookies)
    sent = {name: value.format(**keys) for name, value in sent.items()}
    with transaction.atomic():
        with statements_noted() as statements:
            assert client.post(place.format(**keys), sent).status_code < 500
        changed = not changes_nothing(statements) and everything() != before
        transaction.set_rollback(True)
    client.cookies = cookies
    return changed


@for_each("visibility", Visibility.values)
@for_each("role", ROLES)
def test_who_may_do_what_to_a_list(role, visibility, world):
    members, _made, keys = world
    MemberList.objects.update(visibility=visibility)
    allowed = {verb for verb, (_place, _sent, roles) in VERBS.items() if role in roles}
    if visibility == "private" and role not in ("owner", "writer"):
        allowed -= OF_READERS
    if visibility == "unlisted" and role not in ("owner", "writer"):
        allowed -= BY_NUMBER  # which leads nobody to a list of which they lack the address
    client = arrived(role, members)
    assert with_effect(client, keys) == allowed


@for_each("state", ["removed", "deleted"])
@for_each("role", ROLES)
def test_nobody_changes_a_list_that_is_out_of_sight(role, state, world, keith):
    members, made, keys = world
    if state == "removed":
        made.remove(keith, "spam")
    else:
        made.delete_by_author(members["owner"])
    client = arrived(role, members)
    assert with_effect(client, keys) == set()
