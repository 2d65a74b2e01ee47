"""What the database keeps for searching: an index of the words of each table that is searched.

Triggers keep the indexes right, whatever writes: the site, the admin, `loaddata` or a bulk insert. They
hold only what everybody may read. An index is a table of its own and no generated column, since a vote
rewrites its row: with the words in that row, each vote would enter all of them into their index again
(measured: votes took 2 to 7 times as long, and the table was twice as large).
"""

from dataclasses import dataclass, field

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
        """The columns of which a change changes the index."""
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
