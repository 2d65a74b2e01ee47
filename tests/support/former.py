"""Databases of former releases, as they come of the migrations until then, one by one.

To take these takes longer than all that the tests do with them. So it is done once in a run: who asks first
has another process do it, and workers who ask later find what it kept. On PostgreSQL, which has no file to
copy, each test takes the migrations since then back.
"""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing

from django.core.management import call_command
from django.db import connection
from django.db.migrations import executor

from tests.support.all_steps import RELEASES
from tests.support.template import FOLDER, one_at_a_time

RUN = os.environ.get("PYTEST_XDIST_TESTRUNUID", f"alone-{os.getpid()}")


def every_step_taken():
    """The folder with what came of all migrations, and with the databases of former releases."""
    folder = FOLDER / f"former-{RUN}"
    with one_at_a_time("former"):
        if not folder.exists():
            for outdated in FOLDER.glob("former-*"):
                shutil.rmtree(outdated, ignore_errors=True)
            draft = FOLDER / f"former-{RUN}.draft"
            draft.mkdir()
            take_every_step(draft)
            draft.rename(folder)
    return folder


def take_every_step(folder):
    answer = subprocess.run(
        [sys.executable, "-m", "tests.support.all_steps", folder],
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr


def described_after_every_step():
    """What `described` says of a database of its own, of which no migration stood for others."""
    return json.loads((every_step_taken() / "described.json").read_text())


def go_back_to(release):
    """Make the database of this worker, which is one of today, that of an empty site of this release."""
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(every_step_taken() / release)) as kept:
            kept.backup(connection.connection)
        return
    for node in RELEASES[release].items():
        call_command("migrate", *node, verbosity=0)


def models_of(release):
    """The models as they were in this release."""
    loader = executor.MigrationExecutor(connection).loader
    reached = dict(loader.graph.leaf_nodes()) | RELEASES[release]
    return loader.project_state(list(reached.items())).apps
