"""What the database holds, as text: for tests of what must not lie in it; and how much it holds."""

from django.db import connection

# An index of words without their rows: it can be asked, and not read. Nothing of a member is in it.
WORDS_ALONE = {"search_catalogue"}


def cells_with(word, besides=()):
    """The names of the columns in which `word` stands, but for those named."""
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table in WORDS_ALONE:
                continue
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


def counts(models):
    """How many rows the tables of these models have, asked at once: matrices ask again after every step."""
    tables = (connection.ops.quote_name(model._meta.db_table) for model in models)
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(f"(SELECT COUNT(*) FROM {table})" for table in tables))
        return list(cursor.fetchone())
