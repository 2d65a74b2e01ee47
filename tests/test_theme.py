"""The theme: members and visitors keep it, and no other site switches it."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.support.pages import the
from tests.support.rows import for_each


def test_members_keep_their_theme(as_mia, mia):
    response = as_mia.post(reverse("theme"), {"theme": "dark", "next": "/films/"})
    assert response["Location"] == "/films/"
    mia.refresh_from_db()
    assert mia.theme == "dark"
    assert the(as_mia.get("/films/"), "html")["data-theme"] == "dark"


@pytest.mark.parametrize("headers", [{"sec-fetch-site": "same-origin"}, {"origin": "http://testserver"}])
def test_visitors_keep_their_theme_in_a_cookie(headers, client, db):
    response = client.post(reverse("theme"), {"theme": "light"}, headers=headers)
    assert (response["Location"], response.cookies["theme"].value) == ("/", "light")
    assert the(client.get("/"), "html")["data-theme"] == "light"


@for_each(
    "headers",
    [
        {},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://evil.example"},
    ],
)
def test_another_site_cannot_switch_a_visitors_theme(headers, client, db):
    response = client.post(reverse("theme"), {"theme": "light"}, headers=headers)
    assert (response.status_code, "theme" in response.cookies) == (403, False)


def test_another_site_cannot_switch_a_members_theme(mia):
    client = Client(enforce_csrf_checks=True)
    client.force_login(mia)
    response = client.post(reverse("theme"), {"theme": "dark"}, headers={"sec-fetch-site": "same-origin"})
    mia.refresh_from_db()
    assert (response.status_code, mia.theme) == (403, "system")


def test_a_script_is_answered_without_a_page(client, db):
    headers = {"sec-fetch-site": "same-origin", "sec-fetch-dest": "empty"}
    assert client.post(reverse("theme"), {"theme": "dark"}, headers=headers).status_code == 204


@for_each("choice", ["neon", "", "\x00", "d" * 10_000])
def test_there_are_three_themes(choice, as_mia, mia):
    assert as_mia.post(reverse("theme"), {"theme": choice}).status_code == 400
    mia.refresh_from_db()
    assert mia.theme == "system"


def test_a_theme_leads_nowhere_else(as_mia):
    response = as_mia.post(reverse("theme"), {"theme": "dark", "next": "//evil.example"})
    assert response["Location"] == "/"


def test_a_theme_is_not_switched_by_a_link(as_mia):
    assert as_mia.get(reverse("theme")).status_code == 405
