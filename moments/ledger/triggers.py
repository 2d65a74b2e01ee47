"""The seal on the ledger: triggers by which the database refuses to change a row, to drop one, and to add one
that does not follow on the last. `manage.py verify_ledger` finds out whether somebody broke the seal by hand.
"""

from typing import Any

from django.db import transaction

from moments.ledger.chain import GENESIS

LEDGER = "moments_ledgerentry"
REFUSAL = "The ledger is only ever added to."
NO_GAP = "A row of the ledger follows on the last."
NEXT = f"(SELECT COALESCE(MAX(number), 0) + 1 FROM {LEDGER})"  # noqa: S608
LAST_HASH = f"COALESCE((SELECT hash FROM {LEDGER} ORDER BY number DESC LIMIT 1), '{GENESIS}')"  # noqa: S608
# The last part is for SQLite's INSERT OR REPLACE, which drops the row of the same hash and asks no trigger.
NEW_HASH = f"NOT EXISTS (SELECT 1 FROM {LEDGER} WHERE hash = NEW.hash)"  # noqa: S608
FOLLOWS_ON = f"NEW.number = {NEXT} AND NEW.previous = {LAST_HASH} AND {NEW_HASH}"

SEAL = {
    "sqlite": [
        f"CREATE TRIGGER ledger_kept BEFORE UPDATE ON {LEDGER} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
        f"CREATE TRIGGER ledger_whole BEFORE DELETE ON {LEDGER} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END",
        f"CREATE TRIGGER ledger_chained BEFORE INSERT ON {LEDGER} WHEN NOT ({FOLLOWS_ON})"
        f" BEGIN SELECT RAISE(ABORT, '{NO_GAP}'); END",
    ],
    "postgresql": [
        "CREATE OR REPLACE FUNCTION ledger_refuses() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
        "CREATE OR REPLACE FUNCTION ledger_follows() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN IF {FOLLOWS_ON} THEN RETURN NEW; END IF;"
        f" RAISE EXCEPTION '{NO_GAP}' USING ERRCODE = 'integrity_constraint_violation'; END $$",
        f"CREATE TRIGGER ledger_kept BEFORE UPDATE ON {LEDGER}"
        " FOR EACH ROW EXECUTE FUNCTION ledger_refuses()",
        f"CREATE TRIGGER ledger_whole BEFORE DELETE ON {LEDGER}"
        " FOR EACH ROW EXECUTE FUNCTION ledger_refuses()",
        f"CREATE TRIGGER ledger_there BEFORE TRUNCATE ON {LEDGER}"
        " FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuses()",
        f"CREATE TRIGGER ledger_chained BEFORE INSERT ON {LEDGER}"
        " FOR EACH ROW EXECUTE FUNCTION ledger_follows()",
    ],
}
TRIGGERS = ("ledger_kept", "ledger_whole", "ledger_there", "ledger_chained")


def seal(connection: Any) -> None:
    """Put the triggers on the table, if it is there, in the place of those of an older release."""
    if LEDGER not in connection.introspection.table_names():
        return
    with transaction.atomic(using=connection.alias):
        break_seal(connection)
        with connection.cursor() as cursor:
            for statement in SEAL[connection.vendor]:
                cursor.execute(statement)


def break_seal(connection: Any) -> None:
    """Take the triggers off. Only `flush` may, which empties every table and says so."""
    on_table = f" ON {LEDGER}" if connection.vendor == "postgresql" else ""
    with connection.cursor() as cursor:
        for name in TRIGGERS:
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on_table}")
