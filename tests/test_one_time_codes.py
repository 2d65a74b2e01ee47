"""The codes of an authenticator app: one step of tolerance, and each of them once. The clock stands still."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from django.core.cache import cache
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from accounts.one_time_codes import steps_of

SECRET, STEP, NOON = "JBSWY3DPEHPK3PXP", 30, 1_780_000_020  # seconds; noon is the first of a step


@pytest.fixture
def clock(monkeypatch):
    """What time it is, in seconds; forget what allauth itself remembers of used codes as time goes by."""

    class Clock:
        now = NOON

        def set(self, seconds):
            self.now = NOON + seconds
            cache.clear()

    clock = Clock()
    monkeypatch.setattr(auth.time, "time", lambda: clock.now)
    return clock


@pytest.fixture
def app(mia):
    return auth.TOTP.activate(mia, SECRET).instance


def code_at(seconds):
    return auth.format_hotp_value(auth.hotp_value(SECRET, (NOON + seconds) // STEP))


def opens(client, code):
    """Whether the code is taken as the second step of signing in."""
    client.post(reverse("account_login"), {"login": "mia", "password": "correct horse"})
    client.post(reverse("mfa_authenticate"), {"code": code})
    is_in = client.get("/accounts/").status_code == 200
    client.post(reverse("account_logout"))
    return is_in


@pytest.mark.parametrize(
    "seconds, taken",
    [(-31, False), (-30, True), (-1, True), (0, True), (30, True), (59, True), (60, False)],
)
def test_a_code_of_the_step_before_or_after_is_taken(client, clock, app, seconds, taken):
    assert opens(client, code_at(seconds)) is taken


@pytest.mark.parametrize("later", [0, STEP - 1, STEP, 2 * STEP - 1, 2 * STEP])
def test_a_used_code_is_refused_as_long_as_it_would_hold(client, clock, app, later):
    early = code_at(STEP)  # the app's clock is a step ahead, so that its code holds for three steps
    assert opens(client, early)
    clock.set(later)
    assert not opens(client, early)


def test_no_code_older_than_the_last_one_is_taken(client, clock, app):
    assert opens(client, code_at(0))
    assert not opens(client, code_at(-STEP))
    assert opens(client, code_at(STEP))
    assert not opens(client, code_at(0))
    clock.set(2 * STEP)
    assert opens(client, code_at(2 * STEP))


def test_a_used_code_confirms_nobody_either(client, clock, app, mia):
    assert opens(client, code_at(0))
    client.force_login(mia)
    page = client.post(reverse("mfa_reauthenticate"), {"code": code_at(0)})
    assert (page.status_code, list(page.context["form"].errors)) == (422, ["code"])


def test_the_code_that_switches_the_app_on_is_used_by_that(client, as_mia, clock, monkeypatch, mia):
    monkeypatch.setattr(auth, "generate_totp_secret", lambda: SECRET)
    as_mia.post(reverse("account_reauthenticate"), {"password": "correct horse", "next": "/accounts/"})
    as_mia.get(reverse("mfa_activate_totp"))
    as_mia.post(reverse("mfa_activate_totp"), {"code": code_at(0)})
    assert Authenticator.objects.filter(user=mia, type="totp").exists()
    as_mia.post(reverse("account_logout"))
    assert not opens(client, code_at(0))
    assert opens(client, code_at(STEP))


def test_other_data_of_the_app_stay(client, clock, app):
    assert opens(client, code_at(0))
    kept = Authenticator.objects.get(pk=app.pk)
    assert kept.data == app.data | {"last_step": NOON // STEP}


@given(code=st.text(max_size=8))
def test_whatever_is_typed_is_of_no_step_or_of_one_that_holds(code):
    assert set(steps_of(SECRET, code)) <= set(auth.yield_hotp_counters_from_time())
