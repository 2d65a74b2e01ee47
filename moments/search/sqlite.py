"""The word indexes on SQLite: FTS5."""

from moments.search.dialect import TRIED, Dialect, WordQuery
from moments.search.schema import FACET, Index

WEIGHTS = {"A": 10, "B": 5, "C": 2, "D": 1}


class SQLite(Dialect):
    """An FTS5 table without a copy of the texts: a row is dropped from it by naming the words of that row.

    A trigger names no table but its own and its index: SQLite refuses to rename a table that another one's
    trigger names, and Django changes tables here by renaming them. That drops the triggers, after which the
    index is made anew.
    """

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

    def fill(self, index: Index) -> None:
        source = f"FROM {index.table} AS source WHERE {index.is_shown('source')}"
        self.run(f"{self.enter(index, 'source')} {source}")

    def statements(self, index: Index) -> list[str]:
        columns = ", ".join([*index.texts, "facets"])
        enter = f"{self.enter(index, 'new')} WHERE {index.is_shown('new')};"
        leave = f"{self.leave(index, 'old')} WHERE {index.is_shown('old')};"
        update = f"UPDATE OF {', '.join(index.columns)}"
        events = {"INSERT": enter, "DELETE": leave, update: f"{leave} {enter}"}
        return [
            f"CREATE VIRTUAL TABLE {index.name} USING fts5({columns}, content='',"
            " tokenize='unicode61 remove_diacritics 2')",
            *(
                f"CREATE TRIGGER {trigger} AFTER {event} ON {index.table} BEGIN {actions} END"
                for trigger, (event, actions) in zip(self.triggers(index), events.items(), strict=True)
            ),
        ]

    def triggers(self, index: Index) -> list[str]:
        return [f"{index.name}_{event}" for event in ("insert", "delete", "update")]

    def enter(self, index: Index, row: str) -> str:
        columns = ", ".join(["rowid", *index.texts, "facets"])
        return f"INSERT INTO {index.name}({columns}) SELECT {self.words(index, row)}"

    def leave(self, index: Index, row: str) -> str:
        columns = ", ".join([index.name, "rowid", *index.texts, "facets"])
        return f"INSERT INTO {index.name}({columns}) SELECT 'delete', {self.words(index, row)}"

    def words(self, index: Index, row: str) -> str:
        mark = f"char({ord(FACET['sqlite'])})"
        facets = [
            f"coalesce({mark} || '{letter}' || {row}.{column}, '')" for letter, column in index.facets.items()
        ]
        texts = [f"{row}.{column}" for column in ("id", *index.texts)]
        return ", ".join([*texts, " || ' ' || ".join(facets) or "''"])

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
        matches, words = f"{index.name} MATCH %s", self.expression(ask)
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

    def expression(self, ask: WordQuery) -> str:
        """The query in the language of FTS5.

        Terms stand in quotation marks, which no word holds, so that nothing in them is an operator.
        """
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
