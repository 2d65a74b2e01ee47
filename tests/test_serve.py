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

from reelive.serve import Child, Supervisor, refusal


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def until(true, seconds=15):
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
def site(tmp_path_factory):
    """A served site of its own, with its tables, on a port of its own."""
    folder, port = tmp_path_factory.mktemp("served"), free_port()
    environment = os.environ | {
        "DATA_DIR": str(folder),
        "DATABASE_URL": "",
        "PORT": str(port),
        "WORKERS": "1",
    }
    environment |= {"DJANGO_SETTINGS_MODULE": "reelive.settings", "PYTHONWARNINGS": "ignore"}
    subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], env=environment, check=True)
    process = subprocess.Popen(
        [sys.executable, "-m", "reelive.serve"], env=environment, stdout=subprocess.PIPE, text=True
    )
    yield SimpleNamespace(port=port, process=process, environment=environment)
    if process.poll() is None:
        process.terminate()
    process.communicate(timeout=20)


def test_first_line_says_what_to_open(site):
    assert (
        site.process.stdout.readline()
        == f"Reelive is at http://localhost:{site.port} (stop it with Ctrl-C)\n"
    )
    until(lambda: healthy(site.port))


def test_taken_port_ends_with_a_sentence(site):
    until(lambda: healthy(site.port))
    second = subprocess.run(
        [sys.executable, "-m", "reelive.serve"],
        env=site.environment,
        capture_output=True,
        text=True,
        timeout=30,
    )
    assert (second.returncode, second.stdout) == (1, "")
    assert second.stderr == (
        f"Reelive cannot start: nothing can listen on 127.0.0.1 port {site.port}"
        " (Address already in use); try another PORT.\n"
    )


@pytest.mark.parametrize("word", ["granian", "db_worker"])
def test_killed_child_is_back_within_five_seconds(site, word):
    first = until(lambda: child_running(site.process.pid, word))
    os.kill(first, signal.SIGKILL)
    until(lambda: child_running(site.process.pid, word) not in (None, first), seconds=5)
    until(lambda: healthy(site.port), seconds=5)


def test_terminated_site_leaves_nothing_behind(site):
    until(lambda: healthy(site.port))
    children = until(lambda: children_of(site.process.pid))
    site.process.terminate()
    assert site.process.wait(15) == 0
    alive = subprocess.run(
        ["ps", "-o", "pid=", "-p", ",".join(map(str, children.values()))], capture_output=True
    )
    assert alive.stdout == b""
    assert not healthy(site.port)


def test_site_whose_supervisor_was_killed_frees_the_port(site):
    process = subprocess.Popen(
        [sys.executable, "-m", "reelive.serve"], env=site.environment, stdout=subprocess.DEVNULL
    )
    until(lambda: healthy(site.port))
    process.kill()
    process.wait()
    if sys.platform == "linux":
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
