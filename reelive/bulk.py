"""Plain tuples straight into a table, as fast as the database takes them: no instances, no validation."""

import json
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any

from django.db import connection
from django.db.models import DateField, DateTimeField, Model


class Table:
    """A model's table. Rows hold the columns that are named; the others get their defaults.

    Values are what an instance would hold, times in UTC; a JSON column takes its value as `as_json` gives it.
    """

    def __init__(self, model: type[Model], *names: str):
        self.model = model
        fields = {field.attname: field for field in model._meta.concrete_fields}
        others = [field for name, field in fields.items() if name not in names and not field.primary_key]
        self.defaults = tuple(field.get_db_prep_save(field.get_default(), connection) for field in others)
        self.columns = [*(fields[name].column for name in names), *(field.column for field in others)]
        self.converters = [_converter(fields[name]) for name in names]
        self.converted = [place for place, converter in enumerate(self.converters) if converter]

    def reserve(self, count: int) -> range:
        """`count` primary keys that nobody else gets; inside of the transaction that writes the rows."""
        last = _last_key_on_postgres(self.model, count) if _on_postgres() else _last_key(self.model) + count
        return range(last - count + 1, last + 1)

    def write(self, rows: Iterable[Sequence[Any]]) -> int:
        """Insert the rows and answer how many they were."""
        ready = [(*self._converted(row), *self.defaults) for row in rows]
        if ready:
            (_copy if _on_postgres() else _insert)(self.model, self.columns, ready)
        return len(ready)

    def _converted(self, row: Sequence[Any]) -> Sequence[Any]:
        if not self.converted:
            return row
        values = list(row)
        for place in self.converted:
            values[place] = self.converters[place](values[place])
        return values


def as_json(value: Any) -> str:
    return json.dumps(value)


def _on_postgres() -> bool:
    return connection.vendor == "postgresql"


def _converter(field: Any) -> Callable | None:
    """What the driver needs to be given instead of the value; nothing where it takes the value itself."""
    if isinstance(field, DateTimeField) and not _on_postgres():
        return lru_cache(4096)(connection.ops.adapt_datetimefield_value)
    if isinstance(field, DateField) and not isinstance(field, DateTimeField):
        return lru_cache(4096)(connection.ops.adapt_datefield_value)
    return None


def _names(model: type[Model], columns: Sequence[str]) -> tuple[str, str]:
    quote = connection.ops.quote_name
    return quote(model._meta.db_table), ", ".join(map(quote, columns))


def _insert(model: type[Model], columns: Sequence[str], rows: list) -> None:
    table, names = _names(model, columns)
    holders = ", ".join(["%s"] * len(columns))
    insert = f"INSERT INTO {table} ({names}) VALUES ({holders})"  # noqa: S608 - the names are our own
    with connection.cursor() as cursor:
        cursor.executemany(insert, rows)


def _copy(model: type[Model], columns: Sequence[str], rows: list) -> None:
    table, names = _names(model, columns)
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _last_key(model: type[Model]) -> int:
    # The transaction holds the one write lock, so that nobody inserts between this look and our rows.
    newest = model._base_manager.order_by("-pk").values_list("pk", flat=True).first()
    return newest or 0


def _last_key_on_postgres(model: type[Model], count: int) -> int:
    """Moves the sequence on by `count` and answers where it stands."""
    table, _names_of = _names(model, [])
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [table, model._meta.pk.column])
        (sequence,) = cursor.fetchone()
        cursor.execute("SELECT setval(%s, nextval(%s) + %s)", [sequence, sequence, count - 1])
        return cursor.fetchone()[0]
