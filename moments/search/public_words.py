"""Which words stand in a text that everybody may read: a search suggests no others.

The indexes hold more: what is said on a list is found by those who may read it, and a removal reaches the
comments on a post and the posts of a film by a question about what they belong to. So a word is asked for in
the texts themselves, with that question, before anybody is told of it.
"""

from collections.abc import Iterable

from moments.models import State
from moments.search import vocabulary
from moments.search.dialect import Dialect, WordQuery
from moments.search.index import newest
from moments.search.query import Term
from moments.search.schema import COMMENTS, INDEXES, LISTS, POSTS

MOST_TRIED = 8  # words that may be meant by one that is misspelt

_POST_IN_SIGHT = (
    "SELECT 1 FROM moments_post JOIN moments_film ON moments_film.id = moments_post.film_id"
    f" WHERE moments_post.state = '{State.VISIBLE}' AND moments_film.state = '{State.VISIBLE}'"
)
_LIST_IN_SIGHT = (
    "SELECT 1 FROM moments_memberlist JOIN accounts_user ON accounts_user.id = moments_memberlist.author_id"
    f" WHERE moments_memberlist.state = '{State.VISIBLE}' AND moments_memberlist.visibility = 'public'"
    " AND accounts_user.is_active AND NOT accounts_user.is_private"
)
_OF_COMMENT = "(SELECT {column} FROM moments_comment WHERE moments_comment.id = {{id}})"
# What a row of an index needs besides for its words to be told to everybody.
CONDITIONS = {
    POSTS.table: f"EXISTS ({_POST_IN_SIGHT} AND moments_post.id = {{id}})",
    COMMENTS.table: (
        f"(EXISTS ({_POST_IN_SIGHT} AND moments_post.id = {_OF_COMMENT.format(column='post_id')})"
        f" OR EXISTS ({_LIST_IN_SIGHT}"
        f" AND moments_memberlist.id = {_OF_COMMENT.format(column='member_list_id')}))"
    ),
    LISTS.table: f"EXISTS ({_LIST_IN_SIGHT} AND moments_memberlist.id = {{id}})",
}


def public_words(database: Dialect, words: Iterable[str]) -> set[str]:
    """Those of the words that everybody may read somewhere."""
    held: dict[str, set[str]] = {}
    for place, word in vocabulary.counts_by_place(database, list(words)):
        held.setdefault(word, set()).add(place)
    return {word for word, places in held.items() if _is_public(word, places)}


def first_public(database: Dialect, words: Iterable[str]) -> str | None:
    """The first of the words that everybody may read somewhere, of the first few."""
    tried = list(words)[:MOST_TRIED]
    return next((word for word in tried if public_words(database, [word])), None)


def _is_public(word: str, places: set[str]) -> bool:
    indexes = [index for index in INDEXES if index.table in places]
    if any(index.table not in CONDITIONS for index in indexes):
        return True
    return any(newest(index, _asked_for(word, CONDITIONS[index.table]), 1) for index in indexes)


def _asked_for(word: str, condition: str) -> WordQuery:
    return WordQuery([Term((word,))], condition=condition, is_rare=True)
