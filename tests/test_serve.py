"""The supervisor: says where the site is, starts again what dies, leaves nothing behind when it stops."""

import http.client
import os
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from types import SimpleNamespace

import pytest

from reelive import granian_server
from reelive.granian_server import allow_open_files, connections
from reelive.serve import Child, Supervisor, children, refusal, web_command
from reelive.settings import IMMEDIATE_BACKEND
from tests.support.template import lay_out_site
from tests.support.waiting import PATIENCE, until

SERVE = [sys.executable, "-m", "reelive.serve"]
QUEUED = "django_tasks_db.DatabaseBackend"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def healthy(port):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().read() == b"ok"
    except OSError:
        return False
    finally:
        connection.close()


def children_of(pid):
    listing = subprocess.run(["ps", "-e", "-o", "pid=,ppid=,args="], capture_output=True, text=True)
    rows = [line.split(None, 2) for line in listing.stdout.splitlines()]
    return {args: int(child) for child, parent, args in rows if int(parent) == pid}


def child_running(pid, word):
    return next((child for args, child in children_of(pid).items() if word in args), None)


@pytest.fixture(scope="module")
def environment(tmp_path_factory):
    """Of a site with its tables, in a directory of its own."""
    own = {"DATA_DIR": str(tmp_path_factory.mktemp("served")), "DATABASE_URL": "", "WORKERS": "1"}
    own |= {"DJANGO_SETTINGS_MODULE": "reelive.settings", "PYTHONWARNINGS": "ignore"}
    environment = os.environ | own
    lay_out_site(environment)
    return environment


@pytest.fixture
def site(environment):
    """That site, served on a port of its own."""
    port = free_port()
    environment = environment | {"PORT": str(port)}
    process = subprocess.Popen(SERVE, env=environment, stdout=subprocess.PIPE, text=True)
    until(lambda: healthy(port))
    yield SimpleNamespace(port=port, process=process, environment=environment)
    process.terminate()
    process.communicate(timeout=PATIENCE)


def test_first_line_says_what_to_open_and_the_port_is_kept(site):
    assert (
        site.process.stdout.readline()
        == f"Reelive is at http://localhost:{site.port} (stop it with Ctrl-C)\n"
    )
    second = subprocess.run(SERVE, env=site.environment, capture_output=True, text=True, timeout=PATIENCE)
    assert (second.returncode, second.stdout) == (1, "")
    assert second.stderr == (
        f"Reelive cannot start: nothing can listen on 127.0.0.1 port {site.port}"
        " (Address already in use); try another PORT.\n"
    )


def test_killed_children_come_back_unaided(site):
    for word in ("granian", "run_tasks"):
        first = until(lambda word=word: child_running(site.process.pid, word))
        os.kill(first, signal.SIGKILL)
        until(lambda word=word, first=first: child_running(site.process.pid, word) not in (None, first))
    until(lambda: healthy(site.port))


def test_terminated_site_leaves_nothing_behind(site):
    children = until(lambda: children_of(site.process.pid)).values()
    site.process.terminate()
    assert site.process.wait(PATIENCE) == 0
    listing = subprocess.run(["ps", "-o", "pid=", "-p", ",".join(map(str, children))], capture_output=True)
    assert listing.stdout == b""
    assert not healthy(site.port)
    assert site.process.stdout.read().count("\n") == 1, "the site says where it is, and no more"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent was killed")
def test_site_whose_supervisor_was_killed_frees_the_port(site):
    site.process.kill()
    until(lambda: refusal("127.0.0.1", site.port) == "")


@pytest.fixture(scope="module")
def time_passes(tmp_path_factory):
    """A file: while it is not there, no connection grows slow."""
    return tmp_path_factory.mktemp("time") / "passes"


@pytest.fixture(scope="module")
def hasty(environment, time_passes):
    """The web server alone, whose patience with slow connections is short; the port that it is at."""
    port = free_port()
    command = [*web_command("127.0.0.1", port), "tests.support.hasty_process:application"]
    own = {"PORT": str(port), "TIME_PASSES": str(time_passes)}
    process = subprocess.Popen(command, env=environment | own)
    until(lambda: healthy(port))
    yield port
    process.terminate()
    process.wait(PATIENCE)


def begun(port, sent):
    """A connection on which so much was sent."""
    connection = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE)
    connection.sendall(sent)
    return connection


def rest_of(connection):
    """All that comes until the other end closes."""
    with connection, suppress(ConnectionResetError):
        return b"".join(iter(lambda: connection.recv(65_536), b""))
    return b""


BODY = b"POST /accounts/login/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5000\r\n\r\nlogin=m"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux counts what moved on a connection")
def test_slow_senders_are_given_up_and_keep_nobody_waiting(hasty, time_passes):
    bodies = [begun(hasty, BODY) for _ in range(100)]
    headers = [begun(hasty, BODY[:40]) for _ in range(100)]
    # All of them wait by now, more than any number of threads that work.
    assert healthy(hasty)
    time_passes.touch()
    answers = [rest_of(connection) for connection in bodies]
    assert {answer[:12] for answer in answers} == {b"HTTP/1.1 408"}
    assert all(b"connection: close" in answer.lower() for answer in answers)
    assert all(b"content-security-policy: " in answer.lower() for answer in answers)
    assert {rest_of(connection) for connection in headers} == {b""}
    assert healthy(hasty)


def test_headers_have_a_longest_size(hasty):
    answer = rest_of(begun(hasty, b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: " + b"x" * 70_000))
    assert answer[:12] == b"HTTP/1.1 431"


def test_a_process_holds_no_more_connections_than_files(monkeypatch):
    limits = [(1_024, 1_024), (20_000, 20_000), (100_000, -1)]
    for limit in limits:
        monkeypatch.setattr(granian_server.resource, "getrlimit", lambda _what, limit=limit: limit)
        assert 2 * connections() + granian_server.OTHER_FILES <= limit[0]
    assert connections() == granian_server.MOST_CONNECTIONS


@pytest.mark.parametrize("hard, allowed", [(4_096, 2_688), (2_000, 2_000), (-1, 2_688)])
def test_as_many_files_are_allowed_as_the_machine_lets(monkeypatch, hard, allowed):
    said = []
    monkeypatch.setattr(granian_server.resource, "getrlimit", lambda _what: (1_024, hard))
    monkeypatch.setattr(granian_server.resource, "setrlimit", lambda _what, limits: said.append(limits))
    allow_open_files()
    assert said == [(allowed, hard)]


def test_child_that_dies_young_is_started_less_and_less_often():
    child = Child("short-lived program", [sys.executable, "-c", ""])
    pauses = []
    for start in range(0, 100, 10):
        child.keep_alive(start)
        child.process.wait()
        child.keep_alive(start + 1)
        pauses.append(child.pause)
    assert pauses == [0.5, 1.0, 2.0, 4.0, 4.0, 4.0, 4.0, 4.0, 4.0, 4.0]


DEAF = """
import pathlib, signal, sys
signal.signal(signal.SIGTERM, signal.SIG_IGN)
pathlib.Path(sys.argv[1]).touch()
signal.pause()
"""


def test_child_that_ignores_the_request_is_killed(monkeypatch, tmp_path):
    monkeypatch.setattr("reelive.serve.STOP_SECONDS", 0.2)
    child = Child("deaf program", [sys.executable, "-c", DEAF, str(tmp_path / "deaf")])
    child.keep_alive(0)
    until((tmp_path / "deaf").exists)
    Supervisor([child]).stop()
    assert child.process.returncode == -signal.SIGKILL


def test_nothing_listens_on_an_address_of_another_machine():
    assert refusal("192.0.2.1", free_port()).endswith("(Cannot assign requested address); try another PORT.")


@pytest.mark.parametrize(
    "backend, names", [(QUEUED, ["web server", "task worker"]), (IMMEDIATE_BACKEND, ["web server"])]
)
def test_task_worker_runs_only_where_tasks_are_queued(settings, backend, names):
    settings.TASKS = {"default": {"BACKEND": backend}}
    assert [child.name for child in children("127.0.0.1", 8000)] == names
