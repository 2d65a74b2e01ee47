"""The seal on the ledger: triggers by which the database refuses to change a row, to drop one, and to add one
that does not follow on the last. `manage.py verify_ledger` finds out whether somebody broke the seal by hand.
"""

from typing import Any

from django.db import transaction

from moments.ledger.chain import GENESIS

TABLE = "moments_ledgerentry"
REFUSAL = "The ledger is only ever added to."
GAP = "A row of the ledger follows on the last."
NEXT = f"(SELECT COALESCE(MAX(number), 0) + 1 FROM {TABLE})"  # noqa: S608
LAST = f"COALESCE((SELECT hash FROM {TABLE} ORDER BY number DESC LIMIT 1), '{GENESIS}')"  # noqa: S608
# The last part is for SQLite's INSERT OR REPLACE, which drops the row of the same hash and asks no trigger.
NEW_HASH = f"NOT EXISTS (SELECT 1 FROM {TABLE} WHERE hash = NEW.hash)"  # noqa: S608
FOLLOWS = f"NEW.number = {NEXT} AND NEW.previous = {LAST} AND {NEW_HASH}"

SEAL = {
    "sqlite": [
        f"CREATE TRIGGER ledger_kept BEFORE UPDATE ON {TABLE} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
        f"CREATE TRIGGER ledger_whole BEFORE DELETE ON {TABLE} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
        f"CREATE TRIGGER ledger_chained BEFORE INSERT ON {TABLE} WHEN NOT ({FOLLOWS})"
        f" BEGIN SELECT RAISE(ABORT, '{GAP}'); END",
    ],
    "postgresql": [
        "CREATE OR REPLACE FUNCTION ledger_refuses() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
        "CREATE OR REPLACE FUNCTION ledger_follows() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN IF {FOLLOWS} THEN RETURN NEW; END IF;"
        f" RAISE EXCEPTION '{GAP}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
        f"CREATE TRIGGER ledger_kept BEFORE UPDATE ON {TABLE} FOR EACH ROW EXECUTE FUNCTION ledger_refuses()",
        f"CREATE TRIGGER ledger_whole BEFORE DELETE ON {TABLE}"
        " FOR EACH ROW EXECUTE FUNCTION ledger_refuses()",
        f"CREATE TRIGGER ledger_there BEFORE TRUNCATE ON {TABLE}"
        " FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuses()",
        f"CREATE TRIGGER ledger_chained BEFORE INSERT ON {TABLE}"
        " FOR EACH ROW EXECUTE FUNCTION ledger_follows()",
    ],
}
TRIGGERS = ("ledger_kept", "ledger_whole", "ledger_there", "ledger_chained")


def seal(connection: Any) -> None:
    """Put the triggers on the table, if it is there, in the place of those of an older release."""
    if TABLE not in connection.introspection.table_names():
        return
    with transaction.atomic(using=connection.alias):
        break_seal(connection)
        with connection.cursor() as cursor:
            for statement in SEAL[connection.vendor]:
                cursor.execute(statement)


def break_seal(connection: Any) -> None:
    """Take the triggers off. Only `flush` may, which empties every table and says so."""
    on_table = f" ON {TABLE}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for name in TRIGGERS:
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on_table}")
