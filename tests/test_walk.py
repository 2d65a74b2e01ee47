"""A walk of the whole URLconf: who may do what, by which method, for every address there is."""

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from moments.models import Comment, DiaryEntry, ListEntry, Moment, Post
from moments.urls import urlpatterns
from tests.support.rows import for_each
from tests.support.walk import FOR_ALL, FORM_PAGES, NAMES, VERBS, address, scene_of_everything

OWN = {
    "post-edit", "post-delete", "comment-edit", "comment-delete", "appeal",
    "post-undelete", "comment-undelete", "notification-open", "notification-read", "notification-unread",
    "request-accept", "request-decline",
    "diary-entry-edit", "diary-entry-delete", "diary-entry-undelete",
    "revision-restore", "revision-revoke", "saved-edit", "saved-folder-edit", "saved-folder-delete",
    "push-remove", "log-undo",
    "list-edit", "list-delete", "list-undelete", "list-films", "list-film-add",
    "list-writers", "list-writer-accept", "list-writer-leave",
    "list-writer-remove", "list-entry-edit", "list-entry-up", "list-entry-down", "list-entry-remove",
    "favourite-remove", "favourite-up", "reminder-delete",
    "player", "player-renew", "player-revoke", "player-film", "player-film-drop",
    "homecoming", "homecoming-undo", "homecoming-stop", "homecoming-go-on", "homecoming-finish",
    "homecoming-drop", "waiting-work", "waiting-work-leave", "waiting-work-take-up",
}  # fmt: skip


SCENE = scene_of_everything


@pytest.fixture
def world(staged):
    return staged["world"]


def unlike(expected, answers):
    """The answers, by name of the address, that are not what is expected of all."""
    return {name: answer for name, answer in answers.items() if answer != expected}


def test_every_address_has_a_name_and_is_known_to_this_walk():
    assert all(isinstance(pattern, URLPattern) and pattern.name for pattern in urlpatterns)
    assert set(NAMES) >= VERBS | FORM_PAGES


def test_verbs_refuse_to_be_followed_like_a_link(as_mia, world):
    answers = {name: as_mia.get(address(name, world)).status_code for name in sorted(VERBS)}
    assert unlike(405, answers) == {}


@for_each("method", ["PUT", "DELETE", "PATCH", "TRACE", "FOO"])
def test_no_page_answers_a_method_it_does_not_know(method, client, world):
    answers = {name: client.generic(method, address(name, world)).status_code for name in sorted(NAMES)}
    assert unlike(405, answers) == {}


@for_each("method", ["get", "post"])
def test_what_is_not_yours_is_not_found(method, as_seb, world):
    untouched = (Post.objects.listed(), Comment.objects.listed(), DiaryEntry.objects, ListEntry.objects)
    for name in sorted(OWN):
        response = getattr(as_seb, method)(address(name, world), {"title": "Taken", "body": "over"})
        assert response.status_code in {404, 405}, name
        assert [rows.count() for rows in untouched] == [5, 2, 1, 2], name


def test_verbs_of_the_signed_out_change_nothing(client, world):
    for name in sorted(VERBS - {"preview"}):
        client.post(address(name, world), {"body": "Nobody", "feeling": "joy", "kind": "wrong"})
        moment = Moment.objects.get()
        numbers = (moment.votes, moment.felt_by, moment.relive_count, moment.comment_count)
        assert numbers == (0, 0, 1, 1), name


def test_every_post_is_checked_for_forgery(world, mia):
    client = Client(enforce_csrf_checks=True)
    client.force_login(mia)
    sent = {"body": "From elsewhere"}
    names = sorted(VERBS | FORM_PAGES | FOR_ALL)
    answers = {name: client.post(address(name, world), sent).status_code for name in names}
    assert unlike(403, answers) == {}


def test_an_id_that_does_not_exist_is_not_found(as_mia, world):
    nowhere = {key: 999_999 if isinstance(value, int) else "nowhere" for key, value in world.items()}
    nowhere["tags"] = "nowhere,nothing"
    nowhere |= {
        "slug": dict.fromkeys(("moment", "song", "trivia-post", "review", "list"), "nowhere"),
        "kind": "moment",
    }
    answers = {}
    for name in sorted(name for name in NAMES if NAMES[name].pattern.converters and name != "art"):
        method = as_mia.post if name in VERBS else as_mia.get
        answers[name] = method(address(name, nowhere)).status_code
    assert unlike(404, answers) == {}


HOSTILE = [
    "\x00",
    "%00",
    "%ff%fe",
    "a" * 5000,
    "'; drop table",
    "<script>alert(1)</script>",
    "../../etc/passwd",
    "💥" * 200,
]


@for_each("text", HOSTILE)
@for_each("name", ["film", "tag", "feeling", "member"])
def test_hostile_words_in_an_address_are_not_found(name, text, client, db):
    base = reverse(name, args=["x"])
    response = client.get(base.replace("/x/", f"/{text}/"))
    assert response.status_code in {404, 302}


# What each page reads of its query.
QUERIES = {
    "home": "after kind", "top": "after by kind", "top-feed": "by kind", "trivia": "after status",
    "trivia-feed": "status", "tags": "after", "tag": "after", "tag-suggest": "q", "search": "after kind q",
    "search-suggest": "q",
    "films": "after country decade genre language medium sort",
    "people": "after order", "person": "after", "person-films": "after", "people-suggest": "q",
    "films-feed": "country decade genre language medium",
    "film": "after order", "film-trivia": "after status", "film-reviews": "after order",
    "film-suggest": "title", "film-add": "title", "film-progress": "moment next", "share": "q",
    "feeling": "after decade film with", "moment": "after show sort", "trivia-post": "reasons",
    "moment-choices": "field q later", "song-add": "heard_in", "trivia-add": "about",
    "post-similar": "title", "post-history": "after", "film-history": "after",
    "person-history": "after", "member": "after",
    "recording": "after", "recording-history": "after", "song-use": "reasons show",
    "song-use-history": "after show",
    "member-comments": "after", "member-diary": "after", "member-month": "after",
    "mutes": "mutes restricts", "reports": "after", "notifications": "after",
    "saved": "after folder", "favourites": "q", "reminders": "after",
    "upvoted": "after", "upvoted-comments": "after",
    "lists": "after order", "lists-feed": "order", "member-lists": "after", "member-list": "after",
    "ledger": "action actor after film reason", "ledger-feed": "action actor film reason",
    "ledger-export": "from",
}  # fmt: skip


@for_each("name", QUERIES)
def test_hostile_words_in_a_query_never_break_a_page(name, as_mia, world):
    url = address(name, world)
    answers = {
        (key, text): as_mia.get(url, {key: text}).status_code
        for key in QUERIES[name].split()
        for text in [*HOSTILE, "-1", "1e309", "W10", "WzEsMl0"]
    }
    assert set(answers.values()) <= {200, 404}


def test_every_answer_carries_the_security_headers(client, world):
    for url in ("/", "/films/nowhere/", "/accounts/login/", address("art", world)):
        headers = client.get(url).headers
        assert "script-src 'self'" in headers["Content-Security-Policy"]
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["X-Frame-Options"] == "DENY"
        assert headers["Referrer-Policy"] == "same-origin"


def test_the_resolver_knows_the_addresses_of_the_product():
    for url in (
        "/",
        "/new/",
        "/top/",
        "/films/",
        "/songs/",
        "/trivia/",
        "/tags/",
        "/feelings/",
        "/share/",
        "/search/",
    ):
        assert get_resolver().resolve(url).url_name in NAMES
