"""What an attacker sends: refused with a page, answered like anything else, or simply not found."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db

TYPED = "  A dance at dusk </textarea><script>alert(1)</script>"


def test_refused_token_gives_back_what_was_typed(mia, moment):
    client = Client(enforce_csrf_checks=True)
    client.force_login(mia)
    typed = {"body": TYPED, "password": "a secret", "csrfmiddlewaretoken": "wrong"}
    response = client.post(f"/posts/{moment.pk}/comments/", typed)
    assert response.status_code == 403
    assert b"  A dance at dusk &lt;/textarea&gt;&lt;script&gt;" in response.content
    assert b"a secret" not in response.content


def test_refused_token_gives_back_even_a_million_letters(moment):
    response = Client(enforce_csrf_checks=True).post(
        f"/posts/{moment.pk}/comments/", {"body": "x" * 1_000_000}
    )
    assert (response.status_code, response.content.count(b"x" * 1_000_000)) == (403, 1)


@pytest.mark.parametrize("number", ["9" * 30, "-1", "9" * 5_000, "٣", "a\0b"])
def test_row_that_cannot_be_is_a_wrong_choice(as_mia, film, number):
    song = {"title": "City of Stars", "body": "Sung on the pier.", "tags": "pier", "artist": "Sebastian"}
    response = as_mia.post("/films/la-la-land/songs/new/", song | {"heard_in": number})
    assert response.status_code == 422
    assert "City of Stars" in response.content.decode()
