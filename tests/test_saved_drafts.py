"""Drafts of members: kept by the site, for their eyes alone, on all their devices, and so many of them."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.deletion import delete_account
from moments.models import Comment, Draft, Moment, draft
from moments.tasks import tidy
from reelive import ratelimit
from reelive.held_uploads import HeldUpload
from tests.support.makers import make_comment, make_film, make_member, make_moment
from tests.support.pages import links, the
from tests.support.pictures import picture

FORM = {"title": "The Bench", "body": "Two people, one bench, a city below.", "tags": "dusk"}
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


def save(client, address, **fields):
    """Press the button; returns the page that comes then, and its form's key and version."""
    page = client.post(address, {"nonce": nonce_at(client, address), **fields, "draft": "1"}, follow=True)
    return page, key_of(page)


def nonce_at(client, address):
    return the(client.get(address), "main form [name=nonce]")["value"]


def key_of(page):
    names = ("nonce", "draft_version")
    return {name: the(page, f"main form.form [name={name}]")["value"] for name in names}


def by_itself(client, address, **fields):
    return client.post(address, fields | {"draft": "auto"})


def drafts_on(client):
    page = client.get(reverse("drafts"))
    return [row.title or row.values["body"] for row in [*page.context["scheduled"], *page.context["rows"]]]


# Saved, and resumed.


def test_a_draft_is_saved_and_resumed_on_another_device(as_seb, second, add):
    save(as_seb, add, **FORM)
    assert not Moment.objects.exists()
    address = links(second.get(reverse("drafts")), ".draft-list h3")[0]
    form = second.get(address).context["form"]
    assert {name: form[name].value() for name in FORM} == FORM


@pytest.mark.parametrize("kind", ["moment", "song", "trivia"])
def test_the_forms_of_all_kinds_keep_drafts(as_seb, film, kind):
    page, _key = save(as_seb, reverse(f"{kind}-add", args=[film.slug]), **FORM)
    assert page.context["form"]["title"].value() == "The Bench"
    assert Draft.objects.get().form == kind


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


@pytest.mark.parametrize("verb", ["discard", "restore", "call-off", "publish"])
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


@pytest.mark.parametrize("key", ["x", "-1", "9" * 30, "²", ""])
def test_a_draft_that_cannot_be_is_an_empty_form(as_seb, add, key):
    assert as_seb.get(add, {"draft": key}).context["form"]["title"].value() == ""


def test_the_page_of_drafts_is_kept_by_no_cache(as_seb, client):
    assert "no-store" in as_seb.get(reverse("drafts"))["Cache-Control"]


# Discarded.


def test_a_discarded_draft_comes_back_within_a_day(as_seb, add):
    save(as_seb, add, **FORM)
    row = Draft.objects.get()
    as_seb.post(f"/drafts/{row.pk}/discard/")
    assert drafts_on(as_seb) == []
    as_seb.post(f"/drafts/{row.pk}/restore/")
    assert drafts_on(as_seb) == ["The Bench"]
    as_seb.post(f"/drafts/{row.pk}/discard/")
    tidy(timezone.now() + DAY)
    assert as_seb.post(f"/drafts/{row.pk}/restore/").status_code == 404
    assert not Draft.objects.exists()


def test_a_draft_that_is_not_changed_goes_after_ninety_days(as_seb, add):
    save(as_seb, add, **FORM)
    tidy(timezone.now() + 89 * DAY)
    assert Draft.objects.count() == 1
    assert "90 days" in as_seb.get(reverse("drafts")).text
    tidy(timezone.now() + 91 * DAY)
    assert not Draft.objects.exists()


def test_a_clock_that_was_ahead_keeps_no_draft_for_longer(as_seb, add):
    save(as_seb, add, **FORM)
    Draft.objects.update(updated=timezone.now() + 900 * DAY)
    now = timezone.now()
    tidy(now)
    assert Draft.objects.get().updated == now


# Bounds.


def test_a_member_has_fifty_drafts_at_most(as_seb, seb, film, add, monkeypatch):
    monkeypatch.setattr(draft, "MOST", 2)
    for title in ("One", "Two", "Three"):
        answer = by_itself(as_seb, add, nonce=nonce_at(as_seb, add), **FORM | {"title": title})
    assert (answer.status_code, drafts_on(as_seb)) == (422, ["Two", "One"])
    kept = Draft.objects.earliest("pk")
    key = {"nonce": kept.nonce, "draft_version": 1}
    assert by_itself(as_seb, add, **FORM | key | {"title": "Another"}).status_code == 200
    kept.discard()
    by_itself(as_seb, add, nonce=nonce_at(as_seb, add), **FORM | {"title": "Four"})
    as_seb.post(f"/drafts/{kept.pk}/restore/")
    assert sorted(drafts_on(as_seb)) == ["Four", "Two"]


def test_a_text_that_is_too_long_is_given_back(as_seb, add):
    page = as_seb.post(add, FORM | {"body": "x" * draft.LARGEST, "draft": "1"})
    assert (page.status_code, len(page.context["form"]["body"].value())) == (422, draft.LARGEST)
    assert not Draft.objects.exists()


def test_what_no_field_asks_for_is_no_part_of_a_draft(as_seb, add):
    by_itself(as_seb, add, **FORM, invented="x" * 9_000, password="secret")
    assert set(Draft.objects.get().values) & {"invented", "password", "nonce", "draft"} == set()


def test_who_saves_all_the_time_is_slowed_down(as_seb, add, monkeypatch, settings):
    monkeypatch.setitem(ratelimit.LIMITS, "draft-save", (2, 3600))
    nonce = nonce_at(as_seb, add)
    answers = [by_itself(as_seb, add, nonce=nonce, **FORM | {"title": str(number)}) for number in range(3)]
    assert answers[-1].status_code == 422


# What it was for is gone.


def test_the_text_stays_when_its_film_is_removed_and_is_read_on_the_list(as_seb, film, add):
    save(as_seb, add, **FORM)
    type(film).objects.filter(pk=film.pk).update(state="removed")
    page = as_seb.get(reverse("drafts"))
    assert FORM["body"] in page.text
    assert links(page, ".draft-list") == []


def test_drafts_of_a_film_go_on_with_the_one_that_it_was_merged_into(as_seb, film, add, keith):
    save(as_seb, add, **FORM)
    other = make_film("La La Land again")
    film.merge_into(keith, other)
    assert Draft.objects.get().film == other


def test_the_title_of_a_veiled_post_is_not_told(as_seb, film, mia, seb):
    late = make_moment(film, mia, "The Reunion", spoiler=True)
    as_seb.post(reverse("comment-add", args=[late.pk]), {"body": "A word.", "draft": "1"})
    page = as_seb.get(reverse("drafts"))
    assert "A word." in page.text
    assert "The Reunion" not in page.text


def test_drafts_leave_with_their_member(as_seb, add, seb):
    save(as_seb, add, **FORM | {"still_alt": "A square."}, picture=picture())
    delete_account(seb, take_texts=False)
    assert (Draft.objects.count(), HeldUpload.objects.count()) == (0, 0)


# Pictures.


def test_the_picture_waits_as_long_as_its_draft(as_seb, add, clock):
    save(as_seb, add, **FORM | {"still_alt": "A square."}, picture=picture())
    clock.forward(days=80)
    HeldUpload.objects.forget_old(clock.now, 100)
    key = Draft.objects.get().begun
    as_seb.force_login(Draft.objects.get().member)
    as_seb.post(add, {name: value for name, value in key.items() if value})
    assert Moment.objects.get().still.name.endswith(".webp")
    HeldUpload.objects.forget_old(clock.now, 100)
    assert not HeldUpload.objects.exists()


def test_a_draft_without_room_for_its_picture_keeps_it_for_a_day(as_seb, add, seb, monkeypatch):
    monkeypatch.setattr("reelive.held_uploads.OF_DRAFTS", 1)
    for title in ("One", "Two"):
        save(as_seb, add, **FORM | {"title": title}, picture=picture())
    kept = HeldUpload.objects.filter(member=seb).values_list("kept_until", flat=True)
    assert sorted(time is None for time in kept) == [False, True]


def test_members_are_led_to_their_drafts_by_the_menu(as_seb, film):
    assert "/drafts/" in links(as_seb.get("/"), "#menu")


@pytest.mark.parametrize("pressed, status, kept", [("1", 302, 1), ("auto", 401, 0)])
def test_a_comment_that_is_no_more_than_a_draft_is_not_said_after_the_sign_in(
    client, moment, seb, pressed, status, kept
):
    address = reverse("comment-add", args=[moment.pk])
    assert client.post(address, {"body": "Half a", "draft": pressed}).status_code == status
    assert len(client.session.get("drafts", {})) == kept
    client.post("/accounts/login/", {"login": "seb", "password": "correct horse"})
    assert not Comment.objects.exists()


def test_nobody_else_is_asked_to_save_a_draft(client, add, moment):
    assert 'name="draft"' not in client.get(moment.get_absolute_url()).text
    assert make_member("tom").drafts.count() == 0
