"""Uploads are shown, never run, and nothing else of the disk can be reached through them."""

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from tests.support.rows import for_each

# A file that is streamed is closed after the answer, and Django then looks after its connections.
pytestmark = pytest.mark.django_db


@pytest.fixture
def still(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    (tmp_path / "secret").write_text("the key")
    return default_storage.save("stills/city.webp", ContentFile(b"RIFF"))


def body_of(response):
    body = b"".join(response)
    response.close()
    return body


def test_picture_is_served_in_a_sandbox(client, still):
    response = client.get(f"/media/{still}")
    assert body_of(response) == b"RIFF"
    assert response["Content-Type"] == "image/webp"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"


@for_each("name", ["page.html", "drawing.svg", "script.js", "unknown"])
def test_what_could_act_is_only_offered_as_bytes(client, still, name):
    stored = default_storage.save(name, ContentFile(b"<script>alert(1)</script>"))
    response = client.get(f"/media/{stored}")
    assert response["Content-Type"] == "application/octet-stream"
    assert body_of(response) == b"<script>alert(1)</script>"


@for_each(
    "path",
    [
        "../secret",
        "%2e%2e/secret",
        "stills/../../secret",
        "/etc/passwd",
        "stills",
        "a%00b",
        "x" * 5000,
        "none.webp",
    ],
)
def test_everything_else_is_not_found(client, still, path):
    assert client.get(f"/media/{path}").status_code == 404


def test_uploads_are_only_read(client, still):
    assert client.post(f"/media/{still}").status_code == 405


def test_bucket_leaves_nothing_to_serve(client, still, settings):
    memory = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
    settings.STORAGES = settings.STORAGES | {"default": memory}
    assert client.get(f"/media/{still}").status_code == 404
