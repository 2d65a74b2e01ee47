"""What is answered when no view can: a lost database, too large a body, a line that would forge the log."""

import logging
import re
from html import unescape
from uuid import uuid4

import pytest
from django.contrib.auth.forms import AdminPasswordChangeForm, PasswordChangeForm
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import InterfaceError, OperationalError, connection
from django.forms import PasswordInput
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.module_loading import import_string

from moments.models import Comment
from reelive.error_pages import server_error
from reelive.logs import LineFormatter
from reelive.middleware import BodySizeLimit, DatabaseAway
from reelive.shortcuts import NOT_TYPED
from tests.support.pages import select, the, words_of
from tests.support.rows import for_each

TEN_MIB = str(10 * 1024 * 1024)


TYPED = "It <rains> & she\nstays.\n\nشكرا 👋"


def refuse(*args, **kwargs):
    raise OperationalError("connection refused")


def break_down(*args, **kwargs):
    raise RuntimeError("the secret of the house")


def given_back(response):
    """The texts that a page gives back, as a browser would show them: without the first line feed."""
    texts = re.findall(r"<textarea readonly>\n(.*?)</textarea>", response.text, re.DOTALL)
    return [unescape(text) for text in texts]


@pytest.mark.django_db
def test_lost_database_answers_503_and_asks_for_patience(client, monkeypatch):
    monkeypatch.setattr(connection, "cursor", refuse)
    response = client.get("/")
    assert (response.status_code, response["Retry-After"]) == (503, "5")
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert b"refused" not in response.content
    assert given_back(response) == []


FRAME = [
    "header.topbar",
    "nav.bottombar",
    "footer.footer",
    ".themes [name=theme]",
    "main h1",
    "a.skip",
    "#toasts",
]


def test_a_page_that_is_not_there_has_the_frame_of_others_without_the_database(client, monkeypatch):
    monkeypatch.setattr(connection, "cursor", refuse)
    page = client.get("/nowhere/")
    assert page.status_code == 404
    assert [part for part in FRAME if not select(page, part)] == []
    doors = [reverse("account_login"), reverse("account_signup")]
    assert [link["href"] for link in select(page, ".topbar-end .button")] == doors


def test_a_member_meets_their_menu_there_and_nothing_more_is_asked(as_mia, mia):
    as_mia.get("/nowhere/")
    with CaptureQueriesContext(connection) as queries:
        page = as_mia.get("/nowhere/")
    assert [part for part in FRAME if not select(page, part)] == []
    assert the(page, ".menu-name b").text == mia.username
    assert len(queries) == 2, "the session and the member"


@pytest.mark.parametrize("place, name, problem, status", [
    (connection, "cursor", refuse, 503),  # before the session is read
    (Comment, "publish", refuse, 503),  # in the middle of the work
    (Comment, "publish", break_down, 500),
])  # fmt: skip
def test_what_was_typed_comes_back_when_the_site_breaks(
    place, name, problem, status, as_mia, moment, monkeypatch
):
    as_mia.raise_request_exception = False
    with monkeypatch.context() as broken:
        broken.setattr(place, name, problem)
        typed = {"body": TYPED, "nonce": uuid4().hex, "next": "/"}
        response = as_mia.post(f"/posts/{moment.pk}/comments/", typed)
    assert response.status_code == status
    assert given_back(response) == [TYPED]
    assert "secret of the house" not in response.text


@pytest.mark.parametrize("problem", [refuse, break_down])
def test_a_form_with_a_picture_comes_back_without_it_and_says_so(problem, as_mia, film, monkeypatch):
    as_mia.raise_request_exception = False
    monkeypatch.setattr("moments.forms.MomentForm.clean", problem)
    typed = {"title": "The bench", "body": TYPED, "still": SimpleUploadedFile("still.png", b"PNG")}
    response = as_mia.post(reverse("moment-add", args=[film.slug]), typed)
    assert given_back(response) == ["The bench", TYPED]
    assert response.context["files"]
    typed.pop("still")
    without = as_mia.post(reverse("moment-add", args=[film.slug]), typed)
    assert not without.context["files"]
    assert len(words_of(the(without, "main"))) < len(words_of(the(response, "main")))


def test_a_body_that_cannot_be_read_does_not_break_the_page_that_says_so(rf, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10
    request = rf.post("/", {"body": "more than ten bytes"})
    try:
        raise OperationalError("gone")
    except OperationalError:
        response = server_error(request)
    assert (response.status_code, given_back(response)) == (503, [])


@pytest.mark.parametrize("problem, status", [(refuse, 503), (break_down, 500)])
def test_no_password_is_given_back(problem, status, client, mia, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr("accounts.forms.auth.LoginForm.clean", problem)
    response = client.post(reverse("account_login"), {"login": "mia", "password": "correct horse"})
    assert (response.status_code, given_back(response)) == (status, ["mia"])


def test_every_field_for_a_password_is_known_as_one(settings):
    names = [*settings.ACCOUNT_FORMS.values(), *settings.MFA_FORMS.values()]
    forms = [PasswordChangeForm, AdminPasswordChangeForm, *map(import_string, names)]
    secret = {
        name
        for form in forms
        for name, field in form.base_fields.items()
        if isinstance(field.widget, PasswordInput)
    }
    assert {"password", "oldpassword", "new_password1"} <= secret <= NOT_TYPED


@pytest.mark.parametrize("problem", [OperationalError("gone"), InterfaceError("closed")])
def test_database_lost_outside_of_a_view_answers_503(rf, problem):
    try:
        raise problem
    except type(problem):
        assert server_error(rf.get("/")).status_code == 503


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite says so by an OperationalError")
@pytest.mark.django_db(transaction=True)
def test_database_that_takes_no_writes_answers_503(client, mia, seb):
    client.force_login(mia)
    with connection.cursor() as cursor:
        cursor.execute("SET default_transaction_read_only = on")
    try:
        assert client.post(reverse("member-follow", args=["seb"])).status_code == 503
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SET default_transaction_read_only = off")


def test_other_trouble_answers_500_without_a_trace(rf):
    try:
        raise RuntimeError("the secret of the house")
    except RuntimeError:
        response = server_error(rf.get("/"))
    assert response.status_code == 500
    assert b"secret of the house" not in response.content


def test_other_trouble_is_left_to_others(rf):
    middleware = DatabaseAway(lambda request: None)
    assert middleware.process_exception(rf.get("/"), RuntimeError()) is None


def test_large_body_is_refused_before_it_is_read(client):
    response = client.generic("POST", "/accounts/login/", b"", CONTENT_LENGTH=TEN_MIB)
    assert response.status_code == 413
    assert response["X-Content-Type-Options"] == "nosniff"


@for_each("length", ["-1", "many", "9" * 30, "0" * 20 + TEN_MIB, TEN_MIB])
def test_length_that_is_no_length_is_refused(rf, length):
    request = rf.get("/")
    request.META["CONTENT_LENGTH"] = length
    assert BodySizeLimit(lambda request: pytest.fail("it was let through"))(request).status_code == 413


@for_each("length", ["", "0", "8388608"])
def test_body_of_an_honest_size_is_let_through(rf, length):
    request = rf.get("/")
    request.META["CONTENT_LENGTH"] = length
    assert BodySizeLimit(lambda request: "let through")(request) == "let through"


def test_log_line_stays_one_line():
    record = logging.LogRecord(
        "site", logging.INFO, "", 0, "Not found: %s", ("/\r\nroot\x1b[31m\u2028",), None
    )
    line = LineFormatter().format(record)
    assert line.endswith(r"INFO site: Not found: /\r\nroot\x1b[31m\u2028")
