"""Asking the word indexes: which rows hold these words, newest first or best first, on either database.

Every query is built from parsed words: what is typed is only ever a value. Of very common words the newest
RANKED rows are looked at, so that an answer takes the same time on a large site as on a small one.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from django.db import OperationalError, connection, transaction

from moments.query import Term
from moments.search_schema import FACET, Index

RANKED = 2_000
# Rows that hold the words but may be left out for another reason, such as their tags, are tried one by one.
TRIED = 50_000
TIME_LIMIT_MS = 800
CANCELLED = "57014"
FTS5_WEIGHTS = {"A": 10, "B": 5, "C": 2, "D": 1}
POSTGRES_WEIGHTS = "{0.1, 0.2, 0.5, 1.0}"  # Of D, C, B and A.


class TooBroad(Exception):
    """It would take too long to look at everything that holds these words."""


@dataclass(frozen=True)
class Ask:
    """What to find in an index.

    All of the `wanted` terms, or at least one with `any_of`; each is the beginning of a word if it is in
    `beginnings`. `facets` hold values of a column by its letter, `condition` is SQL about the row `{id}`,
    with its `values`, and `among` are the only ids that count.
    """

    wanted: Sequence[Term] = ()
    unwanted: Sequence[Term] = ()
    beginnings: Sequence[Term] = ()
    any_of: bool = False
    facets: dict[str, list] = field(default_factory=dict)
    condition: str = ""
    values: Sequence[Any] = ()
    among: Sequence[int] = ()

    @property
    def names_words(self) -> bool:
        """Whether there is a word to look up; a minus and a condition only take away."""
        return bool(self.wanted or any(self.facets.values()))


@contextmanager
def in_time() -> Iterator[None]:
    """Raises TooBroad when a question inside takes too long; within somebody's transaction there is no limit.

    An index is worth its random reads here, and what is compiled for one query is never used again.
    """
    if connection.vendor != "postgresql" or connection.in_atomic_block:
        yield
        return
    names = {"statement_timeout": TIME_LIMIT_MS, "random_page_cost": 1.1, "jit": "off"}
    settings = ", ".join(f"set_config('{name}', '{value}', true)" for name, value in names.items())
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SELECT {settings}")
            yield
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", "") == CANCELLED:
            raise TooBroad from error
        raise


def newest(index: Index, ask: Ask, limit: int = RANKED) -> list[int]:
    """The ids of the rows, newest first."""
    return _run(*_dialect().newest(index, ask, limit))


def best(index: Index, ask: Ask, limit: int = RANKED) -> list[int]:
    """The ids of the newest rows, best first: those with more of the words, and in weightier places."""
    return _run(*_dialect().best(index, ask, limit)) if ask.wanted else newest(index, ask, limit)


def foremost(index: Index, column: str, ask: Ask, limit: int = RANKED) -> list[int]:
    """The ids of the rows with the most in `column`, of all that hold the words: for small tables."""
    return _run(*_dialect().foremost(index, column, ask, limit))


def _run(sql: str, values: Sequence[Any]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [row[0] for row in cursor.fetchall()]


def _dialect() -> type:
    return _dialects[connection.vendor]


class _SQLite:
    @classmethod
    def newest(cls, index: Index, ask: Ask, limit: int) -> tuple:
        where, values = cls.where(index, ask)
        return f"SELECT rowid FROM {index.name} WHERE {where} ORDER BY rowid DESC LIMIT %s", [*values, limit]  # noqa: S608

    @classmethod
    def best(cls, index: Index, ask: Ask, limit: int) -> tuple:
        where, values = cls.where(index, ask)
        weights = ", ".join(str(FTS5_WEIGHTS[weight]) for weight in index.texts.values())
        newest = (
            f"SELECT rowid, bm25({index.name}, {weights}, 0) AS score FROM {index.name} WHERE {where}"  # noqa: S608
            " ORDER BY rowid DESC LIMIT %s"
        )
        return f"SELECT rowid FROM ({newest}) ORDER BY score, rowid DESC", [*values, limit]  # noqa: S608

    @classmethod
    def foremost(cls, index: Index, column: str, ask: Ask, limit: int) -> tuple:
        where, values = cls.where(index, ask)
        return (
            f"SELECT id FROM {index.name} CROSS JOIN {index.table} ON {index.table}.id = {index.name}.rowid"  # noqa: S608
            f" WHERE {where} ORDER BY {column} DESC, id LIMIT %s",
            [*values, limit],
        )

    @classmethod
    def where(cls, index: Index, ask: Ask) -> tuple[str, list]:
        matches, words = f"{index.name} MATCH %s", cls.expression(ask)
        if ask.among:
            holders = ", ".join(["%s"] * len(ask.among))
            return f"{matches} AND rowid IN ({holders})", [words, *ask.among]
        if not ask.condition:
            return matches, [words]
        last = f"SELECT rowid FROM {index.name} WHERE {matches} ORDER BY rowid DESC LIMIT 1 OFFSET {TRIED}"  # noqa: S608
        where = f"{matches} AND {index.name}.rowid >= coalesce(({last}), 0)"
        return f"{where} AND {ask.condition.format(id=index.name + '.rowid')}", [words, words, *ask.values]

    @classmethod
    def expression(cls, ask: Ask) -> str:
        """In quotation marks every character is harmless but the mark itself, which no word holds."""
        joint = " OR " if ask.any_of else " AND "
        wanted = joint.join(f'"{term}"{" *" * (term in ask.beginnings)}' for term in ask.wanted)
        unwanted = " OR ".join(f'"{term}"' for term in ask.unwanted)
        facets = [
            "{facets} : (" + " OR ".join(f'"{FACET["sqlite"]}{letter}{value}"' for value in values) + ")"
            for letter, values in ask.facets.items()
            if values
        ]
        expression = " AND ".join(f"({part})" for part in [wanted, *facets] if part)
        return f"({expression}) NOT ({unwanted})" if unwanted else expression


class _PostgreSQL:
    @classmethod
    def newest(cls, index: Index, ask: Ask, limit: int) -> tuple:
        where, values = cls.where(index, ask)
        return f"SELECT id FROM {index.name} WHERE {where} ORDER BY id DESC LIMIT %s", [*values, limit]  # noqa: S608

    @classmethod
    def best(cls, index: Index, ask: Ask, limit: int) -> tuple:
        where, values = cls.where(index, ask)
        wanted, words = cls.wanted(ask)
        newest = f"SELECT id, vector FROM {index.name} WHERE {where} ORDER BY id DESC LIMIT %s"  # noqa: S608
        score = f"ts_rank_cd('{POSTGRES_WEIGHTS}', vector, {wanted})"
        return (
            f"SELECT id FROM ({newest}) AS newest ORDER BY {score} DESC, id DESC",  # noqa: S608
            [*values, limit, *words],
        )

    @classmethod
    def foremost(cls, index: Index, column: str, ask: Ask, limit: int) -> tuple:
        where, values = cls.where(index, ask)
        return (
            f"SELECT id FROM {index.name} JOIN {index.table} USING (id)"  # noqa: S608
            f" WHERE {where} ORDER BY {column} DESC, id LIMIT %s",
            [*values, limit],
        )

    @classmethod
    def where(cls, index: Index, ask: Ask) -> tuple[str, list]:
        wanted, values = cls.wanted(ask)
        parts = [f"({wanted})"] if wanted else []
        for letter, facets in ask.facets.items():
            if not facets:
                continue
            parts.append("%s::tsquery")
            values.append(" | ".join(f"'{FACET['postgresql']}{letter}{facet}'" for facet in facets))
        if ask.unwanted:
            parts.append("!!(" + " || ".join(["search_words(%s)"] * len(ask.unwanted)) + ")")
            values += map(str, ask.unwanted)
        matches = f"vector @@ ({' && '.join(parts)})"
        if ask.among:
            return f"{matches} AND id = ANY(%s)", [*values, list(ask.among)]
        if not ask.condition:
            return matches, values
        return f"{matches} AND {ask.condition.format(id=index.name + '.id')}", [*values, *ask.values]

    @classmethod
    def wanted(cls, ask: Ask) -> tuple[str, list]:
        joint = " || " if ask.any_of else " && "
        makers = ("search_beginning" if term in ask.beginnings else "search_words" for term in ask.wanted)
        return joint.join(f"{maker}(%s)" for maker in makers), [str(term) for term in ask.wanted]


_dialects = {"sqlite": _SQLite, "postgresql": _PostgreSQL}
