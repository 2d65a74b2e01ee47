"""`python -m reelive.serve`: the web server and the task worker, started, watched and stopped as one.

SIGTERM ends it: what is under way is answered first. SIGUSR1 has it run what lies on the disk now: one web
process after the other is replaced by a new one, which listens before the old one stops to.
"""

import argparse
import ctypes
import os
import resource
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

STOP_SECONDS = 40  # for what is under way; longer than the web server waits for its own processes
ANSWER_SECONDS = 30  # that a web process has to end its answers when it is asked to stop
MOST_CONNECTIONS = 1280  # of one process
OTHER_FILES = 128  # that a process of the site may have open beside its connections
LONGEST_HEADERS = 32 * 1024  # bytes
NEXT_PROCESS_SECONDS = 5  # after which a process that takes the place of another one listens
LONGEST_PAUSE = 4.0
TASKS_AFTER_SECONDS = 2.0
PR_SET_PDEATHSIG = 1


def web_command(bind: str, port: int) -> list[str]:
    """Granian. Its threads wait for bodies side by side and take turns at the work; see reelive.wsgi."""
    options = {
        "interface": "wsgi",
        "host": bind,
        "port": port,
        "workers": settings.WORKERS,
        "http": "1",
        "http1-buffer-size": LONGEST_HEADERS,
        "backpressure": connections(),
        # There is one only while it is needed, and so the slow use up connections before they use up threads.
        "blocking-threads": connections(),
        "respawn-interval": NEXT_PROCESS_SECONDS,
        "workers-kill-timeout": ANSWER_SECONDS,
        # Its warnings are about what is meant: more threads than cores, of which one at a time works.
        "log-level": "error",
    }
    pairs = [f"--{name}={value}" for name, value in options.items()]
    return [
        sys.executable,
        "-m",
        "granian",
        *pairs,
        "--respawn-failed-workers",
        "reelive.web_process:application",
    ]


def connections() -> int:
    """How many a process holds at a time; the others wait. Each may need a second file for a long body."""
    return min(MOST_CONNECTIONS, (resource.getrlimit(resource.RLIMIT_NOFILE)[0] - OTHER_FILES) // 2)


def allow_open_files() -> None:
    """As many as the connections may need, as far as the machine allows."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 2 * MOST_CONNECTIONS + OTHER_FILES
    resource.setrlimit(resource.RLIMIT_NOFILE, (wanted if hard < 0 else min(wanted, hard), hard))


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


def refusal(bind: str, port: int) -> str:
    """Why the site cannot be served there, in a sentence; nothing when it can."""
    for trouble in shared_cache_is_shared():
        return f"{trouble.msg} {trouble.hint}"
    family = socket.AF_INET6 if ":" in bind else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((bind, port))
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
    allow_open_files()
    print(f"Reelive is at {settings.SITE_URL} (stop it with Ctrl-C)", flush=True)
    Supervisor(children(bind, settings.PORT)).run()


if __name__ == "__main__":
    main()
