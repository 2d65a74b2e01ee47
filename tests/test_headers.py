"""What browsers are told about an answer: who may show it in their pages, and what to forget after it."""

import itertools
import json
import math
from pathlib import Path

import pytest
from allauth.usersessions.models import UserSession
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from PIL import Image

from tests.support.rows import for_each

POLICY = "Cross-Origin-Resource-Policy"
pytestmark = pytest.mark.django_db


@pytest.fixture
def with_static(settings):
    """A client of the site that also serves what lies in static/."""
    settings.WHITENOISE_USE_FINDERS = True
    return Client()


@for_each("url", [
    "/", "/nowhere/", "/films/la-la-land/", "/feed/", "/ledger/export.jsonl", "/robots.txt", "/healthz",
    "/accounts/login/", "/admin/", "/films/la-la-land/relive/card.png", "/media/nothing.png",
    "/static/nothing.css", "/theme/",
])  # fmt: skip
def test_no_other_site_may_load_a_page(url, client, film):
    assert client.get(url)[POLICY] == "same-origin"


def test_a_refusal_says_so_as_well(client, db):
    assert client.generic("POST", "/", b"", CONTENT_LENGTH="99999999")[POLICY] == "same-origin"


@pytest.mark.parametrize("url", ["/art/7-0e0b2e-2a1b5e.svg", "/films/la-la-land/barcode.svg"])
def test_pictures_of_the_house_may_be_shown_elsewhere(url, client, film):
    assert client.get(url)[POLICY] == "cross-origin"


def test_a_still_may_be_shown_in_the_preview_of_a_link(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    still = default_storage.save("stills/city.webp", ContentFile(b"RIFF"))
    response = client.get(f"/media/{still}")
    response.close()
    assert response[POLICY] == "cross-origin"


def test_a_static_file_may_be_shown_elsewhere_also_when_it_has_not_changed(with_static):
    first = with_static.get("/static/img/icon-512.png")
    again = with_static.get("/static/img/icon-512.png", headers={"if-none-match": first["ETag"]})
    first.close()
    assert (first.status_code, again.status_code) == (200, 304)
    assert first[POLICY] == again[POLICY] == "cross-origin"


RULES = {"Content-Security-Policy", "Permissions-Policy", "X-Frame-Options"}


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("js/vote.js", set()),
        ("css/card.css", set()),
        ("fonts/figtree-latin.woff2", set()),
        ("img/icons.svg", RULES),  # a browser shows it as a document
        ("js/nothing.js", RULES),
    ],
)
def test_parts_of_pages_come_without_rules_for_pages(path, said, with_static):
    response = with_static.get(f"/static/{path}")
    response.close()
    assert {name for name in RULES if response.has_header(name)} == said
    assert response["X-Content-Type-Options"] == "nosniff"


@for_each("url", ["/sw.js", "/films/", "/films/x.js"])
def test_all_else_comes_with_them(url, client, db):
    assert {name for name in RULES if client.get(url).has_header(name)} == RULES


def test_the_manifest_says_what_it_is(with_static):
    response = with_static.get("/static/manifest.webmanifest")
    response.close()
    assert response["Content-Type"].partition(";")[0] == "application/manifest+json"


def drawn_within(path):
    """How far the drawing reaches from the middle of a picture, as a part of its width."""
    with Image.open(path) as file:
        picture = file.convert("RGB")
    ground, middle = picture.getpixel((0, 0)), (picture.width - 1) / 2
    places = itertools.product(range(picture.width), range(picture.height))
    drawn = [place for place in places if math.dist(picture.getpixel(place), ground) > 40]
    return max(math.dist(place, (middle, middle)) for place in drawn) / picture.width


def test_icons_are_for_one_purpose_each_and_a_mask_cuts_nothing_off(settings):
    static = Path(settings.BASE_DIR, "static")
    icons = json.loads((static / "manifest.webmanifest").read_text())["icons"]
    purposes = [icon["purpose"] for icon in icons if "purpose" in icon]
    assert sorted(purposes) == ["any", "any", "maskable", "maskable"]
    masked = [icon for icon in icons if icon.get("purpose") == "maskable"]
    assert {icon["sizes"] for icon in masked} == {"192x192", "512x512"}
    assert [icon["src"] for icon in masked if drawn_within(static / icon["src"]) > 0.4] == []


def test_the_manifest_shows_the_site_wide_and_narrow(settings):
    static = Path(settings.BASE_DIR, "static")
    manifest = json.loads((static / "manifest.webmanifest").read_text())
    assert {shot["form_factor"] for shot in manifest["screenshots"]} == {"wide", "narrow"}
    for shot in [*manifest["screenshots"], *manifest["icons"]]:
        if shot["sizes"] != "any":
            with Image.open(static / shot["src"]) as file:
                assert shot["sizes"] == f"{file.width}x{file.height}"
                assert shot["type"] == Image.MIME[file.format]


# Signing out.


def sign_out(client):
    return client.post(reverse("account_logout"))


def end_this_session(client):
    here = UserSession.objects.get(session_key=client.session.session_key)
    return client.post(reverse("session-end", args=[here.pk]))


def leave(client):
    client.post(reverse("account_reauthenticate"), {"password": "correct horse"})
    return client.post(reverse("account-delete"), {"texts": "leave"})


@for_each("go", [sign_out, end_this_session, leave])
def test_going_makes_the_browser_forget_pages_and_drafts_but_no_cookie_of_its_own(go, client, mia):
    client.post(reverse("account_login"), {"login": "mia", "password": "correct horse"})
    client.cookies["theme"] = "dark"
    response = go(client)
    assert response.status_code == 302
    assert "_auth_user_id" not in client.session
    assert response["Clear-Site-Data"] == '"cache", "storage"'
    assert client.cookies["theme"].value == "dark"


def test_nothing_is_forgotten_while_one_stays(as_mia):
    for response in (as_mia.get(reverse("account_logout")), as_mia.get("/"), as_mia.post("/theme/")):
        assert "Clear-Site-Data" not in response
