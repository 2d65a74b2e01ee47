"""Signing in and out: what is refused, and where it leads."""

import pytest
from django.urls import reverse

from accounts.adapter import TOO_MANY
from tests.support.accounts import code_in, member_of, sign_in, sign_up
from tests.support.makers import moderator
from tests.support.pages import select
from tests.support.rows import for_each


@pytest.fixture
def mail_is_on(settings):
    settings.MAIL_IS_ON = True
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    settings.ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True


# Signing in and out.


@for_each("login", ["mia", "MIA", " mia ", "mia@example.org", "Mia@Example.org"])
def test_members_sign_in_by_name_or_address(login, client, mia):
    sign_in(client, login)
    assert member_of(client) == "mia"


@for_each("login", ["mia", "nobody", "mia@example.org", "nobody@example.org", "\x00", "x" * 100_000])
def test_a_wrong_pair_is_refused_without_saying_which_half(login, client, mia):
    response = sign_in(client, login, "wrong")
    assert response.status_code == 422
    assert member_of(client) is None


def test_the_refusal_is_the_same_for_strangers_and_members(client, mia):
    errors = [
        sign_in(client, login, "wrong").context["form"].errors for login in ("mia", "nobody", "n@example.org")
    ]
    assert errors[0] == errors[1] == errors[2]


def test_suspended_members_are_told_plainly(client, mia):
    mia.suspend(moderator(), "Spam.")
    told = sign_in(client, "mia")["Location"]
    assert told == reverse("account_inactive")
    assert client.get(told).status_code == 200
    assert member_of(client) is None


def test_suspension_ends_what_is_open(as_mia, mia):
    assert member_of(as_mia) == "mia"
    mia.suspend(moderator(), "Spam.")
    assert member_of(as_mia) is None


def test_guessing_is_slowed_down_by_account_and_a_good_sign_in_forgives_nothing(client, mia, seb):
    for _try in range(5):
        sign_in(client, "mia", "wrong")
    sign_in(client, "seb")
    client.post(reverse("account_logout"))
    response = sign_in(client, "mia")
    assert str(TOO_MANY) in response.text
    assert member_of(client) is None


def test_signing_out_takes_a_button(as_mia):
    assert len(select(as_mia.get(reverse("account_logout")), "main form[method=post] button")) == 1
    assert member_of(as_mia) == "mia"
    assert as_mia.post(reverse("account_logout"))["Location"] == "/"
    assert member_of(as_mia) is None


def test_staff_come_in_by_the_same_door(client, keith, mia):
    address = client.get("/admin/login/?next=/admin/moments/")["Location"]
    assert address == "/accounts/login/?next=%2Fadmin%2Fmoments%2F"
    assert sign_in(client, "keith", next="/admin/")["Location"] == "/admin/"
    assert client.get("/admin/").status_code == 200


def test_members_are_not_staff(as_mia):
    assert as_mia.get("/admin/login/").status_code == 403


# Where it leads.


def test_the_way_back_survives_the_links_between_the_two_doors(client, db):
    page = client.get(reverse("account_login"), {"next": "/films/?medium=film"})
    assert page.context["signup_url"] == "/accounts/signup/?next=%2Ffilms%2F%3Fmedium%3Dfilm"
    page = client.get(page.context["signup_url"])
    assert page.context["login_url"] == "/accounts/login/?next=%2Ffilms%2F%3Fmedium%3Dfilm"
    assert sign_up(client, next="/films/?medium=film")["Location"] == "/films/?medium=film"


@for_each(
    "evil",
    [
        "https://evil.example/",
        "//evil.example/",
        "/\\evil.example",
        "/\t/evil.example",
        "javascript:alert(1)",
        "http://testserver/films/",
        "home",
        "films/",
        "///evil.example",
        "\x00",
    ],
)
def test_no_address_leads_off_the_site(evil, client, mia):
    assert sign_in(client, "mia", next=evil)["Location"] == "/"
    assert client.get(reverse("account_login"), {"next": evil})["Location"] == "/"
    assert client.post(reverse("account_logout"), {"next": evil})["Location"] == "/"


def test_what_was_typed_survives_signing_in(client, mia, moment):
    address = reverse("comment-add", args=[moment.pk])
    response = client.post(address, {"body": "I cried, again."})
    client.get(response["Location"])
    back = sign_in(client, "mia", next=moment.get_absolute_url())["Location"]
    assert "I cried, again." in client.get(back).text


def test_what_was_typed_survives_signing_up(client, moment):
    client.post(reverse("comment-add", args=[moment.pk]), {"body": "I cried, again."})
    back = sign_up(client, next=moment.get_absolute_url())["Location"]
    assert "I cried, again." in client.get(back).text


def test_what_was_typed_survives_a_mailed_code(client, moment, mailoutbox, mail_is_on):
    client.post(reverse("comment-add", args=[moment.pk]), {"body": "I cried, again."})
    sign_up(client, next=moment.get_absolute_url())
    page = reverse("account_email_verification_sent")
    back = client.post(page, {"code": code_in(mailoutbox[0])})["Location"]
    assert back == f"{moment.get_absolute_url()}#c{moment.comments.get().pk}"
    assert "I cried, again." in client.get(moment.get_absolute_url()).text


@pytest.mark.parametrize("asked_by, is_deleted", [("document", True), ("empty", False), (None, True)])
def test_a_late_answer_behind_the_scenes_signs_nobody_out(client, db, settings, asked_by, is_deleted):
    """Its session is gone by then, and the browser holds the cookie of the one that took its place."""
    client.cookies[settings.SESSION_COOKIE_NAME] = "a-session-that-is-gone"
    headers = {"Sec-Fetch-Dest": asked_by} if asked_by else {}
    answer = client.get("/share/", headers=headers)
    assert (settings.SESSION_COOKIE_NAME in answer.cookies) == is_deleted
