"""Run in the settings of a site: how many statements a page asks, and which of them read a whole table.

It takes JSON, {"session": …, "pages": {name: path}, "posts": {name: [path, fields]}}, and gives JSON:
{name: {"statements": …, "whole": [table, …]}}.
"""

import json
import re
import sys

import django

django.setup()

from django.db import connection  # noqa: E402 - Django has to be ready first
from django.test import Client  # noqa: E402

from bench.client import TOKEN  # noqa: E402

WARM_UP = 2
# Rows. PostgreSQL goes by the cost, and reads a table of some thousand rows as a whole for good reason.
LARGE = {"sqlite": 1_000, "postgresql": 50_000}
KINDS = ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH")


class Recorder:
    """Notes what is asked of the database; begin and end of transactions are not counted."""

    def __init__(self):
        self.statements = []

    def __call__(self, execute, statement, parameters, many, context):
        if statement.lstrip("( ").upper().startswith(KINDS):
            self.statements.append((statement, parameters))
        return execute(statement, parameters, many, context)


def recorded(ask) -> list[tuple]:
    recorder = Recorder()
    with connection.execute_wrapper(recorder):
        response = ask()
    if response.status_code >= 400:
        raise RuntimeError(f"{response.request['PATH_INFO']} was answered with {response.status_code}")
    return recorder.statements


def whole_tables(plan: str, large: set[str]) -> set[str]:
    """The large tables of which a plan reads every row, and not by an index."""
    on_sqlite = re.findall(r"^SCAN (?:TABLE )?(\w+)$", plan, re.MULTILINE)
    on_postgres = re.findall(r"Seq Scan on (\w+)", plan)
    return large & {*on_sqlite, *on_postgres}


def plan_of(statement: str, parameters) -> str:
    how = "EXPLAIN" if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN"
    with connection.cursor() as cursor:
        cursor.execute(f"{how} {statement}", parameters)
        return "\n".join(str(row[-1]) for row in cursor.fetchall())


def large_tables() -> set[str]:
    """Those with more rows than one would read at once. No index of words is read so."""
    quote = connection.ops.quote_name
    names = [name for name in connection.introspection.table_names() if not name.startswith("search_")]
    with connection.cursor() as cursor:
        return {name for name in names if has_many_rows(cursor, quote(name))}


def has_many_rows(cursor, table: str) -> bool:
    cursor.execute(f"SELECT 1 FROM {table} LIMIT 1 OFFSET {LARGE[connection.vendor]}")  # noqa: S608 - the names are our own
    return cursor.fetchone() is not None


def looked_at(statements: list[tuple], large: set[str]) -> dict:
    reads = [one for one in statements if one[0].lstrip("( ").upper().startswith(("SELECT", "WITH"))]
    whole = sorted({table for one in reads for table in whole_tables(plan_of(*one), large)})
    return {"statements": len(statements), "whole": whole}


def main() -> None:
    wanted = json.load(sys.stdin)
    client = Client(headers={"host": "localhost"})
    if wanted.get("session"):
        client.cookies.load({"sessionid": wanted["session"], "csrftoken": TOKEN})
    large, found = large_tables(), {}
    for name, path in wanted.get("pages", {}).items():
        for _time in range(WARM_UP):
            client.get(path)
        found[name] = looked_at(recorded(lambda path=path: client.get(path)), large)
    for name, (path, fields) in wanted.get("posts", {}).items():
        send = lambda path=path, fields=fields: client.post(path, fields, headers={"hx-request": "true"})  # noqa: E731
        found[name] = looked_at(recorded(send), large)
    print(json.dumps(found))


if __name__ == "__main__":
    main()
