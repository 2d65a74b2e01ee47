"""A suspension: why and until when, and that an old cookie, perhaps a thief's, opens nothing afterwards."""

from datetime import timedelta
from importlib import import_module

import pytest
from allauth.usersessions.models import UserSession
from django.conf import settings as django_settings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from accounts.models import User
from tests.support.ledger import rows
from tests.support.makers import moderator
from tests.support.pages import refused_fields

STORES = ["django.contrib.sessions.backends.db", "django.contrib.sessions.backends.cached_db"]


@pytest.fixture(params=STORES)
def devices(request, settings, seb):
    """Seb is signed in on two devices."""
    settings.SESSION_ENGINE = request.param
    settings.CACHES = django_settings.CACHES | {"default": django_settings.CACHES["local"]}
    cache.clear()
    clients = [Client(), Client()]
    for client in clients:
        client.force_login(seb)
        UserSession.objects.create(user=seb, session_key=client.session.session_key, ip="192.0.2.1")
        assert is_in(client)
    return clients


def is_in(client):
    return client.get("/accounts/").status_code == 200


def test_old_cookies_open_nothing_after_a_reinstatement(devices, seb):
    seb.suspend(moderator(), "Spam.")
    assert not UserSession.objects.exists()
    assert not Session.objects.exists()
    assert not any(map(is_in, devices))
    seb.reinstate(moderator(), "A mistake.")
    assert not any(map(is_in, devices))


def test_sessions_of_others_go_on(devices, seb, mia):
    other = Client()
    other.force_login(mia)
    seb.suspend(moderator(), "Spam.")
    seb.reinstate(moderator(), "A mistake.")
    assert is_in(other)


def test_a_session_that_no_list_of_devices_knows_ends_too(client, seb):
    client.force_login(seb)
    seb.suspend(moderator(), "Spam.")
    seb.reinstate(moderator(), "A mistake.")
    assert not is_in(client)


def test_old_cookies_open_nothing_when_the_day_has_come(devices, seb):
    seb.suspend(moderator(), "Spam.", until=timezone.localdate() + timedelta(days=1))
    User.objects.update(suspended_until=timezone.localdate())
    seb = User.objects.get(pk=seb.pk)
    seb.end_suspension()
    assert seb.is_active
    assert not any(map(is_in, devices))


def test_a_session_from_before_this_was_so_ends_with_the_reinstatement(devices, seb):
    User.objects.filter(pk=seb.pk).update(is_active=False)
    seb.reinstate(moderator())
    assert not any(map(is_in, devices))


def test_a_second_suspension_ends_nothing(devices, seb, mia):
    """Nobody is signed out by a verb that found nothing to do."""
    mia.reinstate(moderator())
    seb.reinstate(moderator())
    assert all(map(is_in, devices))


@pytest.mark.parametrize("fails", [True, False])
def test_sessions_end_with_the_suspension_or_not_at_all(fails, devices, seb, monkeypatch):
    if fails:
        monkeypatch.setattr(User, "record", lambda *args, **options: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            seb.suspend(moderator(), "Spam.")
    else:
        seb.suspend(moderator(), "Spam.")
    assert list(map(is_in, devices)) == [fails, fails]


def test_a_session_that_a_cache_puts_back_opens_nothing(devices, seb, settings):
    """A request that came between read the row before it went, and the cache keeps what it read."""
    device = devices[0]
    key, words = device.session.session_key, dict(device.session.items())
    seb.suspend(moderator(), "Spam.")
    late = import_module(settings.SESSION_ENGINE).SessionStore(key)
    late.update(words)
    late.save(must_create=True)
    assert device.session.session_key == key
    seb.reinstate(moderator())
    assert not is_in(device)


def test_a_sign_in_that_came_between_opens_nothing(devices, seb):
    """It knew the member as they were before the suspension."""
    late, before = Client(), User.objects.get(pk=seb.pk)
    seb.suspend(moderator(), "Spam.")
    late.force_login(before)
    assert not is_in(late)
    seb.reinstate(moderator())
    assert not is_in(late)


def test_who_is_back_signs_in_again(devices, seb):
    seb.suspend(moderator(), "Spam.", until=timezone.localdate() + timedelta(days=1))
    User.objects.update(suspended_until=timezone.localdate())
    client = Client()
    for _ in range(2):
        client.post("/accounts/login/", {"login": "seb", "password": "correct horse"})
        assert is_in(client)


def test_of_two_sign_ins_on_the_day_both_are_let_in(seb):
    seb.suspend(moderator(), "Spam.", until=timezone.localdate())
    both = [User.objects.get(pk=seb.pk) for _ in range(2)]
    for member in both:
        member.end_suspension()
    assert [(member.is_active, member.sessions_ended) for member in both] == [(True, 2), (True, 2)]


def test_a_day_that_has_come_lifts_no_later_suspension(seb):
    seb.suspend(moderator(), "Spam.", until=timezone.localdate())
    late = User.objects.get(pk=seb.pk)
    seb.reinstate(moderator())
    seb.suspend(moderator(), "Again, and for good.")
    late.end_suspension()
    assert not late.is_active
    assert not User.objects.get(pk=seb.pk).is_active


def test_staff_suspends_and_the_member_is_out(client, devices, seb, keith):
    client.force_login(keith)
    client.post(f"/admin/accounts/user/{seb.pk}/suspend/", {"confirmed": "yes", "note": "Spam."})
    client.post(f"/admin/accounts/user/{seb.pk}/reinstate/", {"confirmed": "yes", "note": "A mistake."})
    assert User.objects.get(pk=seb.pk).is_active
    assert not any(map(is_in, devices))


# Its reason and its day.


def test_a_suspension_ends_on_its_day(client, seb, keith):
    today = timezone.localdate()
    typed = {"login": "seb", "password": "correct horse"}
    seb.suspend(keith, "Sold pills.", until=today + timedelta(days=1))
    assert client.post("/accounts/login/", typed)["Location"] == "/accounts/inactive/"
    User.objects.update(suspended_until=today)
    assert client.post("/accounts/login/", typed).status_code == 302
    seb.refresh_from_db()
    assert (seb.is_active, seb.suspended_until) == (True, None)


def test_a_suspension_for_good_does_not_end(client, seb, keith):
    seb.suspend(keith, "Sold pills.")
    seb.end_suspension()
    assert seb.is_active is False


def test_staff_says_why_and_until_when(as_keith, seb):
    url = f"/admin/accounts/user/{seb.pk}/suspend/"
    assert as_keith.post(url, {"confirmed": "yes"}).status_code == 422
    yesterday = timezone.localdate() - timedelta(days=1)
    refused = as_keith.post(url, {"confirmed": "yes", "note": "Pills.", "until": yesterday.isoformat()})
    assert refused_fields(refused) == ["until"]
    tomorrow = timezone.localdate() + timedelta(days=1)
    as_keith.post(url, {"confirmed": "yes", "note": "Pills.", "until": tomorrow.isoformat()})
    assert rows().get().note == f"Pills. (until {tomorrow})"
