"""The word indexes: they are made here, and asked which rows hold some words, newest first or best first.

Queries are built from parsed words, so that what somebody typed is only ever a value. Of very common words
only the newest RANKED rows are looked at: an answer takes as long on a large site as on a small one.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from math import log2
from typing import Any

from django.db import OperationalError, transaction
from django.db import connection as default_connection

from moments.search import indexing, vocabulary
from moments.search.analyser import title_key
from moments.search.bounds import affordable, bounded, held_by, is_hopeless
from moments.search.dialect import RANKED, Dialect, WordQuery
from moments.search.postgresql import PostgreSQL
from moments.search.schema import INDEXES, TITLE, Index
from moments.search.sqlite import SQLite
from moments.search.stems import is_small_word

DIALECTS: dict[str, type] = {"sqlite": SQLite, "postgresql": PostgreSQL}
TIME_LIMIT_MS = 800
NAMESAKES = 50
_caught_up: ContextVar[Dialect | None] = ContextVar("caught_up", default=None)
CANCELLED = "57014"


class TooBroad(Exception):
    """The words stand in so many rows that it would take too long to look at all of them."""


def dialect(connection: Any = default_connection) -> Dialect:
    return DIALECTS[connection.vendor](connection)


def install(connection: Any) -> None:
    """Make the indexes that are missing or of an older release, and fill them. Quick when all is there.

    The words are entered in chunks, each in a transaction of its own. While that goes on, and when it was
    stopped, a search finds what is entered so far. A table of an older release, in the middle of a migration,
    goes without an index until it has all that is entered of it: its triggers would name what is not there.
    """
    database = dialect(connection)
    tables = connection.introspection.table_names()
    there = [index for index in INDEXES if index.table in tables]
    waiting = [index for index in there if not _has_columns(connection, index)]
    missing = [index for index in there if index not in waiting and not database.is_installed(index)]
    for index in waiting:
        with transaction.atomic(using=connection.alias):
            database.unmake(index)
    for index in missing:
        with transaction.atomic(using=connection.alias):
            database.run(*database.shared_tables())
            database.unmake(index)
            vocabulary.empty(database, index.table)
            database.make(index)
            indexing.mark_all(database, index)
    if missing and not waiting:
        indexing.catch_up_wholly(database)


def _has_columns(connection: Any, index: Index) -> bool:
    with connection.cursor() as cursor:
        columns = {
            column.name for column in connection.introspection.get_table_description(cursor, index.table)
        }
    return columns.issuperset(index.columns)


def catch_up() -> None:
    """Enter what was written since the last time, all of it: after a command that writes much."""
    indexing.catch_up_wholly(dialect())


def catch_up_a_little() -> None:
    """Enter some of what was written since the last time: for whoever asks an index by `indexed_words`."""
    indexing.catch_up(dialect())


def _ready() -> Dialect:
    """The database with all that was written entered; within `in_time` the one for which that was done."""
    if ready := _caught_up.get():
        return ready
    database = dialect()
    indexing.catch_up(database)
    return database


@contextmanager
def in_time() -> Iterator[None]:
    """Limit the time of the questions asked inside, and set the planner for them.

    Reading an index at random is cheap here, and to compile a query that is asked once does not pay. Within a
    transaction of the caller nothing is limited.

    Raises TooBroad when a question takes too long.
    """
    token = _caught_up.set(_ready())
    try:
        with _limited():
            yield
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", "") == CANCELLED:
            raise TooBroad from error
        raise
    finally:
        _caught_up.reset(token)


@contextmanager
def _limited() -> Iterator[None]:
    if default_connection.vendor != "postgresql" or default_connection.in_atomic_block:
        yield
        return
    names = {"statement_timeout": TIME_LIMIT_MS, "random_page_cost": 1.1, "jit": "off"}
    settings = ", ".join(f"set_config('{name}', '{value}', true)" for name, value in names.items())
    with transaction.atomic(), default_connection.cursor() as cursor:
        cursor.execute(f"SELECT {settings}")
        yield


def newest(index: Index, ask: WordQuery, limit: int = RANKED) -> list[int]:
    """The ids of the rows, newest first."""
    database = _ready()
    if is_hopeless(database, index, ask):
        return []
    return database.newest(index, bounded(database, index, ask), limit)


def newest_once(index: Index, ask: WordQuery) -> list[int]:
    """The same for what several kinds ask within one answer."""
    return _once(_ready(), (index.table, "newest", str(ask)), lambda: newest(index, ask))


def best(index: Index, ask: WordQuery, limit: int = RANKED) -> list[int]:
    """The ids of the newest rows, best first: those with more of the words, and in weightier places.

    What is called by these very words comes before all others.
    """
    if not ask.wanted:
        return newest(index, ask, limit)
    database = _ready()
    called = _called(database, index, ask)
    if is_hopeless(database, index, ask):
        return called
    found = database.best(index, bounded(database, index, ask), limit)
    return [*called, *(pk for pk in found if pk not in set(called))][:limit] if called else found


def called_first(index: Index, ask: WordQuery, limit: int) -> list[int]:
    """The ids of the newest rows in no other order than that those called by these very words come first."""
    database = _ready()
    called = _called(database, index, ask)
    found = database.newest(index, bounded(database, index, ask), limit)
    return list(dict.fromkeys([*called, *found]))[:limit]


def _called(database: Dialect, index: Index, ask: WordQuery) -> list[int]:
    key = title_key(" ".join(map(str, ask.wanted)))
    if ask.any_of or not key or not index.titles:
        return []
    titles = replace(ask, wanted=(), beginnings=(), in_titles=False, facets=ask.facets | {TITLE: [key]})
    return _once(database, (index.table, str(titles)), lambda: database.few(index, titles, NAMESAKES))


def _once(database: Dialect, question: tuple, find: Callable[[], list[int]]) -> list[int]:
    """What a question finds, asked once an answer: where nothing holds the words, it would be asked again."""
    if question not in database.answered:
        database.answered[question] = find()
    return database.answered[question]


def most_of(index: Index, column: str, ask: WordQuery, limit: int = RANKED) -> list[int]:
    """The ids of the rows with the most in `column`, of all that hold the words: for small tables."""
    database = _ready()
    return database.most_of(index, column, bounded(database, index, ask), limit)


def numbers_by(column: str, index: Index, ids: list[int]) -> dict[Any, int]:
    """How many of these rows have each value of a column."""
    if not ids:
        return {}
    holders = ", ".join(["%s"] * len(ids))
    question = f"SELECT {column}, count(*) FROM {index.table} WHERE id IN ({holders}) GROUP BY {column}"
    return dict(_ready().rows(question, *ids))


def loosened(index: Index, ask: WordQuery) -> WordQuery:
    """A query for the rows that hold most of the words in any form, rare words before common ones.

    Common words are left out where there are rarer ones, so that not half of the table is looked through.
    """
    held = held_by(_ready(), index, ask.wanted)
    telling = [term for term in ask.wanted if not is_small_word(str(term))] or list(ask.wanted)
    telling = sorted(dict.fromkeys(telling), key=held.__getitem__)
    kept = affordable(telling, held) or telling[:1]
    weights = [1 / log2(2 + held[term]) for term in kept]
    return replace(ask, wanted=kept, beginnings=(), any_of=True, stems=True, weights=weights)
