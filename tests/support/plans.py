"""Plans of a large site on a small one: SQLite plans by what it knows of its tables, and that can be told.

`data/sizes.txt` has what ANALYZE finds on a site of 155,000 posts: a table, an index, the number of rows and,
for each further column of the index, how many rows share its values. Other tables are taken to have ROWS.
"""

import re
from contextlib import contextmanager
from pathlib import Path

from django.db import connection

SIZES = Path(__file__).parent.parent / "data" / "sizes.txt"
ROWS, OF_A_PART, OF_ONE = 20_000, 500, 20
MOST_SORTED = 5_000  # rows that a page may gather, sort or count, by what the planner expects
OURS = ("moments_", "accounts_", "reelive_", "django_")
SOME_STATES = re.compile(r"state|kind|visibility|status|is_|public")
STEP = re.compile(
    r"(SCAN|SEARCH) (\S+)(?: USING (?:COVERING )?INDEX (\S+))?(?: USING INTEGER PRIMARY KEY)?(.*)"
)
ALIAS = re.compile(r'"((?:moments|accounts|reelive|django)_\w+)" (?:AS )?"?([A-Z]+\d+|\w+)"?')


@contextmanager
def as_on_a_large_site():
    """SQLite plans inside it as it would on a large site. Gives what it expects of each index."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
        cursor.execute("DELETE FROM sqlite_stat1")
        rows = [line.split(" ", 2) for line in SIZES.read_text().splitlines()]
        known = {table for table, _index, _numbers in rows}
        cursor.executemany("INSERT INTO sqlite_stat1 VALUES (%s, %s, %s)", [*rows, *_guessed(cursor, known)])
        cursor.execute("ANALYZE sqlite_schema")
        cursor.execute("SELECT idx, stat FROM sqlite_stat1 WHERE idx IS NOT NULL")
        expected = {index: list(map(int, stat.split())) for index, stat in cursor.fetchall()}
        try:
            yield expected
        finally:
            cursor.execute("DELETE FROM sqlite_stat1")
            cursor.execute("ANALYZE sqlite_schema")


@contextmanager
def sequences_cost():
    """PostgreSQL reads a table whole inside it only where it has no index to walk."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        yield


def read_whole(sql, small):
    """The tables that PostgreSQL reads whole for a statement."""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {sql}")
        lines = [line for (line,) in cursor.fetchall() if "Seq Scan on" in line]
    tables = {line.partition("Seq Scan on ")[2].split()[0] for line in lines}
    return [f"{table} is read whole" for table in tables if table.startswith(OURS) and table not in small]


def _guessed(cursor, known):
    cursor.execute("SELECT name, tbl_name, coalesce(sql, '') FROM sqlite_master WHERE type = 'index'")
    for index, table, sql in cursor.fetchall():
        if table in known or table.startswith(("search", "sqlite")):
            continue
        cursor.execute(f'PRAGMA index_info("{index}")')
        columns = [name or "" for _place, _column, name in cursor.fetchall()]
        rows = OF_A_PART if " WHERE " in sql else ROWS
        shared = [str(_sharing(columns[: place + 1], rows)) for place in range(len(columns))]
        yield table, index, " ".join([str(rows), *shared])


def _sharing(columns, rows):
    """How many rows share the values of these columns."""
    plain = [column for column in columns if not SOME_STATES.match(column)]
    if not plain:
        return max(rows // 2 ** len(columns), 1)
    return min(OF_ONE, rows) if len(plain) == 1 and plain[0].endswith("_id") else 1


def faults_of(sql, small, expected):
    """What of the plan of a statement grows with the site: tables read whole, and large sorts and counts.

    Args:
        small: tables that may be read whole.
        expected: what SQLite expects of each index.
    """
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}")
        rows = cursor.fetchall()
    tables = {alias: table for table, alias in ALIAS.findall(sql)}
    levels = {}
    for _number, parent, _unused, detail in rows:
        levels.setdefault(parent, []).append(detail)
    found = []
    for parent, details in levels.items():
        found += _faults(details, sql, tables, expected, small, is_outermost=parent == 0)
    return found


def _faults(details, sql, tables, numbers, small, is_outermost):
    steps = [match for match in map(STEP.match, details) if match and "VIRTUAL TABLE" not in match[0]]
    is_sorted = "USE TEMP B-TREE FOR ORDER BY" in details
    is_cut = "LIMIT" in (sql.rpartition(")")[2] if is_outermost and "COUNT(*) FROM (" not in sql else sql)
    for place, step in enumerate(steps):
        verb, name, index, rest = step.groups()
        table = tables.get(name, name)
        if table in small or not table.startswith(OURS):
            continue
        if place:
            if verb == "SCAN":
                yield f"{table} is read whole for each row: {step[0]}"
        elif verb == "SCAN" and (is_sorted or not is_cut or not (index or "ORDER BY" in sql)):
            yield f"{table} is read whole: {step[0]}"
        elif verb == "SEARCH" and (is_sorted or not is_cut) and _expected(index, rest, numbers) > MOST_SORTED:
            yield f"{table} is gathered: {step[0]}"


def _expected(index, rest, numbers):
    """How many rows the planner expects of a search along an index."""
    if index not in numbers:
        return 1
    shared = numbers[index]
    given = len(re.findall(r"=\?", rest))
    return shared[min(given, len(shared) - 1)] // (4 if re.search("[<>]", rest) else 1)
