"""One's own settings: the hub, the profile and its picture, the time zone."""

import io
import re
from datetime import UTC, datetime

import pytest
from allauth.mfa.models import Authenticator
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template import Context, Template
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from accounts.forms.profile import zone_choices
from accounts.middleware import MemberTimeZone
from accounts.models import User
from tests.support.pages import links, the
from tests.support.rows import for_each

PROFILE = {"bio": "", "theme": "system", "time_zone": "UTC", "spoiler_stance": "veil"}


def save(client, **changes):
    return client.post(reverse("profile-edit"), PROFILE | changes)


def picture(size=(400, 300), form="PNG", name="me.png"):
    file = io.BytesIO()
    Image.new("RGB", size, "#e27396").save(file, form)
    return SimpleUploadedFile(name, file.getvalue())


@pytest.fixture
def signed_in(client, mia):
    """A client that came in by the door, so that its device is known."""
    client.post(reverse("account_login"), {"login": "mia", "password": "correct horse"})
    return client


# The hub.


def test_the_hub_says_how_the_account_is_guarded(signed_in, mia):
    guards = signed_in.get("/accounts/").context["guards"]
    assert (guards["address"], guards["second_factor"]) == ("mia@example.org", "Off")
    assert (guards["devices"], guards["codes_left"], guards["connections"]) == ("1 device", "", "")


def test_the_hub_counts_passkeys_and_names_the_app(signed_in, mia):
    for _key in range(2):
        Authenticator.objects.create(user=mia, type="webauthn", data={"name": "Key"})
    Authenticator.objects.create(user=mia, type="totp", data={})
    guards = signed_in.get("/accounts/").context["guards"]
    both = guards["second_factor"]
    Authenticator.objects.filter(type="totp").delete()
    keys = signed_in.get("/accounts/").context["guards"]["second_factor"]
    assert [re.findall(r"\d+", words) for words in (both, keys)] == [["2"], ["2"]]
    assert both != keys


def state_of(client, setting):
    return the(client.get("/accounts/"), f'a[href="{reverse(setting)}"] .setting-state')


def test_the_hub_says_when_an_address_is_not_confirmed(signed_in, settings):
    assert "is-warn" not in state_of(signed_in, "account_email")["class"]
    settings.MAIL_IS_ON = True
    assert "is-warn" in state_of(signed_in, "account_email")["class"]


def test_connected_accounts_are_offered_only_where_there_are_keys(signed_in, settings):
    address = reverse("socialaccount_connections")
    assert address not in links(signed_in.get("/accounts/"))
    settings.SOCIAL_PROVIDERS = ["github"]
    assert address in links(signed_in.get("/accounts/"))


# The profile.


def test_the_profile_is_saved_and_its_text_rendered_once(as_mia, mia):
    response = save(
        as_mia, bio="I *love* jazz.", theme="dark", time_zone="Europe/Berlin", spoiler_stance="show"
    )
    assert response["Location"] == "/members/mia/"
    mia.refresh_from_db()
    assert (mia.bio, mia.bio_html) == ("I *love* jazz.", "<p>I <em>love</em> jazz.</p>")
    assert (mia.theme, mia.time_zone, mia.spoiler_stance) == ("dark", "Europe/Berlin", "show")


def test_saving_the_profile_touches_nothing_else(as_mia, mia):
    User.objects.filter(pk=mia.pk).update(is_staff=True)
    save(as_mia, username="admin", is_superuser="on", email="other@example.org", bio_html="<script>")
    mia.refresh_from_db()
    assert (mia.username, mia.email, mia.is_superuser, mia.is_staff) == (
        "mia",
        "mia@example.org",
        False,
        True,
    )
    assert mia.bio_html == ""


def test_a_picture_becomes_a_small_square_without_a_trace_of_the_file(as_mia, mia):
    save(as_mia, avatar=picture())
    mia.refresh_from_db()
    with default_storage.open(mia.avatar.name) as file, Image.open(file) as image:
        assert (image.format, image.size, image.getexif()) == ("WEBP", (256, 256), {})
    assert re.fullmatch(r"avatars/[0-9a-f]{32}\.webp", mia.avatar.name)


def test_the_old_picture_goes_with_the_new_one(as_mia, mia, django_capture_on_commit_callbacks):
    save(as_mia, avatar=picture())
    mia.refresh_from_db()
    old = mia.avatar.name
    with django_capture_on_commit_callbacks(execute=True):
        save(as_mia, avatar=picture(form="JPEG"))
    mia.refresh_from_db()
    assert (default_storage.exists(old), default_storage.exists(mia.avatar.name)) == (False, True)


def test_a_picture_can_be_taken_away(as_mia, mia, django_capture_on_commit_callbacks):
    save(as_mia, avatar=picture())
    mia.refresh_from_db()
    with django_capture_on_commit_callbacks(execute=True):
        save(as_mia, remove_avatar="on")
    old = mia.avatar.name
    mia.refresh_from_db()
    assert (mia.avatar.name, default_storage.exists(old)) == ("", False)


@for_each(
    "upload",
    [
        SimpleUploadedFile("me.png", b"not a picture"),
        SimpleUploadedFile("me.svg", b"<svg onload='alert(1)'/>"),
        SimpleUploadedFile("me.png", picture().read()[:200]),
        SimpleUploadedFile("me.png", b""),
        picture((2000, 10)),
        picture(form="BMP"),
    ],
)
def test_what_is_no_picture_is_refused_and_the_text_kept(upload, as_mia, mia):
    response = save(as_mia, avatar=upload, bio="Kept.")
    assert response.status_code == 422
    assert response.context["form"].errors["avatar"]
    assert response.context["form"]["bio"].value() == "Kept."
    mia.refresh_from_db()
    assert (mia.avatar.name, mia.bio) == ("", "")


def test_pictures_have_a_quota(as_mia, mia, settings):
    statuses = [save(as_mia, avatar=picture((20, 20))).status_code for _upload in range(11)]
    assert statuses == [302] * 10 + [429]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("bio", "x" * 501),
        ("time_zone", "Mars/Olympus"),
        ("time_zone", "../../etc/passwd"),
        ("theme", "neon"),
        ("spoiler_stance", ""),
    ],
)
def test_wrong_values_come_back_with_a_sentence(field, value, as_mia, mia):
    response = save(as_mia, **{field: value})
    assert response.status_code == 422
    assert response.context["form"].errors[field]


def test_line_ends_count_once(as_mia, mia):
    assert save(as_mia, bio="\r\n".join("x" * 10 for _line in range(45))).status_code == 302
    mia.refresh_from_db()
    assert (len(mia.bio), "\r" in mia.bio) == (494, False)


def test_hostile_text_about_oneself_does_not_run(as_mia, mia):
    save(as_mia, bio="<script>alert(1)</script> [x](javascript:alert(1))")
    mia.refresh_from_db()
    assert not re.search("<script|href", mia.bio_html)


def test_what_was_typed_survives_an_expired_session(client, mia):
    save(client, bio="Typed while away.")
    client.force_login(mia)
    assert "Typed while away." in client.get(reverse("profile-edit")).text


def test_a_language_is_asked_for_only_when_there_is_a_choice(as_mia):
    assert "language" not in as_mia.get(reverse("profile-edit")).context["form"].fields


# The time zone.


def shown_time(user, cookies=True):
    """An hour before midnight in London, as a page shows it to this member."""
    request = RequestFactory().get("/")
    request.user = user
    if cookies:
        request.COOKIES["sessionid"] = "x"
    page = Template("{{ when|date:'j F H:i' }}")
    context = Context({"when": datetime(2026, 1, 1, 23, 0, tzinfo=UTC)})
    return MemberTimeZone(lambda _request: page.render(context))(request)


def test_times_are_shown_as_the_members_clock_has_them(mia):
    mia.time_zone = "Asia/Tokyo"
    assert shown_time(mia) == "2 January 08:00"
    assert timezone.get_current_timezone_name() == "UTC"


@for_each("zone", ["Mars/Olympus", "", "../etc"])
def test_a_zone_that_is_gone_falls_back_to_the_sites(zone, mia):
    mia.time_zone = zone
    assert shown_time(mia) == "1 January 23:00"


def test_visitors_without_a_session_are_not_looked_up():
    assert shown_time(None, cookies=False) == "1 January 23:00"


def test_zones_are_offered_by_region():
    regions = dict(zone_choices())
    assert ("America/Argentina/Buenos_Aires", "Argentina – Buenos Aires") in regions["America"]
    assert regions["UTC"] == "UTC"
