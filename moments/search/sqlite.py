"""The word indexes on SQLite: FTS5."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from moments.search.analyser import FACET, VERSION, ways
from moments.search.dialect import TRIED, Dialect, Entry, WordQuery
from moments.search.query import Term
from moments.search.schema import MARKED, Index

WEIGHTS = {"A": 10, "B": 5, "C": 2, "D": 1}
IMPATIENCE = 200  # milliseconds


class SQLite(Dialect):
    """An FTS5 table that holds prepared tokens with spaces between them.

    Its tokenizer counts all that is not ASCII as a letter, so that it parts them at the spaces alone.

    A trigger names no table but its own and the one of marks: SQLite refuses to rename a table that another
    one's trigger names, and Django changes tables here by renaming them. That drops the triggers, after which
    the index is made anew.
    """

    key, number, options = "rowid", "integer PRIMARY KEY AUTOINCREMENT", " WITHOUT ROWID"

    def is_installed(self, index: Index) -> bool:
        names = [index.name, *self.triggers(index)]
        marks = ", ".join(["%s"] * len(names))
        found = self.rows(f"SELECT sql FROM sqlite_master WHERE name IN ({marks})", *names)  # noqa: S608
        return {sql for (sql,) in found} == set(self.statements(index))

    def make(self, index: Index) -> None:
        self.run(*self.statements(index))

    def unmake(self, index: Index) -> None:
        self.run(
            *(f"DROP TRIGGER IF EXISTS {trigger}" for trigger in self.triggers(index)),
            f"DROP TABLE IF EXISTS {index.name}",
        )

    def statements(self, index: Index) -> list[str]:
        columns = ", ".join([*index.texts, "facets"])
        mark = f"INSERT INTO {MARKED}(place, row_id) VALUES ('{index.table}', {{}}.id);"  # noqa: S608
        events = {
            "INSERT": mark.format("new"),
            "DELETE": mark.format("old"),
            f"UPDATE OF {', '.join(index.columns)}": mark.format("new"),
        }
        return [
            f"CREATE VIRTUAL TABLE {index.name} USING fts5({columns}, tokenize='ascii')",
            *(
                f"CREATE TRIGGER {trigger} AFTER {event} ON {index.table} BEGIN /* {VERSION} */ {action} END"
                for trigger, (event, action) in zip(self.triggers(index), events.items(), strict=True)
            ),
        ]

    def triggers(self, index: Index) -> list[str]:
        return [f"{index.name}_{event}" for event in ("insert", "delete", "update")]

    # Writing.

    @contextmanager
    def impatient(self) -> Iterator[None]:
        patience = int(1_000 * self.connection.settings_dict["OPTIONS"].get("timeout", 5))
        self.rows(f"PRAGMA busy_timeout = {IMPATIENCE}")
        try:
            yield
        finally:
            self.rows(f"PRAGMA busy_timeout = {patience}")

    def begin_indexing(self) -> bool:
        """Whether nobody else is at it: here one transaction writes at a time."""
        return True

    def entered(self, index: Index, ids: Sequence[int]) -> dict[int, set[str]]:
        """The tokens that the index holds of these rows."""
        holders = ", ".join(["%s"] * len(ids))
        columns = ", ".join(index.texts)
        found = self.rows(f"SELECT rowid, {columns} FROM {index.name} WHERE rowid IN ({holders})", *ids)  # noqa: S608
        return {row_id: {token for text in texts for token in text.split()} for row_id, *texts in found}

    def drop(self, index: Index, ids: Sequence[int]) -> None:
        self.run_many(f"DELETE FROM {index.name} WHERE rowid = %s", [[row_id] for row_id in ids])  # noqa: S608

    def enter(self, index: Index, entries: Sequence[Entry]) -> None:
        columns = ["rowid", *index.texts, "facets"]
        holders = ", ".join(["%s"] * len(columns))
        self.run_many(
            f"INSERT INTO {index.name}({', '.join(columns)}) VALUES ({holders})",  # noqa: S608
            [[entry.id, *map(" ".join, entry.texts), " ".join(entry.facets)] for entry in entries],
        )

    # Asking.

    def newest(self, index: Index, ask: WordQuery, limit: int) -> list[int]:
        where, values = self.where(index, ask)
        rows = f"SELECT rowid FROM {index.name} WHERE {where} ORDER BY rowid DESC LIMIT %s"  # noqa: S608
        return self.ids(rows, [*values, limit])

    def best(self, index: Index, ask: WordQuery, limit: int) -> list[int]:
        where, values = self.where(index, ask)
        weights = ", ".join(str(WEIGHTS[weight]) for weight in index.texts.values())
        score = f"bm25({index.name}, {weights}, 0) AS score"
        rows = f"SELECT rowid, {score} FROM {index.name} WHERE {where} ORDER BY rowid DESC LIMIT %s"  # noqa: S608
        return self.ids(f"SELECT rowid FROM ({rows}) ORDER BY score, rowid DESC", [*values, limit])  # noqa: S608

    def most_of(self, index: Index, column: str, ask: WordQuery, limit: int) -> list[int]:
        where, values = self.where(index, ask)
        joined = f"{index.name} CROSS JOIN {index.table} ON {index.table}.id = {index.name}.rowid"
        rows = f"SELECT id FROM {joined} WHERE {where} ORDER BY {column} DESC, id LIMIT %s"  # noqa: S608
        return self.ids(rows, [*values, limit])

    def where(self, index: Index, ask: WordQuery) -> tuple[str, list]:
        matches, words = f"{index.name} MATCH %s", self.expression(index, ask)
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

    def expression(self, index: Index, ask: WordQuery) -> str:
        """The query in the language of FTS5.

        Phrases stand in quotation marks, which no token holds, so that nothing in them is an operator.
        """
        joint = " OR " if ask.any_of else " AND "
        wanted = joint.join(self.term(term, term in ask.beginnings, ask.stems) for term in ask.wanted)
        if ask.in_titles:
            wanted = f"{{{' '.join(index.titles)}}} : ({wanted})"
        unwanted = " OR ".join(map(self.term, ask.unwanted))
        facets = [
            "{facets} : (" + " OR ".join(f'"{FACET}{letter}{value}"' for value in values) + ")"
            for letter, values in ask.facets.items()
            if values
        ]
        expression = " AND ".join(f"({part})" for part in [wanted, *facets] if part)
        return f"({expression}) NOT ({unwanted})" if unwanted else expression

    def term(self, term: Term, is_beginning: bool = False, stems: bool = False) -> str:
        any_end = " *" if is_beginning else ""
        alternatives = (
            " AND ".join(f'"{" ".join(phrase)}"{any_end}' for phrase in way)
            for way in ways(term.words, stems)
        )
        return "(" + " OR ".join(f"({way})" for way in alternatives) + ")"
