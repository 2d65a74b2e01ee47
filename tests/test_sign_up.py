"""Signing up: what it refuses, the letters it sends, and what a newcomer begins with."""

import pytest
from allauth.account.models import EmailAddress
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from accounts.adapter import WRONG_CODE, AccountAdapter
from accounts.forms.auth import BLOCKED
from accounts.models import User
from tests.support.accounts import code_in, member_of, sign_in, sign_up
from tests.support.makers import make_member
from tests.support.pages import the
from tests.support.rows import for_each


@pytest.fixture
def mail_is_on(settings):
    settings.MAIL_IS_ON = True
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    settings.ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True


def test_without_a_mail_server_a_new_account_works_at_once(client, db):
    response = sign_up(client)
    assert (response.status_code, response["Location"]) == (302, "/welcome/")
    assert member_of(client) == "laura"
    assert User.objects.get().email == "laura@example.org"


def test_with_a_mail_server_a_mailed_code_confirms_the_account(client, db, mailoutbox, mail_is_on):
    assert sign_up(client)["Location"] == reverse("account_email_verification_sent")
    assert member_of(client) is None
    letter = mailoutbox[0]
    assert letter.to == ["laura@example.org"]
    assert code_in(letter) in letter.subject
    client.post(reverse("account_email_verification_sent"), {"code": code_in(letter)})
    assert member_of(client) == "laura"
    assert EmailAddress.objects.get().verified


def test_a_wrong_code_keeps_the_door_closed(client, db, mailoutbox, mail_is_on):
    sign_up(client)
    response = client.post(reverse("account_email_verification_sent"), {"code": "XXXX-XXXX"})
    assert response.status_code == 422
    assert str(WRONG_CODE) in response.text
    assert member_of(client) is None


def test_a_new_code_can_be_asked_for(client, db, mailoutbox, mail_is_on, settings):
    settings.ACCOUNT_RATE_LIMITS = False
    sign_up(client)
    client.post(reverse("account_email_verification_sent"), {"action": "resend"})
    client.post(reverse("account_email_verification_sent"), {"code": code_in(mailoutbox[1])})
    assert member_of(client) == "laura"


def test_a_mistyped_address_can_be_put_right_before_it_is_confirmed(client, db, mailoutbox, mail_is_on):
    sign_up(client, email="laure@example.org")
    change = {"action": "change", "email": "laura@example.org"}
    client.post(reverse("account_email_verification_sent"), change)
    assert mailoutbox[1].to == ["laura@example.org"]
    client.post(reverse("account_email_verification_sent"), {"code": code_in(mailoutbox[1])})
    assert User.objects.get().email == "laura@example.org"


@for_each(
    "username",
    [
        "admin",
        "ADMIN",
        "House",
        "re-elive",
        "moderator_",
        "аdmin",
        "mia\u200b",
        "m",
        "a" * 31,
        "mia sebs",
        "@mia",
        "",
    ],
)
def test_reserved_and_misleading_names_are_refused_beside_the_field(username, client, db):
    response = sign_up(client, username=username)
    assert response.status_code == 422
    assert response.context["form"].errors["username"]
    assert response.context["form"]["email"].value() == "laura@example.org"
    assert not User.objects.exists()


@for_each("username", ["mia", "MIA", " Mia "])
def test_a_name_that_is_taken_is_refused_whatever_its_case(username, client, mia):
    response = sign_up(client, username=username)
    assert response.context["form"].errors["username"] == [AccountAdapter.error_messages["username_taken"]]
    assert User.objects.count() == 1


def test_a_name_is_kept_in_lower_case(client, db):
    sign_up(client, username="LauRa")
    assert User.objects.get().username == "laura"


@pytest.mark.parametrize("email", ["mia@example.org", "MIA@example.org"])
def test_an_address_that_is_taken_is_refused(email, client, mia):
    response = sign_up(client, email=email)
    assert response.context["form"].errors["email"] == [AccountAdapter.error_messages["email_taken"]]
    assert User.objects.count() == 1


def test_with_mail_nobody_learns_whether_an_address_is_signed_up(client, mia, mailoutbox, mail_is_on):
    response = sign_up(client, email=mia.email)
    assert response["Location"] == reverse("account_email_verification_sent")
    assert User.objects.count() == 1
    (letter,) = mailoutbox
    assert letter.to == [mia.email]
    assert all(reverse(name) in letter.body for name in ("account_login", "account_reset_password"))


def test_an_address_of_any_length_is_no_error(client, db):
    long = "a@" + ".".join(["b" * 60] * 5) + ".org"
    assert sign_up(client, email=long).context["form"].errors["email"]


@for_each("password", ["", "short", "password", "laura@example.org", "12345678"])
def test_weak_passwords_are_refused(password, client, db):
    assert sign_up(client, password1=password).context["form"].errors["password1"]
    assert not User.objects.exists()


@for_each("field", ["username", "email", "password1"])
@for_each("text", ["\x00", "x" * 1_000_000, "‮evil", "é" * 500, "<script>alert(1)</script>"])
def test_hostile_text_at_sign_up_is_answered_with_the_form(field, text, client, db):
    assert sign_up(client, **{field: text}).status_code in {302, 422}


def test_of_two_who_sign_up_at_once_the_second_gets_the_form_back(client, db, monkeypatch):
    def somebody_is_faster(adapter, username, shallow=False):
        make_member("laura", email="other@example.org")
        monkeypatch.undo()
        return username

    monkeypatch.setattr(AccountAdapter, "clean_username", somebody_is_faster)
    response = sign_up(client)
    assert response.status_code == 422
    assert response.context["form"].errors["username"] == [AccountAdapter.error_messages["username_taken"]]
    assert User.objects.count() == 1


def test_a_collision_that_no_check_explains_is_no_error_either(client, db, monkeypatch):
    def collide(user, **kwargs):
        raise IntegrityError

    monkeypatch.setattr(User, "save", collide)
    response = sign_up(client)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["__all__"]


def test_who_fills_in_the_bait_gets_no_account(client, db):
    assert sign_up(client, website="https://spam.example").status_code == 302
    assert not User.objects.exists()


def test_the_bait_is_hidden_from_people_without_an_inline_style(client, db):
    page = client.get(reverse("account_signup"))
    bait = the(page, "input[name=website]")
    assert (bait["class"], bait["tabindex"], bait["aria-hidden"]) == ("bait", "-1", "true")
    assert "style=" not in page.text


@pytest.fixture
def throwaway(settings):
    settings.BLOCKED_MAIL_DOMAINS = frozenset({"example.com", "xn--bcher-kva.example"})


HERE = ["l@example.com", "L@EXAMPLE.COM", "l@mail.example.com", "l@ｅxample。com", "l@bücher.example"]


@for_each("email", HERE)
def test_nobody_signs_up_at_a_blocked_mail_service_or_below_it(email, client, db, throwaway):
    response = sign_up(client, email=email)
    assert response.status_code == 422
    assert response.context["form"].errors["email"]
    assert response.context["form"]["email"].value() == email
    assert not User.objects.exists()


def test_the_refusal_of_a_mail_service_is_a_plain_sentence(client, db, throwaway):
    assert str(BLOCKED) in sign_up(client, email=HERE[0]).text


@for_each("email", ["l@notexample.com", "l@example.com.org", "example.com@example.org"])
def test_a_name_that_only_ends_alike_is_another_service(email, client, db, throwaway):
    assert sign_up(client, email=email).status_code == 302
    assert User.objects.get().email == email


@pytest.mark.parametrize("with_mail", [True, False])
def test_nobody_moves_to_a_blocked_mail_service(with_mail, as_mia, mia, throwaway, settings):
    settings.MAIL_IS_ON = with_mail
    response = as_mia.post(reverse("account_email"), {"email": "mia@example.com", "action_add": ""})
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["email"])
    mia.refresh_from_db()
    assert mia.email == "mia@example.org"


def test_who_is_at_a_blocked_service_already_still_gets_in(client, db, throwaway, mailoutbox):
    make_member("laura", email="laura@example.com")
    sign_in(client, "laura@example.com")
    assert member_of(client) == "laura"
    Client().post(reverse("account_reset_password"), {"email": "laura@example.com"})
    assert mailoutbox[0].to == ["laura@example.com"]


def test_a_newcomer_keeps_the_theme_of_the_visit(client, db):
    client.cookies["theme"] = "light"
    sign_up(client)
    assert User.objects.get().theme == "light"


def test_a_newcomer_has_the_clock_of_the_site_until_they_choose(client, db, settings):
    settings.TIME_ZONE = "Asia/Tokyo"
    sign_up(client)
    assert User.objects.get().time_zone == "Asia/Tokyo"
