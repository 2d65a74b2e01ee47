"""The word indexes on PostgreSQL: vectors in tables of their own."""

from collections.abc import Sequence
from hashlib import sha256
from typing import Any

from moments.search.dialect import Dialect, WordQuery
from moments.search.schema import FACET, MAX_INDEXED, Index

WEIGHTS = "{0.1, 0.2, 0.5, 1.0}"  # Of D, C, B and A.
# Words are common when so many of the newest SAMPLE rows hold them.
SAMPLE, COMMON = 1_000, 25
# Marks that stand over or under a letter, of the scripts that are read without them too.
_MARKS = r"\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"


class PostgreSQL(Dialect):
    """A table of vectors.

    Only the body of a function names the columns of the table that is searched, so that migrations may change
    their types. For the same reason the function itself looks whether a text has changed.

    A GIN index finds rows in no order, and a walk from the newest row finds rare words late. Which of them is
    quicker depends on how common the words are together. The planner cannot know that, so a sample of the
    newest rows is looked at first.
    """

    def is_installed(self, index: Index) -> bool:
        stamp = self.rows("SELECT obj_description(to_regclass(%s))", index.name)
        trigger = self.rows("SELECT 1 FROM pg_trigger WHERE tgname = %s", f"{index.name}_changed")
        return bool(trigger) and stamp == [(self.stamp(index),)]

    def make(self, index: Index) -> None:
        self.run(*self.functions(), *self.statements(index))

    def unmake(self, index: Index) -> None:
        self.run(
            f"DROP FUNCTION IF EXISTS {index.name}_changed CASCADE", f"DROP TABLE IF EXISTS {index.name}"
        )

    def fill(self, index: Index) -> None:
        self.run(
            f"INSERT INTO {index.name} SELECT source.id, {self.vector(index, 'source')}"  # noqa: S608
            f" FROM {index.table} AS source WHERE {index.is_shown('source')}",
            f"CREATE INDEX {index.name}_words ON {index.name} USING gin (vector)",
            f"ANALYZE {index.name}",
            f"COMMENT ON TABLE {index.name} IS '{self.stamp(index)}'",
        )

    def stamp(self, index: Index) -> str:
        return sha256("".join([*self.functions(), *self.statements(index)]).encode()).hexdigest()

    def functions(self) -> list[str]:
        """Functions in SQL that fold text, both kept and asked for, and that make a query of words."""
        pure = "LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS"
        plain = f"normalize(lower(words{self.collation()}), NFKD)"
        letters = f"normalize(regexp_replace({plain}, '[{_MARKS}]+', '', 'g'), NFKC){self.collation()}"
        beginning = "to_tsquery('simple', '''' || search_fold(words) || ''':*')"
        return [
            "CREATE OR REPLACE FUNCTION search_fold(words text) RETURNS text"
            f" {pure} $$ SELECT trim(regexp_replace({letters}, '[^[:alnum:]]+', ' ', 'g')) $$",
            "CREATE OR REPLACE FUNCTION search_words(words text) RETURNS tsquery"
            f" {pure} $$ SELECT phraseto_tsquery('simple', search_fold(words)) $$",
            "CREATE OR REPLACE FUNCTION search_beginning(words text) RETURNS tsquery"
            f" {pure} $$ SELECT CASE WHEN search_fold(words) <> '' THEN {beginning} END $$",
        ]

    def collation(self) -> str:
        """The collation of ICU where there is one: the C locale knows the letters of ASCII alone."""
        found = self.rows("SELECT 1 FROM pg_collation WHERE collname = 'und-x-icu'")
        return ' COLLATE "und-x-icu"' if found else ""

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
        return f"""
BEGIN
  IF tg_op = 'TRUNCATE' THEN TRUNCATE {index.name}; RETURN NULL; END IF;
  IF tg_op = 'UPDATE' THEN
    IF ({old}) IS NOT DISTINCT FROM ({new}) THEN RETURN NULL; END IF;
  END IF;
  IF tg_op <> 'INSERT' THEN DELETE FROM {index.name} WHERE id = old.id; END IF;
  IF tg_op <> 'DELETE' THEN
    IF {index.is_shown("new")} THEN
      INSERT INTO {index.name} VALUES (new.id, {self.vector(index, "new")});
    END IF;
  END IF;
  RETURN NULL;
END"""  # noqa: S608

    def vector(self, index: Index, row: str) -> str:
        folded = f"search_fold(left({row}.{{}}::text, {MAX_INDEXED}))"
        parts = [
            f"setweight(to_tsvector('simple', {folded.format(column)}), '{weight}')"
            for column, weight in index.texts.items()
        ]
        mark = FACET["postgresql"]
        facets = ", ".join(f"'{mark}{letter}' || {row}.{column}" for letter, column in index.facets.items())
        if facets:
            parts.append(f"array_to_tsvector(array_remove(ARRAY[{facets}], NULL))")
        return " || ".join(parts)

    # Asking.

    def newest(self, index: Index, ask: WordQuery, limit: int) -> list[int]:
        return self.ordered(index, ask, limit, "id DESC", [])

    def best(self, index: Index, ask: WordQuery, limit: int) -> list[int]:
        wanted, words = self.wanted(ask)
        score = f"ts_rank_cd('{WEIGHTS}', vector, {wanted})"
        return self.ordered(index, ask, limit, f"{score} DESC, id DESC", words)

    def ordered(
        self, index: Index, ask: WordQuery, limit: int, order: str, ordering: Sequence[Any]
    ) -> list[int]:
        where, values = self.where(index, ask)
        newest = f"(SELECT * FROM {index.name} ORDER BY id DESC LIMIT %s) AS {index.name}"  # noqa: S608
        sample = f"SELECT count(*) FILTER (WHERE {where}) FROM {newest} HAVING count(*) = %s"  # noqa: S608
        hits = sum(self.ids(sample, [*values, SAMPLE, SAMPLE]))
        if hits >= min(limit, COMMON):
            walked = 2 * limit * SAMPLE // hits
            walk = self.rows_of(newest, where, "id DESC", order)
            found = self.ids(walk, [walked, *values, limit, *ordering])
            if len(found) == limit:
                return found
        # Not the plain id, in whose order the planner might walk the whole table.
        return self.ids(self.rows_of(index.name, where, "id + 0 DESC", order), [*values, limit, *ordering])

    def rows_of(self, source: str, where: str, first: str, order: str) -> str:
        rows = f"SELECT id, vector FROM {source} WHERE {where} ORDER BY {first} LIMIT %s"  # noqa: S608
        return f"SELECT id FROM ({rows}) AS found ORDER BY {order}"  # noqa: S608

    def most_of(self, index: Index, column: str, ask: WordQuery, limit: int) -> list[int]:
        where, values = self.where(index, ask)
        joined = f"{index.name} JOIN {index.table} USING (id)"
        rows = f"SELECT id FROM {joined} WHERE {where} ORDER BY {column} DESC, id LIMIT %s"  # noqa: S608
        return self.ids(rows, [*values, limit])

    def where(self, index: Index, ask: WordQuery) -> tuple[str, list]:
        wanted, values = self.wanted(ask)
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

    def wanted(self, ask: WordQuery) -> tuple[str, list]:
        joint = " || " if ask.any_of else " && "
        makers = ("search_beginning" if term in ask.beginnings else "search_words" for term in ask.wanted)
        return joint.join(f"{maker}(%s)" for maker in makers), [str(term) for term in ask.wanted]
