"""The word indexes: they are made here, and asked which rows hold some words, newest first or best first.

Queries are built from parsed words, so that what somebody typed is only ever a value. Of very common words
only the newest RANKED rows are looked at: an answer takes as long on a large site as on a small one.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import OperationalError, transaction
from django.db import connection as default_connection

from moments.search.dialect import RANKED, Dialect, WordQuery
from moments.search.postgresql import PostgreSQL
from moments.search.schema import INDEXES, Index
from moments.search.sqlite import SQLite

DIALECTS: dict[str, type] = {"sqlite": SQLite, "postgresql": PostgreSQL}
TIME_LIMIT_MS = 800
CANCELLED = "57014"


class TooBroad(Exception):
    """The words stand in so many rows that it would take too long to look at all of them."""


def dialect(connection: Any = default_connection) -> Dialect:
    return DIALECTS[connection.vendor](connection)


def install(connection: Any) -> None:
    """Make the indexes that are missing or of an older release, and fill them. Quick when all is there."""
    database = dialect(connection)
    tables = connection.introspection.table_names()
    for index in INDEXES:
        if index.table in tables and not database.is_installed(index):
            with transaction.atomic(using=connection.alias):
                database.unmake(index)
                database.make(index)
                database.fill(index)


@contextmanager
def in_time() -> Iterator[None]:
    """Limit the time of the questions asked inside, and set the planner for them.

    Reading an index at random is cheap here, and to compile a query that is asked once does not pay. Within a
    transaction of the caller nothing is limited.

    Raises TooBroad when a question takes too long.
    """
    if default_connection.vendor != "postgresql" or default_connection.in_atomic_block:
        yield
        return
    names = {"statement_timeout": TIME_LIMIT_MS, "random_page_cost": 1.1, "jit": "off"}
    settings = ", ".join(f"set_config('{name}', '{value}', true)" for name, value in names.items())
    try:
        with transaction.atomic(), default_connection.cursor() as cursor:
            cursor.execute(f"SELECT {settings}")
            yield
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", "") == CANCELLED:
            raise TooBroad from error
        raise


def newest(index: Index, ask: WordQuery, limit: int = RANKED) -> list[int]:
    """The ids of the rows, newest first."""
    return dialect().newest(index, ask, limit)


def best(index: Index, ask: WordQuery, limit: int = RANKED) -> list[int]:
    """The ids of the newest rows, best first: those with more of the words, and in weightier places."""
    return dialect().best(index, ask, limit) if ask.wanted else newest(index, ask, limit)


def most_of(index: Index, column: str, ask: WordQuery, limit: int = RANKED) -> list[int]:
    """The ids of the rows with the most in `column`, of all that hold the words: for small tables."""
    return dialect().most_of(index, column, ask, limit)
