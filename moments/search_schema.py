"""What the database keeps for searching: beside each table that is searched, an index of its words.

Triggers keep the indexes, so that they are right whoever writes: the site, the admin, `loaddata` or a bulk
insert. Only what everybody may read is in them. They are tables of their own and no generated columns: a
vote rewrites its row, and with the words in that row it would enter all of them into their index again
(measured: votes took 2 to 7 times as long, and the table was twice as large).
"""

from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from django.db import transaction

# Facets are words that nobody can type. On SQLite they begin with a character of the private use area, which
# its tokenizer counts as a letter; in PostgreSQL with an equals sign, which folded text never holds.
FACET = {"sqlite": "\ue000", "postgresql": "="}
MAX_INDEXED = 20_000


@dataclass(frozen=True)
class Index:
    """The words of one table.

    `texts` are its columns with the weight of their words, A to D; `facets` are columns whose exact value can
    be asked for, by one letter each. Everybody may read a row whose `flag` is `shown`.
    """

    table: str
    texts: dict[str, str]
    facets: dict[str, str] = field(default_factory=dict)
    flag: str = "state"
    shown: str = " = 'visible'"

    @property
    def name(self) -> str:
        return f"search_{self.table}"

    @property
    def columns(self) -> list[str]:
        """All that the index depends on."""
        return [*self.texts, *self.facets.values(), self.flag]

    def is_shown(self, row: str) -> str:
        return f"{row}.{self.flag}{self.shown}"


FILMS = Index(
    "moments_film",
    {"title": "A", "original_title": "A", "director": "B", "music": "B", "year": "B", "summary": "D"},
)
POSTS = Index(
    "moments_post",
    {"title": "A", "artist": "B", "context": "C", "body": "D"},
    facets={"k": "kind", "f": "film_id", "a": "author_id"},
)
COMMENTS = Index("moments_comment", {"body": "D"}, facets={"a": "author_id"})
TAGS = Index("moments_tag", {"name": "A"})
MEMBERS = Index("accounts_user", {"username": "A", "bio": "D"}, flag="is_active", shown="")
INDEXES = (FILMS, POSTS, COMMENTS, TAGS, MEMBERS)


def install(connection: Any) -> None:
    """Make the indexes that are missing or of an older release, and fill them. Quick when all is there."""
    database = _databases[connection.vendor](connection)
    tables = connection.introspection.table_names()
    for index in INDEXES:
        if index.table in tables and not database.is_installed(index):
            with transaction.atomic(using=connection.alias):
                database.unmake(index)
                database.make(index)
                database.fill(index)


class _Database:
    def __init__(self, connection: Any):
        self.connection = connection

    def run(self, *statements: str) -> None:
        with self.connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)

    def ask(self, question: str, *values: Any) -> list[tuple]:
        with self.connection.cursor() as cursor:
            cursor.execute(question, values)
            return cursor.fetchall()


class _SQLite(_Database):
    """An FTS5 table without a copy of the texts: what leaves it is told the words that it leaves with.

    A trigger names no table but its own and its index: SQLite refuses to rename a table that another one's
    trigger names, and renaming is how Django changes tables here. That drops the triggers: then the index is
    made anew.
    """

    def is_installed(self, index: Index) -> bool:
        names = [index.name, *self.triggers(index)]
        marks = ", ".join(["%s"] * len(names))
        found = self.ask(f"SELECT sql FROM sqlite_master WHERE name IN ({marks})", *names)  # noqa: S608
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


class _PostgreSQL(_Database):
    """A table of vectors.

    Only the body of a function names the other table's columns, so that migrations may change their types;
    that is also why the trigger itself looks whether a text has changed.
    """

    def is_installed(self, index: Index) -> bool:
        stamp = self.ask("SELECT obj_description(to_regclass(%s))", index.name)
        trigger = self.ask("SELECT 1 FROM pg_trigger WHERE tgname = %s", f"{index.name}_changed")
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
        """How text is folded, the same for what is kept and for what is asked; how words become a query."""
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
        """A database made with the C locale knows letters and cases of ASCII alone; ICU knows all of them."""
        found = self.ask("SELECT 1 FROM pg_collation WHERE collname = 'und-x-icu'")
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


# Marks that stand over or under a letter, of the scripts that are read without them too.
_MARKS = r"\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_databases = {"sqlite": _SQLite, "postgresql": _PostgreSQL}
