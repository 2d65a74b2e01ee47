"""Who may do what to a post or comment in which state: every role, every state, every verb."""

from functools import partial
from itertools import product

import pytest
from django.test import Client
from django.urls import reverse

from moments.models import (
    Appeal,
    Comment,
    CommentVote,
    Credit,
    DiaryEntry,
    Film,
    Label,
    LedgerEntry,
    Person,
    Post,
    PostVote,
    Progress,
    Reaction,
    Report,
    Revision,
)
from tests.support.database import changes_nothing, statements_noted
from tests.support.makers import make_comment, make_film, make_moment, make_revision
from tests.support.rows import for_each
from tests.support.tables import counts

ROLES = ("visitor", "author", "other", "moderator")
MEMBERS = {"author", "other", "moderator"}
STATES = ("visible", "withheld", "removed", "deleted")
FILM_STATES = ("visible", "locked", "removed")
MEANT = {"confirmed": "yes", "reason": "spam", "note": "For the test."}
FACTS = {"title": "Another title", "year": "1901", "medium": "film", "still_alt": "Two on a ferry."}
TYPED = {"title": "A new title", "body": "Another text, long enough.", "tags": "dance"}

# Each verb: its address, what is sent, and who may do it in which states.
ON_POSTS = {
    "post-upvote": ({}, {"other", "moderator"}, {"visible"}),
    "comment-add": ({"body": "I agree."}, MEMBERS, {"visible"}),
    "feel": ({"feeling": "joy"}, MEMBERS, {"visible"}),
    "diary-entry-add": ({"date": "2026-02-14"}, MEMBERS, {"visible"}),
    "moment-progress": ({}, MEMBERS, {"visible"}),
    "post-edit": (TYPED, {"author"}, {"visible"}),
    "post-delete": ({}, {"author"}, {"visible"}),
    "post-undelete": ({}, {"author"}, {"deleted"}),
    "revision-restore": ({}, {"author"}, {"visible"}),
    "revision-revoke": ({}, {"author"}, {"visible"}),
    "appeal": ({"text": "It was a recipe."}, {"author"}, {"removed"}),
    "post-label": ({"kind": "wrong"}, {"other", "moderator"}, {"visible"}),
    "post-report": ({"reason": "spam"}, {"other", "moderator"}, {"visible"}),
    "admin:moments_moment_remove": (MEANT, {"moderator"}, {"visible"}),
    "admin:moments_moment_restore": (MEANT, {"moderator"}, {"removed"}),
    "admin:moments_moment_lock": (MEANT, {"moderator"}, {"visible"}),
}
ON_COMMENTS = {
    "comment-upvote": ({}, {"other", "moderator"}, {"visible"}),
    "comment-reply": ({"body": "I agree."}, MEMBERS, {"visible"}),
    "comment-edit": ({"body": "I take it back."}, {"author"}, {"visible"}),
    "comment-delete": ({}, {"author"}, {"visible"}),
    "comment-undelete": ({}, {"author"}, {"deleted"}),
    "revision-restore": ({}, {"author"}, {"visible"}),
    "revision-revoke": ({}, {"author"}, {"visible"}),
    "appeal": ({"text": "It was a recipe."}, {"author"}, {"removed"}),
    "comment-label": ({"kind": "unkind"}, {"other", "moderator"}, {"visible"}),
    "comment-report": ({"reason": "spam"}, {"other", "moderator"}, {"visible"}),
    "admin:moments_comment_remove": (MEANT, {"moderator"}, {"visible"}),
    "admin:moments_comment_restore": (MEANT, {"moderator"}, {"removed"}),
}
ON_FILMS = {
    "film-edit": (FACTS, MEMBERS, {"visible"}),
    "film-report": ({"reason": "spam"}, MEMBERS, {"visible", "locked"}),
    "revision-restore": ({}, MEMBERS, {"visible"}),
    "revision-revoke": ({}, set(), set()),
    "admin:moments_revision_strike": (MEANT, {"moderator"}, {"visible", "locked", "removed"}),
    "admin:moments_film_change": (FACTS | {"why": "It was misspelt."}, {"moderator"}, {"visible", "locked"}),
    "admin:moments_film_lock": (MEANT, {"moderator"}, {"visible"}),
    "admin:moments_film_unlock": (MEANT, {"moderator"}, {"locked"}),
    "admin:moments_film_remove": (MEANT, {"moderator"}, {"visible", "locked"}),
    "admin:moments_film_restore": (MEANT, {"moderator"}, {"removed"}),
    "admin:moments_film_remove_picture": (MEANT, {"moderator"}, {"visible", "locked"}),
}
CAST = {
    "credit-TOTAL_FORMS": "1", "credit-INITIAL_FORMS": "0",
    "credit-0-name": "Emma Stone", "credit-0-role": "cast",
}  # fmt: skip
ON_FILMS["film-cast-edit"] = (CAST, MEMBERS, {"visible"})
NAMED = {"name": "Another name"}
ON_PEOPLE = {
    "person-edit": (NAMED, MEMBERS, {"visible"}),
    "person-report": ({"reason": "spam"}, MEMBERS, {"visible", "locked"}),
    "revision-restore": ({}, MEMBERS, {"visible"}),
    "revision-revoke": ({}, set(), set()),
    "admin:moments_revision_strike": (MEANT, {"moderator"}, {"visible", "locked", "removed"}),
    "admin:moments_person_change": (
        NAMED | {"why": "It was misspelt."},
        {"moderator"},
        {"visible", "locked"},
    ),
    "admin:moments_person_lock": (MEANT, {"moderator"}, {"visible"}),
    "admin:moments_person_unlock": (MEANT, {"moderator"}, {"locked"}),
    "admin:moments_person_remove": (MEANT, {"moderator"}, {"visible", "locked"}),
    "admin:moments_person_restore": (MEANT, {"moderator"}, {"removed"}),
}
# The text of each that was another one before.
BEFORE = {"film": "summary", "person": "other_names"}
WATCHED = (
    Credit,
    PostVote,
    CommentVote,
    Reaction,
    DiaryEntry,
    Progress,
    Appeal,
    LedgerEntry,
    Comment,
    Revision,
    Label,
    Report,
)


@pytest.fixture
def cast(mia, seb, keith):
    """A client for each role."""
    clients = {"visitor": Client()}
    for role, member in {"author": mia, "other": seb, "moderator": keith}.items():
        clients[role] = Client()
        clients[role].force_login(member)
    return clients


def bring_into(state, target, film, moderator):
    if state == "removed":
        target.remove(moderator, "spam")
    elif state == "deleted":
        target.delete_by_author()
    elif state == "withheld":
        film.remove(moderator, "copyright")
    elif state == "locked":
        target.lock(moderator)


def address(name, target):
    if name == "appeal":
        return reverse(name, args=[target.removal_id or 999_999])
    if name.startswith(("film-", "person-")):
        return reverse(name, args=[target.slug])
    if "revision" in name:
        return reverse(name, args=[target.revisions.values_list("pk", flat=True).first() or 999_999])
    return reverse(name, args=[target.pk])


def everything():
    """All that a verb could have changed."""
    texts = list(Post.objects.order_by("pk").values_list("title", "body", "state", "locked"))
    said = list(Comment.objects.order_by("pk").values_list("body", "state"))
    films = list(Film.objects.order_by("pk").values_list("title", "year", "summary", "state", "locked"))
    people = list(Person.objects.order_by("pk").values_list("name", "other_names", "state", "locked"))
    return [texts, said, films, people, counts(WATCHED)]


def is_refused(client, name, target, sent, before):
    with statements_noted() as statements:
        response = client.post(address(name, target), sent)
    assert response.status_code < 500
    assert response.status_code != 200, "a verb that was done leads on, and one that was not says so"
    return changes_nothing(statements) or everything() == before


def who_can(name, sent, cast, make, film, moderator, states=STATES):
    """The roles and states in which the verb does something to what `make` makes.

    Where it does nothing the next one tries it on the same.
    """
    done = set()
    for state in states:
        target = None
        for role in ROLES:
            if target is None:
                target = make_in(state, make, film, moderator)
                before = everything()
            if not is_refused(cast[role], name, type(target).objects.get(pk=target.pk), sent, before):
                done.add((role, state))
                target = None
    return done


def make_in(state, make, film, moderator):
    """One that said something else before and is in this state, whatever state the film was in."""
    if film.state != "visible":
        film.restore(moderator)
    target = make()
    make_revision(target, **{BEFORE.get(target.model_name, "body"): "What it said before."})
    bring_into(state, target, film, moderator)
    return target


@for_each("name", ON_POSTS)
def test_posts(name, cast, film, mia, keith):
    sent, roles, states = ON_POSTS[name]
    done = who_can(name, sent, cast, lambda: make_moment(film, mia), film, keith)
    assert done == set(product(roles, states))


@for_each("name", ON_COMMENTS)
def test_comments(name, cast, film, moment, mia, keith):
    sent, roles, states = ON_COMMENTS[name]
    done = who_can(name, sent, cast, lambda: make_comment(moment, mia), film, keith)
    expected = set(product(roles, states))
    if name.startswith("admin:"):
        # A film takes its posts out of sight, and a comment stays as it was: staff may still act on it.
        expected |= {(role, "withheld") for role in roles if "visible" in states}
    assert done == expected


@for_each("name", ON_FILMS)
def test_films(name, cast, film, mia, keith):
    """A film is nobody's: who added it is to it what every member is."""
    sent, roles, states = ON_FILMS[name]
    make = partial(make_film, added_by=mia, still="stills/one.webp", still_alt="Two on a ferry.")
    made = who_can(name, sent, cast, make, film, keith, FILM_STATES)
    assert made == set(product(roles, states))


@for_each("name", ON_PEOPLE)
def test_people(name, cast, film, mia, keith):
    """A person is nobody's either."""
    sent, roles, states = ON_PEOPLE[name]
    made = who_can(name, sent, cast, lambda: Person.objects.add("Emma Stone", mia), film, keith, FILM_STATES)
    assert made == set(product(roles, states))


def test_nothing_of_a_stranger_is_changed_by_guessing_numbers(cast, moment):
    before = everything()
    for role, name in product(ROLES, ON_POSTS):
        url = reverse(name, args=[999_999])
        assert cast[role].post(url, ON_POSTS[name][0]).status_code in {302, 403, 404}
    assert everything() == before
