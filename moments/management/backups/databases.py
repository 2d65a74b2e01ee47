"""The database of a site as it was at one moment: taken while the site runs, and put into an empty one.

SQLite copies itself by its online backup, within one reading transaction; writers go on beside it. PostgreSQL
is asked by `pg_dump` and `pg_restore` of its own client, within one snapshot that the counts share.
"""

import os
import sqlite3
import subprocess
from collections.abc import Callable, Container, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any, NamedTuple

from django.apps import apps
from django.db import connection, transaction
from django.db.backends.postgresql.client import DatabaseClient

from moments.management.backups.archive import Unusable, Watch

PAGES_COPIED_AT_ONCE = 2_000  # of SQLite, copied between two looks at the progress
DUMP_COMMAND = ["pg_dump", "--format=custom", "--compress=1", "--no-owner", "--no-privileges"]
RESTORE_COMMAND = ["pg_restore", "--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error"]
Run = Callable[[str], list[Any]]


class Taken(NamedTuple):
    """The database at one moment: its bytes, and what was in it then."""

    source: IO[bytes]
    migrations: list[list[str]]
    rows: dict[str, int]
    is_packed: bool


def tables() -> list[str]:
    """Of all models; what is made of them, such as the words of the search, is not counted."""
    return sorted({model._meta.db_table for model in apps.get_models(include_auto_created=True)})


def rows_by_table(run: Run, known: Container[str] | None = None) -> dict[str, int]:
    """How many rows each table has; of `known` ones alone, where an archive says which it knew."""
    names = [table for table in tables() if known is None or table in known]
    return {table: run(f'SELECT COUNT(*) FROM "{table}"')[0][0] for table in names}  # noqa: S608 - our own


def migrations(run: Run) -> list[list[str]]:
    return [list(row) for row in run("SELECT app, name FROM django_migrations ORDER BY app, name")]


def ask(sql: str) -> list[Any]:
    """The rows of an answer of the site's own connection."""
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()


@contextmanager
def taken(draft: Path, watch: Watch) -> Iterator[Taken]:
    """The database as it is now, to be read once.

    Args:
        draft: where a copy may lie meanwhile.
        watch: is told how many pages of SQLite were copied.
    """
    with _of_sqlite(draft, watch) if connection.vendor == "sqlite" else _of_postgresql() as found:
        yield found


@contextmanager
def _of_sqlite(draft: Path, watch: Watch) -> Iterator[Taken]:
    draft.unlink(missing_ok=True)
    os.close(os.open(draft, os.O_CREAT | os.O_WRONLY, 0o600))
    try:
        _copy(connection.settings_dict["NAME"], draft, watch)
        with closing(sqlite3.connect(draft)) as copy:
            found = copy.execute("PRAGMA quick_check(1)").fetchone()[0]
            if found != "ok":
                raise Unusable(f"The database is damaged: {found}")
            copy.execute("PRAGMA journal_mode=DELETE")  # or a second file would belong to the copy

            def run(sql: str) -> list[Any]:
                return copy.execute(sql).fetchall()

            facts = migrations(run), rows_by_table(run)
        with draft.open("rb") as source:
            yield Taken(source, *facts, is_packed=False)
    finally:
        for end in ("", "-journal", "-wal", "-shm"):
            draft.with_name(f"{draft.name}{end}").unlink(missing_ok=True)


def _copy(name: str, draft: Path, watch: Watch) -> None:
    """A reading transaction stays open all the while, or each write would have the copy begin anew."""
    seen = 0

    def progress(_status: int, left: int, total: int) -> None:
        nonlocal seen
        watch(total - left - seen)
        seen = total - left

    with closing(sqlite3.connect(name, timeout=20, isolation_level=None)) as site:
        site.execute("BEGIN")
        site.execute("SELECT 1 FROM django_migrations LIMIT 1").fetchall()
        with closing(sqlite3.connect(draft)) as copy:
            site.backup(copy, pages=PAGES_COPIED_AT_ONCE, progress=progress)


@contextmanager
def _of_postgresql() -> Iterator[Taken]:
    with transaction.atomic():
        ask_only("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        snapshot = ask("SELECT pg_export_snapshot()")[0][0]
        facts = migrations(ask), rows_by_table(ask)
        with TemporaryFile() as errors:
            process = _client(
                [*DUMP_COMMAND, f"--snapshot={snapshot}"], stdout=subprocess.PIPE, stderr=errors
            )
            try:
                yield Taken(process.stdout, *facts, is_packed=True)
                _end(process, errors)
            finally:
                with suppress(ProcessLookupError):
                    process.kill()
                process.stdout.close()
                process.wait()


def ask_only(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def _client(command: list[str], **pipes: Any) -> subprocess.Popen:
    """A program of PostgreSQL's client at the site's database; its password is in no list of processes."""
    at = connection.settings_dict
    _command, environment = DatabaseClient.settings_to_cmd_args_env(at, [])
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGDATABASE": "NAME"}
    environment = dict(environment or {}) | {name: str(at[part]) for name, part in names.items() if at[part]}
    try:
        return subprocess.Popen(command, env=os.environ | environment, **pipes)  # noqa: S603 - our own words
    except FileNotFoundError:
        raise Unusable(
            f"{command[0]} is not on this machine; install PostgreSQL's client of the server's version"
            " (on Debian: apt install postgresql-client)."
        ) from None


def _end(process: subprocess.Popen, errors: IO[bytes]) -> None:
    if process.wait():
        errors.seek(0)
        said = errors.read(2_000).decode(errors="replace").strip().splitlines()
        raise Unusable(f"{process.args[0]} did not succeed: {said[0] if said else process.returncode}")


def is_empty() -> bool:
    """Whether no table is there; where a file has not even been made, none is made by the question."""
    if connection.vendor == "sqlite" and not Path(connection.settings_dict["NAME"]).exists():
        return True
    try:
        return not connection.introspection.table_names()
    finally:
        connection.close()


def put(chunks: Iterator[bytes]) -> None:
    """Make the empty database what was taken, or leave it as it is."""
    connection.close()
    (_into_sqlite if connection.vendor == "sqlite" else _into_postgresql)(chunks)


def _into_sqlite(chunks: Iterator[bytes]) -> None:
    place = Path(connection.settings_dict["NAME"])
    draft = place.with_name(f"{place.name}.part")
    try:
        with draft.open("wb") as file:
            for chunk in chunks:
                file.write(chunk)
            file.flush()
            os.fsync(file.fileno())
        for end in ("-wal", "-shm", "-journal"):
            place.with_name(f"{place.name}{end}").unlink(missing_ok=True)
        draft.replace(place)
    finally:
        draft.unlink(missing_ok=True)


def _into_postgresql(chunks: Iterator[bytes]) -> None:
    with TemporaryFile() as errors:
        name = ["--dbname", str(connection.settings_dict["NAME"])]
        process = _client([*RESTORE_COMMAND, *name], stdin=subprocess.PIPE, stderr=errors)
        try:
            with suppress(BrokenPipeError):
                for chunk in chunks:
                    process.stdin.write(chunk)
                process.stdin.close()
            _end(process, errors)
        finally:
            with suppress(ProcessLookupError):
                process.kill()
            process.wait()
