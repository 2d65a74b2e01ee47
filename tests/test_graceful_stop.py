"""Who stops or renews the site drops no request: what is under way is answered, what comes is taken in."""

import http.client
import os
import signal
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from threading import Event

import pytest

from tests.support.template import lay_out_site
from tests.support.waiting import PATIENCE, until

BETWEEN = 0.02  # seconds from an answer to the next question: who asks without a pause keeps the machine busy
SERVE = """
import reelive.serve as serve
real = serve.web_command
serve.web_command = lambda bind, port: [*real(bind, port), "tests.support.slow_process:application"]
serve.main()
"""


@contextmanager
def connected(port):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    connection.connect()
    with closing(connection):
        yield connection


def get(connection, path):
    connection.request("GET", path)
    return connection.getresponse().read()


def ask(port, path="/healthz"):
    """The body of an answer, asked for on a connection of its own."""
    with connected(port) as connection:
        return get(connection, path)


def answers(port):
    try:
        return ask(port) == b"ok"
    except OSError:
        return False


def refuses(port):
    """Whether nobody can connect. To send something would be to wait for an answer, if it was just before."""
    try:
        socket.create_connection(("127.0.0.1", port), PATIENCE).close()
    except ConnectionRefusedError:
        return True
    return False


def processes(pid):
    """The web processes, which are children of the web server's first one."""
    listing = subprocess.run(["ps", "-e", "-o", "pid=,ppid=,args="], capture_output=True, text=True).stdout
    rows = [line.split(None, 2) for line in listing.splitlines()]
    servers = {one for one, parent, args in rows if int(parent) == pid and "granian" in args}
    return {int(one) for one, parent, _args in rows if parent in servers}


@pytest.fixture
def site(tmp_path):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    own = {"DATA_DIR": str(tmp_path), "DATABASE_URL": "", "WORKERS": "2", "PORT": str(port)}
    environment = os.environ | own | {"DJANGO_SETTINGS_MODULE": "reelive.settings"}
    lay_out_site(environment)
    process = subprocess.Popen([sys.executable, "-c", SERVE], env=environment, stdout=subprocess.DEVNULL)
    until(lambda: answers(port))
    yield process, port
    process.terminate()
    process.wait(PATIENCE)


def test_requests_under_way_are_answered_before_the_site_ends(site):
    process, port = site
    with ThreadPoolExecutor(12) as pool:
        asked = [pool.submit(ask, port, f"/slow?{seconds}") for seconds in [1, 2, 4, 6] * 3]
        until(lambda: all(future.running() for future in asked))
        ask(port)  # by now the others are with the server
        process.send_signal(signal.SIGTERM)
        until(lambda: refuses(port))
        assert any(future.running() for future in asked), "who comes now is refused at once"
        assert [future.result() for future in asked] == [b"slow"] * 12
    assert process.wait(PATIENCE) == 0
    assert not answers(port)


def test_a_renewed_site_answers_all_the_while(site):
    process, port = site
    first, stop = until(lambda: processes(process.pid)), Event()
    assert len(first) == 2

    def keep_asking(path):
        heard = []
        while not stop.wait(BETWEEN):
            heard.append(ask(port, path))
        return heard

    with ThreadPoolExecutor(8) as pool, ExitStack() as stack:
        hesitant = [stack.enter_context(connected(port)) for _ in range(20)]
        paths = ["/healthz"] * 4 + ["/slow?1", "/slow?3", "/slow?5", "/slow?6"]
        asking = [pool.submit(keep_asking, path) for path in paths]
        process.send_signal(signal.SIGUSR1)
        until(lambda: first - processes(process.pid))
        assert [get(connection, "/healthz") for connection in hesitant] == [b"ok"] * 20
        until(lambda: len(now := processes(process.pid)) == 2 and not now & first)
        stop.set()
        heard = [future.result() for future in asking]
    assert [set(answers) for answers in heard] == [{b"ok"}] * 4 + [{b"slow"}] * 4
    assert min(map(len, heard)) >= 1
    assert process.poll() is None
