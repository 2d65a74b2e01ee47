"""Letters arrive although the process that sends them is killed."""

import os
import re
import signal
import sqlite3
import subprocess
import sys
from email.utils import parseaddr

import pytest

from tests.support.letters import MIA, SECRET
from tests.support.mail_server import MailServer
from tests.support.tables import WORDS_ALONE, has
from tests.support.template import lay_out_site
from tests.support.waiting import PATIENCE, until


@pytest.fixture
def server():
    with MailServer() as server:
        yield server


def code_in(text):
    return re.search(r"\b[A-Z]{4}-[A-Z]{4}\b", text)[0]


@pytest.fixture
def site(tmp_path, server):
    """The environment of a site with its tables in a directory of its own, whose mail goes to our server."""
    own = {"DATA_DIR": str(tmp_path), "DATABASE_URL": "", "EMAIL_URL": f"smtp://127.0.0.1:{server.port}"}
    own |= {"DJANGO_SETTINGS_MODULE": "reelive.settings", "PYTHONWARNINGS": "ignore", "LOG_LEVEL": "DEBUG"}
    environment = os.environ | own
    lay_out_site(environment)
    return environment


def manage(environment, *words):
    subprocess.run([sys.executable, "manage.py", *words], env=environment, check=True)


def start_worker(environment, log):
    return subprocess.Popen(
        [sys.executable, "manage.py", "run_tasks"], env=environment, stdout=log, stderr=log
    )


def everything_in(path):
    with sqlite3.connect(path) as base:
        tables = [name for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        cells = [
            cell
            for name in tables
            if name not in WORDS_ALONE
            for row in base.execute(f'SELECT * FROM "{name}"')
            for cell in row
        ]
    base.close()
    return cells


POST_A_LETTER = f"""
from django.core.mail import EmailMessage
from accounts.mail import post
letter = EmailMessage("{SECRET} is your code", "Enter {SECRET}.", "noreply@reelive.example", ["{MIA}"])
post(letter, seconds=900)
"""


def test_letter_of_a_worker_killed_while_sending_arrives(site, server, tmp_path):
    server.plans = [{"WAIT": True}]
    manage(site, "shell", "-v0", "-c", POST_A_LETTER)
    with (tmp_path / "log").open("w+") as log:
        first = start_worker(site, log)
        assert server.waiting.wait(PATIENCE)
        first.send_signal(signal.SIGKILL)
        first.wait()
        assert server.letters == []
        second = start_worker(site, log)
        until(lambda: server.letters)
        until(lambda: ("SUCCESSFUL",) in statuses(tmp_path))
        second.terminate()
        assert second.wait(PATIENCE) == 0
    assert [(parseaddr(sent["To"])[1], code_in(sent["Subject"])) for sent in server.letters] == [
        (MIA, SECRET)
    ]
    cells = [*everything_in(tmp_path / "db.sqlite3"), (tmp_path / "log").read_text()]
    assert not [cell for cell in cells if has(cell, MIA) or has(cell, SECRET)]


def statuses(folder):
    base = sqlite3.connect(folder / "db.sqlite3")
    try:
        return base.execute("SELECT status FROM django_tasks_database_dbtaskresult").fetchall()
    finally:
        base.close()


def test_second_worker_of_a_directory_waits_for_the_end_of_the_first(site, tmp_path):
    logs = [(tmp_path / name).open("w+") for name in ("one", "two")]
    one = start_worker(site, logs[0])
    until(lambda: (tmp_path / "tasks.lock").exists())
    two = start_worker(site, logs[1])
    try:
        until(lambda: "this one waits" in (tmp_path / "two").read_text() + (tmp_path / "one").read_text())
    finally:
        for process in (two, one):
            process.terminate()
            process.wait(PATIENCE)
        [log.close() for log in logs]
