"""Pictures of forms that came back: kept for a day, for their owner alone, and so many of them."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.deletion import delete_account
from moments.models import Moment
from reelive import held_uploads, housekeeping, ratelimit
from reelive.held_uploads import KEPT_FOR, HeldUpload
from reelive.images import read
from tests.support.makers import make_moment
from tests.support.pages import select, the
from tests.support.pictures import picture
from tests.support.rows import for_each

FORM = {"title": "The Bench", "body": "Two people, one bench, a city below.", "tags": "dusk"}


@pytest.fixture
def add(film):
    return reverse("moment-add", args=[film.slug])


def token_in(page, name="picture"):
    return the(page, f"[name={name}_held]")["value"]


def held(**fields):
    image = read(picture())
    return HeldUpload.objects.create(content=image.webp(480), size=100, **fields)


def sign_in(client, name):
    client.post("/accounts/login/", {"login": name, "password": "correct horse"})


WRONG = [
    {},  # no description
    {"still_alt": "A violet square.", "title": ""},
    {"still_alt": "A violet square.", "tags": "!!!"},
    {"still_alt": "A violet square.", "preview": "1"},
    {"still_alt": "A violet square.", "find": "after"},
]


@for_each("wrong", WRONG)
def test_a_picture_of_a_form_that_comes_back_is_shown_and_sent_with_the_next_try(as_mia, add, wrong):
    page = as_mia.post(add, FORM | {"picture": picture()} | wrong)
    token = token_in(page)
    shown = as_mia.get(the(page, "[data-held] img")["src"])
    assert (shown["Content-Type"], read(shown.content).width) == ("image/webp", 1200)
    assert "no-store" in shown["Cache-Control"]
    as_mia.post(add, FORM | {"picture_held": token, "still_alt": "A violet square."})
    moment = Moment.objects.get()
    assert (bool(moment.still), len(moment.palette), moment.still_alt) == (True, 5, "A violet square.")


def test_a_picture_outlives_a_question_about_twins(as_mia, film, add, mia):
    make_moment(film, mia, "The Bench")
    page = as_mia.post(add, FORM | {"picture": picture(), "still_alt": "A violet square."})
    again = FORM | {"picture_held": token_in(page), "still_alt": "A violet square.", "anyway": "1"}
    as_mia.post(add, again)
    assert Moment.objects.exclude(still="").count() == 1


def test_a_picture_outlives_several_tries_and_is_kept_once(as_mia, add):
    token = token_in(as_mia.post(add, FORM | {"picture": picture()}))
    for _try in range(3):
        assert token_in(as_mia.post(add, FORM | {"picture_held": token})) == token
    assert HeldUpload.objects.count() == 1


def test_another_picture_takes_its_place_and_remove_removes_it(as_mia, add):
    token = token_in(as_mia.post(add, FORM | {"picture": picture()}))
    other = as_mia.post(add, FORM | {"picture_held": token, "picture": picture()})
    assert token_in(other) != token
    as_mia.post(add, FORM | {"picture_held": token, "picture_remove": "on"})
    assert not Moment.objects.get().still


def test_a_picture_outlives_the_end_of_the_session(client, add, mia):
    client.post(add, FORM | {"picture": picture(), "still_alt": "A violet square."})
    sign_in(client, "mia")
    page = client.get(add)
    token = token_in(page)
    assert client.get(reverse("held-upload", args=[token])).status_code == 200
    client.post(add, FORM | {"picture_held": token, "still_alt": "A violet square."})
    assert Moment.objects.get().still
    assert HeldUpload.objects.get().member == mia, "it is theirs from then on"


def test_a_form_that_is_sent_before_its_draft_was_seen_is_taken(client, add, mia):
    client.post(add, FORM | {"picture": picture(), "still_alt": "A violet square."})
    sign_in(client, "mia")
    assert client.post(add, FORM).status_code == 302
    assert not Moment.objects.get().still


def test_a_picture_that_was_kept_outlives_the_end_of_the_session_too(client, as_mia, add):
    token = token_in(as_mia.post(add, FORM | {"picture": picture()}))
    client.logout()
    client.post(add, FORM | {"picture_held": token})
    sign_in(client, "mia")
    assert token_in(client.get(add)) == token


def test_an_edit_keeps_its_picture_as_well(as_mia, moment):
    url = reverse("post-edit", args=[moment.pk])
    token = token_in(as_mia.post(url, FORM | {"picture": picture()}))
    as_mia.post(url, FORM | {"picture_held": token, "still_alt": "A violet square."})
    moment.refresh_from_db()
    assert moment.still


def test_a_profile_keeps_its_picture_as_well(as_mia, mia):
    url = reverse("profile-edit")
    fields = {"theme": "dark", "time_zone": "UTC", "spoiler_stance": "veil", "bio": ""}
    page = as_mia.post(url, fields | {"avatar": picture(), "bio": "x" * 501})
    assert page.status_code == 422
    as_mia.post(url, fields | {"avatar_held": token_in(page, "avatar")})
    mia.refresh_from_db()
    assert mia.avatar


def test_what_is_no_picture_is_not_kept(as_mia, client, add):
    page = as_mia.post(add, FORM | {"picture": SimpleUploadedFile("a.jpg", b"no picture", "image/jpeg")})
    assert select(page, "[data-held]") == []
    Client().post(add, FORM | {"picture": SimpleUploadedFile("a.jpg", b"no picture", "image/jpeg")})
    assert HeldUpload.objects.count() == 0


def test_nobody_else_sees_or_uses_a_picture(as_mia, add, seb):
    token = token_in(as_mia.post(add, FORM | {"picture": picture()}))
    stranger = Client()
    assert stranger.get(reverse("held-upload", args=[token])).status_code == 404
    stranger.force_login(seb)
    assert stranger.get(reverse("held-upload", args=[token])).status_code == 404
    page = stranger.post(add, FORM | {"picture_held": token, "still_alt": "Stolen."})
    assert list(page.context["form"].errors) == ["picture"]


@for_each("token", ["x", "x" * 10_000, "\x00", "💥", "' OR 1=1"])
def test_a_token_that_means_nothing_asks_for_the_picture_again(as_mia, add, token):
    page = as_mia.post(add, FORM | {"picture_held": token, "still_alt": "A violet square."})
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["picture"])
    assert not Moment.objects.exists(), "nothing is shared without the picture that was chosen"


@for_each("token", ["x", "x" * 10_000, "%00", "%F0%9F%92%A5"])
def test_an_address_that_means_nothing_is_not_found(client, db, token):
    assert client.get(f"/held/{token}/").status_code == 404


def test_after_a_day_it_is_asked_for_again_and_deleted(as_mia, add, mia):
    old = held(member=mia, created=timezone.now() - KEPT_FOR)
    ahead = held(member=mia, created=timezone.now() + 2 * KEPT_FOR)
    fresh = held(member=mia, created=timezone.now() - KEPT_FOR + timedelta(minutes=1))
    for row in (old, ahead):
        page = as_mia.post(add, FORM | {"picture_held": row.token, "still_alt": "A violet square."})
        assert list(page.context["form"].errors) == ["picture"]
    housekeeping.tidy()
    assert list(HeldUpload.objects.all()) == [fresh]


def test_a_member_who_leaves_takes_it_along(mia):
    held(member=mia)
    delete_account(mia, take_texts=False)
    assert HeldUpload.objects.count() == 0


# Bounds.


@pytest.fixture
def many(monkeypatch):
    for name in ("held", "held-of-all", "draft", "session"):
        monkeypatch.setitem(ratelimit.LIMITS, name, (10_000, 60))


def test_of_one_member_the_newest_few_are_kept(as_mia, add, many):
    tokens = [token_in(as_mia.post(add, FORM | {"picture": picture()})) for _ in range(5)]
    kept = HeldUpload.objects.order_by("pk").values_list("token", flat=True)
    assert list(kept) == tokens[-held_uploads.OF_ONE :]


def test_of_one_network_the_newest_few_are_kept(client, add, many):
    for _ in range(5):
        Client().post(add, FORM | {"picture": picture()})
    assert HeldUpload.objects.filter(member=None).count() == held_uploads.OF_ONE


def test_all_visitors_together_have_so_much_room_and_members_keep_theirs(film, add, mia, many, monkeypatch):
    mine = held(member=mia, created=timezone.now() - timedelta(hours=2))
    size = len(read(picture()).webp(1600))
    monkeypatch.setattr(held_uploads, "OF_VISITORS", 2 * size)
    for number in range(4):
        Client(REMOTE_ADDR=f"192.0.2.{number}").post(add, FORM | {"picture": picture()})
    networks = HeldUpload.objects.filter(member=None).order_by("pk").values_list("network", flat=True)
    assert list(networks) == ["192.0.2.2", "192.0.2.3"]
    assert HeldUpload.objects.filter(pk=mine.pk).exists()


def test_a_picture_is_kept_no_larger_than_fits(as_mia, add, monkeypatch):
    whole = len(read(picture()).webp(1600))
    monkeypatch.setattr(held_uploads, "LARGEST_UPLOAD", whole - 1)
    page = as_mia.post(add, FORM | {"picture": picture()})
    assert read(bytes(HeldUpload.objects.get().content)).width == 960
    monkeypatch.setattr(held_uploads, "LARGEST_UPLOAD", 1)
    page = as_mia.post(add, FORM | {"picture": picture()})
    assert "picture" in page.context["form"].errors


def test_who_has_had_many_kept_is_asked_to_choose_again(as_mia, add, monkeypatch):
    monkeypatch.setitem(ratelimit.LIMITS, "held", (1, 600))
    as_mia.post(add, FORM | {"picture": picture()})
    page = as_mia.post(add, FORM | {"picture": picture()})
    assert "picture" in page.context["form"].errors
    Client().post(add, FORM | {"picture": picture()})
    second = Client()
    second.post(add, FORM | {"picture": picture()})
    assert "picture_held" not in second.session["drafts"][add]
    assert HeldUpload.objects.count() == 2
