"""What the database holds, as text: for tests of what must not lie in it."""

from django.db import connection


def cells_with(word, besides=()):
    """The names of the columns in which `word` stands, but for those named."""
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            columns = [column[0] for column in cursor.description]
            for row in cursor.fetchall():
                found |= {
                    f"{table}.{name}" for name, cell in zip(columns, row, strict=True) if has(cell, word)
                }
    return found - set(besides)


def has(cell, word):
    text = bytes(cell).decode("latin-1") if isinstance(cell, bytes | memoryview) else str(cell)
    return word.lower() in text.lower()
