"""Prepared statements: what verbs ask and change all the time, written once by the ORM.

Building and compiling a query takes the ORM ten to sixty times as long as the database takes to answer it.
The queryset stays the one place that says what is asked, and it is written where it is used:

    VOTES = PreparedRows(lambda post: Post.objects.filter(pk=post).values_list("votes"))
    ((votes,),) = VOTES(post.pk)

While the SQL is written, a Given takes the place of each value. So a value has to be a number or a text that
is compared or stored as it is, or the queryset says which field prepares it (`nonce.prepared_by(field)`); and
nothing may be decided by it, since that would be decided once for all.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property, lru_cache
from inspect import signature
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Model, QuerySet, sql

from reelive.statements import Given, ObjectStatement, Statement


class Prepared:
    """A statement that is written when it is first used.

    Args:
        write: a function of the values.
    """

    kind = Statement

    def __init__(self, write: Callable):
        self.write, self.names = write, tuple(signature(write).parameters)

    @cached_property
    def statement(self) -> Statement:
        query = self.query(self.write(*map(Given, self.names)))
        statement = self.kind(query, DEFAULT_DB_ALIAS)
        if {given.name for _at, given in statement.given} != set(self.names):
            raise ValueError("A value is not in the statement as it was given.")
        return statement

    def query(self, written: Any) -> sql.Query:
        raise NotImplementedError

    def named(self, values: Sequence[Any]) -> Mapping[str, Any]:
        return dict(zip(self.names, values, strict=True))


class PreparedRows(Prepared):
    """`write` gives a queryset of `values_list`; calling it gives its rows as tuples."""

    def query(self, written: QuerySet) -> sql.Query:
        return written.query

    def __call__(self, *values: Any) -> list[tuple]:
        return self.statement.rows(**self.named(values))


class PreparedObjects(PreparedRows):
    """`write` gives a queryset of whole objects, with what `ObjectStatement` keeps of it."""

    kind = ObjectStatement

    def __call__(self, *values: Any) -> list[Model]:
        return self.statement.objects(**self.named(values))


class PreparedUpdate(Prepared):
    """`write` gives a queryset and what its rows are changed to; calling it says how many rows there were."""

    def query(self, written: tuple[QuerySet, dict[str, Any]]) -> sql.UpdateQuery:
        rows, changes = written
        query = rows.query.chain(sql.UpdateQuery)
        query.clear_ordering(force=True)
        query.add_update_values(changes)
        return query

    def __call__(self, *values: Any) -> int:
        return self.of_each([values])

    def of_each(self, several: Iterable[Sequence[Any]]) -> int:
        """The same once for each of several values."""
        return self.statement.change(*map(self.named, several))


class PreparedDelete(Prepared):
    """`write` gives a queryset of rows that nothing else hangs on; calling it says how many are deleted."""

    def query(self, written: QuerySet) -> sql.DeleteQuery:
        return written.query.chain(sql.DeleteQuery)

    def __call__(self, *values: Any) -> int:
        return self.statement.change(self.named(values))


def insert(row: Model) -> None:
    """Insert the row as it is, and set its key. Raises IntegrityError where a constraint forbids it."""
    _insert(row, "")


def insert_new(row: Model) -> bool:
    """The same; False where a unique constraint has one like it already."""
    return _insert(row, "ON CONFLICT DO NOTHING")


def _insert(row: Model, otherwise: str) -> bool:
    fields, text = _insertion(type(row), otherwise)
    with connection.cursor() as cursor:
        cursor.execute(
            text, [field.get_db_prep_save(field.pre_save(row, True), connection) for field in fields]
        )
        inserted = cursor.fetchone()
    if inserted:
        row.pk, row._state.adding, row._state.db = inserted[0], False, DEFAULT_DB_ALIAS
    return bool(inserted)


@lru_cache
def _insertion(model: type[Model], otherwise: str) -> tuple[list, str]:
    quoted = connection.ops.quote_name
    fields = [field for field in model._meta.local_concrete_fields if not field.primary_key]
    columns, places = ", ".join(quoted(field.column) for field in fields), ", ".join(["%s"] * len(fields))
    table, key = quoted(model._meta.db_table), quoted(model._meta.pk.column)
    text = f"INSERT INTO {table} ({columns}) VALUES ({places}) {otherwise} RETURNING {key}"  # noqa: S608
    return fields, text
