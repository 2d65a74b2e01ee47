"""The site that is hurt: in a folder of its own, served by two processes, its limits off."""

import http.client
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, suppress
from pathlib import Path

from bench.clock import children_of, command_of
from bench.serving import ROOT, UNSET, free_port
from bench.wire import HOST

PATIENCE = 180  # seconds until a site is back, or its work is done
SLOWEST = 40  # seconds for one answer
FORM = "application/x-www-form-urlencoded"
Answer = tuple[int, str, bytes]  # status, where it leads, body


class Site:
    """`database` is the address of a PostgreSQL; without one it is SQLite in the folder. What the site says
    goes to the file `log`, which must not lie on a disk that is hurt."""

    def __init__(self, folder: Path, log: Path, database: str = ""):
        self.folder, self.log, self.database, self.port = folder, log, database, free_port()
        own = {"DATA_DIR": str(folder), "DATABASE_URL": database, "PORT": str(self.port), "WORKERS": "2"}
        own |= {"LIMITS": "off", "LOG_LEVEL": "ERROR", "DJANGO_SETTINGS_MODULE": "reelive.settings"}
        self.environment = os.environ | UNSET | {"S3_BUCKET": ""} | own
        self.process: subprocess.Popen | None = None

    def start(self, **settings: str) -> None:
        """These settings hold until it is stopped."""
        self.settings = settings
        with self.log.open("ab") as log:
            command = [sys.executable, "-m", "reelive.serve"]
            environment = self.environment | settings
            self.process = subprocess.Popen(command, env=environment, stdout=log, stderr=log, cwd=ROOT)
        self.until_ready()

    def stop(self) -> None:
        if self.process:
            self.process.terminate()
            self.process.wait()
            self.process = None

    def kill(self) -> None:
        """All its processes in one blow, as when the machine has no memory left."""
        family = self.family(self.process.pid)
        for pid in family:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait()
        self.process = None

    def family(self, pid: int) -> list[int]:
        """A process and all below it."""
        with suppress(OSError):
            return [pid, *(one for child in children_of(pid) for one in self.family(child))]
        return []

    def web_processes(self) -> list[int]:
        """Those that answer requests, below granian's first one."""
        servers = [pid for pid in children_of(self.process.pid) if "granian" in command_of(pid)]
        below = [pid for server in servers for pid in children_of(server)]
        return [pid for pid in below if "resource_tracker" not in command_of(pid)]

    def task_processes(self) -> list[int]:
        return [pid for pid in children_of(self.process.pid) if "run_tasks" in command_of(pid)]

    def run(self, *arguments: str) -> str:
        """What a program of the site said; its fault ends the drill."""
        command = [sys.executable, *arguments]
        said = subprocess.run(command, env=self.environment, capture_output=True, text=True, cwd=ROOT)
        if said.returncode:
            raise SystemExit(f"{' '.join(arguments)}: {said.stdout}{said.stderr}")
        return said.stdout

    def until_ready(self) -> None:
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            with suppress(OSError):
                if self.ask("GET", "/readyz")[0] == 200:
                    return
            time.sleep(0.05)
        raise SystemExit("The site did not come back.")

    def ask(self, method: str, path: str, body: bytes = b"", cookies: str = "", kind: str = FORM) -> Answer:
        """An answer over a connection of its own; OSError when none came."""
        connection = http.client.HTTPConnection(HOST, self.port, timeout=SLOWEST)
        headers = {"Host": "localhost", "Cookie": cookies, "Content-Type": kind}
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.getheader("Location", ""), answer.read()
        except http.client.HTTPException as problem:
            raise ConnectionError(problem) from problem
        finally:
            connection.close()

    def value(self, question: str) -> object:
        """The first value that the database answers, past the site."""
        if not self.database:
            with closing(sqlite3.connect(f"file:{self.folder}/db.sqlite3?mode=ro", uri=True)) as connection:
                return connection.execute(question).fetchone()[0]
        import psycopg

        with psycopg.connect(self.database) as connection:
            return connection.execute(question).fetchone()[0]
