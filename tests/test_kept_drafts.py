"""How long drafts of members are kept, how many and how large, and what becomes of them elsewhere."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.deletion import delete_account
from moments.models import Comment, Draft, Moment, draft
from moments.tasks import tidy
from reelive import ratelimit
from reelive.held_uploads import HeldUpload
from tests.support.drafts import FORM, by_itself, drafts_on, nonce_at, save
from tests.support.makers import make_film, make_member, make_moment
from tests.support.pages import links
from tests.support.pictures import picture

DAY = timedelta(days=1)


@pytest.fixture
def add(film):
    return reverse("moment-add", args=[film.slug])


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
    monkeypatch.setattr(draft, "MOST_DRAFTS", 2)
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
    page = as_seb.post(add, FORM | {"body": "x" * draft.LARGEST_DRAFT, "draft": "1"})
    assert (page.status_code, len(page.context["form"]["body"].value())) == (422, draft.LARGEST_DRAFT)
    assert not Draft.objects.exists()


def test_what_is_typed_is_cleaned_before_it_is_kept(as_seb, add):
    by_itself(as_seb, add, title="The\x00 Bench\u202e", body="One.\r\nTwo.")
    kept = Draft.objects.get().values
    assert (kept["title"], kept["body"]) == ("The Bench", "One.\nTwo.")


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


def kept_pictures():
    return HeldUpload.objects.filter(kept_until__isnull=False).count()


def test_a_picture_that_was_replaced_waits_for_no_draft(as_seb, add):
    save(as_seb, add, **FORM, picture=picture())
    key = {name: str(value) for name, value in Draft.objects.get().begun.items() if value}
    as_seb.post(add, key | {"draft": "1", "picture": picture(color="#0e0b2e")})
    assert (Draft.objects.get().version, kept_pictures()) == (2, 1)


def test_a_picture_of_two_drafts_stays_for_the_second(as_seb, add):
    save(as_seb, add, **FORM, picture=picture())
    first = Draft.objects.get()
    key = {name: str(value) for name, value in first.begun.items() if value}
    by_itself(as_seb, add, **key | {"draft_version": "9", "title": "Another"})
    assert Draft.objects.count() == 2
    for row, left in zip(list(Draft.objects.all()), (1, 0), strict=True):
        row.drop()
        assert kept_pictures() == left


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
