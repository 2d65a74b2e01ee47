"""Labels: given and taken back by members, counted, shown to all, and folded as each reader wants it."""

from io import StringIO

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from accounts.deletion import delete_account
from accounts.models import User
from moments.labels import KINDS, LABELS, MEMBERS, NEVER, SPOILER_QUORUM, VISITORS, Fold, fold, heaviest
from moments.models import Comment, Label, Post, Restrict
from reelive.ratelimit import LIMITS
from tests.conftest import differences, make_comment, make_member, make_moment, make_song, moderator

SLUGS = st.sampled_from(sorted(LABELS))
COUNTS = st.dictionaries(SLUGS, st.integers(1, 30))
NUMBERS = st.dictionaries(SLUGS, st.integers(0, 30))


@pytest.fixture
def comment(moment, mia):
    return make_comment(moment, mia, "Nobody can dance like that.")


def members(number):
    return [make_member(f"reader{place}") for place in range(number)]


def label_all(thing, kind, number):
    for member in members(number):
        thing.label(member, kind)
    thing.refresh_from_db()
    return thing


def said(client, url):
    return client.get(url).content.decode()


# The rule of folding.


@given(given=COUNTS, limits=NUMBERS)
def test_the_heaviest_of_the_labels_that_suffice_folds(given, limits):
    found = heaviest(given, limits)
    enough = {slug for slug, count in given.items() if limits.get(slug, NEVER) and count >= limits[slug]}
    assert (found is not None) == bool(enough)
    if found:
        assert found.slug in enough
        assert found.count == max(given[slug] for slug in enough)


@given(given=COUNTS)
def test_who_never_wants_anything_folded_finds_everything_open(given):
    assert heaviest(given, dict.fromkeys(LABELS, NEVER)) is None


def test_readers_who_have_set_nothing_have_a_limit_for_each_kind():
    assert set(MEMBERS) == set(VISITORS) == set(LABELS)


def test_a_fold_says_why_in_words():
    assert [Fold("unkind", 1).words, Fold("unkind", 4).words] == [
        "1 member finds it unkind",
        "4 members find it unkind",
    ]
    assert all(Fold(kind.slug, 2).words.startswith("2 members ") for kind in KINDS)


# Giving and taking back.


@pytest.mark.parametrize("kind", LABELS)
@pytest.mark.parametrize("word", ["post", "comment"])
def test_a_label_is_counted_once_a_member_and_kind(word, kind, moment, comment, seb, keith):
    thing, column = {"post": moment, "comment": comment}[word], LABELS[kind].column
    assert [thing.label(seb, kind), thing.label(seb, kind), thing.label(keith, kind)] == [True, False, True]
    thing.refresh_from_db()
    assert getattr(thing, column) == Label.objects.on(thing).count() == 2
    assert [thing.unlabel(seb, kind), thing.unlabel(seb, kind)] == [True, False]
    thing.refresh_from_db()
    assert getattr(thing, column) == Label.objects.on(thing).count() == 1
    assert not any(differences().values())


def test_labels_of_several_kinds_by_one_member_stand_side_by_side(moment, seb):
    moment.label(seb, "duplicate"), moment.label(seb, "wrong")
    assert Label.objects.on(moment).by(seb) == {"duplicate", "wrong"}
    assert moment.label_counts == [("Duplicate", 1), ("Wrong fact", 1)]


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
    "visible": lambda thing: thing,
    "withheld": lambda thing: thing.film.remove(moderator(), "spam") if thing.WORD == "post" else None,
    "removed": lambda thing: thing.remove(moderator(), "spam"),
    "deleted": lambda thing: thing.take_back(),
}
ROLES = ("visitor", "author", "other", "moderator")
SIGN_IN = "/accounts/login/"


def signed(client, role, mia, seb, keith):
    person = {"author": mia, "other": seb, "moderator": keith}.get(role)
    if person:
        client.force_login(person)
    return client


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("word", ["post", "comment"])
@pytest.mark.parametrize("verb", ["label", "unlabel"])
def test_who_may_label_what(role, state, word, verb, client, moment, comment, mia, seb, keith):
    thing = {"post": moment, "comment": comment}[word]
    if verb == "unlabel":
        thing.label(seb, "unkind"), thing.label(keith, "unkind")
    before = Label.objects.count()
    if STATES[state](thing) is None:
        moment.film.remove(moderator(), "spam")
    answer = signed(client, role, mia, seb, keith).post(
        reverse(f"{word}-{verb}", args=[thing.pk]), {"kind": "unkind"}
    )
    if state != "visible":
        assert answer.status_code == 404
    elif role == "visitor":
        assert answer["Location"].startswith(SIGN_IN)
    else:
        assert (answer.status_code, answer["Location"]) == (302, thing.get_absolute_url())
    may = state == "visible" and role in ("other", "moderator")
    assert Label.objects.count() - before == ({"label": 1, "unlabel": -1}[verb] if may else 0)
    assert not any(differences().values())


def test_a_label_of_somebody_restricted_does_not_get_through(as_seb, moment, comment, mia, seb):
    Restrict.objects.begin(mia, seb)
    url = reverse("comment-label", args=[comment.pk])
    answer = as_seb.post(url, {"kind": "unkind"}, headers={"HX-Request": "true"})
    assert answer.content.decode().count('aria-pressed="false"') == len(KINDS), "nobody is told"
    assert (moment.label(seb, "wrong"), Label.objects.count()) == (False, 0)


@pytest.mark.parametrize("kind", ["", "boring", "unkind\x00", "UNKIND"])
def test_there_is_no_other_kind_of_label(as_seb, moment, kind):
    assert as_seb.post(reverse("post-label", args=[moment.pk]), {"kind": kind}).status_code == 404
    assert Label.objects.count() == 0


def test_labels_spend_the_allowance_of_votes(as_seb, moment, monkeypatch):
    monkeypatch.setitem(LIMITS, "vote", (2, 3600))
    url = reverse("post-label", args=[moment.pk])
    assert [as_seb.post(url, {"kind": "wrong"}).status_code for _ in range(3)] == [302, 302, 429]


# What readers see.


def test_everybody_sees_the_labels_and_nobody_sees_whose(client, moment, comment, mia):
    label_all(moment, "wrong", 2)
    comment.label(make_member("tracy"), "off-topic")
    for url in (moment.get_absolute_url(), "/new/"):
        assert '<span class="labels-one">Wrong fact <b>2</b></span>' in said(client, url)
    page = said(client, moment.get_absolute_url())
    assert '<span class="labels-one">Off-topic <b>1</b></span>' in page
    assert not [name for name in ("reader0", "reader1", "tracy") if name in page]


def test_a_visitor_is_led_to_sign_in_and_a_member_to_the_labels(client, as_seb, moment, comment):
    for url in (f"/posts/{moment.pk}/labels/", f"/comments/{comment.pk}/labels/"):
        assert url in said(client, moment.get_absolute_url())
        assert said(as_seb, url).count('<form method="post" action="/') >= len(KINDS)
    client.logout()
    assert client.get(f"/posts/{moment.pk}/labels/")["Location"].startswith(SIGN_IN)


def test_what_is_mine_offers_no_label(as_mia, moment, comment):
    page = said(as_mia, moment.get_absolute_url())
    assert "/labels/" not in page
    assert "others may label it" in said(as_mia, f"/posts/{moment.pk}/labels/")


def test_the_five_are_swapped_in_place_with_the_badges(as_seb, moment):
    menu = as_seb.get(f"/posts/{moment.pk}/labels/", headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in menu
    assert 'aria-pressed="true"' not in menu
    url = reverse("post-label", args=[moment.pk])
    menu = as_seb.post(url, {"kind": "wrong"}, headers={"HX-Request": "true"}).content.decode()
    assert reverse("post-unlabel", args=[moment.pk]) in menu
    assert menu.count('aria-pressed="true"') == 1
    assert f'id="labels-post-{moment.pk}" hx-swap-oob="true"' in menu


def test_a_text_is_folded_from_the_readers_number_on(client, moment, comment, seb):
    number = VISITORS["unkind"]
    label_all(comment, "unkind", number - 1)
    url = moment.get_absolute_url()
    assert "Folded:" not in said(client, url)
    comment.label(seb, "unkind")
    assert f"Folded: {number} members find it unkind" in said(client, url)
    assert comment.body in said(client, url), "it is there, and opens without a script"


def test_each_reader_sets_what_is_folded(client, moment, comment, seb, keith):
    label_all(comment, "unkind", 2), moment.label(seb, "wrong")
    seb.folds = {"unkind": 2, "wrong": 1}
    seb.save()
    client.force_login(seb)
    page = said(client, moment.get_absolute_url())
    assert "Folded: 2 members find it unkind" in page
    assert "Folded: 1 member says that it gets a fact wrong" in page
    client.force_login(keith)
    assert "Folded:" not in said(client, moment.get_absolute_url())


def test_authors_find_their_own_texts_open(as_mia, moment, comment):
    label_all(comment, "unkind", 9)
    assert "Folded:" not in said(as_mia, moment.get_absolute_url())


def test_two_readers_of_one_list_have_their_own_folds(client, moment, seb, keith):
    moment.label(keith, "off-topic")
    seb.folds = {"off-topic": 1}
    seb.save()
    for member, folded in ((seb, True), (keith, False), (seb, True)):
        client.force_login(member)
        page = said(client, "/new/")
        assert ("Folded: 1 member finds it off-topic" in page) is folded
        assert moment.excerpt in page


def test_what_is_folded_is_folded_wherever_it_is_shown(client, comment):
    label_all(comment, "unkind", VISITORS["unkind"])
    for url in ("/search/?q=dance", "/members/mia/comments/", f"/comments/{comment.pk}/"):
        assert "members find it unkind" in said(client, url), url


def test_a_reader_sets_the_numbers(as_seb, seb):
    page = said(as_seb, "/folding/")
    assert all(kind.name in page for kind in KINDS)
    form = dict.fromkeys(LABELS, "0") | {"unkind": "1"}
    assert as_seb.post("/folding/", form).status_code == 302
    assert User.objects.get(pk=seb.pk).folds == dict.fromkeys(LABELS, 0) | {"unkind": 1}
    assert as_seb.post("/folding/", form | {"wrong": "7000"}).status_code == 422
    assert as_seb.post("/folding/", {"unkind": "-1"}).status_code == 422


# The quorum.


def test_a_quorum_flags_a_spoiler_for_everybody_who_has_not_said_otherwise(client, film, mia):
    moment = make_moment(film, mia, "She leaves", body="For Paris, alone.")
    label_all(moment, "spoiler", SPOILER_QUORUM - 1)
    assert "She leaves" in said(client, "/new/")
    moment.label(make_member("tracy"), "spoiler")
    for url in ("/new/", film.get_absolute_url(), f"/posts/{moment.pk}/", moment.get_absolute_url()):
        page = said(client, url)
        assert "She leaves" not in page.replace(moment.slug, "")
        assert "For Paris" not in page
    assert f"{SPOILER_QUORUM} members say" in said(client, moment.get_absolute_url())
    moment.refresh_from_db()
    assert (moment.spoiler, moment.is_flagged) == (False, True)


def test_the_quorum_falls_with_its_labels(client, film, mia, seb):
    song = label_all(make_song(film, mia, "Epilogue"), "spoiler", SPOILER_QUORUM)
    assert "Epilogue" not in said(client, "/songs/")
    song.unlabel(User.objects.get(username="reader0"), "spoiler")
    assert "Epilogue" in said(client, "/songs/")


def test_who_asked_to_see_everything_is_neither_veiled_nor_folded_by_the_quorum(as_seb, moment, seb):
    seb.spoiler_stance = User.SpoilerStance.SHOW
    seb.save()
    label_all(moment, "spoiler", 2 * SPOILER_QUORUM)
    page = said(as_seb, moment.get_absolute_url())
    assert moment.title in page
    assert "Folded:" not in page


def test_a_page_passed_on_says_nothing_of_what_a_quorum_flagged(as_mia, moment):
    label_all(moment, "spoiler", SPOILER_QUORUM)
    assert "A spoiler for La La Land" in said(as_mia, moment.get_absolute_url())


def test_a_label_on_a_comment_folds_it_and_veils_nothing(client, moment, comment):
    label_all(comment, "spoiler", SPOILER_QUORUM)
    page = said(client, moment.get_absolute_url())
    assert moment.title in page
    assert f"Folded: {SPOILER_QUORUM} members say that it gives the story away" in page
    assert fold(comment, AnonymousUser()) == ("spoiler", SPOILER_QUORUM)
