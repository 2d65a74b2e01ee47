"""What the migrations make of an empty database; as a program, when they are taken one by one."""

import json
import os
import re
import subprocess
import sys
from io import StringIO

import django
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.db.migrations import executor
from django.db.migrations.loader import MigrationLoader


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


def described_after_every_step():
    """The same of a database of its own, in a process of its own."""
    answer = subprocess.run(
        [sys.executable, "-m", "tests.support.all_steps"],
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "tests.settings"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 0, answer.stderr
    return json.loads(answer.stdout.splitlines()[-1])


def main():
    django.setup()
    executor.MigrationLoader = EveryStep
    connection.settings_dict["TEST"]["NAME"] = f"{connection.settings_dict['NAME']}_steps_{os.getpid()}"
    former = connection.settings_dict["NAME"]
    # From Django 6.1 on nothing is serialized unasked, and to say so is deprecated.
    unserialized = {"serialize": False} if django.VERSION < (6, 1) else {}
    connection.creation.create_test_db(verbosity=0, autoclobber=True, **unserialized)
    try:
        print(json.dumps(described()))  # noqa: T201
    finally:
        connection.creation.destroy_test_db(former, verbosity=0)


if __name__ == "__main__":
    main()
