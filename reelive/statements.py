"""A query that pages ask again and again, compiled once: afterwards only its parameters are put in.

To build a query from a dozen conditions and to compile it takes ten times as long as the database needs to
answer it. So a query is built once with a `Given` in each place that a value takes, is compiled by Django as
any other, and kept under a key. The key names whatever else its SQL depends on; what depends on nothing but
the values must stand in the query as a Given. Rows are plain tuples, or objects as Django makes them.
"""

from collections.abc import Callable, Hashable, Mapping
from typing import Any, Self

import django
from django.core.exceptions import EmptyResultSet
from django.db import connections, models, router
from django.db.models import Expression, Field, Model, QuerySet, Value
from django.db.models.query import get_related_populators
from django.db.models.sql import Query
from django.db.models.sql.compiler import SQLCompiler

MOST_KEPT = 500
# From Django 6.1 on it is also said how a row that was not selected is fetched: by itself, as ever.
FETCHED = [models.FETCH_ONE] if django.VERSION >= (6, 1) else []
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

    def prepared_by(self, field: Field) -> "Given":
        """The place of the same value, prepared by this field."""
        return Given(self.name, field)

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
        self.note_columns(compiler)

    @classmethod
    def of(cls, rows: QuerySet) -> Self:
        """That of a queryset of `values_list`."""
        return cls(rows.query, rows._db)

    def note_columns(self, compiler: SQLCompiler) -> None:
        """Note what the columns of a row are for."""

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
        if not several:
            return 0
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


class ObjectStatement(Statement):
    """The same of a queryset of whole objects, with what is annotated and what `select_related` names.

    What it defers stays deferred. What it prefetches does not come with it.
    """

    def note_columns(self, compiler: SQLCompiler) -> None:
        if not self.sql:
            return
        shape, columns = compiler.klass_info, compiler.select
        self.made, places = shape["model"], shape["select_fields"]
        self.own = slice(places[0], places[-1] + 1)
        self.names = [column.target.attname for column, _sql, _alias in columns[self.own]]
        self.beside = list((compiler.annotation_col_map or {}).items())
        # What is annotated would keep the queries inside it, and nobody reads it to make rows.
        annotated = {place for _name, place in self.beside}
        columns = [None if place in annotated else column for place, column in enumerate(columns)]
        self._shape, self._columns, self._related = shape, columns, {}

    def objects(self, **values: Any) -> list[Model]:
        return [self._object(row, self.database) for row in self.rows(**values)]

    def _object(self, row: tuple, database: str) -> Model:
        found = self.made.from_db(database, self.names, row[self.own])
        for populator in self._populators(database):
            populator.populate(row, found)
        for name, place in self.beside:
            setattr(found, name, row[place])
        return found

    def _populators(self, database: str) -> list:
        """What fills in the rows that were selected beside it, which know from where they are read."""
        if database not in self._related:
            shape = self._shape, self._columns, database
            self._related[database] = get_related_populators(*shape, *FETCHED)
        return self._related[database]


def statement(key: Hashable, make: Callable[[], QuerySet], kind: type[Statement] = Statement) -> Any:
    """The statement that is kept under this key, or else made of a queryset; the oldest make room.

    Args:
        kind: of statement that it is.
    """
    found = _kept.get(key)
    if found is None:
        found = kind.of(make())
        while len(_kept) >= MOST_KEPT:
            _kept.pop(next(iter(_kept)), None)
        _kept[key] = found
    return found
