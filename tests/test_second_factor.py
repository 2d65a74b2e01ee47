"""Passkeys, the authenticator app and recovery codes: what they guard, and what is no key."""

import json
import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.forms.auth import NOT_ACCEPTED
from tests.support.pages import messages_of, select
from tests.support.rows import for_each

NOTHING = {"id": "AA", "rawId": "AA", "type": "public-key", "clientExtensionResults": {}}
HOSTILE = [
    "",
    "null",
    "[]",
    "7",
    '"words"',
    "{}",
    "{",
    "[" * 10_000,
    "x" * 2_000_000,
    json.dumps({"id": 5, "response": 7}),
    json.dumps(NOTHING | {"response": {}}),
    json.dumps(NOTHING | {"response": None}),
    json.dumps(NOTHING | {"response": {"userHandle": "!!!!"}}),
    json.dumps(
        NOTHING
        | {
            "response": {
                "clientDataJSON": "AA",
                "authenticatorData": "AA",
                "signature": "AA",
                "userHandle": "OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5",
                "attestationObject": "gg",
            }
        }
    ),
    "\x00",
]


@pytest.fixture
def confirmed(as_mia):
    """Mia, having given her password again."""
    as_mia.post(reverse("account_reauthenticate"), {"password": "correct horse", "next": "/accounts/"})
    return as_mia


@pytest.fixture
def app(mia):
    """Mia's authenticator app."""
    return TOTP.activate(mia, "JBSWY3DPEHPK3PXP").instance


@pytest.fixture
def codes(app, mia):
    return RecoveryCodes.activate(mia).generate_codes()


def current_code(secret="JBSWY3DPEHPK3PXP"):
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def sign_in(client):
    pair = {"login": "mia", "password": "correct horse", "next": "/films/"}
    return client.post(reverse("account_login"), pair)


def is_in(client):
    return client.get("/accounts/").status_code == 200


# The app.


def test_switching_the_app_on_hands_out_recovery_codes(
    confirmed, mailoutbox, django_capture_on_commit_callbacks
):
    page = confirmed.get(reverse("mfa_activate_totp"))
    assert "data:image/svg+xml;base64," in page.text
    secret = re.search(r'class="secret">(\w+)<', page.text)[1]
    with django_capture_on_commit_callbacks(execute=True):
        response = confirmed.post(reverse("mfa_activate_totp"), {"code": current_code(secret)})
    assert response["Location"] == reverse("mfa_view_recovery_codes")
    page = confirmed.get(response["Location"])
    assert len(re.findall(r"<li><code>\d+</code>", page.text)) == 10
    assert [letter.to for letter in mailoutbox] == [["mia@example.org"]]
    assert mailoutbox[0].subject == render_to_string("mfa/email/totp_activated_subject.txt").strip()


def test_a_wrong_code_switches_nothing_on(confirmed, mia):
    confirmed.get(reverse("mfa_activate_totp"))
    response = confirmed.post(reverse("mfa_activate_totp"), {"code": "000000"})
    assert response.status_code == 422
    assert not Authenticator.objects.exists()


def test_an_address_is_confirmed_before_a_second_factor_guards_it(confirmed, mia, settings):
    EmailAddress.objects.create(user=mia, email=mia.email)
    assert confirmed.get(reverse("mfa_activate_totp")).status_code == 200
    settings.MFA_ALLOW_UNVERIFIED_EMAIL = False
    assert confirmed.get(reverse("mfa_activate_totp"))["Location"] == reverse("mfa_index")
    assert len(messages_of(confirmed.get(reverse("mfa_index")))) == 1


def test_a_password_alone_no_longer_opens_the_account(client, app):
    assert sign_in(client)["Location"] == reverse("mfa_authenticate")
    assert not is_in(client)
    response = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert (response.status_code, is_in(client)) == (422, False)
    assert client.post(reverse("mfa_authenticate"), {"code": current_code()})["Location"] == "/films/"
    assert is_in(client)


def test_the_way_out_of_the_second_step_leads_to_sign_in(client, app):
    sign_in(client)
    page = client.get(reverse("mfa_authenticate"))
    out = [form for form in select(page, "form") if form.get("action") == reverse("account_logout")]
    assert [form.select("input[name=next]")[0]["value"] for form in out] == [reverse("account_login")]
    response = client.post(reverse("account_logout"), {"next": reverse("account_login")})
    assert response["Location"] == reverse("account_login")
    assert client.get(reverse("account_login")).status_code == 200


def test_a_passkey_is_asked_for_only_from_who_has_one(client, app):
    sign_in(client)
    assert select(client.get(reverse("mfa_authenticate")), "form[data-passkey]") == []


def test_a_recovery_code_opens_the_account_once(client, codes):
    for opens in (True, False):
        sign_in(client)
        client.post(reverse("mfa_authenticate"), {"code": codes[0]})
        assert is_in(client) is opens
        client.post(reverse("account_logout"))


def test_recovery_codes_can_be_downloaded_and_made_anew(confirmed, codes):
    download = confirmed.get(reverse("mfa_download_recovery_codes"))
    assert download["Content-Disposition"] == 'attachment; filename="recovery-codes.txt"'
    assert [code for code in codes if code not in download.text] == []
    confirmed.post(reverse("mfa_generate_recovery_codes"))
    assert codes[0] not in confirmed.get(reverse("mfa_view_recovery_codes")).text


def test_switching_the_app_off_takes_its_recovery_codes_along(confirmed, codes):
    confirmed.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.exists()


def test_staff_can_be_made_to_use_a_second_factor(client, keith, settings):
    client.force_login(keith)
    assert client.get("/admin/").status_code == 200
    settings.REQUIRE_STAFF_MFA = True
    assert client.get("/admin/")["Location"] == reverse("mfa_index")
    assert len(messages_of(client.get(reverse("mfa_index")))) == 1
    TOTP.activate(keith, "JBSWY3DPEHPK3PXP")
    assert client.get("/admin/").status_code == 200


# Passkeys. With a real authenticator they are tried in the browser; here with everything that is none.


@for_each("credential", HOSTILE)
def test_what_is_no_passkey_signs_nobody_in(credential, client, mia):
    assert (
        "request_options"
        in client.get(reverse("mfa_login_webauthn"), headers={"accept": "application/json"}).json()
    )
    response = client.post(reverse("mfa_login_webauthn"), {"credential": credential})
    assert response["Location"] == reverse("account_login")
    assert messages_of(client.get(reverse("account_login"))) == [NOT_ACCEPTED]
    assert not is_in(client)


@for_each("credential", HOSTILE)
def test_what_is_no_passkey_is_not_kept(credential, confirmed):
    confirmed.get(reverse("mfa_add_webauthn"))
    form = {"name": "Key", "passwordless": "on", "credential": credential}
    response = confirmed.post(reverse("mfa_add_webauthn"), form)
    assert response.status_code == 422
    assert str(NOT_ACCEPTED) in response.text
    assert not Authenticator.objects.exists()


@for_each("credential", HOSTILE)
def test_what_is_no_passkey_is_no_second_step(credential, client, app):
    sign_in(client)
    client.get(reverse("mfa_authenticate"))
    assert client.post(reverse("mfa_authenticate"), {"credential": credential}).status_code in {200, 422}
    assert not is_in(client)


def test_a_passkey_gets_a_name_of_some_length(confirmed, mia):
    key = Authenticator.objects.create(user=mia, type="webauthn", data={"name": "Key"})
    address = reverse("mfa_edit_webauthn", args=[key.pk])
    assert confirmed.post(address, {"name": "x" * 61}).status_code == 422
    confirmed.post(address, {"name": "The blue key"})
    key.refresh_from_db()
    assert str(key) == "The blue key"


def test_the_passkeys_of_others_are_not_found(confirmed, seb):
    key = Authenticator.objects.create(user=seb, type="webauthn", data={"name": "Key"})
    for name in ("mfa_edit_webauthn", "mfa_remove_webauthn"):
        assert confirmed.post(reverse(name, args=[key.pk]), {"name": "Taken"}).status_code == 404
    key.refresh_from_db()
    assert str(key) == "Key"
