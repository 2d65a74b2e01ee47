"""`make drill`: a site of its own is hurt while members write; nothing that it confirmed is lost or doubled.

Members comment over HTTP, each comment with a text of its own. A comment whose answer did not come is sent
again with the same hidden key, as a browser would, until the site says that it is there. Meanwhile processes
are killed, the disk is full, the database is locked, or the server of PostgreSQL crashes. At the end the
tables are compared with what was acknowledged, the counters with their rows, and the ledger with itself.

`ARGS="sqlite"` or `ARGS="postgresql"` runs one of the two. It ends with 1 when something was lost or doubled.
"""

import http.client
import os
import random
import resource
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

MEMBERS, KILLS, TASKS = 6, 5, 300
HOST, PATIENCE = "127.0.0.1", 120
BETWEEN = 1.5  # seconds of undisturbed writing between two blows
TOKEN = "d" * 32  # of the forms, in the cookie and beside it
PREPARE = """
import django
django.setup()
from django.test import Client
from accounts.models import User
from moments.models import Moment
print(Moment.objects.order_by("pk")[0].pk)
for number in range(%d):
    member = User.objects.create_user(f"drill{number}", f"drill{number}@example.org", "correct horse")
    client = Client()
    client.force_login(member)
    print(client.cookies["sessionid"].value)
"""
ENQUEUE = """
import django
django.setup()
from moments.tasks import make_still_widths
for number in range(%d):
    make_still_widths.enqueue(-1 - number)
"""
COUNT = """
import django, json
django.setup()
from collections import Counter
from moments.models import Comment
from reelive.models import Work
texts = list(Comment.objects.filter(body__startswith="drill ").values_list("body", flat=True))
print(json.dumps([texts, Counter(Work.objects.values_list("status", flat=True))]))
"""


class Site:
    """A new site in a folder of its own, served by two processes; its limits are off."""

    def __init__(self, folder: Path, database: str):
        self.folder = folder
        with socket.create_server((HOST, 0)) as probe:
            self.port = probe.getsockname()[1]
        empty = dict.fromkeys(("REDIS_URL", "DEBUG", "SITE_URL", "HTTPS", "EMAIL_URL", "S3_BUCKET"), "")
        own = {"DATA_DIR": str(folder), "PORT": str(self.port), "WORKERS": "2", "LIMITS": "off"}
        own |= {"DATABASE_URL": database, "DJANGO_SETTINGS_MODULE": "reelive.settings", "LOG_LEVEL": "ERROR"}
        self.environment = os.environ | empty | own

    @contextmanager
    def served(self):
        self.run("manage.py", "setup")
        with open(self.folder / "log", "wb") as log:
            command = [sys.executable, "-m", "reelive.serve"]
            self.process = subprocess.Popen(command, env=self.environment, stdout=log, stderr=log)
            try:
                self.until_ready()
                yield self
            finally:
                self.process.terminate()
                self.process.wait()

    def run(self, *arguments: str) -> str:
        """What a program of the site said; its fault ends the drill."""
        command = [sys.executable, *arguments]
        said = subprocess.run(command, env=self.environment, capture_output=True, text=True)
        if said.returncode:
            raise SystemExit(said.stderr)
        return said.stdout

    def until_ready(self) -> float:
        """Wait until it can do its work; how many seconds that took."""
        began = time.monotonic()
        while time.monotonic() - began < PATIENCE:
            try:
                if ask(self.port, "GET", "/readyz")[0] == 200:
                    return time.monotonic() - began
            except OSError:
                pass
            time.sleep(0.05)
        raise SystemExit("The site did not come back.")

    def processes(self, word: str) -> list[int]:
        """Those that answer requests ("granian"), or that do background work ("run_tasks")."""
        listing = subprocess.run(
            ["ps", "-e", "-o", "pid=,ppid=,args="], capture_output=True, text=True
        ).stdout
        rows = [
            (int(one), int(parent), args)
            for one, parent, args in (row.split(None, 2) for row in listing.splitlines())
        ]
        mine = {one for one, parent, args in rows if parent == self.process.pid and word in args}
        return [one for one, parent, _args in rows if parent in mine] if word == "granian" else list(mine)


def ask(port: int, method: str, path: str, body: str = "", cookies: str = "") -> tuple[int, bytes]:
    connection = http.client.HTTPConnection(HOST, port, timeout=40)
    headers = {"Host": "localhost", "Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded"}
    try:
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        return answer.status, answer.read()
    except http.client.HTTPException as problem:
        raise ConnectionError(problem) from problem
    finally:
        connection.close()


class Members:
    """Write until they are told to stop, and remember what the site said yes to."""

    def __init__(self, site: Site, moment: str, sessions: list[str]):
        self.site, self.moment = site, moment
        self.acknowledged: list[str] = []
        self.statuses: Counter = Counter()
        self.again = 0
        self.enough = threading.Event()
        self.threads = [threading.Thread(target=self.write, args=[session]) for session in sessions]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_problem):
        self.enough.set()
        for thread in self.threads:
            thread.join()

    def write(self, session: str) -> None:
        cookies = f"sessionid={session}; csrftoken={TOKEN}"
        while not self.enough.is_set():
            text = f"drill {uuid4()}"
            fields = {"body": text, "nonce": str(uuid4()), "csrfmiddlewaretoken": TOKEN}
            while not (is_there := self.send(urlencode(fields), cookies)) and not self.enough.is_set():
                self.again += 1
                time.sleep(0.1)
            if is_there:
                self.acknowledged.append(text)

    def send(self, body: str, cookies: str) -> bool:
        try:
            status, _page = ask(self.site.port, "POST", f"/posts/{self.moment}/comments/", body, cookies)
        except OSError:
            self.statuses["no answer"] += 1
            return False
        self.statuses[status] += 1
        if 400 <= status < 500:
            raise SystemExit(f"The site answers a comment with {status}.")
        return status < 400


def kill_web(site: Site, _server) -> None:
    os.kill(random.choice(site.processes("granian")), signal.SIGKILL)  # noqa: S311 - no secret


def kill_tasks(site: Site, _server) -> None:
    """In the middle of work: there is some until the end of the drill."""
    for process in site.processes("run_tasks"):
        os.kill(process, signal.SIGKILL)


def fill_disk(site: Site, _server) -> None:
    """No file of theirs may grow for two seconds, as on a disk without room."""
    processes = [*site.processes("granian"), *site.processes("run_tasks")]
    for room in (1, None):
        for process in processes:
            limits = (room, resource.RLIM_INFINITY) if room else (resource.RLIM_INFINITY,) * 2
            resource.prlimit(process, resource.RLIMIT_FSIZE, limits)
        time.sleep(2 if room else 0)


def lock_database(site: Site, _server) -> None:
    """Another program writes for two seconds."""
    import sqlite3

    other = sqlite3.connect(site.folder / "db.sqlite3", timeout=20, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    time.sleep(2)
    other.execute("ROLLBACK")
    other.close()


def crash_server(_site: Site, server) -> None:
    server.stop("immediate")
    time.sleep(0.5)
    server.start()


def make_read_only(_site: Site, server) -> None:
    server.ask("ALTER SYSTEM SET default_transaction_read_only = on", "SELECT pg_reload_conf()")
    time.sleep(2)
    server.ask(
        "SET default_transaction_read_only = off",
        "ALTER SYSTEM RESET default_transaction_read_only",
        "SELECT pg_reload_conf()",
    )


class Server:
    """A PostgreSQL of the drill's own."""

    def __init__(self, folder: Path):
        self.folder = folder
        found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
        if not found:
            raise SystemExit("There is no PostgreSQL on this machine (on Debian: apt install postgresql).")
        self.programs = found[-1].parent
        with socket.create_server((HOST, 0)) as probe:
            self.port = probe.getsockname()[1]
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres")
        self.run(
            "initdb",
            "-D",
            str(folder / "data"),
            "-A",
            "trust",
            "-U",
            "reelive",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
        )
        self.start()
        self.ask("CREATE DATABASE drill")

    def run(self, program: str, *arguments: str) -> None:
        who = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        command = [*who, str(self.programs / program), *arguments]
        subprocess.run(
            command, check=True, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL, cwd=self.folder
        )

    def start(self) -> None:
        options = f"-p {self.port} -k {self.folder} -c listen_addresses={HOST}"
        self.run(
            "pg_ctl",
            "-D",
            str(self.folder / "data"),
            "-w",
            "-l",
            str(self.folder / "log"),
            "-o",
            options,
            "start",
        )

    def stop(self, way: str = "fast") -> None:
        self.run("pg_ctl", "-D", str(self.folder / "data"), "-w", "-m", way, "stop")

    def ask(self, *statements: str) -> None:
        words = [word for one in statements for word in ("-c", one)]
        self.run("psql", "-h", HOST, "-p", str(self.port), "-U", "reelive", "-d", "postgres", "-q", *words)


Blow = tuple[str, int, Callable]
BOTH: list[Blow] = [
    ("kill -9 of a web process", KILLS, kill_web),
    ("kill -9 of the task process", 3, kill_tasks),
]
BLOWS: dict[str, list[Blow]] = {
    "sqlite": [
        *BOTH,
        ("no room on the disk", 2, fill_disk),
        ("database locked by another", 2, lock_database),
    ],
    "postgresql": [
        *BOTH,
        ("crash of PostgreSQL", 2, crash_server),
        ("read-only database", 2, make_read_only),
    ],
}


def drill(site: Site, kind: str, server: Server | None) -> bool:
    """Whether nothing was lost and nothing doubled."""
    moment, *sessions = site.run("-c", PREPARE % MEMBERS).split()
    site.run("-c", ENQUEUE % TASKS)
    with Members(site, moment, sessions) as members:
        for name, times, blow in BLOWS[kind]:
            pauses = []
            for _ in range(times):
                time.sleep(BETWEEN)
                blow(site, server)
                pauses.append(until_written(members))
            print(f"{name:32} × {times}   back in {max(pauses):.1f} s at most", flush=True)
    site.until_ready()
    return judge(site, members)


def until_written(members: Members) -> float:
    """Wait until each member could write again; how long that took."""
    began, before = time.monotonic(), len(members.acknowledged)
    while len(members.acknowledged) < before + MEMBERS:
        if time.monotonic() - began > PATIENCE:
            raise SystemExit("Nobody can write any more.")
        time.sleep(0.02)
    return time.monotonic() - began


def judge(site: Site, members: Members) -> bool:
    import json

    began, work = time.monotonic(), {}
    while time.monotonic() - began < PATIENCE:
        texts, work = json.loads(site.run("-c", COUNT))
        if work.get("SUCCESSFUL", 0) >= TASKS:
            break
    found = Counter(texts)
    lost = [text for text in members.acknowledged if text not in found]
    doubled = [text for text, number in found.items() if number > 1]
    undone = TASKS - work.get("SUCCESSFUL", 0)
    said = ", ".join(f"{status}: {number:,}" for status, number in sorted(members.statuses.items(), key=str))
    print(f"answers                          {said}; sent again {members.again:,}")
    print(f"comments acknowledged            {len(members.acknowledged):,}")
    print(f"lost                             {len(lost):,}")
    print(f"doubled                          {len(doubled):,}")
    print(f"background work left undone      {undone:,} of {TASKS}")
    for command in (["recount", "--check"], ["verify_ledger"]):
        print(f"{' '.join(command):32} {site.run('manage.py', *command).splitlines()[-1]}")
    return not (lost or doubled or undone)


def run(kind: str) -> bool:
    print(f"--- {kind}")
    with tempfile.TemporaryDirectory(prefix="reelive-drill-") as name:
        folder, server = Path(name), None
        folder.chmod(0o755)
        if kind == "postgresql":
            (folder / "server").mkdir()
            server = Server(folder / "server")
        (folder / "site").mkdir()
        url = f"postgres://reelive@{HOST}:{server.port}/drill" if server else ""
        try:
            with Site(folder / "site", url).served() as site:
                return drill(site, kind, server)
        finally:
            if server:
                server.stop()


def main() -> int:
    kinds = sys.argv[1:] or list(BLOWS)
    outcomes = [run(kind) for kind in kinds]
    return 0 if all(outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())
