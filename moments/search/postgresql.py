"""The word indexes on PostgreSQL: vectors in tables of their own."""

from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Any

from moments.search.analyser import EDITION, FACET, Way, ways
from moments.search.dialect import Dialect, Entry, WordQuery, open_ways
from moments.search.indexed_words import MARKED_TABLE
from moments.search.query import Term
from moments.search.schema import WORDS, Index

WEIGHTS = "{0.1, 0.2, 0.5, 1.0}"  # Of D, C, B and A.
# Words are common when so many of the newest ROWS_SAMPLED rows hold them.
ROWS_SAMPLED, COMMON_FROM = 1_000, 25
# What a vector can hold: the last place of a word, and how often it stands there.
LAST_PLACE, MOST_PLACES = 16_000, 200
INDEXING = 7_359_231_145  # the number of the lock; any that nobody else uses


class PostgreSQL(Dialect):
    """A table of vectors, made of prepared tokens: no configuration of text search has a say in it.

    Only the body of a function names the columns of the table that is searched, so that migrations may change
    their types. For the same reason the function itself looks whether a text has changed.

    A GIN index finds rows in no order, and a walk from the newest row finds rare words late. Which of them is
    quicker depends on how common the words are together. The planner cannot know that, so a sample of the
    newest rows is looked at first.
    """

    number, exact = "bigserial PRIMARY KEY", ' COLLATE "C"'

    def is_installed(self, index: Index) -> bool:
        stamp = self.rows("SELECT obj_description(to_regclass(%s))", index.name)
        trigger = self.rows("SELECT 1 FROM pg_trigger WHERE tgname = %s", f"{index.name}_changed")
        return bool(trigger) and stamp == [(self.stamp(index),)]

    def make(self, index: Index) -> None:
        self.run(
            *self.statements(index),
            f"CREATE INDEX {index.name}_words ON {index.name} USING gin (vector)",
            f"COMMENT ON TABLE {index.name} IS '{self.stamp(index)}'",
        )

    def unmake(self, index: Index) -> None:
        self.run(
            f"DROP FUNCTION IF EXISTS {index.name}_changed CASCADE", f"DROP TABLE IF EXISTS {index.name}"
        )

    def stamp(self, index: Index) -> str:
        return sha256(f"{EDITION} {self.statements(index)}".encode()).hexdigest()

    def statements(self, index: Index) -> list[str]:
        name = index.name
        return [
            f"CREATE TABLE {name} (id bigint PRIMARY KEY, vector tsvector NOT NULL)",
            f"CREATE FUNCTION {name}_changed() RETURNS trigger LANGUAGE plpgsql"
            f" AS $$ {self.reaction(index)} $$",
            f"CREATE TRIGGER {name}_changed AFTER INSERT OR UPDATE OR DELETE ON {index.table}"
            f" FOR EACH ROW EXECUTE FUNCTION {name}_changed()",
            f"CREATE TRIGGER {name}_emptied AFTER TRUNCATE ON {index.table}"
            f" FOR EACH STATEMENT EXECUTE FUNCTION {name}_changed()",
        ]

    def reaction(self, index: Index) -> str:
        old, new = (", ".join(f"{row}.{column}" for column in index.columns) for row in ("old", "new"))
        mark = f"INSERT INTO {MARKED_TABLE} (place, row_id) VALUES ('{index.table}',"
        emptied = "; ".join(
            [
                f"TRUNCATE {index.name}",
                f"DELETE FROM {MARKED_TABLE} WHERE place = '{index.table}'",
                f"DELETE FROM {WORDS} WHERE place = '{index.table}'",
            ]
        )
        return f"""
BEGIN
  IF tg_op = 'TRUNCATE' THEN {emptied}; RETURN NULL; END IF;
  IF tg_op = 'DELETE' THEN {mark} old.id); RETURN NULL; END IF;
  IF tg_op = 'UPDATE' THEN
    IF ({old}) IS NOT DISTINCT FROM ({new}) THEN RETURN NULL; END IF;
  END IF;
  {mark} new.id);
  RETURN NULL;
END"""

    # Writing.

    def begin_indexing(self) -> bool:
        """Whether nobody else is at it, so that an older text is not entered after a newer one."""
        return self.rows("SELECT pg_try_advisory_xact_lock(%s)", INDEXING) == [(True,)]

    def entered(self, index: Index, ids: Sequence[int]) -> dict[int, set[str]]:
        """The tokens that the index holds of these rows."""
        question = f"SELECT id, tsvector_to_array(vector) FROM {index.name} WHERE id = ANY(%s)"
        return {row_id: set(tokens) for row_id, tokens in self.rows(question, list(ids))}

    def drop(self, index: Index, ids: Sequence[int]) -> None:
        self.rows(f"DELETE FROM {index.name} WHERE id = ANY(%s) RETURNING id", list(ids))

    def enter(self, index: Index, entries: Sequence[Entry]) -> None:
        statement = f"INSERT INTO {index.name} VALUES (%s, %s::tsvector)"
        self.run_many(statement, [[entry.id, self.vector(index, entry)] for entry in entries])

    def vector(self, index: Index, entry: Entry) -> str:
        """The tokens with their places and weights; texts follow each other, so that no phrase spans two."""
        places: dict[str, list[str]] = {facet: [] for facet in entry.facets}
        last = 0
        for weight, tokens in zip(index.texts.values(), entry.texts, strict=True):
            for token in tokens:
                last = min(last + 1, LAST_PLACE)
                places.setdefault(token, []).append(f"{last}{weight}")
            last = min(last + 1, LAST_PLACE)
        return " ".join(
            f"'{token}':{','.join(found[:MOST_PLACES])}" if found else f"'{token}'"
            for token, found in places.items()
        )

    # Asking.

    def newest(self, index: Index, ask: WordQuery, limit: int) -> list[int]:
        return self.ordered(index, ask, limit, "id DESC", [])

    def best(self, index: Index, ask: WordQuery, limit: int) -> list[int]:
        if ask.weights:
            # Which of the words are there, each by its weight: the function that ranks knows no rare words.
            terms = [self.asked(term, ask) for term in ask.wanted]
            held = " + ".join(["%s * (vector @@ %s::tsquery)::int"] * len(terms))
            score = f"{held} + ts_rank('{WEIGHTS}', vector, %s::tsquery, 1)"
            weighed = [part for pair in zip(ask.weights, terms, strict=True) for part in pair]
            return self.ordered(index, ask, limit, f"{score} DESC, id DESC", [*weighed, self.wanted(ask)])
        score = f"ts_rank_cd('{WEIGHTS}', vector, %s::tsquery)"
        return self.ordered(index, ask, limit, f"{score} DESC, id DESC", [self.wanted(ask)])

    def ordered(
        self, index: Index, ask: WordQuery, limit: int, order: str, ordering: Sequence[Any]
    ) -> list[int]:
        where, values = self.where(index, ask)
        newest = f"(SELECT * FROM {index.name} ORDER BY id DESC LIMIT %s) AS {index.name}"
        sample = f"SELECT count(*) FILTER (WHERE {where}) FROM {newest} HAVING count(*) = %s"
        hits = sum(self.ids(sample, [*values, ROWS_SAMPLED, ROWS_SAMPLED]))
        if hits >= min(limit, COMMON_FROM):
            walked = 2 * limit * ROWS_SAMPLED // hits
            walk = self.rows_of(newest, where, "id DESC", order)
            found = self.ids(walk, [walked, *values, limit, *ordering])
            if len(found) == limit:
                return found
        # Not the plain id, in whose order the planner might walk the whole table.
        return self.ids(self.rows_of(index.name, where, "id + 0 DESC", order), [*values, limit, *ordering])

    def rows_of(self, source: str, where: str, first: str, order: str) -> str:
        rows = f"SELECT id, vector FROM {source} WHERE {where} ORDER BY {first} LIMIT %s"
        return f"SELECT id FROM ({rows}) AS found ORDER BY {order}"

    def most_of(self, index: Index, column: str, ask: WordQuery, limit: int) -> list[int]:
        where, values = self.where(index, ask)
        joined = f"{index.name} JOIN {index.table} USING (id)"
        rows = f"SELECT id FROM {joined} WHERE {where} ORDER BY {column} DESC, id LIMIT %s"
        return self.ids(rows, [*values, limit])

    def where(self, index: Index, ask: WordQuery) -> tuple[str, list]:
        matches, values = "vector @@ %s::tsquery", [self.expression(ask)]
        if ask.among:
            return f"{matches} AND id = ANY(%s)", [*values, list(ask.among)]
        if not ask.condition:
            return matches, values
        return f"{matches} AND {ask.condition.format(id=index.name + '.id')}", [*values, *ask.values]

    def expression(self, ask: WordQuery) -> str:
        """The query in the language of tsquery: tokens in single quotes, which none of them holds."""
        parts = [self.wanted(ask)] if ask.wanted else []
        parts += [
            " | ".join(f"'{FACET}{letter}{value}'" for value in values)
            for letter, values in ask.facets.items()
            if values
        ]
        parts += [f"!({self.term((way, '') for way in ways(term.words))})" for term in ask.unwanted]
        return " & ".join(f"({part})" for part in parts)

    def wanted(self, ask: WordQuery) -> str:
        joint = " | " if ask.any_of else " & "
        return joint.join(self.asked(term, ask) for term in ask.wanted)

    def asked(self, term: Term, ask: WordQuery) -> str:
        place = "A" if ask.in_titles else ""
        found = ((way, f"*{place}" if is_open else place) for way, is_open in open_ways(term, ask))
        return self.term(found, place)

    def term(self, all_ways: Iterable[tuple[Way, str]], place: str = "") -> str:
        """Any of the ways, each with what is asked of its last token; `place` is asked of the others."""
        found = []
        for way, at_end in all_ways:
            inner, outer = (f":{sign}" if sign else "" for sign in (place, at_end))
            quoted = [
                [*(f"'{token}'{inner}" for token in tokens), f"'{last}'{outer}"] for *tokens, last in way
            ]
            found.append(" & ".join(f"({' <-> '.join(phrase)})" for phrase in quoted))
        return "(" + " | ".join(f"({way})" for way in found) + ")"
