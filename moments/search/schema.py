"""What the database keeps for searching: an index of the words of each table that is searched.

Triggers mark each row that is written, whatever writes: the site, the admin, `loaddata` or a bulk insert. The
words of marked rows are entered before the next question is asked (`indexing`), since only Python knows how a
text is taken apart. The indexes hold only what everybody may read. An index is a table of its own and no
generated column, since a vote rewrites its row: with the words in that row, each vote would enter all of them
into their index again (measured: votes took 2 to 7 times as long, and the table was twice as large).
"""

from dataclasses import dataclass, field
from functools import partial

from moments.search.indexed_words import index_name

MAX_INDEXED = 20_000
MARKDOWN = {"body", "context", "bio"}  # columns
# The words of all texts, with the slips by which they are found.
WORDS, SLIPS = "search_word", "search_slip"
# The letters of the facets that hold whole titles and the kind.
TITLE, KIND = "t", "k"
FILM_TITLES = "film_titles"  # a text: all that the film of a row is called, a line each


@dataclass(frozen=True)
class Index:
    """The words of one table.

    `texts` are its columns with the weight of their words, A to D; those of weight A are its titles. `facets`
    are columns whose exact value can be asked for, by one letter each. Everybody may read a row of which
    `shown` is true, an expression of `flags`. Of a table that `is_large` there may be more rows
    than can all be looked at (`bounds`). `borrowed` are texts that stand in a row of another table, as SQL:
    the column `owner` names a row of the table `borrows_from`, and is entered anew with it.
    """

    table: str
    texts: dict[str, str]
    facets: dict[str, str] = field(default_factory=dict)
    flags: tuple[str, ...] = ("state",)
    shown: str = "state = 'visible'"
    is_large: bool = False
    borrowed: dict[str, str] = field(default_factory=dict)
    owner: str = ""
    borrows_from: str = ""

    @property
    def name(self) -> str:
        return index_name(self.table)

    @property
    def columns(self) -> list[str]:
        """The columns of which a change changes the index."""
        own = [column for column in self.texts if column not in self.borrowed]
        return [*own, *self.facets.values(), *self.flags]

    @property
    def read(self) -> list[str]:
        """What is read of a row, as SQL: its key, its texts, its facets."""
        texts = [self.borrowed.get(column, column) for column in self.texts]
        return ["id", *texts, *self.facets.values()]

    @property
    def titles(self) -> list[str]:
        return [column for column, weight in self.texts.items() if weight == "A"]


FILMS = Index(
    "moments_film",
    {
        "title": "A",
        "original_title": "A",
        "other_titles": "A",
        "director": "B",
        "music": "B",
        "year": "B",
        "summary": "D",
    },
)
POSTS = Index(
    "moments_post",
    {"title": "A", "artist": "B", "context": "C", "body": "D"},
    facets={KIND: "kind", "f": "film_id", "a": "author_id"},
    is_large=True,
)
COMMENTS = Index("moments_comment", {"body": "D"}, facets={"a": "author_id"}, is_large=True)
# A tag that was merged into another is found by its old name; the other one is what is shown then.
TAGS = Index(
    "moments_tag",
    {"name": "A"},
    flags=("state", "merged_into_id"),
    shown="state = 'visible' OR merged_into_id IS NOT NULL",
)
PEOPLE = Index(
    "moments_person",
    {"name": "A", "other_names": "A"},
    flags=("state", "film_count"),
    shown="state = 'visible' AND film_count > 0",
)
MEMBERS = Index("accounts_user", {"username": "A", "bio": "D"}, flags=("is_active",), shown="is_active")
LISTS = Index(
    "moments_memberlist",
    {"title": "A", "body": "D"},
    flags=("state", "visibility"),
    shown="state = 'visible' AND visibility = 'public'",
)
_NAMES_OF_FILM = "title || '\n' || original_title || '\n' || other_titles"
# The words of a part of a series are its title and what its series is called, never what happens in it.
_of_part = partial(
    Index,
    texts={"title": "A", FILM_TITLES: "C"},
    flags=("film_id",),
    shown="title <> '' AND film_id IN (SELECT id FROM moments_film WHERE state = 'visible')",
    borrowed={FILM_TITLES: f"(SELECT {_NAMES_OF_FILM} FROM moments_film WHERE moments_film.id = film_id)"},
    owner="film_id",
    borrows_from="moments_film",
)
SEASONS = _of_part("moments_season")
EPISODES = _of_part("moments_episode", is_large=True)
INDEXES = (FILMS, SEASONS, EPISODES, PEOPLE, POSTS, COMMENTS, TAGS, MEMBERS, LISTS)
