"""What keeps the answer of a large site as quick as that of a small one.

Four rules go by how many rows hold a word; where no more than ROWS_LOOKED_AT do, none of them shows:

- Of one word the newest ROWS_LOOKED_AT are looked at.
- Several words are walked along together while that passes no more than PASSED entries of the index, or is
  likely to, by how many of the newest SAMPLED rows with the rarest of them hold all. Else the newest
  ROWS_READ of those are read themselves.
- Words weigh, rare ones first, as long as no more than ROWS_LOOKED_AT hold them together. Commoner ones
  have to be there and count for nothing else.
- The beginning of a word stands for the COMPLETED words that most rows hold, as they were some minutes ago.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import accumulate
from urllib.parse import quote

from django.core.cache import caches

from moments.search import vocabulary
from moments.search.analyser import is_word, ways
from moments.search.dialect import RANKED, ROWS_LOOKED_AT, Dialect, WordQuery
from moments.search.query import Term
from moments.search.schema import INDEXES, Index

# From one row of the rarest word to the next, no more than LEAP entries of a common one are passed.
PASSED, LEAP = 100_000, 50
ROWS_READ, SAMPLED = 1_000, 100
COMPLETIONS_KEPT = 600  # seconds


def bounded(database: Dialect, index: Index, ask: WordQuery) -> WordQuery:
    """The query with its bounds."""
    if not (index.is_large and ask.wanted):
        return ask
    begun = _begun(database, index, ask.beginnings)
    whole = [term for term in ask.wanted if term not in begun]
    held = held_by(database, index, whole) | {term: rows for term, (rows, _words) in begun.items()}
    rare_first = sorted(dict.fromkeys(ask.wanted), key=held.__getitem__)
    common = rare_first[len(affordable(rare_first, held)) :]
    completions = {term: words for term, (rows, words) in begun.items() if rows > ROWS_LOOKED_AT}
    ask = replace(ask, completions=completions, common=common)
    return ask if ask.is_narrow or not common else _of_newest(database, index, ask, rare_first, held)


def _of_newest(
    database: Dialect, index: Index, ask: WordQuery, rare_first: list[Term], held: dict[Term, int]
) -> WordQuery:
    """The query for the newest rows with the rarest word, where there are too many to look at all."""
    rarest, known = rare_first[0], database.known_rows
    every = [known.get((index.table, token), held[term]) for term in rare_first for token in tokens_of(term)]
    words = ask.completions.get(rarest) or [
        min(tokens_of(rarest), key=lambda word: known.get((index.table, word), 0))
    ]
    if len(every) == 1 or ask.any_of:
        is_sparse = held[rarest] > ROWS_LOOKED_AT and ask.leaves_out
        return replace(ask, since=database.since(index, words, ROWS_LOOKED_AT)) if is_sparse else ask
    if _passed(every, min(every)) <= PASSED:
        return ask
    newest = database.newest_with(index, words, ROWS_READ)
    if not newest:
        return ask
    sample = newest[:SAMPLED]
    hits = len(database.newest(index, replace(ask, among=sample, common=rare_first), SAMPLED))
    if hits and _passed(every, RANKED * len(sample) // hits) <= PASSED:
        return ask
    return replace(ask, among=newest, common=rare_first)


def _passed(every: Sequence[int], walked: int) -> int:
    """About how many entries are passed on the way along so many rows with the rarest of these words."""
    least = max(1, min(every))
    walked = min(walked, least)
    return sum(min(walked * LEAP, walked * rows // least) for rows in every)


def held_by(database: Dialect, index: Index, terms: Iterable[Term]) -> dict[Term, int]:
    """About how many rows hold each of the terms: as many as hold the rarest of its words."""
    tokens = {term: tokens_of(term) for term in terms}
    every = {token for found in tokens.values() for token in found}
    rows = _rows_with(database, index, every)
    return {term: min(rows[token] for token in found) for term, found in tokens.items()}


def _rows_with(database: Dialect, index: Index, tokens: set[str]) -> dict[str, int]:
    """How many rows hold each token, looked up once an answer; what is no word only to ROWS_LOOKED_AT."""
    known = database.known_rows
    if new := {token for token in tokens if (index.table, token) not in known}:
        words = list(filter(is_word, new))
        known.update({(each.table, word): 0 for each in INDEXES for word in words})
        known.update(vocabulary.counts_by_place(database, words))
        for token in new.difference(words):
            known[index.table, token] = database.held_by(index, token, ROWS_LOOKED_AT + 1)
    return {token: known[index.table, token] for token in tokens}


def is_hopeless(database: Dialect, index: Index, ask: WordQuery) -> bool:
    """Whether one of the wanted terms stands in no row in any of its ways, so that nothing need be asked.

    Only where that is known sooner than the answer.
    """
    if ask.any_of or not database.knows_absence:
        return False
    held = held_by(database, index, [term for term in ask.wanted if term not in ask.beginnings])
    absent = [term for term, rows in held.items() if not rows]
    return any(not _has_other_way(database, index, term) for term in absent)


def _has_other_way(database: Dialect, index: Index, term: Term) -> bool:
    others = (phrase for way in ways(term.words)[1:] for phrase in way)
    return any(_rows_with(database, index, set(phrase))[phrase[0]] for phrase in others)


def affordable(rare_first: Sequence[Term], held: dict[Term, int]) -> list[Term]:
    """The rarest of the terms, as many as no more than ROWS_LOOKED_AT hold together."""
    tried = accumulate(held[term] for term in rare_first)
    return [term for term, rows in zip(rare_first, tried, strict=True) if rows <= ROWS_LOOKED_AT]


def tokens_of(term: Term) -> list[str]:
    return [token for phrase in ways(term.words)[0] for token in phrase]


def _begun(database: Dialect, index: Index, beginnings: Iterable[Term]) -> dict[Term, tuple[int, list[str]]]:
    """For each beginning how many rows hold a word that begins so, and the words that most rows hold."""
    tokens = {term: tokens_of(term)[-1] for term in beginnings}
    asked = set(filter(is_word, tokens.values()))
    found = caches["local"].get_many([_key(index, token) for token in asked])
    known = {token: found[_key(index, token)] for token in asked if _key(index, token) in found}
    new = vocabulary.completions(database, sorted(asked - known.keys()), index.table)
    of_many = {_key(index, token): held for token, held in new.items() if held[0] > ROWS_LOOKED_AT}
    caches["local"].set_many(of_many, COMPLETIONS_KEPT)
    return {term: (known | new).get(token, (0, [])) for term, token in tokens.items()}


def _key(index: Index, token: str) -> str:
    return f"completions:{index.table}:{quote(token)}"
