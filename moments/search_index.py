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
TRIED = 20_000
# On PostgreSQL, words are common when so many of the newest SAMPLE rows hold them.
SAMPLE, COMMON = 1_000, 25
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
    `beginnings`. `facets` hold values of a column by its letter. `condition` is SQL about the row `{id}`,
    with its `values`; when it `is_rare`, only so many rows are tried. `among` are the only ids that count.
    """

    wanted: Sequence[Term] = ()
    unwanted: Sequence[Term] = ()
    beginnings: Sequence[Term] = ()
    any_of: bool = False
    facets: dict[str, list] = field(default_factory=dict)
    condition: str = ""
    values: Sequence[Any] = ()
    is_rare: bool = False
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
    return _dialect().newest(index, ask, limit)


def best(index: Index, ask: Ask, limit: int = RANKED) -> list[int]:
    """The ids of the newest rows, best first: those with more of the words, and in weightier places."""
    return _dialect().best(index, ask, limit) if ask.wanted else newest(index, ask, limit)


def foremost(index: Index, column: str, ask: Ask, limit: int = RANKED) -> list[int]:
    """The ids of the rows with the most in `column`, of all that hold the words: for small tables."""
    return _dialect().foremost(index, column, ask, limit)


def _run(sql: str, values: Sequence[Any]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return [row[0] for row in cursor.fetchall()]


def _dialect() -> type:
    return _dialects[connection.vendor]


class _SQLite:
    @classmethod
    def newest(cls, index: Index, ask: Ask, limit: int) -> list[int]:
        where, values = cls.where(index, ask)
        rows = f"SELECT rowid FROM {index.name} WHERE {where} ORDER BY rowid DESC LIMIT %s"  # noqa: S608
        return _run(rows, [*values, limit])

    @classmethod
    def best(cls, index: Index, ask: Ask, limit: int) -> list[int]:
        where, values = cls.where(index, ask)
        weights = ", ".join(str(FTS5_WEIGHTS[weight]) for weight in index.texts.values())
        score = f"bm25({index.name}, {weights}, 0) AS score"
        rows = f"SELECT rowid, {score} FROM {index.name} WHERE {where} ORDER BY rowid DESC LIMIT %s"  # noqa: S608
        return _run(f"SELECT rowid FROM ({rows}) ORDER BY score, rowid DESC", [*values, limit])  # noqa: S608

    @classmethod
    def foremost(cls, index: Index, column: str, ask: Ask, limit: int) -> list[int]:
        where, values = cls.where(index, ask)
        joined = f"{index.name} CROSS JOIN {index.table} ON {index.table}.id = {index.name}.rowid"
        rows = f"SELECT id FROM {joined} WHERE {where} ORDER BY {column} DESC, id LIMIT %s"  # noqa: S608
        return _run(rows, [*values, limit])

    @classmethod
    def where(cls, index: Index, ask: Ask) -> tuple[str, list]:
        matches, words = f"{index.name} MATCH %s", cls.expression(ask)
        if ask.among:
            # The plus keeps SQLite from asking anew for each id, which is a thousand times slower.
            holders = ", ".join(["%s"] * len(ask.among))
            bounds = min(ask.among), max(ask.among)
            where = f"{matches} AND rowid BETWEEN %s AND %s AND +rowid IN ({holders})"
            return where, [words, *bounds, *ask.among]
        if not ask.condition:
            return matches, [words]
        condition = ask.condition.format(id=f"{index.name}.rowid")
        if not ask.is_rare:
            return f"{matches} AND {condition}", [words, *ask.values]
        last = f"SELECT rowid FROM {index.name} WHERE {matches} ORDER BY rowid DESC LIMIT 1 OFFSET {TRIED}"  # noqa: S608
        where = f"{matches} AND {index.name}.rowid >= coalesce(({last}), 0)"
        return f"{where} AND {condition}", [words, words, *ask.values]

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
    """A GIN index finds rows in no order, a walk from the newest row finds rare words late. Which one is
    quicker depends on how common the words are together; the planner cannot know, so a sample is looked at.
    """

    @classmethod
    def newest(cls, index: Index, ask: Ask, limit: int) -> list[int]:
        return cls.ordered(index, ask, limit, "id DESC", [])

    @classmethod
    def best(cls, index: Index, ask: Ask, limit: int) -> list[int]:
        wanted, words = cls.wanted(ask)
        score = f"ts_rank_cd('{POSTGRES_WEIGHTS}', vector, {wanted})"
        return cls.ordered(index, ask, limit, f"{score} DESC, id DESC", words)

    @classmethod
    def ordered(cls, index: Index, ask: Ask, limit: int, order: str, ordering: Sequence[Any]) -> list[int]:
        where, values = cls.where(index, ask)
        newest = f"(SELECT * FROM {index.name} ORDER BY id DESC LIMIT %s) AS {index.name}"  # noqa: S608
        sample = f"SELECT count(*) FILTER (WHERE {where}) FROM {newest} HAVING count(*) = %s"  # noqa: S608
        hits = sum(_run(sample, [*values, SAMPLE, SAMPLE]))
        if hits >= min(limit, COMMON):
            walked = 2 * limit * SAMPLE // hits
            walk = cls.rows(newest, where, "id DESC", order)
            found = _run(walk, [walked, *values, limit, *ordering])
            if len(found) == limit:
                return found
        # Not the plain id, in whose order the planner might walk the whole table.
        return _run(cls.rows(index.name, where, "id + 0 DESC", order), [*values, limit, *ordering])

    @classmethod
    def rows(cls, source: str, where: str, first: str, order: str) -> str:
        rows = f"SELECT id, vector FROM {source} WHERE {where} ORDER BY {first} LIMIT %s"  # noqa: S608
        return f"SELECT id FROM ({rows}) AS found ORDER BY {order}"  # noqa: S608

    @classmethod
    def foremost(cls, index: Index, column: str, ask: Ask, limit: int) -> list[int]:
        where, values = cls.where(index, ask)
        joined = f"{index.name} JOIN {index.table} USING (id)"
        rows = f"SELECT id FROM {joined} WHERE {where} ORDER BY {column} DESC, id LIMIT %s"  # noqa: S608
        return _run(rows, [*values, limit])

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
