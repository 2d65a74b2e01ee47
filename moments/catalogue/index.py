"""The index of the words of the catalogue, one for each database, kept by the database itself.

A million titles cannot be weighed while somebody types. SQLite keeps them in the order of how well known they
are, best last, so that the first few that are read are the answer. PostgreSQL keeps the well known ones in an
index of their own, which is asked first.
"""

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain
from typing import Any

from django.db import connection as default_connection
from django.db import transaction

from moments.search.stems import is_small_word

# Of a scale to 1,000: titles from here on are looked through first.
WELL_KNOWN = 500
TITLES, WORDS = "moments_cataloguetitle", "search_catalogue"
MOST_NAMESAKES, LOOKED_THROUGH, TITLES_TRIED = 20, 60, 400
SHORTEST_BEGINNING = 2  # letters; with one of them begins a twentieth of all titles
# Letters: what begins so is looked for among the well known, or by the title's first letters.
SHORT_BEGINNING = 3
VECTOR = "array_to_tsvector(string_to_array(words, ' '))"
WHOLE = "\ue000"  # begins what is no word but a whole title (names.WHOLE)
# The key of a row in the index of SQLite: how well known, then how new, then which row.
INDEX_KEY = "(({row}.known << 8 | max(0, min(255, {row}.year - 1850))) << 40 | {row}.id)"
ROW = (1 << 40) - 1

# While it has a row, the triggers leave the index to whoever writes many rows; nobody else sees that row.
HELD = f"{WORDS}_held"

_NEW, _OLD = INDEX_KEY.format(row="new"), INDEX_KEY.format(row="old")
_ENTER = f"INSERT INTO {WORDS}(rowid, words) VALUES ({_NEW}, new.words);"  # noqa: S608
_DROP = f"INSERT INTO {WORDS}({WORDS}, rowid, words) VALUES ('delete', {_OLD}, old.words);"  # noqa: S608
_ALONE = f"WHEN NOT EXISTS (SELECT 1 FROM {HELD})"  # noqa: S608
_DELETE = "'delete', "
_ROWS = (
    f"SELECT {{}}{INDEX_KEY.format(row='held')} AS place, words FROM {TITLES} AS held"  # noqa: S608
    " WHERE {} ORDER BY place"
)
SQLITE = {
    WORDS: f"CREATE VIRTUAL TABLE {WORDS} USING fts5(words, content='', columnsize=0, detail='none',"
    " tokenize='ascii', prefix='2 3')",
    HELD: f"CREATE TABLE {HELD} (id integer PRIMARY KEY)",
    f"{WORDS}_insert": f"CREATE TRIGGER {WORDS}_insert AFTER INSERT ON {TITLES} {_ALONE} BEGIN {_ENTER} END",
    f"{WORDS}_delete": f"CREATE TRIGGER {WORDS}_delete AFTER DELETE ON {TITLES} BEGIN {_DROP} END",
    f"{WORDS}_update": f"CREATE TRIGGER {WORDS}_update AFTER UPDATE OF words, known, year ON {TITLES}"
    f" {_ALONE} BEGIN {_DROP} {_ENTER} END",
}
POSTGRESQL = (
    f"CREATE INDEX IF NOT EXISTS {WORDS}_all ON {TITLES} USING gin ({VECTOR})",
    f"CREATE INDEX IF NOT EXISTS {WORDS}_known ON {TITLES} USING gin ({VECTOR}) WHERE known >= {WELL_KNOWN}",
)


def install(connection: Any) -> None:
    """Make the index where it is missing or another one than this. Quick when it is there."""
    if TITLES not in connection.introspection.table_names():
        return
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for statement in POSTGRESQL:
                cursor.execute(statement)
        elif not _is_installed(cursor):
            _make(cursor)


def _is_installed(cursor: Any) -> bool:
    marks = ", ".join(["%s"] * len(SQLITE))
    cursor.execute(f"SELECT sql FROM sqlite_master WHERE name IN ({marks})", list(SQLITE))  # noqa: S608
    return {sql for (sql,) in cursor.fetchall()} == set(SQLITE.values())


def _make(cursor: Any) -> None:
    for name in SQLITE:
        cursor.execute(f"DROP {'TABLE' if name in (WORDS, HELD) else 'TRIGGER'} IF EXISTS {name}")
    for statement in SQLITE.values():
        cursor.execute(statement)
    cursor.execute(f"INSERT INTO {WORDS}(rowid, words) {_ROWS.format('', 'true')}")


@contextmanager
def entering_new() -> Iterator[None]:
    """Within it new titles are written, in a transaction. SQLite takes the words of all at the end.

    Row by row it would write a part of its index for each, since a row that brings another one is a step that
    may be undone alone.
    """
    if default_connection.vendor == "postgresql":
        yield
        return
    (last,) = _ids(f"SELECT coalesce(max(id), 0) FROM {TITLES}")  # noqa: S608
    with _held():
        yield
    _run(f"INSERT INTO {WORDS}(rowid, words) {_ROWS.format('', 'id > %s')}", last)


@contextmanager
def entering_anew(keys: Sequence[int]) -> Iterator[None]:
    """The same where titles with these keys are changed."""
    if default_connection.vendor == "postgresql" or not keys:
        yield
        return
    these = f"id IN ({', '.join(['%s'] * len(keys))})"
    _run(f"INSERT INTO {WORDS}({WORDS}, rowid, words) {_ROWS.format(_DELETE, these)}", *keys)
    with _held():
        yield
    _run(f"INSERT INTO {WORDS}(rowid, words) {_ROWS.format('', these)}", *keys)


@contextmanager
def _held() -> Iterator[None]:
    """What goes wrong within it undoes the transaction, and with it the row."""
    _run(f"INSERT INTO {HELD} VALUES (1)")  # noqa: S608
    yield
    _run(f"DELETE FROM {HELD}")  # noqa: S608


def _run(statement: str, *values: Any) -> None:
    with default_connection.cursor() as cursor:
        cursor.execute(statement, values)


def titled_of_year(key: str, year: int) -> list[int]:
    """The ids of titles of this year that are called so."""
    question, values = of_years("id", [(key, year)])
    return _ids(f"{question} ORDER BY known DESC LIMIT %s", *values, MOST_NAMESAKES)


def titled(key: str) -> list[int]:
    """The ids of titles that are called so, in whatever language, the best known first of each."""
    named = f"SELECT id FROM {TITLES} WHERE key = %s ORDER BY known DESC, year DESC LIMIT %s"  # noqa: S608
    elsewhere = _holding([WHOLE + key], False, MOST_NAMESAKES)
    return list(dict.fromkeys([*_ids(named, key, MOST_NAMESAKES), *elsewhere]))


def of_years(columns: str, pairs: Collection[tuple[str, int]]) -> tuple[str, list]:
    """The question for the titles that have one of these pairs of key and year, and its values.

    By both, since of a title such as Home there are hundreds, and few of each year. They are joined: for
    pairs in a list SQLite would go through the whole table.
    """
    marks, values = _values(pairs)
    joined = f"asked JOIN {TITLES} ON key = asked_key AND year = asked_year"
    return f"WITH asked(asked_key, asked_year) AS (VALUES {marks}) SELECT {columns} FROM {joined}", values  # noqa: S608


def called(spans: Collection[tuple[str, int, int]], limit: int) -> list[int]:
    """The ids of titles that are called by any of these keys and are of its first to last year.

    In whatever language.
    """
    marks, values = _values(spans)
    question = (
        f"WITH asked(asked_key, since, until) AS (VALUES {marks}) SELECT id FROM asked"  # noqa: S608
        f" JOIN {TITLES} ON key = asked_key AND year BETWEEN since AND until LIMIT %s"
    )
    on_postgresql = default_connection.vendor == "postgresql"
    elsewhere = _elsewhere_on_postgresql if on_postgresql else _elsewhere_on_sqlite
    return list(dict.fromkeys([*_ids(question, *values, limit), *elsewhere(spans, limit)]))


def _values(rows: Collection[tuple]) -> tuple[str, list]:
    """The marks and the values of rows in SQL."""
    one = f"({', '.join(['%s'] * len(next(iter(rows))))})"
    return ", ".join([one] * len(rows)), list(chain.from_iterable(rows))


def _elsewhere_on_postgresql(spans: Collection[tuple[str, int, int]], limit: int) -> list[int]:
    marks, values = _values([(f"'{WHOLE}{key}'", since, until) for key, since, until in spans])
    question = (
        f"WITH asked(asked_key, since, until) AS (VALUES {marks}) SELECT id FROM asked JOIN {TITLES}"  # noqa: S608
        f" ON {VECTOR} @@ asked_key::tsquery AND year BETWEEN since AND until LIMIT %s"
    )
    return _ids(question, *values, limit)


def _elsewhere_on_sqlite(spans: Collection[tuple[str, int, int]], limit: int) -> list[int]:
    """The year is read from the key of the index, so that no namesake of another year is looked up."""
    marks, values = _values(
        [(f'"{WHOLE}{key}"', _place(since), _place(until)) for key, since, until in spans]
    )
    question = (
        f"WITH asked(asked_key, since, until) AS (VALUES {marks}) SELECT rowid & {ROW}"  # noqa: S608
        f" FROM asked CROSS JOIN {WORDS} WHERE {WORDS} MATCH asked_key"
        " AND rowid >> 40 & 255 BETWEEN since AND until LIMIT %s"
    )
    return _ids(question, *values, limit)


def _place(year: int) -> int:
    """A year as INDEX_KEY has it."""
    return max(0, min(255, year - 1850))


def beginning(words: tuple[str, ...]) -> list[int]:
    """The ids of titles that hold these words, of which the last may be unfinished, the best known first."""
    *before, last = words
    asked = [word for word in before if not is_small_word(word)]
    if len(last) < SHORTEST_BEGINNING:
        return _holding(asked, False, LOOKED_THROUGH) if asked else []
    whole = _holding([*asked, last], False, LOOKED_THROUGH) if len(last) > SHORT_BEGINNING else []
    # Too many words begin with one that is very common, and then it is this one that is meant.
    if len(whole) == LOOKED_THROUGH:
        return whole
    return _holding([*asked, last], True, LOOKED_THROUGH)


def _holding(words: list[str], is_open: bool, limit: int) -> list[int]:
    """The ids of titles that hold all words, the best known first; `is_open`: the last word may go on."""
    on_postgresql = default_connection.vendor == "postgresql"
    return (_on_postgresql if on_postgresql else _on_sqlite)(words, is_open, limit)


def _on_sqlite(words: list[str], is_open: bool, limit: int) -> list[int]:
    """Beside a rare word a beginning is read: FTS5 would put together the rows of all words that begin so."""
    *others, last = words
    if is_open and others and len(last) > SHORT_BEGINNING:
        held = _on_sqlite(others, False, TITLES_TRIED)
        if len(held) < TITLES_TRIED:
            return _with_beginning(last, held)[:limit]
    expression = " AND ".join(f'"{word}"' for word in words) + (" *" if is_open else "")
    question = f"SELECT rowid & {ROW} FROM {WORDS} WHERE {WORDS} MATCH %s ORDER BY rowid DESC LIMIT %s"  # noqa: S608
    return _ids(question, expression, limit)


def _with_beginning(beginning: str, ids: Sequence[int]) -> list[int]:
    """Those of few titles that have a word with this beginning, in their order."""
    these = f"id IN ({', '.join(['%s'] * len(ids))})"
    question = f"SELECT id FROM {TITLES} WHERE {these} AND instr(' ' || words, %s)"  # noqa: S608
    found = set(_ids(question, *ids, f" {beginning}")) if ids else set()
    return [each for each in ids if each in found]


def _on_postgresql(words: list[str], is_open: bool, limit: int) -> list[int]:
    *others, last = words
    expression = " & ".join([*(f"'{word}'" for word in others), f"'{last}'{':*' if is_open else ''}"])
    holds = f"{VECTOR} @@ %s::tsquery"
    best = "ORDER BY known DESC, year DESC, id DESC LIMIT %s"
    known = _ids(
        f"SELECT id FROM {TITLES} WHERE {holds} AND known >= {WELL_KNOWN} {best}",  # noqa: S608
        expression, limit,
    )  # fmt: skip
    if len(known) >= limit:
        return known
    if is_open and len(last) < SHORT_BEGINNING and last.isascii():
        if others:
            return known
        holds, expression = "key LIKE %s", f"{last}%"
    few = f"SELECT id, known, year FROM {TITLES} WHERE {holds} LIMIT {TITLES_TRIED}"  # noqa: S608
    found = _ids(f"SELECT id FROM ({few}) AS few {best}", expression, limit)  # noqa: S608
    return list(dict.fromkeys([*known, *found]))[:limit]


def _ids(question: str, *values: Any) -> list[int]:
    with default_connection.cursor() as cursor:
        cursor.execute(question, values)
        return [row[0] for row in cursor.fetchall()]
