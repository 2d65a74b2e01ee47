"""Labels: given and taken back by members, counted, and the rule of what is hidden for a viewer."""

import re
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from accounts.deletion import delete_account
from moments.labels import (
    LABEL_KINDS,
    LABELS_BY_SLUG,
    MEMBER_THRESHOLDS,
    NEVER,
    VISITOR_THRESHOLDS,
    Hiding,
    heaviest,
)
from moments.models import Comment, Label, Post, Restrict
from moments.models.refusals import Restricted
from reelive.ratelimit import LIMITS
from tests.support.counters import differences
from tests.support.makers import make_comment, moderator
from tests.support.pages import select
from tests.support.rows import for_each

SLUGS = st.sampled_from(sorted(LABELS_BY_SLUG))
COUNTS = st.dictionaries(SLUGS, st.integers(1, 30))
NUMBERS = st.dictionaries(SLUGS, st.integers(0, 30))


@pytest.fixture
def comment(moment, mia):
    return make_comment(moment, mia, "Nobody can dance like that.")


# The rule of folding.


@given(given=COUNTS, limits=NUMBERS)
def test_the_heaviest_of_the_labels_that_suffice_hides(given, limits):
    found = heaviest(given, limits)
    enough = {slug for slug, count in given.items() if limits.get(slug, NEVER) and count >= limits[slug]}
    assert (found is not None) == bool(enough)
    if found:
        assert found.slug in enough
        assert found.count == max(given[slug] for slug in enough)


@given(given=COUNTS)
def test_who_never_wants_anything_hidden_finds_everything_open(given):
    assert heaviest(given, dict.fromkeys(LABELS_BY_SLUG, NEVER)) is None


def test_readers_who_have_set_nothing_have_a_limit_for_each_kind():
    assert set(MEMBER_THRESHOLDS) == set(VISITOR_THRESHOLDS) == set(LABELS_BY_SLUG)


def test_what_is_hidden_says_why_and_by_how_many():
    one, four = Hiding("unkind", 1).sentence, Hiding("unkind", 4).sentence
    assert [re.findall(r"\d+", sentence) for sentence in (one, four)] == [["1"], ["4"]]
    assert one.replace("1", "4") != four  # one member is not "members"
    assert len({Hiding(kind.slug, 2).sentence for kind in LABEL_KINDS}) == len(LABEL_KINDS)


# Giving and taking back.


@for_each("kind", LABELS_BY_SLUG)
@for_each("word", ["post", "comment"])
def test_a_label_is_counted_once_a_member_and_kind(word, kind, moment, comment, seb, keith):
    target, column = {"post": moment, "comment": comment}[word], LABELS_BY_SLUG[kind].column
    assert [target.label(seb, kind), target.label(seb, kind), target.label(keith, kind)] == [
        True,
        False,
        True,
    ]
    target.refresh_from_db()
    assert getattr(target, column) == Label.objects.on(target).count() == 2
    assert [target.unlabel(seb, kind), target.unlabel(seb, kind)] == [True, False]
    target.refresh_from_db()
    assert getattr(target, column) == Label.objects.on(target).count() == 1
    assert not any(differences().values())


def test_labels_of_several_kinds_by_one_member_stand_side_by_side(moment, seb):
    moment.label(seb, "duplicate"), moment.label(seb, "wrong")
    assert Label.objects.on(moment).by(seb) == {"duplicate", "wrong"}
    assert moment.label_counts == [("Duplicate", 1), ("Wrong fact", 1)]
    assert moment.unlabel(seb, "wrong") is True
    assert Label.objects.on(moment).by(seb) == {"duplicate"}


def test_a_label_is_on_one_thing_and_there_but_once(moment, comment, seb):
    moment.label(seb, "unkind")
    for targets in ({}, {"post": moment, "comment": comment}, {"post": moment}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Label.objects.create(member=seb, kind="unkind", **targets)


def test_recount_repairs_the_numbers(moment, comment, seb):
    moment.label(seb, "wrong"), comment.label(seb, "unkind")
    Post.objects.update(wrong_labels=9), Comment.objects.update(unkind_labels=0, spoiler_labels=2)
    call_command("recount", stdout=StringIO())
    assert Post.objects.get().wrong_labels == 1
    assert (Comment.objects.get().unkind_labels, Comment.objects.get().spoiler_labels) == (1, 0)


@pytest.mark.parametrize("take_texts", [True, False])
def test_who_leaves_takes_their_labels_along(moment, comment, seb, keith, take_texts):
    for member in (seb, keith):
        moment.label(member, "wrong"), comment.label(member, "unkind")
    delete_account(seb, take_texts)
    assert (Post.objects.get().wrong_labels, Comment.objects.get().unkind_labels) == (1, 1)
    assert Label.objects.count() == 2
    assert not any(differences().values())


# Who may.


STATES = {
    "visible": lambda target: target,
    "withheld": lambda target: (
        target.film.remove(moderator(), "spam") if target.model_name == "post" else None
    ),
    "removed": lambda target: target.remove(moderator(), "spam"),
    "deleted": lambda target: target.delete_by_author(),
}
ROLES = ("visitor", "author", "other", "moderator")
SIGN_IN = "/accounts/login/"


def signed(client, role, mia, seb, keith):
    person = {"author": mia, "other": seb, "moderator": keith}.get(role)
    if person:
        client.force_login(person)
    return client


@for_each("state", STATES)
@for_each("word", ["post", "comment"])
@for_each("verb", ["label", "unlabel"])
def test_who_may_label_what(state, word, verb, moment, comment, mia, seb, keith):
    target = {"post": moment, "comment": comment}[word]
    if verb == "unlabel":
        target.label(seb, "unkind"), target.label(keith, "unkind")
    if STATES[state](target) is None:
        moment.film.remove(moderator(), "spam")
    for role in ROLES:
        before = Label.objects.count()
        answer = signed(Client(), role, mia, seb, keith).post(
            reverse(f"{word}-{verb}", args=[target.pk]), {"kind": "unkind"}
        )
        if state != "visible":
            assert answer.status_code == 404
        elif role == "visitor":
            assert answer["Location"].startswith(SIGN_IN)
        else:
            assert (answer.status_code, answer["Location"]) == (302, target.get_absolute_url())
        may = state == "visible" and role in ("other", "moderator")
        assert Label.objects.count() - before == ({"label": 1, "unlabel": -1}[verb] if may else 0)
    assert not any(differences().values())


def test_a_label_of_somebody_restricted_does_not_get_through(as_seb, moment, comment, mia, seb):
    Restrict.objects.add(mia, seb)
    url = reverse("comment-label", args=[comment.pk])
    answer = as_seb.post(url, {"kind": "unkind"}, headers={"HX-Request": "true"})
    assert len(select(answer, "button[aria-pressed=false]")) == len(LABEL_KINDS), "nobody is told"
    with pytest.raises(Restricted):
        moment.label(seb, "wrong")
    assert Label.objects.count() == 0


@for_each("kind", ["", "boring", "unkind\x00", "UNKIND"])
def test_there_is_no_other_kind_of_label(as_seb, moment, kind):
    assert as_seb.post(reverse("post-label", args=[moment.pk]), {"kind": kind}).status_code == 404
    assert Label.objects.count() == 0


def test_labels_spend_the_allowance_of_votes(as_seb, moment, monkeypatch):
    monkeypatch.setitem(LIMITS, "vote", (2, 3600))
    url = reverse("post-label", args=[moment.pk])
    assert [as_seb.post(url, {"kind": "wrong"}).status_code for _ in range(3)] == [302, 302, 429]
