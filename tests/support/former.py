"""Databases of former releases: what is left of today's once the migrations since then are taken back.

That takes longer than all that the tests do with them, and each begins with the one after it. So it is done
once in a run, on SQLite: who asks first keeps what comes of it, and workers who ask later copy that.
"""

import os
import sqlite3
from contextlib import closing

from django.core.management import call_command
from django.db import connection
from django.db.migrations import executor

from tests.support.template import FOLDER, one_at_a_time

# The last migrations of each, the newest release first.
RELEASES = {
    "with plain names": [("accounts", "0011_names_for_staff"), ("moments", "0024_spoilers_over_blocks")],
    "before signatures": [("moments", "0018_diary_notes_removed")],
}
RUN = os.environ.get("PYTEST_XDIST_TESTRUNUID", f"alone-{os.getpid()}")


def go_back_to(release):
    """Make the database of this worker, which is one of today, that of an empty site of this release."""
    with one_at_a_time("former"):
        for outdated in set(FOLDER.glob("former-*")) - set(FOLDER.glob(f"former-{RUN}-*")):
            outdated.unlink()
        for number, (name, nodes) in enumerate(RELEASES.items()):
            reach(FOLDER / f"former-{RUN}-{number}", nodes)
            if name == release:
                return


def models_of(release):
    """The models as they were in this release."""
    loader = executor.MigrationExecutor(connection).loader
    reached = dict(loader.graph.leaf_nodes())
    for name, nodes in RELEASES.items():
        reached |= dict(nodes)
        if name == release:
            break
    return loader.project_state(list(reached.items())).apps


def reach(kept, nodes):
    """Copy what was kept there, or take the migrations after these back and keep that."""
    connection.ensure_connection()
    on_sqlite = connection.vendor == "sqlite"
    if on_sqlite and kept.exists():
        with closing(sqlite3.connect(kept)) as copy:
            copy.backup(connection.connection)
        return
    for app, name in nodes:
        call_command("migrate", app, name, verbosity=0)
    if on_sqlite:
        with closing(sqlite3.connect(kept)) as copy:
            connection.connection.backup(copy)
