"""What the indexes of both databases share: the query that they answer, and how they run SQL."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from moments.search.analyser import Way, is_word, ways
from moments.search.indexed_words import MARKED_TABLE
from moments.search.query import Term
from moments.search.schema import KIND, SLIPS, WORDS, Index

RANKED = 2_000
# So many rows that hold a word are gone through at most; and so many that may be left out for something that
# stands in another table, such as their tags.
ROWS_LOOKED_AT, CHECKED = 5_000, 2_000


@dataclass(frozen=True)
class WordQuery:
    """What to find in an index.

    A row has to hold all `wanted` terms, or one of them with `any_of`, and none that is `unwanted`. Terms in
    `beginnings` may be the beginning of a word. With `stems` any form of an English word will do, and with
    `in_titles` only titles are looked at. `facets` are the values allowed for a column, by its letter.
    `condition` is SQL about the row `{id}`, with its `values`; when it `is_rare`, the newest CHECKED rows are
    looked at. With `among`, only these ids count. `weights` say how much each wanted term counts, where
    some count more than others. At a `glance` the first few are wanted, and of the rest only the newest.

    The rest are bounds (`bounds`): `completions` are the words that a beginning stands for, where it does not
    stand for all; `common` are the wanted terms that do not weigh; rows with a lower id than `since` are not
    looked at.
    """

    wanted: Sequence[Term] = ()
    unwanted: Sequence[Term] = ()
    beginnings: Sequence[Term] = ()
    any_of: bool = False
    stems: bool = False
    in_titles: bool = False
    facets: dict[str, list] = field(default_factory=dict)
    condition: str = ""
    values: Sequence[Any] = ()
    is_rare: bool = False
    among: Sequence[int] = ()
    weights: Sequence[float] = ()
    glance: bool = False
    completions: Mapping[Term, Sequence[str]] = field(default_factory=dict)
    common: Sequence[Term] = ()
    since: int = 0

    @property
    def weighing(self) -> list[Term]:
        return [term for term in self.wanted if term not in self.common]

    @property
    def is_narrow(self) -> bool:
        """Whether it asks for rows of which there may be few, such as those of a film."""
        return bool(self.among or any(values for letter, values in self.facets.items() if letter != KIND))

    @property
    def leaves_out(self) -> bool:
        """Whether rows that hold the words may still be no answer."""
        return bool(self.unwanted or self.condition or self.in_titles or any(self.facets.values()))

    @property
    def names_words(self) -> bool:
        """Whether there is a word to look up: unwanted terms and a condition alone find nothing."""
        return bool(self.wanted or any(self.facets.values()))


def open_ways(term: Term, ask: WordQuery) -> Iterator[tuple[Way, bool]]:
    """The ways to find a wanted term, and of each whether its last word may go on.

    Letters of scripts without spaces do not: the index holds each of them, and each pair.
    """
    first, *others = ways(term.words, ask.stems)
    last = first[-1][-1]
    if term in ask.completions:
        words = ask.completions[term]
        yield from (([*first[:-1], [*first[-1][:-1], word]], False) for word in words)
        return
    is_open = term in ask.beginnings and (is_word(last) or last.isdecimal())
    yield from ((way, is_open) for way in (first, *others))


class Entry(NamedTuple):
    """What an index keeps of one row: the tokens of each text in the order of its columns, and facets."""

    id: int
    texts: list[list[str]]
    facets: list[str]


class Dialect:
    """How a database keeps the words of a table and answers questions about them.

    `key` names the key of a row in an index, `number` is the type of a key that counts by itself, `exact` the
    collation that compares bytes, `options` those of a table that is nothing but its primary key. One that
    `knows_absence` counts tokens sooner than it finds that nothing holds them beside others.
    """

    key, number, exact, options = "id", "", "", ""
    knows_absence = False

    def __init__(self, connection: Any):
        self.connection = connection
        self.known_rows: dict[tuple[str, str], int] = {}  # that hold a token, by table and token
        self.answered: dict[tuple, list[int]] = {}  # what was found, by the question

    def run(self, *statements: str) -> None:
        with self.connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)

    def rows(self, question: str, *values: Any) -> list[tuple]:
        with self.connection.cursor() as cursor:
            cursor.execute(question, values)
            return cursor.fetchall()

    def ids(self, question: str, values: Sequence[Any]) -> list[int]:
        return [row[0] for row in self.rows(question, *values)]

    @contextmanager
    def impatient(self) -> Iterator[None]:
        """Inside it, whoever holds what is to be written is not waited for."""
        yield

    def run_many(self, statement: str, rows: Iterable[Sequence[Any]]) -> None:
        ready = list(rows)
        if ready:
            with self.connection.cursor() as cursor:
                cursor.executemany(statement, ready)

    def few(self, index: Index, ask: WordQuery, limit: int) -> list[int]:
        """The ids of rows of which there are few, newest first."""
        where, values = self.where(index, ask)
        few = f"SELECT {self.key} FROM {index.name} WHERE {where} ORDER BY {self.key} + 0 DESC LIMIT %s"
        return self.ids(few, [*values, limit])

    def held_by(self, index: Index, token: str, most: int) -> int:
        """How many rows hold the token, counted up to `most`; 0 where counting takes as long as asking."""
        return 0

    def since(self, index: Index, tokens: Sequence[str], rows: int) -> int:
        """The id from which on so many rows hold a token; 0 where to find it takes as long as asking."""
        return 0

    def newest_with(self, index: Index, tokens: Sequence[str], limit: int) -> list[int]:
        """The ids of the newest rows with a token; none where to find them takes as long as asking."""
        return []

    def where(self, index: Index, ask: WordQuery) -> tuple[str, list]:
        """The condition of a query in SQL, and its values."""
        raise NotImplementedError

    def shared_tables(self) -> list[str]:
        """The tables that all indexes have in common."""
        text = f"varchar(80){self.exact} NOT NULL"
        return [
            f"CREATE TABLE IF NOT EXISTS {MARKED_TABLE}"
            f" (number {self.number}, place varchar(40) NOT NULL, row_id bigint NOT NULL)",
            f"CREATE TABLE IF NOT EXISTS {WORDS}"
            f" (word {text}, place varchar(40) NOT NULL, rows integer NOT NULL, PRIMARY KEY (word, place))"
            f"{self.options}",
            f"CREATE TABLE IF NOT EXISTS {SLIPS}"
            f" (slip {text}, word {text}, PRIMARY KEY (slip, word)){self.options}",
        ]
