"""The devices on which one is signed in: listed, named and signed out."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.sessions import device_name


@pytest.fixture
def signed_in(client, mia):
    """A client that came in by the door, so that its device is known."""
    client.post(reverse("account_login"), {"login": "mia", "password": "correct horse"})
    return client


def come_in(browser):
    client = Client(headers={"user-agent": browser})
    client.post(reverse("account_login"), {"login": "mia", "password": "correct horse"})
    return client


KNOWN = {"Firefox", "Safari", "Linux", "iPhone"}


def names(response):
    """What people know of the names of each device, and whether it is this one."""
    return [(KNOWN & set(device.name.split()), device.is_here) for device in response.context["devices"]]


def test_devices_are_listed_with_names_that_people_know(mia):
    come_in("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit Version/18 Mobile Safari/604")
    here = come_in("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0")
    page = here.get(reverse("usersessions_list"))
    assert names(page) == [({"Firefox", "Linux"}, True), ({"Safari", "iPhone"}, False)]


def test_one_device_can_be_signed_out(mia):
    elsewhere, here = come_in("Edg/1 Windows"), come_in("Firefox/1 Linux")
    device = UserSession.objects.get(user_agent="Edg/1 Windows")
    here.post(reverse("session-end", args=[device.pk]))
    assert elsewhere.get("/accounts/").status_code == 302
    assert here.get("/accounts/").status_code == 200


def test_all_other_devices_can_be_signed_out(mia):
    elsewhere = [come_in("Chrome/1 Windows") for _device in range(2)]
    here = come_in("Firefox/1 Linux")
    here.post(reverse("usersessions_list"))
    assert [client.get("/accounts/").status_code for client in elsewhere] == [302, 302]
    assert names(here.get(reverse("usersessions_list"))) == [({"Firefox", "Linux"}, True)]


def test_signing_out_this_device_ends_here(signed_in, mia):
    signed_in.post(reverse("session-end", args=[UserSession.objects.get().pk]))
    assert signed_in.get("/accounts/").status_code == 302


def test_the_devices_of_others_are_not_found(as_seb, mia):
    come_in("Firefox/1 Linux")
    device = UserSession.objects.get(user=mia)
    assert as_seb.post(reverse("session-end", args=[device.pk])).status_code == 404
    assert UserSession.objects.filter(pk=device.pk).exists()


def test_a_session_that_is_over_is_not_listed(mia):
    come_in("Edg/1 Windows"), come_in("Chrome/1 Android")
    here = come_in("Firefox/1 Linux")
    old = UserSession.objects.get(user_agent="Edg/1 Windows").session_key
    Session.objects.filter(session_key=old).update(expire_date=timezone.now() - timedelta(days=1))
    Session.objects.filter(pk=UserSession.objects.get(user_agent="Chrome/1 Android").session_key).delete()
    assert names(here.get(reverse("usersessions_list"))) == [({"Firefox", "Linux"}, True)]
    assert UserSession.objects.count() == 1


def test_devices_take_the_same_number_of_queries_however_many_there_are(mia):
    here = come_in("Firefox/1 Linux")
    counts = []
    for _round in range(2):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            here.get(reverse("usersessions_list"))
        counts.append(len(queries))
        for _device in range(5):
            come_in("Chrome/1 Windows")
    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    ("user_agent", "name"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537 Chrome/140 Safari/537 Edg/140", "Edge on Windows"),
        ("Mozilla/5.0 (Linux; Android 15) AppleWebKit/537 Chrome/140 Mobile Safari/537", "Chrome on Android"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 14) Version/18 Safari/605", "Safari on macOS"),
        ("curl/8", "An unknown browser"),
        ("", "An unknown browser"),
    ],
)
def test_browsers_are_named(user_agent, name):
    assert device_name(user_agent) == name
