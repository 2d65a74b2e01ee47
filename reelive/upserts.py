"""Many rows into a table by one statement, however many they are and though some may be there already.

Django cuts them into several for the few values at once that SQLite took years ago.
"""

from collections.abc import Mapping, Sequence

from django.db import connection
from django.db.models import Field, Model


def taken(*columns: str) -> dict[str, str]:
    """For `upsert`: these columns are as the new row has them."""
    return {column: f"EXCLUDED.{column}" for column in columns}


def upsert(
    rows: Sequence[Model], unique: Sequence[str], changes: Mapping[str, str], returning: Sequence[str] = ()
) -> list[tuple]:
    """Insert the rows, or change those that are there already.

    Args:
        rows: new instances of one model, no two of which are alike in the unique columns.
        unique: the columns by which a row is there already; empty for any of the table's constraints, with no
            `changes`.
        changes: by the column what it becomes then, in SQL in which `here` is the row that is there and
            EXCLUDED the new one; where this is empty such a row stays as it is and is not returned.
        returning: the columns that are returned of each row, as the database holds them and in no order.
    """
    if not rows:
        return []
    fields = [field for field in rows[0]._meta.local_concrete_fields if not field.primary_key]
    values = [
        field.get_db_prep_save(field.pre_save(row, True), connection) for row in rows for field in fields
    ]
    table, places = connection.ops.quote_name(rows[0]._meta.db_table), ", ".join(["%s"] * len(fields))
    text = (
        f"INSERT INTO {table} AS here ({_listed(field.column for field in fields)})"  # noqa: S608
        f" VALUES {', '.join([f'({places})'] * len(rows))}"
        f" ON CONFLICT {f'({_listed(unique)})' if unique else ''} {_resolved(changes)}"
    )
    with connection.cursor() as cursor:
        cursor.execute(f"{text} RETURNING {_listed(returning)}" if returning else text, values)
        return cursor.fetchall() if returning else []


def change_each(model: type[Model], names: Sequence[str], rows: Sequence[Sequence]) -> None:
    """Change several rows of a table by one statement, however many they are, each to values of its own.

    Args:
        names: the fields that change.
        rows: the key of each, and what these become, in their order.
    """
    if not rows:
        return
    fields = [model._meta.pk, *(model._meta.get_field(name) for name in names)]
    values = [
        field.get_db_prep_save(value, connection)
        for row in rows
        for field, value in zip(fields, row, strict=True)
    ]
    # PostgreSQL takes what stands in a list of values for text where nothing else is said.
    casts = [_cast(field) if connection.vendor == "postgresql" else "" for field in fields]
    quote = connection.ops.quote_name
    changes = ", ".join(
        f"{quote(field.column)} = changed.column{place}{cast}"
        for place, (field, cast) in enumerate(zip(fields[1:], casts[1:], strict=True), 2)
    )
    table, places = quote(model._meta.db_table), ", ".join(["%s"] * len(fields))
    text = (
        f"UPDATE {table} AS here SET {changes}"  # noqa: S608
        f" FROM (VALUES {', '.join([f'({places})'] * len(rows))}) AS changed"
        f" WHERE here.{quote(fields[0].column)} = changed.column1{casts[0]}"
    )
    with connection.cursor() as cursor:
        cursor.execute(text, values)


def _cast(field: Field) -> str:
    is_key = field.is_relation or field.primary_key
    return f"::{field.rel_db_type(connection) if is_key else field.db_type(connection)}"


def _listed(columns) -> str:
    return ", ".join(map(connection.ops.quote_name, columns))


def _resolved(changes: Mapping[str, str]) -> str:
    if not changes:
        return "DO NOTHING"
    return "DO UPDATE SET " + ", ".join(
        f"{connection.ops.quote_name(column)} = {sql}" for column, sql in changes.items()
    )
