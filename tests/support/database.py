"""The database of a test: where it is, and how it goes about a query."""

import re
from contextlib import contextmanager
from urllib.parse import quote

from django.db import connection

# What every request may do, whatever becomes of it.
CHANGES_NOTHING = re.compile(
    r'\s*(SELECT|SAVEPOINT|RELEASE|ROLLBACK)\b|(INSERT INTO|UPDATE|DELETE FROM) "'
    r'(django_admin_log|django_session|usersessions_usersession)"'
)


def plan_of(sql):
    """How the database goes about a query, with its literals in it."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # A handful of rows is soonest read whole and sorted; a million would not be.
            for way in ("seqscan", "bitmapscan", "sort"):
                cursor.execute(f"SET LOCAL enable_{way} = off")
        cursor.execute(f"EXPLAIN {sql}" if connection.vendor == "postgresql" else f"EXPLAIN QUERY PLAN {sql}")
        return " ".join(str(part) for row in cursor.fetchall() for part in row)


def database_url():
    """Where this test's own database is, for another process."""
    at = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{at['NAME']}"
    password = f":{quote(at['PASSWORD'])}" if at["PASSWORD"] else ""
    return f"postgres://{at['USER']}{password}@{at['HOST']}:{at['PORT']}/{at['NAME']}"


@contextmanager
def statements_noted():
    """The statements that are sent meanwhile, without their values: to fill these in costs as much again."""
    sent = []

    def note(execute, sql, *arguments):
        sent.append(sql)
        return execute(sql, *arguments)

    with connection.execute_wrapper(note):
        yield sent


def changes_nothing(sent):
    """Whether these statements leave all rows alone, but for sessions and the notes of Django's admin."""
    return all(map(CHANGES_NOTHING.match, sent))
