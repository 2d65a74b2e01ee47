"""A query that pages ask again and again, compiled once: afterwards only its parameters are put in.

To build a query from a dozen conditions and to compile it takes ten times as long as the database needs to
answer it. So a query is built once with a `Given` in each place that a value takes, is compiled by Django as
any other, and kept under a key. The key names whatever else its SQL depends on; what depends on nothing but
the values must stand in the query as a Given. Rows are plain tuples.
"""

from collections.abc import Callable, Hashable, Mapping
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connections, router
from django.db.models import Expression, Field, QuerySet, Value
from django.db.models.sql import Query

MOST_KEPT = 200
_kept: dict[Hashable, "Statement"] = {}


class Given(Expression):
    """A place in a query for a value that is named when the query is asked.

    Args:
        name: of the value.
        field: a field that prepares the value for its column, where the driver would not take it as it is.
    """

    def __init__(self, name: str, field: Field | None = None):
        super().__init__(output_field=field)
        self.name, self.prepares = name, field

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, list]:
        return "%s", [self]

    def __lt__(self, other: "Given") -> bool:
        return self.name < other.name

    def value_in(self, values: Mapping[str, Any], connection: Any) -> Any:
        value = values[self.name]
        return self.prepares.get_db_prep_value(value, connection) if self.prepares else value


class Statement:
    """The SQL of a query, its parameters, and the places among them that are Given.

    Args:
        query: of `values_list`, or one that changes or deletes rows.
        database: its alias; None asks the router each time, which may send visitors to a replica.
    """

    def __init__(self, query: Query, database: str | None = None):
        self.model, self._database = query.model, database
        compiler = query.get_compiler(self.database)
        try:
            self.sql, parameters = compiler.as_sql()
        except EmptyResultSet:
            self.sql, parameters = "", ()
        self.parameters = list(parameters)
        self.given = [(at, part) for at, part in enumerate(self.parameters) if isinstance(part, Given)]
        columns = [column for column, _sql, _alias in compiler.select or ()]
        # Converters are given an expression of the column's type: the true one would keep the whole query.
        self.converters = [
            (at, converter, Value(None, expression.output_field))
            for at, (found, expression) in compiler.get_converters(columns).items()
            for converter in found
        ]

    @classmethod
    def of(cls, rows: QuerySet) -> "Statement":
        """That of a queryset of `values_list`."""
        return cls(rows.query, rows._db)

    @property
    def database(self) -> str:
        return self._database or router.db_for_read(self.model)

    def rows(self, **values: Any) -> list[tuple]:
        """The rows, each with what Django's own `values_list` would give for it."""
        if not self.sql:
            return []
        connection = connections[self.database]
        with connection.cursor() as cursor:
            cursor.execute(self.sql, self.parameters_with(values, connection))
            found = cursor.fetchall()
        return [self._converted(row, connection) for row in found] if self.converters else found

    def change(self, *several: Mapping[str, Any]) -> int:
        """Change or delete rows, once for each of several values. Returns how many rows that were."""
        connection = connections[self.database]
        parameters = [self.parameters_with(values, connection) for values in several]
        with connection.cursor() as cursor:
            if len(parameters) == 1:
                cursor.execute(self.sql, parameters[0])
            else:
                cursor.executemany(self.sql, parameters)
            return cursor.rowcount

    def parameters_with(self, values: Mapping[str, Any], connection: Any) -> list:
        parameters = self.parameters.copy()
        for at, given in self.given:
            parameters[at] = given.value_in(values, connection)
        return parameters

    def _converted(self, row: tuple, connection: Any) -> tuple:
        columns = list(row)
        for at, converter, expression in self.converters:
            columns[at] = converter(columns[at], expression, connection)
        return tuple(columns)


def statement(key: Hashable, make: Callable[[], QuerySet]) -> Statement:
    """The statement that is kept under this key, or else made of a queryset; the oldest make room."""
    found = _kept.get(key)
    if found is None:
        found = Statement.of(make())
        while len(_kept) >= MOST_KEPT:
            _kept.pop(next(iter(_kept)), None)
        _kept[key] = found
    return found
