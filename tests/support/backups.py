"""Archives of `manage.py backup`: sites that are restored from them, and archives that were tampered with."""

import json
import os
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing, contextmanager
from hashlib import sha256
from uuid import uuid4

from django.apps import apps
from django.db import connection

from tests.support.database import database_url


def tables():
    return sorted({model._meta.db_table for model in apps.get_models(include_auto_created=True)})


def rows_of(run):
    """Every row of every table; of PostgreSQL as it writes them, whatever a connection makes of its types."""
    columns = "*" if connection.vendor == "sqlite" else "CAST(one AS text)"
    return {table: sorted(map(repr, run(f'SELECT {columns} FROM "{table}" one'))) for table in tables()}


def rows_here():
    """What is committed, read by a bare connection: Django's own makes other values of some columns."""
    with opened(database_url()) as run:
        return rows_of(run)


def make_empty_database(folder):
    """Where an empty database is; of PostgreSQL one is made beside that of the tests."""
    if connection.vendor == "sqlite":
        return f"sqlite:///{folder}/db.sqlite3"
    name = f"restored_{uuid4().hex[:12]}"
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE template0')
    return f"{database_url().rpartition('/')[0]}/{name}"


@contextmanager
def opened(url):
    """A function that asks the database at an address."""
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as database:
            yield lambda sql: database.execute(sql).fetchall()
        return
    import psycopg

    with psycopg.connect(url, autocommit=True, options="-c TimeZone=UTC") as database:
        yield lambda sql: database.execute(sql).fetchall()


def drop(url):
    if not url.startswith("sqlite"):
        with connection.cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{url.rpartition("/")[2]}" WITH (FORCE)')


def run_at(folder, url, *command, **environment):
    """`manage.py` of a site of its own: what it said, and its status."""
    own = {"DATA_DIR": str(folder), "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "reelive.settings"}
    own |= {"DEBUG": "on", "PYTHONWARNINGS": "ignore"}
    return subprocess.run(
        [sys.executable, "manage.py", *map(str, command)],
        env=os.environ | own | environment,
        capture_output=True,
        text=True,
    )


def small_archive(path, *, members=None, vendor=None, extra=None, **facts):
    """A backup with a few members, as a stranger may have made it.

    Args:
        members: {name: content}; a database and a picture when they are not named.
        extra: {name: content} of which the manifest says nothing.
        facts: what the manifest says otherwise.
    """
    vendor = vendor or connection.vendor
    name = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}[vendor]
    members = {name: b"rows", "media/stills/1.webp": b"a picture"} if members is None else members
    said = {name: {"size": len(one), "sha256": sha256(one).hexdigest()} for name, one in members.items()}
    manifest = {"format": 1, "database": vendor, "migrations": [], "rows": {}, "keys": []}
    manifest |= {"members": said} | facts
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in (members | (extra or {})).items():
            archive.writestr(name, content)
        archive.writestr("manifest.json", json.dumps(manifest))
    return path
