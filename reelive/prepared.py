"""Prepared statements: the ORM writes the SQL once, and from then on only the values in it change.

Building and compiling a query takes the ORM ten to sixty times as long as the database takes to answer it.
Verbs that members use all the time ask the same few questions, so the SQL of these is kept. The queryset
stays the one place that says what is asked, and it is written where it is used:

    VOTES = PreparedRows(lambda post: Post.objects.filter(pk=post).values_list("votes"))
    ((votes,),) = VOTES(post.pk)

Stand-ins take the place of the values while the SQL is written. So a value has to be a number or a text that
is compared or stored as it is; and nothing may be decided by it, since that would be decided once for all.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property, lru_cache
from inspect import signature
from typing import Any, NamedTuple

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Model, QuerySet, sql

# Keys that no row has, within what every kind of number column can hold.
FIRST_STAND_IN = 32_100


class Statement(NamedTuple):
    """SQL as the ORM wrote it.

    Args:
        text: with a place for each parameter.
        parameters: the value of each place, or the stand-in of one that is put in later.
        places: by the place of a parameter, the number of the value that is put there.
        converted: number and expression of the columns that come out of the database as something else.
    """

    text: str
    parameters: list[Any]
    places: dict[int, int]
    converted: list[tuple[int, Any]]

    def with_values(self, values: Sequence[Any]) -> list[Any]:
        parameters = list(self.parameters)
        for place, number in self.places.items():
            parameters[place] = values[number]
        return parameters


class Prepared:
    """A statement that is written when it is first used.

    Args:
        write: a function of the values.
    """

    def __init__(self, write: Callable):
        self.write = write

    @cached_property
    def statement(self) -> Statement:
        stand_ins = range(FIRST_STAND_IN, FIRST_STAND_IN + len(signature(self.write).parameters))
        compiler = self.query(self.write(*stand_ins)).get_compiler(DEFAULT_DB_ALIAS)
        text, parameters = compiler.as_sql()
        by_text = {str(stand_in): number for number, stand_in in enumerate(stand_ins)}
        places = {
            place: by_text[key]
            for place, parameter in enumerate(parameters)
            if (key := _text_of(parameter)) in by_text
        }
        if set(places.values()) != set(by_text.values()):
            raise ValueError("A value is not in the statement as it was given.")
        return Statement(text, list(parameters), places, _converted(compiler))

    def query(self, written: Any) -> Any:
        raise NotImplementedError


class PreparedRows(Prepared):
    """`write` gives a queryset of `values_list`; calling it gives its rows as tuples."""

    def query(self, written: QuerySet) -> sql.Query:
        return written.query

    def __call__(self, *values: Any) -> list[tuple]:
        statement = self.statement
        with connection.cursor() as cursor:
            cursor.execute(statement.text, statement.with_values(values))
            rows = cursor.fetchall()
        return [_convert(row, statement.converted) for row in rows] if statement.converted else rows


class PreparedObjects(PreparedRows):
    """`write` gives a queryset of whole objects, without what it selects beside them."""

    def query(self, written: QuerySet) -> sql.Query:
        self.model = written.model
        self.names = [field.attname for field in self.model._meta.concrete_fields]
        return written.values_list(*self.names).query

    def __call__(self, *values: Any) -> list[Model]:
        rows = super().__call__(*values)
        return [self.model.from_db(DEFAULT_DB_ALIAS, self.names, row) for row in rows]


class PreparedUpdate(Prepared):
    """`write` gives a queryset and what its rows are changed to; calling it says how many rows there were."""

    def query(self, written: tuple[QuerySet, dict[str, Any]]) -> sql.UpdateQuery:
        rows, changes = written
        query = rows.query.chain(sql.UpdateQuery)
        query.clear_ordering(force=True)
        query.add_update_values(changes)
        return query

    def __call__(self, *values: Any) -> int:
        with connection.cursor() as cursor:
            cursor.execute(self.statement.text, self.statement.with_values(values))
            return cursor.rowcount

    def of_each(self, several: Iterable[Sequence[Any]]) -> None:
        """The same once for each of several values."""
        with connection.cursor() as cursor:
            cursor.executemany(self.statement.text, [self.statement.with_values(each) for each in several])


class PreparedDelete(Prepared):
    """`write` gives a queryset of rows that nothing else hangs on; calling it says how many are deleted."""

    def query(self, written: QuerySet) -> sql.DeleteQuery:
        return written.query.chain(sql.DeleteQuery)

    __call__ = PreparedUpdate.__call__


def insert_new(row: Model) -> bool:
    """Insert the row as it is, and set its key; False where a unique constraint has one like it already."""
    fields, text = _insertion(type(row))
    with connection.cursor() as cursor:
        cursor.execute(
            text, [field.get_db_prep_save(field.pre_save(row, True), connection) for field in fields]
        )
        inserted = cursor.fetchone()
    if inserted:
        row.pk, row._state.adding, row._state.db = inserted[0], False, DEFAULT_DB_ALIAS
    return bool(inserted)


@lru_cache
def _insertion(model: type[Model]) -> tuple[list, str]:
    quoted = connection.ops.quote_name
    fields = [field for field in model._meta.local_concrete_fields if not field.primary_key]
    columns, places = ", ".join(quoted(field.column) for field in fields), ", ".join(["%s"] * len(fields))
    table, key = quoted(model._meta.db_table), quoted(model._meta.pk.column)
    text = f"INSERT INTO {table} ({columns}) VALUES ({places}) ON CONFLICT DO NOTHING RETURNING {key}"  # noqa: S608
    return fields, text


def _text_of(parameter: Any) -> str:
    """A parameter as text: a number in a column of text or of fractions is the same number."""
    return f"{parameter:.0f}" if isinstance(parameter, float) else str(parameter)


def _converted(compiler: Any) -> list[tuple[int, Any]]:
    """The columns of the rows that are converted, each with its number."""
    columns = [column for column, *_ in compiler.select or ()]
    return [(number, columns[number]) for number in compiler.get_converters(columns)]


def _convert(row: tuple, converted: list[tuple[int, Any]]) -> tuple:
    values = list(row)
    for number, expression in converted:
        for convert in (
            *connection.ops.get_db_converters(expression),
            *expression.get_db_converters(connection),
        ):
            values[number] = convert(values[number], expression, connection)
    return tuple(values)
