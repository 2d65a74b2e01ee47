"""The database of a test: where it is, and how it goes about a query."""

from urllib.parse import quote

from django.db import connection


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
