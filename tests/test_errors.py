"""What is answered when no view can: a lost database, too large a body, a line that would forge the log."""

import logging

import pytest
from django.db import InterfaceError, OperationalError, connection

from reelive.errors import server_error
from reelive.logs import LineFormatter
from reelive.middleware import AnswerWithoutDatabase, RefuseLargeBodies

TEN_MIB = str(10 * 1024 * 1024)


@pytest.mark.django_db
def test_lost_database_answers_503_and_asks_for_patience(client, monkeypatch):
    def refuse(*args, **kwargs):
        raise OperationalError("connection refused")

    monkeypatch.setattr(connection, "cursor", refuse)
    response = client.get("/")
    assert (response.status_code, response["Retry-After"]) == (503, "5")
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert b"refused" not in response.content


@pytest.mark.parametrize("problem", [OperationalError("gone"), InterfaceError("closed")])
def test_database_lost_outside_of_a_view_answers_503(rf, problem):
    try:
        raise problem
    except type(problem):
        assert server_error(rf.get("/")).status_code == 503


def test_other_trouble_answers_500_without_a_trace(rf):
    try:
        raise RuntimeError("the secret of the house")
    except RuntimeError:
        response = server_error(rf.get("/"))
    assert response.status_code == 500
    assert b"secret of the house" not in response.content


def test_other_trouble_is_left_to_others(rf):
    middleware = AnswerWithoutDatabase(lambda request: None)
    assert middleware.process_exception(rf.get("/"), RuntimeError()) is None


def test_large_body_is_refused_before_it_is_read(client):
    response = client.generic("POST", "/accounts/login/", b"", CONTENT_LENGTH=TEN_MIB)
    assert response.status_code == 413
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("length", ["-1", "many", "9" * 30, "0" * 20 + TEN_MIB, TEN_MIB])
def test_length_that_is_no_length_is_refused(rf, length):
    request = rf.get("/")
    request.META["CONTENT_LENGTH"] = length
    assert RefuseLargeBodies(lambda request: pytest.fail("it was let through"))(request).status_code == 413


@pytest.mark.parametrize("length", ["", "0", "8388608"])
def test_body_of_an_honest_size_is_let_through(rf, length):
    request = rf.get("/")
    request.META["CONTENT_LENGTH"] = length
    assert RefuseLargeBodies(lambda request: "let through")(request) == "let through"


def test_log_line_stays_one_line():
    record = logging.LogRecord(
        "site", logging.INFO, "", 0, "Not found: %s", ("/\r\nroot\x1b[31m\u2028",), None
    )
    line = LineFormatter().format(record)
    assert line.endswith(r"INFO site: Not found: /\r\nroot\x1b[31m\u2028")
