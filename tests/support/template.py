"""The empty database, made once: the migrations take ten seconds, and a copy of what they made takes none.

`migrate` still runs on each copy that a run of tests begins with. A change of any migration makes a template
of its own. Within a run, on SQLite, a database is put back from memory as it was.
"""

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import django
from django.apps import apps
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader

FOLDER = Path(__file__).parents[2] / ".pytest_cache" / "database"
copies = {}
rows_of_migrations = {}
# Not empty while a server answers here: what it keeps by a number must not meet another row of that number.
served = set()


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


def lay_out_site(environment):
    """Give a site on SQLite its tables, for processes of that environment."""
    if path().exists():
        shutil.copyfile(path(), Path(environment["DATA_DIR"]) / "db.sqlite3")
    else:
        subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], env=environment, check=True)


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


def remember_rows_of_migrations():
    """Keep what the migrations wrote, such as the pages of the site: the tables are emptied of that, too."""
    models = [
        model for model in apps.get_models(include_auto_created=True) if model._meta.can_migrate(connection)
    ]
    rows_of_migrations.update({model: list(model._base_manager.all()) for model in models})


def flush():
    """Empty all tables, but for what the migrations wrote: a test may be followed by any other."""
    call_command("flush", verbosity=0, interactive=False, inhibit_post_migrate=True)
    with transaction.atomic():
        for model, rows in rows_of_migrations.items():
            model._base_manager.bulk_create(rows)


def remember(name):
    """Keep the database as it is now in memory, under this name, until the run is over."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        copies[name] = sqlite3.connect(":memory:")
        connection.connection.backup(copies[name])


def put_back(name):
    """Make the database what it was under this name. Returns whether it was kept."""
    if name in copies:
        connection.ensure_connection()
        copies[name].backup(connection.connection)
    return name in copies


def empty_tables(_case=None):
    """What ends a test that had transactions of its own."""
    if served:
        flush()
    elif not put_back("emptied"):
        flush()
        remember("emptied")
