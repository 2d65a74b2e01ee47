"""The word indexes on SQLite: FTS5."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from moments.search.analyser import EDITION, FACET, Way, ways
from moments.search.dialect import CHECKED, Dialect, Entry, WordQuery, open_ways
from moments.search.indexed_words import MARKED_TABLE
from moments.search.query import Term
from moments.search.schema import Index

WEIGHTS = {"A": 10, "B": 5, "C": 2, "D": 1}
IMPATIENCE = 200  # milliseconds
TITLED = 500


class SQLite(Dialect):
    """An FTS5 table that holds prepared tokens with spaces between them.

    Its tokenizer counts all that is not ASCII as a letter, so that it parts them at the spaces alone.

    A trigger names no table but its own and the one of marks: SQLite refuses to rename a table that another
    one's trigger names, and Django changes tables here by renaming them. That drops the triggers, after which
    the index is made anew.
    """

    key, number, options = "rowid", "integer PRIMARY KEY AUTOINCREMENT", " WITHOUT ROWID"
    knows_absence = True

    def is_installed(self, index: Index) -> bool:
        names = [index.name, *self.triggers(index)]
        marks = ", ".join(["%s"] * len(names))
        found = self.rows(f"SELECT sql FROM sqlite_master WHERE name IN ({marks})", *names)
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
        mark = f"INSERT INTO {MARKED_TABLE}(place, row_id) VALUES ('{index.table}', {{}}.id);"
        events = {
            "INSERT": mark.format("new"),
            "DELETE": mark.format("old"),
            f"UPDATE OF {', '.join(index.columns)}": mark.format("new"),
        }
        return [
            f"CREATE VIRTUAL TABLE {index.name} USING fts5({columns}, tokenize='ascii')",
            *(
                f"CREATE TRIGGER {trigger} AFTER {event} ON {index.table} BEGIN /* {EDITION} */ {action} END"
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
        found = self.rows(f"SELECT rowid, {columns} FROM {index.name} WHERE rowid IN ({holders})", *ids)
        return {row_id: {token for text in texts for token in text.split()} for row_id, *texts in found}

    def drop(self, index: Index, ids: Sequence[int]) -> None:
        self.run_many(f"DELETE FROM {index.name} WHERE rowid = %s", [[row_id] for row_id in ids])

    def enter(self, index: Index, entries: Sequence[Entry]) -> None:
        columns = ["rowid", *index.texts, "facets"]
        holders = ", ".join(["%s"] * len(columns))
        self.run_many(
            f"INSERT INTO {index.name}({', '.join(columns)}) VALUES ({holders})",
            [[entry.id, *map(" ".join, entry.texts), " ".join(entry.facets)] for entry in entries],
        )

    # Asking.

    def newest(self, index: Index, ask: WordQuery, limit: int) -> list[int]:
        where, values = self.where(index, ask)
        rows = f"SELECT rowid FROM {index.name} WHERE {where} ORDER BY rowid"
        if ask.in_titles and ask.since:
            # Downwards FTS5 sees that it is below the bound only at the next title, however far that is.
            return self.ids(rows, values)[::-1][:limit]
        return self.ids(f"{rows} DESC LIMIT %s", [*values, limit])

    def best(self, index: Index, ask: WordQuery, limit: int) -> list[int]:
        """To weigh a word FTS5 counts all rows that hold it, so that common ones are left out of it.

        Where all are common, titles that hold them come first, of the newest TITLED rows: at a glance these
        rows are enough.
        """
        if not ask.common:
            return self.weighed(index, ask, limit)
        found = self.newest(index, ask, min(limit, TITLED) if ask.glance and not ask.weighing else limit)
        if not found:
            return []
        first: list[int] = []
        if weighing := ask.weighing:
            first = self.weighed(index, replace(ask, wanted=weighing, common=(), among=found), limit)
        elif index.titles:
            first = self.newest(index, self.in_titles(ask, found[:TITLED]), limit)
        return list(dict.fromkeys([*first, *found]))[:limit]

    def in_titles(self, ask: WordQuery, found: Sequence[int]) -> WordQuery:
        """The query for those of the rows that it found whose titles hold the words.

        A beginning is read as such here: that is quicker than to look for each word that it stands for. Along
        one whole word one walks, since all that hold it down to the last of them were found.
        """
        if len(ask.wanted) == 1 and not (ask.beginnings or ask.leaves_out or ask.among):
            return replace(ask, in_titles=True, since=found[-1], common=())
        other = {"unwanted": (), "facets": {}, "condition": "", "values": (), "completions": {}}
        return replace(ask, in_titles=True, among=found, **other)

    def weighed(self, index: Index, ask: WordQuery, limit: int) -> list[int]:
        where, values = self.where(index, ask)
        weights = ", ".join(str(WEIGHTS[weight]) for weight in index.texts.values())
        score = f"bm25({index.name}, {weights}, 0) AS score"
        rows = f"SELECT rowid, {score} FROM {index.name} WHERE {where} ORDER BY rowid DESC LIMIT %s"
        return self.ids(f"SELECT rowid FROM ({rows}) ORDER BY score, rowid DESC", [*values, limit])

    def most_of(self, index: Index, column: str, ask: WordQuery, limit: int) -> list[int]:
        where, values = self.where(index, ask)
        joined = f"{index.name} CROSS JOIN {index.table} ON {index.table}.id = {index.name}.rowid"
        rows = f"SELECT id FROM {joined} WHERE {where} ORDER BY {column} DESC, id LIMIT %s"
        return self.ids(rows, [*values, limit])

    def held_by(self, index: Index, token: str, most: int) -> int:
        rows = f"SELECT 1 FROM {index.name} WHERE {index.name} MATCH %s LIMIT %s"
        return self.ids(f"SELECT count(*) FROM ({rows})", [f'"{token}"', most])[0]

    def since(self, index: Index, tokens: Sequence[str], rows: int) -> int:
        return sum(self.ids(*self.with_any(index, tokens, 1, rows - 1)))

    def newest_with(self, index: Index, tokens: Sequence[str], limit: int) -> list[int]:
        return self.ids(*self.with_any(index, tokens, limit))

    def with_any(self, index: Index, tokens: Sequence[str], limit: int, offset: int = 0) -> tuple[str, list]:
        newest = f"SELECT rowid FROM {index.name} WHERE {index.name} MATCH %s ORDER BY rowid DESC"
        any_of = " OR ".join(f'"{token}"' for token in tokens)
        return f"{newest} LIMIT %s OFFSET %s", [any_of, limit, offset]

    def where(self, index: Index, ask: WordQuery) -> tuple[str, list]:
        row = f"{index.name}.rowid"
        if ask.among and ask.common and (ask.any_of or not ask.weighing):
            where, values = self.held_among(index, ask)
        else:
            where, values = self.matching(index, ask)
        if ask.is_rare and not ask.among:
            last = (
                f"SELECT rowid FROM {index.name} WHERE {where} ORDER BY rowid DESC LIMIT 1 OFFSET {CHECKED}"
            )
            where, values = f"{where} AND {row} >= coalesce(({last}), 0)", values * 2
        if ask.condition:
            where, values = f"{where} AND {ask.condition.format(id=row)}", [*values, *ask.values]
        return where, values

    def matching(self, index: Index, ask: WordQuery) -> tuple[str, list]:
        row = f"{index.name}.rowid"
        where, values = f"{index.name} MATCH %s", [self.expression(index, ask)]
        if ask.since:
            where, values = f"{where} AND {row} >= %s", [*values, ask.since]
        if ask.among:
            # The plus keeps SQLite from asking anew for each id, which is a thousand times slower.
            holders = ", ".join(["%s"] * len(ask.among))
            where = f"{where} AND {row} BETWEEN %s AND %s AND +{row} IN ({holders})"
            values = [*values, min(ask.among), max(ask.among), *ask.among]
        return where, values

    def held_among(self, index: Index, ask: WordQuery) -> tuple[str, list]:
        """The condition for few rows and a common word: to read them is quicker than to walk along it."""
        places = [place for place, column in enumerate(index.texts) if self.is_read(index, ask, column)]
        if any(ask.facets.values()):
            places.append(len(index.texts))  # behind long texts, so dear to read
        text = " || ' | ' || ".join(f"c{place}" for place in places)
        ids = ", ".join(["%s"] * len(ask.among))
        rows = f"SELECT id, ' ' || {text} || ' ' AS text FROM {index.name}_content WHERE id IN ({ids})"
        holds, values = self.holds(ask)
        return f"{index.name}.rowid IN (SELECT id FROM ({rows}) WHERE {holds})", [*ask.among, *values]

    def is_read(self, index: Index, ask: WordQuery, column: str) -> bool:
        return column in index.titles or not ask.in_titles

    def holds(self, ask: WordQuery) -> tuple[str, list[str]]:
        """The query as a condition on a text of tokens with spaces around them."""
        wanted = [self.held(open_ways(term, ask)) for term in ask.wanted]
        unwanted = [self.held((way, False) for way in ways(term.words)) for term in ask.unwanted]
        facets = [
            self.held(([[f"{FACET}{letter}{value}"]], False) for value in allowed)
            for letter, allowed in ask.facets.items()
            if allowed
        ]
        parts = [
            f"({(' OR ' if ask.any_of else ' AND ').join(sql for sql, _values in wanted)})",
            *(f"NOT {sql}" for sql, _values in unwanted),
            *(sql for sql, _values in facets),
        ]
        return " AND ".join(parts), [value for _sql, values in wanted + unwanted + facets for value in values]

    def held(self, found: Iterable[tuple[Way, bool]]) -> tuple[str, list[str]]:
        alternatives, values = [], []
        for way, is_open in found:
            alternatives.append(" AND ".join(["instr(text, %s)"] * len(way)))
            values += [f" {' '.join(phrase)}{'' if is_open else ' '}" for phrase in way]
        return f"(({') OR ('.join(alternatives)}))", values

    def expression(self, index: Index, ask: WordQuery) -> str:
        """The query in the language of FTS5.

        Phrases stand in quotation marks, which no token holds, so that nothing in them is an operator.
        """
        joint = " OR " if ask.any_of else " AND "
        wanted = joint.join(self.wanted(term, ask) for term in ask.wanted)
        if ask.in_titles:
            wanted = f"{{{' '.join(index.titles)}}} : ({wanted})"
        unwanted = " OR ".join(self.term(ways(term.words)) for term in ask.unwanted)
        facets = [
            "{facets} : (" + " OR ".join(f'"{FACET}{letter}{value}"' for value in values) + ")"
            for letter, values in ask.facets.items()
            if values
        ]
        expression = " AND ".join(f"({part})" for part in [wanted, *facets] if part)
        return f"({expression}) NOT ({unwanted})" if unwanted else expression

    def wanted(self, term: Term, ask: WordQuery) -> str:
        found = list(open_ways(term, ask))
        return self.term([way for way, _is_open in found], found[0][1])

    def term(self, all_ways: Iterable[Way], is_open: bool = False) -> str:
        any_end = " *" if is_open else ""
        alternatives = (" AND ".join(f'"{" ".join(phrase)}"{any_end}' for phrase in way) for way in all_ways)
        return "(" + " OR ".join(f"({way})" for way in alternatives) + ")"
