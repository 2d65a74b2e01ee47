"""Entering the words of what was written: the rows that triggers have marked, a few at a time.

Whoever asks an index enters first what is marked, so that nothing written before is missed; one at a time
does so, and others go on without waiting.
"""

import logging
import re
from collections import Counter
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from django.db import DatabaseError, transaction

from moments.search import vocabulary
from moments.search.analyser import FACET, is_word, title_key, tokens
from moments.search.dialect import Dialect, Entry
from moments.search.indexed_words import MARKED_TABLE
from moments.search.schema import FILM_TITLES, INDEXES, MARKDOWN, MAX_INDEXED, TITLE, Index
from reelive.markdown import shown
from reelive.progress_bar import ProgressBar

ENTERED_AT_ONCE = 1_000  # rows
KNOWN_TEXTS = 4_096
MARKS_OF_TITLES = re.compile(r"[ ]*\[[^\[\]\n]{2,20}\]$", re.M)  # of which sort a title is
WITH_MARKS = {"other_titles", FILM_TITLES}  # columns
# What parts the names in columns that hold several.
SEVERAL = {"other_titles": "\n", "other_names": ","}
PLACES = {index.table: index for index in INDEXES}

# The tokens of a column's value, which may be a title.
Reader = Callable[[str, Any, bool], list[str]]

logger = logging.getLogger(__name__)


def catch_up(database: Dialect) -> None:
    """Enter up to ENTERED_AT_ONCE marked rows. What cannot be written now is left to the next who asks."""
    if not database.rows(f"SELECT 1 FROM {MARKED_TABLE} LIMIT 1"):
        return
    try:
        with database.impatient():
            _enter_some(database, _kept)
    except DatabaseError as problem:
        logger.warning("What was written is not entered into the search yet: %s", problem)


def _enter_some(database: Dialect, read: Reader) -> int:
    """The number of marked rows that were entered; none while somebody else is at it."""
    with transaction.atomic(using=database.connection.alias):
        return _enter_marked(database, read) if database.begin_indexing() else 0


def catch_up_wholly(database: Dialect, label: str = "search index") -> None:
    """Enter all that is marked, and show how far it is. It can be stopped and goes on where it was.

    A site that is made up says the same again and again: a text that was read just now is not read anew.
    """
    read = lru_cache(KNOWN_TEXTS)(_kept)
    ((left,),) = database.rows(f"SELECT count(*) FROM {MARKED_TABLE}")
    if not left:
        return
    with ProgressBar(label, left) as progress:
        while entered := _enter_some(database, read):
            progress.step(entered)


def mark_all(database: Dialect, index: Index) -> None:
    """Have all rows of a table entered."""
    database.run(f"INSERT INTO {MARKED_TABLE} (place, row_id) SELECT '{index.table}', id FROM {index.table}")


def _enter_marked(database: Dialect, read: Reader) -> int:
    oldest = f"SELECT number FROM {MARKED_TABLE} ORDER BY number LIMIT {ENTERED_AT_ONCE}"
    taken = f"DELETE FROM {MARKED_TABLE} WHERE number IN ({oldest}) RETURNING place, row_id"
    marked = database.rows(taken)
    for place in {place for place, _id in marked}:
        ids = sorted({row_id for found, row_id in marked if found == place})
        renew(database, PLACES[place], ids, read)
        _renew_borrowers(database, place, ids, read)
    return len(marked)


def _renew_borrowers(database: Dialect, place: str, ids: list[int], read: Reader) -> None:
    """Enter anew what borrows words of these rows: at once where it is little, else when its turn comes."""
    holders = ", ".join(["%s"] * len(ids))
    for index in (index for index in INDEXES if index.borrows_from == place):
        rows = f"FROM {index.table} WHERE {index.owner} IN ({holders})"
        found = [row_id for (row_id,) in database.rows(f"SELECT id {rows} LIMIT {ENTERED_AT_ONCE + 1}", *ids)]
        if len(found) > ENTERED_AT_ONCE:
            marks = f"INSERT INTO {MARKED_TABLE} (place, row_id) SELECT '{index.table}', id {rows}"
            database.rows(f"{marks} RETURNING row_id", *ids)
        elif found:
            renew(database, index, sorted(found), read)


def renew(database: Dialect, index: Index, ids: list[int], read: Reader) -> None:
    """Enter these rows as they are now, and take out those that nobody may read."""
    holders = ", ".join(["%s"] * len(ids))
    question = (
        f"SELECT {', '.join(index.read)} FROM {index.table} WHERE id IN ({holders}) AND ({index.shown})"
    )
    entries = [entry_of(index, row, read) for row in database.rows(question, *ids)]
    before = database.entered(index, ids)
    if before:
        database.drop(index, list(before))
    database.enter(index, entries)
    change: Counter = Counter(word for entry in entries for word in _words(*entry.texts))
    change.subtract(word for found in before.values() for word in _words(found))
    vocabulary.count(database, index.table, change)


def _kept(column: str, value: Any, is_title: bool) -> list[str]:
    return tokens(_read(column, value), is_title=is_title)


def _read(column: str, value: Any) -> str:
    """What everybody may read of a text: what a spoiler hides finds nothing."""
    text = str(value or "")[:MAX_INDEXED]
    text = MARKS_OF_TITLES.sub("", text) if column in WITH_MARKS else text
    return shown(text) if column in MARKDOWN else text


def entry_of(index: Index, row: tuple[Any, ...], read: Reader = _kept) -> Entry:
    """What the index keeps of a row of its columns: the key, the texts, the values of the facets."""
    row_id, *values = row
    texts = dict(zip(index.texts, values, strict=False))
    kept = [read(column, value, index.texts[column] == "A") for column, value in texts.items()]
    facets = zip(index.facets, values[len(texts) :], strict=True)
    entered = [f"{FACET}{letter}{value}" for letter, value in facets if value is not None]
    names = (name for column in index.titles for name in _names(column, texts[column]))
    keys = {title_key(name) for name in names} - {""}
    return Entry(row_id, kept, [*entered, *(f"{FACET}{TITLE}{key}" for key in sorted(keys))])


def _names(column: str, value: Any) -> list[str]:
    """What something is called by a column: by some it has several names."""
    text = _read(column, value)
    return text.split(SEVERAL[column]) if column in SEVERAL else [text]


def _words(*texts: Iterable[str]) -> set[str]:
    return {token for text in texts for token in text if is_word(token)}
