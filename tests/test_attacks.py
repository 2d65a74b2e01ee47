"""What an attacker sends: refused with a page, answered like anything else, or simply not found."""

import io
import threading

import pytest
from django.core.signals import request_started
from django.test import Client, RequestFactory

from reelive.wsgi import application
from tests.support.rows import for_each

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


@for_each("number", ["9" * 30, "-1", "9" * 5_000, "٣", "a\0b"])
def test_row_that_cannot_be_is_a_wrong_choice(as_mia, film, number):
    song = {"title": "City of Stars", "body": "Sung on the pier.", "tags": "pier", "artist": "Sebastian"}
    response = as_mia.post("/films/la-la-land/songs/new/", song | {"heard_in": number})
    assert response.status_code == 422
    assert "City of Stars" in response.content.decode()


FORM = "application/x-www-form-urlencoded"


@for_each(
    "kind, body, status",
    [
        (f"{FORM}; charset=utf-16", b"body=1", 400),
        ("multipart/form-data", b"body=1", 400),
        ("multipart/form-data; boundary=", b"--", 400),
        (FORM, b"&".join([b"a=1"] * 501), 400),
        (f"{FORM}; charset=nonsense", b"body=", 422),
        ("multipart/form-data; boundary=x", b"--x\r\nbroken", 422),
        ("application/json", b'{"body": ["a list"]}', 422),
        (FORM, b"body=%ff%fe%00", 302),
        (FORM, b"body=" + b"%E6%98%A0" * 1_000_000, 413),
    ],
)
def test_form_that_is_none_is_refused(mia, moment, kind, body, status):
    client = Client(enforce_csrf_checks=True)
    client.force_login(mia)
    token = client.get(moment.get_absolute_url()).context["csrf_token"]
    response = client.generic(
        "POST", f"/posts/{moment.pk}/comments/", body, content_type=kind, headers={"X-CSRFToken": str(token)}
    )
    assert response.status_code == status
    assert b"Traceback" not in response.content


def test_too_many_letters_for_one_form_are_refused_as_too_many(as_mia, moment, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    response = as_mia.generic(
        "POST", f"/posts/{moment.pk}/comments/", b"body=" + b"x" * 200, content_type=FORM
    )
    assert response.status_code == 413


@for_each("host", ["evil.example", "localhost@evil.example", "", "localhost:x"])
@for_each("signed_in", [False, True])
def test_strange_host_is_refused(client, mia, host, signed_in):
    if signed_in:
        client.force_login(mia)
    response = client.get("/", HTTP_HOST=host)
    assert response.status_code == 400
    assert host == "" or host.encode() not in response.content
    assert "default-src 'none'" in response["Content-Security-Policy"]


def test_page_of_one_person_is_kept_by_no_shared_cache(client, as_mia, moment):
    for address in ("/", moment.get_absolute_url(), "/search/?q=stars", "/tags/a.css/"):
        assert as_mia.get(address)["Cache-Control"] == "private"
        assert not Client().get(address).has_header("Cache-Control")


class SlowBody(io.BytesIO):
    """One that comes when it is let go."""

    def __init__(self, body):
        super().__init__(body)
        self.asked, self.let_go = threading.Event(), threading.Event()

    def read(self, size=-1):
        self.asked.set()
        assert self.let_go.wait(10)
        return super().read(size)


def ask(statuses, method, **environ):
    environ = RequestFactory().generic(method, "/healthz", HTTP_HOST="localhost").environ | environ
    application(environ, lambda status, headers, *_: statuses.append(status[:3])).close()


def test_slow_sender_keeps_nobody_waiting():
    statuses, body = [], SlowBody(b"theme=dark")
    late = {"CONTENT_LENGTH": "10", "wsgi.input": body}
    slow = threading.Thread(target=ask, args=(statuses, "POST"), kwargs=late)
    slow.start()
    assert body.asked.wait(10)
    ask(statuses, "GET")
    assert statuses == ["200"]
    body.let_go.set()
    slow.join()
    assert statuses == ["200", "403"]  # the body came, and held no token


def test_a_worker_needs_one_connection_however_many_ask():
    """Each thread that works would keep one of its own, and PostgreSQL has a hundred for all."""
    statuses, workers = [], set()

    def note(**_signal):
        workers.add(threading.get_ident())

    request_started.connect(note)
    asking = [threading.Thread(target=ask, args=(statuses, "GET")) for _ in range(4)]
    for thread in asking:
        thread.start()
    for thread in asking:
        thread.join()
    request_started.disconnect(note)
    assert (statuses, len(workers)) == (["200"] * 4, 1)
