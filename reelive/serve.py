"""`python -m reelive.serve`: the web server and the task worker, started, watched and stopped as one.

SIGTERM ends it: what is under way is answered first. SIGUSR1 has it run what lies on the disk now: one web
process after the other is replaced by a new one, which listens before the old one stops to.
"""

import argparse
import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from reelive.checks import limits_are_on, shared_cache_is_shared

STOP_SECONDS = 40  # for what is under way; longer than reelive.granian_server waits for its processes
LONGEST_PAUSE = 4.0
TASKS_AFTER_SECONDS = 2.0
PR_SET_PDEATHSIG = 1


def web_command(bind: str, port: int) -> list[str]:
    return [sys.executable, "-m", "reelive.granian_server", bind, str(port)]


def task_command() -> list[str]:
    return [sys.executable, "-m", "django", "run_tasks"]


def die_with_supervisor() -> None:
    """Linux tells the child when the supervisor was killed, so that no orphan keeps the port."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass
class Child:
    """One program under watch, the leader of a process group of its own."""

    name: str
    command: list[str]
    process: subprocess.Popen | None = None
    started: float = 0.0
    next_start: float = 0.0
    pause: float = 0.25
    renewed_by: int = signal.SIGTERM  # the signal at which it runs what lies on the disk now

    def keep_alive(self, now: float) -> None:
        if self.process and self.process.poll() is not None:
            self.note_death(now)
        if self.process is None and now >= self.next_start:
            self.process = subprocess.Popen(
                self.command, start_new_session=True, preexec_fn=die_with_supervisor
            )
            self.started = now

    def note_death(self, now: float) -> None:
        """Sweeps what it left behind; who dies young again and again is started less and less often."""
        self.signal_group(signal.SIGKILL)
        self.pause = 0.25 if now - self.started > 30 else min(self.pause * 2, LONGEST_PAUSE)
        self.next_start = now + self.pause
        status = self.process.returncode
        print(f"The {self.name} ended with status {status}; it starts again.", file=sys.stderr)
        self.process = None

    def renew(self) -> None:
        """Ask the program alone: it knows what to do with what it started."""
        if self.process:
            self.process.send_signal(self.renewed_by)

    def signal_group(self, number: int) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, number)

    def stop(self, deadline: float) -> None:
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(max(0.0, deadline - time.monotonic()))
        self.signal_group(signal.SIGKILL)
        self.process.wait()


def children(bind: str, port: int) -> list[Child]:
    """The web server, and the task worker where tasks are queued; it starts later, as readers come first."""
    web = Child("web server", web_command(bind, port), renewed_by=signal.SIGHUP)
    if not settings.TASKS["default"]["BACKEND"].endswith("DatabaseBackend"):
        return [web]
    return [web, Child("task worker", task_command(), next_start=time.monotonic() + TASKS_AFTER_SECONDS)]


@dataclass
class Supervisor:
    children: list[Child]
    stopping: bool = field(default=False)
    renewing: bool = field(default=False)

    def run(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self.ask_to_stop)
        signal.signal(signal.SIGUSR1, self.ask_to_renew)
        while not self.stopping:
            for child in self.children:
                child.keep_alive(time.monotonic())
            if self.renewing:
                self.renew()
            time.sleep(0.1)
        self.stop()

    def ask_to_stop(self, *_signal) -> None:
        self.stopping = True

    def ask_to_renew(self, *_signal) -> None:
        self.renewing = True

    def renew(self) -> None:
        self.renewing = False
        for child in self.children:
            child.renew()

    def stop(self) -> None:
        running = [child for child in self.children if child.process]
        for child in running:
            child.process.terminate()
        deadline = time.monotonic() + STOP_SECONDS
        for child in running:
            child.stop(deadline)


def bound_socket(bind: str, port: int) -> socket.socket:
    """One that holds the address and does not listen yet. Raises OSError where nothing can listen there."""
    bound = socket.socket(socket.AF_INET6 if ":" in bind else socket.AF_INET)
    try:
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        bound.bind((bind, port))
    except OSError:
        bound.close()
        raise
    return bound


def refusal(bind: str, port: int) -> str:
    """Why the site cannot be served there, in a sentence; nothing when it can."""
    for trouble in shared_cache_is_shared():
        return f"{trouble.msg} {trouble.hint}"
    try:
        bound_socket(bind, port).close()
    except OSError as problem:
        return f"nothing can listen on {bind} port {port} ({problem.strerror}); try another PORT."
    return ""


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "reelive.settings")
    parser = argparse.ArgumentParser(prog="python -m reelive.serve", description="Serve Reelive.")
    parser.add_argument("--bind", default="127.0.0.1", help="the address to listen on")
    bind = parser.parse_args().bind
    try:
        problem = refusal(bind, settings.PORT)
    except ImproperlyConfigured as wrong:
        problem = str(wrong)
    if problem:
        sys.exit(f"Reelive cannot start: {problem}")
    for warning in limits_are_on():
        print(f"WARNING: {warning.msg} {warning.hint}", file=sys.stderr)
    print(f"Reelive is at {settings.SITE_URL} (stop it with Ctrl-C)", flush=True)
    Supervisor(children(bind, settings.PORT)).run()


if __name__ == "__main__":
    main()
