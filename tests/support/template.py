"""The empty database, made once: the migrations take ten seconds, and a copy of what they made takes none.

`migrate` still runs on each copy. A change of any migration makes a template of its own.
"""

import os
import shutil
import sqlite3
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import django
from django.db import connection
from django.db.migrations.loader import MigrationLoader

FOLDER = Path(__file__).parents[2] / ".pytest_cache" / "database"


def path():
    """Where the template of these migrations lies, or will."""
    known = sha256(django.__version__.encode() + sqlite3.sqlite_version.encode())
    for label, migration in sorted(MigrationLoader(None).disk_migrations.items()):
        known.update(repr(label).encode() + _source(migration))
    return FOLDER / f"{known.hexdigest()}.sqlite3"


def _source(migration):
    from_where = type(migration).__module__
    return Path(__import__(from_where, fromlist=["Migration"]).__file__).read_bytes()


def lay_out_template():
    """Put a copy in the place of the database of this worker. Returns whether there was one to copy."""
    if connection.vendor != "sqlite" or not path().exists():
        return False
    shutil.copyfile(path(), connection.creation._get_test_db_name())
    return True


def keep_template():
    """Make a template of the database as it is now."""
    if connection.vendor != "sqlite":
        return
    FOLDER.mkdir(parents=True, exist_ok=True)
    for outdated in set(FOLDER.glob("*.sqlite3")) - {path()}:
        outdated.unlink(missing_ok=True)
    draft = FOLDER / f"{os.getpid()}.draft"
    with closing(sqlite3.connect(draft)) as copy:
        connection.connection.backup(copy)
    draft.replace(path())
