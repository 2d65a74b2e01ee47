"""Each request has an id that its lines in the log share; at its end one line says what it was and cost."""

import json
import logging
from functools import partial

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import RequestFactory

from reelive.logs import JsonFormatter
from reelive.metrics import Metrics
from reelive.page_cache import PageCache
from reelive.request_facts import Observed, request_id, under_its_name

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(settings, tmp_path):
    """The site behind its door, with pages kept and lines as JSON; the test's own connection stays open."""
    for each in (request_started, request_finished):
        each.disconnect(close_old_connections)
    yield behind_its_door(settings, tmp_path)
    for each in (request_started, request_finished):
        each.connect(close_old_connections)


def behind_its_door(settings, tmp_path):
    settings.LOG_FORMAT, settings.TRUSTED_PROXIES = "JSON", 1
    kept = PageCache(partial(under_its_name, WSGIHandler()), 5, tmp_path / "changed")
    return Observed(kept, Metrics(tmp_path))


def ask(site, path, method="GET", **headers):
    """The status and the headers of an answer."""
    environ = RequestFactory().generic(method, path, headers=headers).environ
    said = []
    b"".join(site(environ, lambda status, headers, *_: said.append((status, dict(headers)))))
    return said[0]


def lines_of(caplog, *names):
    formatter = JsonFormatter()
    found = [formatter.format(record) for record in caplog.records if record.name in names]
    assert all("\n" not in line for line in found)
    return [json.loads(line) for line in found]


def test_line_of_a_request_says_what_it_was_and_cost(site, caplog, moment):
    caplog.set_level(logging.INFO)
    _status, headers = ask(site, moment.get_absolute_url())
    (line,) = lines_of(caplog, "reelive.requests")
    assert line["ms"] > 0
    assert line["queries"] > 0
    facts = ("request", "method", "route", "status", "kept", "level", "message")
    route = line["route"]
    assert [line[fact] for fact in facts] == [
        headers["X-Request-ID"], "GET", route, 200, False, "INFO", f"GET {route}: 200",
    ]  # fmt: skip
    assert "moment" in route
    assert moment.get_absolute_url() not in json.dumps(line)


def test_a_kept_page_has_the_route_that_made_it(site, caplog, moment):
    caplog.set_level(logging.INFO)
    first, second = ask(site, "/about/")[1], ask(site, "/about/")[1]
    made, kept = lines_of(caplog, "reelive.requests")
    assert (made["kept"], kept["kept"], kept["queries"]) == (False, True, 0)
    assert made["route"] == kept["route"] == "about"
    assert first["X-Request-ID"] != second["X-Request-ID"]


def test_a_proxy_of_ours_names_the_request(site, settings):
    assert (
        ask(site, "/healthz", **{"X-Request-ID": "from-the.proxy_1"})[1]["X-Request-ID"] == "from-the.proxy_1"
    )
    settings.TRUSTED_PROXIES = 0
    assert (
        ask(site, "/healthz", **{"X-Request-ID": "from-a-stranger"})[1]["X-Request-ID"] != "from-a-stranger"
    )


@pytest.mark.parametrize("said", ["", "x" * 65, "a b", "a\tb", 'a"b', "é", "a\r\nSet-Cookie: x=y"])
def test_what_is_no_id_is_not_taken_over(site, said):
    name = ask(site, "/healthz", **{"X-Request-ID": said})[1]["X-Request-ID"]
    assert len(name) == 16
    assert name.isalnum()


def test_all_lines_of_a_request_carry_its_id_and_none_after_it(site, caplog):
    caplog.set_level(logging.INFO)
    _status, headers = ask(site, "/nowhere/at-all/")
    assert request_id.get() == ""
    found = [record for record in caplog.records if record.name == "django.request"]
    assert len(found) == 1

    inside = []

    def site_that_logs(environ, start_response):
        inside.append(json.loads(JsonFormatter().format(found[0])))
        start_response("200 OK", [])
        return []

    under_its_name(site_that_logs, {"reelive.id": headers["X-Request-ID"]}, lambda *_answer: None)
    assert inside[0]["request"] == headers["X-Request-ID"]
    assert "request" not in json.loads(JsonFormatter().format(found[0]))


def test_no_key_in_an_address_comes_into_the_log(site, caplog):
    caplog.set_level(logging.INFO)
    secret = "5ecretkey5ecretkey5ecretkey"
    ask(site, f"/feeds/{secret}/?also={secret}")
    ask(site, f"/search/?q={secret}@example.org")
    text = json.dumps(lines_of(caplog, "reelive.requests", "django.request"))
    assert secret not in text
    assert len(lines_of(caplog, "reelive.requests")) == 2


def test_text_of_a_stranger_stays_within_its_string():
    record = logging.LogRecord("django", logging.WARNING, "", 1, 'Not Found: /a\n"\x1b[31m\u2028b', (), None)
    line = JsonFormatter().format(record)
    assert line.isprintable()
    assert json.loads(line)["message"] == 'Not Found: /a\n"\x1b[31m\u2028b'


def test_without_json_a_request_writes_no_line(site, caplog, settings):
    caplog.set_level(logging.INFO)
    settings.LOG_FORMAT = "LINE"
    ask(site, "/about/")
    assert lines_of(caplog, "reelive.requests") == []


def test_a_site_that_breaks_is_counted_as_a_fault(tmp_path, settings):
    def broken(environ, start_response):
        raise RuntimeError("No answer.")

    metrics = Metrics(tmp_path)
    with pytest.raises(RuntimeError):
        ask(Observed(broken, metrics), "/")
    (route,) = metrics.routes()
    assert (route.name, route.requests) == ("none", {("GET", 5): 1})
