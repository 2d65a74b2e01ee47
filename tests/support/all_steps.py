"""What the migrations make of an empty database; as a program, when they are taken one by one.

On SQLite it keeps what the database is on the way at each former release that tests begin with.
"""

import json
import os
import re
import sqlite3
import sys
from contextlib import closing
from io import StringIO
from pathlib import Path

import django
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations import executor
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

from tests.support.rendered_models import as_few_as_need_it

# The last migrations of each.
RELEASES = {
    "with plain names": {"accounts": "0011_names_for_staff", "moments": "0024_spoilers_over_blocks"},
    "before signatures": {"accounts": "0011_names_for_staff", "moments": "0018_diary_notes_removed"},
}


class EveryStep(MigrationLoader):
    """Knows no migration that stands for others."""

    def load_disk(self):
        super().load_disk()
        single = {key: migration for key, migration in self.disk_migrations.items() if not migration.replaces}
        self.disk_migrations = single


def described():
    """The tables with columns, indexes and constraints, the rights of moderators, what the ledger proves."""
    with connection.cursor() as cursor:
        tables = sorted(connection.introspection.table_names(cursor))
        told = {table: described_table(cursor, table) for table in tables}
    groups = apps.get_model("auth", "Group").objects
    rights = groups.filter(permissions__content_type__app_label__in=["moments", "accounts"])
    call_command("verify_ledger", stdout=(proof := StringIO()))
    return json.loads(
        json.dumps([told, sorted(rights.values_list("name", "permissions__codename")), proof.getvalue()])
    )


def described_table(cursor, table):
    introspection = connection.introspection
    columns = [list(map(str, column)) for column in introspection.get_table_description(cursor, table)]
    found = introspection.get_constraints(cursor, table)
    # SQLite numbers foreign keys in the order in which they were made.
    constraints = [
        [re.sub(r"^(fk|__unnamed\w+)_\d+_*$", r"\1", name), facts] for name, facts in found.items()
    ]
    return [sorted(columns), sorted(constraints, key=repr), texts(cursor, table)]


def texts(cursor, table):
    """The conditions of checks and partial indexes, which Django does not read."""
    if connection.vendor == "postgresql":
        cursor.execute(
            "SELECT indexdef FROM pg_indexes WHERE tablename = %s UNION ALL"
            " SELECT conname || pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = %s::regclass",
            [table, f'"{table}"'],
        )
        return sorted(row[0] for row in cursor.fetchall())
    cursor.execute("SELECT sql FROM sqlite_master WHERE tbl_name = %s AND type != 'table'", [table])
    indexes = sorted(row[0] for row in cursor.fetchall() if row[0])
    cursor.execute("SELECT sql FROM sqlite_master WHERE name = %s", [table])
    return [indexes, sorted(cursor.fetchone()[0].partition("(")[2].removesuffix(")").split(", "))]


def keep_former_releases(folder):
    """Come as far as the newest of them, from the oldest on, and keep a copy of the database at each."""
    call_command("createcachetable", verbosity=0)  # as each database of tests has it
    for name, ours in sorted(RELEASES.items(), key=lambda release: release[1]["moments"]):
        steps = executor.MigrationExecutor(connection)
        steps.migrate(list((dict(steps.loader.graph.leaf_nodes()) | ours).items()))
        with closing(sqlite3.connect(folder / name)) as copy:
            connection.connection.backup(copy)


def main(folder):
    django.setup()
    executor.MigrationLoader = EveryStep
    ProjectState._find_reload_model = as_few_as_need_it
    former = connection.settings_dict["NAME"]
    connection.settings_dict["TEST"]["NAME"] = f"{former}_steps_{os.getpid()}"
    if connection.vendor == "sqlite":
        connection.settings_dict["NAME"] = connection.settings_dict["TEST"]["NAME"]
        keep_former_releases(folder)
        connection.close()
    # From Django 6.1 on nothing is serialized unasked, and to say so is deprecated.
    unserialized = {"serialize": False} if django.VERSION < (6, 1) else {}
    connection.creation.create_test_db(verbosity=0, keepdb=True, **unserialized)
    try:
        (folder / "described.json").write_text(json.dumps(described()))
    finally:
        connection.creation.destroy_test_db(former, verbosity=0)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
