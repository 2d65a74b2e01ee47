"""Drafts of members: kept by the site, for their eyes alone, on all their devices, and so many of them."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from moments.models import Comment, Draft, Moment
from tests.support.drafts import FORM, by_itself, drafts_on, key_of, nonce_at, save
from tests.support.makers import make_comment, make_moment
from tests.support.pages import links, select
from tests.support.rows import for_each

DAY = timedelta(days=1)


@pytest.fixture
def add(film):
    return reverse("moment-add", args=[film.slug])


@pytest.fixture
def second(seb):
    """Another device of seb's."""
    client = Client()
    client.force_login(seb)
    return client


# Saved, and resumed.


def test_a_draft_is_saved_and_resumed_on_another_device(as_seb, second, add):
    save(as_seb, add, **FORM)
    assert not Moment.objects.exists()
    address = links(second.get(reverse("drafts")), ".draft-list h3")[0]
    form = second.get(address).context["form"]
    assert {name: form[name].value() for name in FORM} == FORM


@for_each("kind", ["moment", "song", "trivia", "review"])
def test_the_forms_of_all_kinds_keep_drafts(as_seb, film, kind):
    page, _key = save(as_seb, reverse(f"{kind}-add", args=[film.slug]), **FORM)
    assert page.context["form"]["title"].value() == "The Bench"
    assert Draft.objects.get().form == kind


def test_the_form_of_a_comment_offers_members_a_draft(as_seb, moment):
    button = "#comment-form button[name=draft]"
    assert len(select(as_seb.get(moment.get_absolute_url()), button)) == 1
    assert select(Client().get(moment.get_absolute_url()), button) == []


def test_a_draft_goes_when_it_is_published(as_seb, add):
    _page, key = save(as_seb, add, **FORM)
    as_seb.post(add, FORM | key)
    assert Moment.objects.get().title == "The Bench"
    assert not Draft.objects.exists()


def test_a_script_saves_by_itself_and_gets_the_version(as_seb, add):
    nonce = nonce_at(as_seb, add)
    first = by_itself(as_seb, add, nonce=nonce, draft_version=0, **FORM).json()
    assert (first["nonce"], first["version"]) == (nonce, 1)
    again = by_itself(as_seb, add, nonce=nonce, draft_version=1, **FORM | {"title": "A Bench"})
    assert (again.status_code, again.json()["version"]) == (200, 2)
    assert [row.title for row in Draft.objects.all()] == ["A Bench"]


def test_the_same_text_twice_is_one_version(as_seb, add):
    nonce = nonce_at(as_seb, add)
    for _time in range(2):
        answer = by_itself(as_seb, add, nonce=nonce, draft_version=0, **FORM)
    assert (answer.status_code, answer.json()["version"]) == (200, 1)


def test_nothing_typed_is_no_draft_and_the_form_says_so(as_seb, add):
    assert by_itself(as_seb, add, placing="unsure").status_code == 204
    page = as_seb.post(add, {"placing": "unsure", "draft": "1"})
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["__all__"])
    assert not Draft.objects.exists()


def test_an_edit_keeps_what_was_emptied(as_seb, seb, film):
    moment = make_moment(film, seb, "The Bench", context="Before the dance.", spoiler=True)
    page, _key = save(as_seb, reverse("post-edit", args=[moment.pk]), title="A Bench", body="So.", context="")
    form = page.context["form"]
    assert (form["title"].value(), form["context"].value(), form["spoiler"].value()) == ("A Bench", "", "")
    moment.refresh_from_db()
    assert moment.title == "The Bench"


def test_comments_replies_and_their_edits_keep_drafts(as_seb, seb, mia, moment):
    theirs, own = make_comment(moment, mia, "A remark."), make_comment(moment, seb, "My remark.")
    addresses = {
        "comment": reverse("comment-add", args=[moment.pk]),
        "reply": reverse("comment-reply", args=[theirs.pk]),
        "comment-edit": reverse("comment-edit", args=[own.pk]),
    }
    for name, address in addresses.items():
        page = as_seb.post(address, {"body": f"Text of {name}", "draft": "1"}, follow=True)
        form = page.context.get("comment_form") or page.context["form"]
        assert form["body"].value() == f"Text of {name}"
    assert {row.form for row in Draft.objects.all()} == set(addresses)
    assert {row.post_id for row in Draft.objects.all()} == {moment.pk}
    assert Comment.objects.count() == 2


def test_a_comment_that_is_sent_takes_its_draft_along(as_seb, moment):
    address = reverse("comment-add", args=[moment.pk])
    page = as_seb.post(address, {"body": "So it is.", "draft": "1"}, follow=True)
    key = page.context["comment_form"].initial
    as_seb.post(address, {"body": "So it is.", **{name: key[name] for name in ("nonce", "draft_version")}})
    assert Comment.objects.get().body == "So it is."
    assert not Draft.objects.exists()


# Two devices.


def test_the_later_save_of_an_older_text_overwrites_nothing(as_seb, second, add):
    _page, key = save(as_seb, add, **FORM)
    here = by_itself(as_seb, add, **FORM | key | {"title": "Here"})
    there = by_itself(second, add, **FORM | key | {"title": "There"})
    assert (here.status_code, there.status_code) == (200, 409)
    assert there.json()["nonce"] != key["nonce"]
    assert sorted(row.title for row in Draft.objects.all()) == ["Here", "There"]
    on = {"nonce": there.json()["nonce"], "draft_version": there.json()["version"]}
    assert by_itself(second, add, **FORM | on | {"title": "There, again"}).status_code == 200
    assert sorted(row.title for row in Draft.objects.all()) == ["Here", "There, again"]


def test_what_another_device_wrote_stays_when_an_older_text_is_published(as_seb, second, add):
    _page, key = save(as_seb, add, **FORM)
    by_itself(second, add, **FORM | key | {"title": "There"})
    as_seb.post(add, FORM | key)
    assert [row.title for row in Moment.objects.all()] == ["The Bench"]
    assert [row.title for row in Draft.objects.all()] == ["There"]


def test_what_was_saved_while_it_was_sent_goes_with_it(as_seb, add):
    _page, key = save(as_seb, add, **FORM)
    by_itself(as_seb, add, **FORM | key | {"title": "A Bench"})
    as_seb.post(add, FORM | key | {"title": "A Bench"})
    assert not Draft.objects.exists()


def test_a_script_that_saves_what_was_just_sent_makes_no_draft_of_it(as_seb, add):
    nonce = nonce_at(as_seb, add)
    as_seb.post(add, FORM | {"nonce": nonce})
    assert by_itself(as_seb, add, nonce=nonce, draft_version=0, **FORM).status_code == 204
    assert not Draft.objects.exists()


def test_a_draft_of_a_form_that_was_sent_before_is_published_as_another_post(as_seb, add):
    nonce = nonce_at(as_seb, add)
    as_seb.post(add, FORM | {"nonce": nonce})
    another = FORM | {"title": "The Pier", "body": "Nobody is there."}
    page = as_seb.post(add, another | {"nonce": nonce, "draft": "1"}, follow=True)
    as_seb.post(add, another | key_of(page))
    assert set(Moment.objects.values_list("title", flat=True)) == {"The Bench", "The Pier"}
    assert not Draft.objects.exists()


# Whose they are.


@for_each("verb", ["discard", "restore", "call-off", "publish"])
def test_drafts_of_others_are_not_found(as_seb, as_mia, add, mia, seb, verb):
    as_mia.force_login(mia)
    save(as_mia, add, **FORM)
    key = Draft.objects.get().pk
    as_mia.force_login(seb)
    for _member_or_visitor in range(2):
        assert as_mia.post(f"/drafts/{key}/{verb}/").status_code == 404
        as_mia.logout()
    assert drafts_of_stranger(seb, key, add) == ("", [])
    assert Draft.objects.get().discarded is None


def drafts_of_stranger(member, key, address):
    """What the form at the address and the list show to somebody else."""
    client = Client()
    client.force_login(member)
    return client.get(f"{address}?draft={key}").context["form"]["title"].value(), drafts_on(client)


@for_each("key", ["x", "-1", "9" * 30, "²", ""])
def test_a_draft_that_cannot_be_is_an_empty_form(as_seb, add, key):
    assert as_seb.get(add, {"draft": key}).context["form"]["title"].value() == ""


def test_the_page_of_drafts_is_kept_by_no_cache(as_seb, client):
    assert "no-store" in as_seb.get(reverse("drafts"))["Cache-Control"]
