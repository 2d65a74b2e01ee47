"""A row by its key, as each page of a member asks for it, with a statement that is compiled once.

To build and to compile a query of one condition takes Django five times as long as the database needs to
answer it. What is read is the row as it is now: nothing of it is kept.
"""

from functools import cache
from typing import Any

from django.db import connections
from django.db.models import Model

LARGEST = 2**63  # from it on Django has to say that there is no such row, since databases take no such number


def is_plain_number(key: Any) -> bool:
    """Whether it can be put into a statement as it is: no expression, no row, no text."""
    return type(key) is int and 0 <= key < LARGEST


def row_by_key(model: type[Model], key: int | str, database: str) -> Model:
    """As `model.objects.using(database).get(pk=key)`, without conditions of a manager's own.

    Args:
        key: a plain one of the type of the key's column; see `is_plain_number`.
    """
    sql, names, converters = _statement(model, database)
    connection = connections[database]
    with connection.cursor() as cursor:
        cursor.execute(sql, [key])
        row = cursor.fetchone()
    if row is None:
        raise model.DoesNotExist(f"{model._meta.object_name} matching query does not exist.")
    values = list(row)
    for place, convert, column in converters:
        values[place] = convert(values[place], column, connection)
    return model.from_db(database, names, values)


@cache
def _statement(model: type[Model], database: str) -> tuple[str, list[str], list[tuple]]:
    """Its SQL, the names of the columns, and how some are read, by their places."""
    query = model._base_manager.using(database).filter(pk="0").order_by().query
    compiler = query.get_compiler(database)
    sql, _key = compiler.as_sql()
    columns = [column for column, _sql, _alias in compiler.select]
    found = compiler.get_converters(columns)
    converters = [(place, convert, column) for place, (each, column) in found.items() for convert in each]
    return sql, [column.target.attname for column in columns], converters
