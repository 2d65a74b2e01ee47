"""Passwords and mail addresses: how they are changed, and by whom alone."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from accounts.adapter import AccountAdapter
from accounts.forms.auth import AddEmailForm
from accounts.models import User
from tests.support.accounts import PASSWORD, code_in, confirm_it_is_me, member_of, sign_in, subject_of


@pytest.fixture
def mail_is_on(settings):
    settings.MAIL_IS_ON = True
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    settings.ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True


def test_a_forgotten_password_is_replaced_by_a_mailed_code(client, mia, mailoutbox):
    client.post(reverse("account_reset_password"), {"email": "MIA@example.org"})
    assert mailoutbox[0].to == ["mia@example.org"]
    client.post(reverse("account_confirm_password_reset_code"), {"code": code_in(mailoutbox[0])})
    client.post(reverse("account_complete_password_reset"), {"password1": PASSWORD, "password2": PASSWORD})
    sign_in(client, "mia", PASSWORD)
    assert member_of(client) == "mia"


def test_the_code_for_an_unknown_address_looks_the_same(client, db, mailoutbox):
    response = client.post(reverse("account_reset_password"), {"email": "nobody@example.org"})
    assert response["Location"] == reverse("account_confirm_password_reset_code")
    assert mailoutbox[0].subject == subject_of("unknown_account")


@pytest.mark.parametrize("look_alike", ["mıa@example.org", "mia@examplе.org", "ｍia@example.org"])
def test_a_look_alike_address_gets_no_code(look_alike, client, mia, mailoutbox):
    client.post(reverse("account_reset_password"), {"email": look_alike})
    assert not [
        letter for letter in mailoutbox if re.search(r"[A-Z]{4}-[A-Z]{4}", letter.subject + letter.body)
    ]


def test_a_new_password_signs_every_other_device_out(client, mia, mailoutbox):
    elsewhere = Client()
    sign_in(elsewhere, "mia")
    sign_in(client, "mia")
    passwords = {"oldpassword": "correct horse", "password1": PASSWORD, "password2": PASSWORD}
    response = client.post(reverse("account_change_password"), passwords)
    assert response["Location"] == "/accounts/"
    assert (member_of(client), member_of(elsewhere)) == ("mia", None)
    assert mailoutbox[0].subject == subject_of("password_changed")


def test_a_wrong_current_password_changes_nothing(as_mia, mia):
    passwords = {"oldpassword": "wrong", "password1": PASSWORD, "password2": PASSWORD}
    response = as_mia.post(reverse("account_change_password"), passwords)
    assert list(response.context["form"].errors) == ["oldpassword"]
    mia.refresh_from_db()
    assert mia.check_password("correct horse")


def test_an_address_changes_when_the_new_one_is_confirmed(as_mia, mia, mailoutbox, mail_is_on):
    confirm_it_is_me(as_mia)
    as_mia.post(reverse("account_email"), {"email": "new@example.org", "action_add": ""})
    mia.refresh_from_db()
    assert mia.email == "mia@example.org"
    as_mia.post(reverse("account_email_verification_sent"), {"code": code_in(mailoutbox[-1])})
    mia.refresh_from_db()
    assert mia.email == "new@example.org"
    assert [str(address) for address in EmailAddress.objects.all()] == ["new@example.org"]


def test_without_a_mail_server_a_new_address_counts_at_once(as_mia, mia, mailoutbox):
    confirm_it_is_me(as_mia)
    as_mia.post(reverse("account_email"), {"email": "New@example.org", "action_add": ""})
    mia.refresh_from_db()
    assert mia.email == "new@example.org"
    assert [str(address) for address in EmailAddress.objects.all()] == ["new@example.org"]
    assert (mailoutbox[0].to, mailoutbox[0].subject) == (
        ["mia@example.org"],
        subject_of("email_changed"),
    )


def test_the_address_of_another_member_is_refused(as_mia, mia, seb):
    confirm_it_is_me(as_mia)
    response = as_mia.post(reverse("account_email"), {"email": seb.email, "action_add": ""})
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["email"])
    mia.refresh_from_db()
    assert mia.email == "mia@example.org"


def test_changing_the_address_takes_the_password(as_mia, mia, mailoutbox):
    response = as_mia.post(reverse("account_email"), {"email": "new@example.org", "action_add": ""})
    assert response["Location"].startswith(reverse("account_reauthenticate"))
    assert not mailoutbox


def test_of_two_who_want_one_address_the_second_gets_the_form_back(as_mia, mia, seb, monkeypatch):
    def seb_is_faster(form, email):
        User.objects.filter(pk=seb.pk).update(email=email)
        raise IntegrityError

    confirm_it_is_me(as_mia)
    monkeypatch.setattr(AddEmailForm, "_move_to", seb_is_faster)
    response = as_mia.post(reverse("account_email"), {"email": "new@example.org", "action_add": ""})
    assert response.context["form"].errors["email"] == [AccountAdapter.error_messages["email_taken"]]


def test_of_two_who_confirm_one_address_the_second_is_told(as_mia, mia, seb, mailoutbox, mail_is_on):
    confirm_it_is_me(as_mia)
    as_mia.post(reverse("account_email"), {"email": "new@example.org", "action_add": ""})
    User.objects.filter(pk=seb.pk).update(email="New@example.org")
    as_mia.post(reverse("account_email_verification_sent"), {"code": code_in(mailoutbox[-1])})
    (message,) = as_mia.get("/accounts/").context["messages"]
    assert (message.level_tag, "new@example.org" in str(message)) == ("error", True)
    mia.refresh_from_db()
    assert mia.email == "mia@example.org"


def test_letters_name_the_site_and_not_the_host_of_the_request(client, mia, mailoutbox, settings):
    settings.ALLOWED_HOSTS = ["*"]
    client.post(
        reverse("account_reset_password"), {"email": "n@example.org"}, headers={"host": "evil.example"}
    )
    assert settings.SITE_URL in mailoutbox[0].body
    assert "evil" not in mailoutbox[0].body + mailoutbox[0].subject
