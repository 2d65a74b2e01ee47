"""What the indexes of both databases share: the query that they answer, and how they run SQL."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from moments.search.query import Term

RANKED = 2_000
# Rows that hold the words but may be left out for another reason, such as their tags, are tried one by one.
TRIED = 20_000


@dataclass(frozen=True)
class WordQuery:
    """What to find in an index.

    A row has to hold all `wanted` terms, or one of them with `any_of`, and none that is `unwanted`. Terms in
    `beginnings` may be the beginning of a word. `facets` are the values allowed for a column, by its letter.
    `condition` is SQL about the row `{id}`, with its `values`; when it `is_rare`, only the newest TRIED rows
    are looked at. With `among`, only these ids count.
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
        """Whether there is a word to look up: unwanted terms and a condition alone find nothing."""
        return bool(self.wanted or any(self.facets.values()))


class Dialect:
    """How a database keeps the words of a table and answers questions about them."""

    def __init__(self, connection: Any):
        self.connection = connection

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
