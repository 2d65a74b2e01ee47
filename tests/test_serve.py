"""The supervisor: says where the site is, starts again what dies, leaves nothing behind when it stops."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from types import SimpleNamespace

import pytest

from reelive.serve import Child, Supervisor, children, refusal

SERVE = [sys.executable, "-m", "reelive.serve"]
QUEUED, AT_ONCE = "django_tasks_db.DatabaseBackend", "django_tasks.backends.immediate.ImmediateBackend"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def until(true, seconds=60):
    """Waits for an answer that is not empty and returns it."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if answer := true():
            return answer
        time.sleep(0.1)
    raise AssertionError(f"{true} did not come true in {seconds} seconds")


def healthy(port):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
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
    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], env=os.environ | own, check=True)
    return os.environ | own


@pytest.fixture
def site(environment):
    """That site, served on a port of its own."""
    port = free_port()
    environment = environment | {"PORT": str(port)}
    process = subprocess.Popen(SERVE, env=environment, stdout=subprocess.PIPE, text=True)
    until(lambda: healthy(port))
    yield SimpleNamespace(port=port, process=process, environment=environment)
    process.terminate()
    process.communicate(timeout=20)


def test_first_line_says_what_to_open_and_the_port_is_kept(site):
    assert (
        site.process.stdout.readline()
        == f"Reelive is at http://localhost:{site.port} (stop it with Ctrl-C)\n"
    )
    second = subprocess.run(SERVE, env=site.environment, capture_output=True, text=True, timeout=30)
    assert (second.returncode, second.stdout) == (1, "")
    assert second.stderr == (
        f"Reelive cannot start: nothing can listen on 127.0.0.1 port {site.port}"
        " (Address already in use); try another PORT.\n"
    )


def test_killed_children_come_back_unaided(site):
    for word in ("granian", "db_worker"):
        first = until(lambda word=word: child_running(site.process.pid, word))
        os.kill(first, signal.SIGKILL)
        until(lambda word=word, first=first: child_running(site.process.pid, word) not in (None, first))
    until(lambda: healthy(site.port))


def test_terminated_site_leaves_nothing_behind(site):
    children = until(lambda: children_of(site.process.pid)).values()
    site.process.terminate()
    assert site.process.wait(15) == 0
    listing = subprocess.run(["ps", "-o", "pid=", "-p", ",".join(map(str, children))], capture_output=True)
    assert listing.stdout == b""
    assert not healthy(site.port)
    assert site.process.stdout.read().count("\n") == 1, "the site says where it is, and no more"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child that its parent was killed")
def test_site_whose_supervisor_was_killed_frees_the_port(site):
    site.process.kill()
    until(lambda: refusal("127.0.0.1", site.port) == "")


def test_child_that_dies_young_is_started_less_and_less_often():
    child = Child("short-lived program", [sys.executable, "-c", ""])
    pauses = []
    for start in range(0, 100, 10):
        child.keep_alive(start)
        child.process.wait()
        child.keep_alive(start + 1)
        pauses.append(child.pause)
    assert pauses == [0.5, 1.0, 2.0, 4.0, 4.0, 4.0, 4.0, 4.0, 4.0, 4.0]


def test_child_that_ignores_the_request_is_killed(monkeypatch):
    monkeypatch.setattr("reelive.serve.STOP_SECONDS", 0.2)
    deaf = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(); time.sleep(60)"
    child = Child("deaf program", [sys.executable, "-c", deaf])
    child.keep_alive(0)
    time.sleep(0.5)
    Supervisor([child]).stop()
    assert child.process.returncode == -signal.SIGKILL


def test_nothing_listens_on_an_address_of_another_machine():
    assert refusal("192.0.2.1", free_port()).endswith("(Cannot assign requested address); try another PORT.")


@pytest.mark.parametrize(
    "backend, names", [(QUEUED, ["web server", "task worker"]), (AT_ONCE, ["web server"])]
)
def test_task_worker_runs_only_where_tasks_are_queued(settings, backend, names):
    settings.TASKS = {"default": {"BACKEND": backend}}
    assert [child.name for child in children("127.0.0.1", 8000)] == names
