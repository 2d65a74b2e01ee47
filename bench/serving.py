"""Programs that a benchmark runs: they are given what they need to know, and end with it."""

import os
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

from bench.client import Browser
from bench.clock import children_of, command_of
from bench.wire import HOST

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 120  # seconds until a server answers
STOP_SECONDS = 15
# What somebody may have set for a site of their own.
UNSET = dict.fromkeys(("REDIS_URL", "DEBUG", "SITE_URL", "HTTPS", "PAGE_SECONDS", "EMAIL_URL"), "")


def environment(folder: Path, database: str = "", **more: str) -> dict[str, str]:
    """Of a site in production, with one worker."""
    own = {"DATA_DIR": str(folder), "DATABASE_URL": database, "WORKERS": "1", "LIMITS": "on"}
    return os.environ | UNSET | own | {"DJANGO_SETTINGS_MODULE": "reelive.settings"} | more


def free_port() -> int:
    with socket.create_server((HOST, 0)) as probe:
        return probe.getsockname()[1]


class Server:
    """A program that listens on a port of its own; `worker` is the process that answers."""

    def __init__(self, command: list[str], settings: dict[str, str], port: int, log: Path):
        self.command, self.settings, self.port, self.log = command, settings, port, log

    def __enter__(self) -> "Server":
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                self.command, env=self.settings, stdout=log, stderr=log, cwd=ROOT, start_new_session=True
            )
        try:
            wait_until_answered(self.port, self.process)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_problem) -> None:
        self.process.terminate()
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    @property
    def worker(self) -> int:
        return worker_of(self.process.pid)


def site_server(settings: dict[str, str], log: Path) -> Server:
    port = free_port()
    return Server([sys.executable, "-m", "reelive.serve"], settings | {"PORT": str(port)}, port, log)


def bare_server(application: str, settings: dict[str, str], log: Path) -> Server:
    """An application of ours on the same web server, one process and one thread."""
    port = free_port()
    options = (f"--port={port}", f"--host={HOST}", "--interface=wsgi", "--http=1", "--log-level=error")
    command = [sys.executable, "-m", "granian", *options, "--workers=1", "--blocking-threads=1", application]
    return Server(command, settings, port, log)


def worker_of(pid: int) -> int:
    """The process under this one that answers: granian's worker, below it and its supervisor."""
    granian = pid if "granian" in command_of(pid) else child_named(pid, "granian")
    workers = [child for child in children_of(granian) if "resource_tracker" not in command_of(child)]
    return workers[-1]


def child_named(pid: int, word: str) -> int:
    return next(child for child in children_of(pid) if word in command_of(child))


def wait_until_answered(port: int, process: subprocess.Popen | None = None, path: str = "/healthz") -> float:
    """Seconds until the first answer."""
    start = time.monotonic()
    while time.monotonic() - start < PATIENCE:
        if process and process.poll() is not None:
            raise RuntimeError(f"the server ended with {process.returncode}")
        browser = Browser(port)
        with suppress(OSError, IndexError, ValueError):
            if browser.get(path).status < 500:
                return time.monotonic() - start
        time.sleep(0.02)
    raise RuntimeError(f"nothing answered on port {port} for {PATIENCE} s")


def manage(settings: dict[str, str], *arguments: str) -> str:
    """What a command of `manage.py` says."""
    return run([sys.executable, "manage.py", *arguments], settings)


def run(command: list[str], settings: dict[str, str], given: str | None = None) -> str:
    done = subprocess.run(
        command, env=settings, stdout=subprocess.PIPE, text=True, cwd=ROOT, check=True, input=given
    )
    return done.stdout


def cpu_seconds_of(command: list[str], settings: dict[str, str]) -> tuple[float, str]:
    """How much CPU a program used from its start to its end, and what it said."""
    process = subprocess.Popen(command, env=settings, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    try:
        said = process.stdout.read()
    except BaseException:
        process.kill()
        raise
    finally:
        _pid, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        process.stdout.close()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return usage.ru_utime + usage.ru_stime, said
