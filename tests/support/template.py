"""The empty database, made once: the migrations take ten seconds, and a copy of what they made takes none.

It is a file of SQLite or a database of the PostgreSQL server. `migrate` still runs on each copy that a run of
tests begins with. A change of any migration makes a template of its own. Of workers that begin at once one
makes it, and the others wait for that. Within a run, on SQLite, a database is put back from memory as it was.
"""

import fcntl
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing, contextmanager
from functools import cache
from hashlib import sha256
from itertools import compress
from pathlib import Path

import django
from django.apps import apps
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader

from moments.ledger import triggers
from moments.search.indexed_words import MARKED_TABLE
from moments.search.schema import INDEXES, WORDS

FOLDER = Path(__file__).parents[2] / ".pytest_cache" / "database"
OF_TESTS = "reelive_tests_"  # what the names of templates on a server begin with
on_server = []  # the copies
copies = {}
rows_of_migrations = {}
# Not empty while a server answers here: what it keeps by a number must not meet another row of that number.
served = set()


@contextmanager
def one_at_a_time(what="lock"):
    """While one worker looks for the template, or whatever it is, and makes it, none other does."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / what).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@cache
def migrations():
    """What tells these migrations from others."""
    known = sha256(django.__version__.encode() + sqlite3.sqlite_version.encode())
    for label, migration in sorted(MigrationLoader(None).disk_migrations.items()):
        known.update(repr(label).encode() + _source(migration))
    return known.hexdigest()


def _source(migration):
    from_where = type(migration).__module__
    return Path(__import__(from_where, fromlist=["Migration"]).__file__).read_bytes()


def path():
    """Where the template of these migrations lies on SQLite, or will."""
    return FOLDER / f"{migrations()}.sqlite3"


def lay_out_template():
    """Put a copy in the place of the database of this worker. Returns whether there was one to copy."""
    name = connection.creation._get_test_db_name()
    if connection.vendor == "postgresql":
        return lay_out_on_server(name)
    if not path().exists():
        return False
    shutil.copyfile(path(), name)
    return True


def lay_out_on_server(name):
    template = f"{OF_TESTS}{migrations()[:20]}"
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [template])
        if not cursor.fetchone():
            return False
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    on_server.append(name)
    return True


def lay_out_site(environment):
    """Give a site on SQLite its tables, for processes of that environment."""
    if path().exists():
        shutil.copyfile(path(), Path(environment["DATA_DIR"]) / "db.sqlite3")
    else:
        subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], env=environment, check=True)


def keep_template():
    """Make a template of the database as it is now."""
    if connection.vendor == "postgresql":
        keep_on_server(connection.settings_dict["NAME"])
        return
    for outdated in set(FOLDER.glob("*.sqlite3")) - {path()}:
        outdated.unlink(missing_ok=True)
    draft = FOLDER / f"{os.getpid()}.draft"
    with closing(sqlite3.connect(draft)) as copy:
        connection.connection.backup(copy)
    draft.replace(path())


def keep_on_server(name):
    connection.close()  # A database that somebody is connected to cannot be copied.
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [OF_TESTS])
        for (outdated,) in cursor.fetchall():
            cursor.execute(f'DROP DATABASE IF EXISTS "{outdated}"')
        cursor.execute(f'CREATE DATABASE "{OF_TESTS}{migrations()[:20]}" TEMPLATE "{name}"')


def drop_copies():
    """No copy stays on a server; a file goes with its folder."""
    while on_server:
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{on_server.pop()}" WITH (FORCE)')


def remember_rows_of_migrations():
    """Keep what the migrations wrote, such as the pages of the site: the tables are emptied of that, too."""
    models = [
        model for model in apps.get_models(include_auto_created=True) if model._meta.can_migrate(connection)
    ]
    rows_of_migrations.update({model: list(model._base_manager.all()) for model in models})


def flush():
    """Empty all tables, but for what the migrations wrote: a test may be followed by any other.

    `manage.py flush` does the same to every table there is, and to most of them a test did nothing.
    """
    tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(f'EXISTS (SELECT 1 FROM "{table}")' for table in tables))
        empty(cursor, list(compress(tables, cursor.fetchone())))
        begin_numbers_anew(cursor, tables)
    with transaction.atomic():
        for model, rows in rows_of_migrations.items():
            model._base_manager.bulk_create(rows)
        go_on_counting([model for model, rows in rows_of_migrations.items() if rows])


def go_on_counting(models):
    """Let new rows have numbers behind those that were written again with theirs."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)


def empty(cursor, tables):
    """Take all rows out of these tables; on PostgreSQL what is found of them, as TRUNCATE does."""
    if triggers.LEDGER in tables:
        triggers.break_seal(connection)
    found = (
        [index.name for index in INDEXES] + [MARKED_TABLE, WORDS] if connection.vendor == "postgresql" else []
    )
    try:
        with transaction.atomic():
            for table in [*tables, *found]:
                cursor.execute(f'DELETE FROM "{table}"')
    finally:
        if triggers.LEDGER in tables:
            triggers.seal(connection)


def begin_numbers_anew(cursor, tables):
    if connection.vendor == "postgresql":
        cursor.execute(
            "SELECT setval(objid::regclass, 1, false) FROM pg_depend"
            " JOIN pg_class ON pg_class.oid = objid AND relkind = 'S'"
            " WHERE deptype IN ('a', 'i') AND refobjid = ANY(%s::regclass[])",
            [[f'"{table}"' for table in tables]],
        )
    else:
        cursor.execute("UPDATE sqlite_sequence SET seq = 0")


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
