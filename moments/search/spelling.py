"""What somebody may have meant: a query with near words in the place of those that no public text holds."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import chain

from moments.search import query as queries
from moments.search import vocabulary
from moments.search.analyser import pieces
from moments.search.dialect import Dialect
from moments.search.index import dialect
from moments.search.public_words import MOST_TRIED, first_public, public_words
from moments.search.query import Query

SHORTEST_HALF, MOST_CORRECTED = 2, 6
WORD = re.compile(r"\w+")
ALONE = re.compile(r"(?<![\w:])\w+(?![\w:])")  # neither the name of a filter nor its value


def corrected(query: Query) -> Query | None:
    """The query with each unknown word replaced; None when all are known or one has nothing near it."""
    database = dialect()
    typed = {word: _folded(word) for term in query.wanted for word in term.words}
    known = public_words(database, set(filter(None, typed.values())))
    unknown = [(word, folded) for word, folded in typed.items() if folded and folded not in known]
    text = query.text
    for word, folded in unknown[:MOST_CORRECTED]:
        meant = first_public(database, vocabulary.near(database, folded)) or _in_two(database, folded)
        if meant:
            text = re.sub(rf"(?<![\w:]){re.escape(word)}(?!\w)", meant, text)
    return queries.parse(text) if text != query.text else None


def as_written(meant: Query, typed: Query, texts: Iterable[str]) -> str:
    """The text of a corrected query with its new words as these texts mostly write them.

    The index holds words without capitals and accents; a word that no text holds stays like that.
    """
    forms: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for word in chain.from_iterable(WORD.findall(text) for text in texts):
        forms[_folded(word)][word] += 1
    own = set(WORD.findall(typed.text))

    def written(match: re.Match) -> str:
        word = match[0]
        return word if word in own or word not in forms else forms[word].most_common(1)[0][0]

    return ALONE.sub(written, meant.text)


def _folded(word: str) -> str:
    """The token of a word that can be misspelt; empty for one with parts or of a script without spaces."""
    found = pieces(word)
    is_plain = len(found) == 1 and len(found[0].parts) == 1 and not found[0].is_run
    return found[0].parts[0] if is_plain and not word.isdecimal() else ""


def _in_two(database: Dialect, word: str) -> str | None:
    """The same letters as two words that texts hold, where only the space was left out."""
    halves = [(word[:place], word[place:]) for place in range(SHORTEST_HALF, len(word) - SHORTEST_HALF + 1)]
    if not halves or len(word) > vocabulary.LONGEST_MISSPELT:
        return None
    known = vocabulary.counts(database, {half for pair in halves for half in pair})
    held = [pair for pair in halves if all(half in known for half in pair)]
    held.sort(key=lambda pair: (min(known[half] for half in pair), pair), reverse=True)
    public = (pair for pair in held[:MOST_TRIED] if public_words(database, pair) == set(pair))
    return " ".join(next(public, ())) or None
