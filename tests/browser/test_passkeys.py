"""Passkeys in a real browser, with an authenticator that Chromium plays."""

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import expect

pytestmark = pytest.mark.django_db(transaction=True)
ADD = "/accounts/2fa/webauthn/add/"


@pytest.fixture
def keeper(meet, mia):
    """Mia, at a device that keeps passkeys and knows her by her finger."""
    keeper = meet(mia)
    keeper.device = keeper.context.new_cdp_session(keeper.page)
    keeper.device.send("WebAuthn.enable")
    traits = {"protocol": "ctap2", "transport": "internal", "automaticPresenceSimulation": True}
    traits |= dict.fromkeys(("hasResidentKey", "hasUserVerification", "isUserVerified"), True)
    answer = keeper.device.send("WebAuthn.addVirtualAuthenticator", {"options": traits})
    keeper.authenticator = answer["authenticatorId"]
    keeper.opens(ADD)
    keeper.page.get_by_label("Password").fill("correct horse")
    keeper.presses("Confirm")
    keeper.arrives_at("Add a passkey")
    return keeper


def add_passkey(keeper, alone=True):
    keeper.opens(ADD)
    keeper.page.get_by_label("Name of the passkey").fill("The phone")
    keeper.page.get_by_label("It signs me in alone, without my password").set_checked(alone)
    keeper.presses("Add the passkey")


def comes_again(keeper):
    keeper.context.clear_cookies()
    keeper.opens("/accounts/login/")


def is_signed_in(keeper, mia):
    keeper.opens("/accounts/")
    expect(keeper.page).to_have_url(f"{keeper.home}/accounts/")
    return mia.username in keeper.page.inner_text("body")


def test_a_passkey_signs_its_owner_in_alone(keeper, mia):
    add_passkey(keeper)
    keeper.page.wait_for_url(lambda address: ADD not in address)
    assert Authenticator.objects.get(type="webauthn").user == mia
    comes_again(keeper)
    keeper.presses("Sign in with a passkey")
    keeper.page.wait_for_url(lambda address: "/login/" not in address)
    assert is_signed_in(keeper, mia)


def test_a_passkey_is_the_second_step_after_the_password(keeper, mia):
    add_passkey(keeper, alone=False)
    keeper.page.wait_for_url(lambda address: ADD not in address)
    comes_again(keeper)
    keeper.page.locator("[name=login]").fill(mia.username)
    keeper.page.locator("[name=password]").fill("correct horse")
    keeper.presses("Sign in")
    keeper.arrives_at("The second step")
    keeper.presses("Use a passkey")
    keeper.page.wait_for_url(lambda address: "/accounts/" not in address)
    assert is_signed_in(keeper, mia)


def test_a_passkey_that_is_kept_already_is_told(keeper):
    add_passkey(keeper)
    keeper.page.wait_for_url(lambda address: ADD not in address)
    add_passkey(keeper)
    expect(keeper.page.get_by_role("alert")).to_have_text("This passkey is on your account already.")
    assert Authenticator.objects.filter(type="webauthn").count() == 1


def test_another_finger_adds_no_passkey(keeper):
    verified = {"authenticatorId": keeper.authenticator, "isUserVerified": False}
    keeper.device.send("WebAuthn.setUserVerified", verified)
    add_passkey(keeper)
    expect(keeper.page.get_by_role("alert")).to_have_text(
        "No passkey was used. Try again, or choose another way."
    )
    assert not Authenticator.objects.exists()


def test_a_browser_without_passkeys_says_so(keeper):
    keeper.page.add_init_script("delete window.PublicKeyCredential")
    add_passkey(keeper)
    expect(keeper.page.get_by_role("alert")).to_have_text("This browser offers no passkeys here.")
