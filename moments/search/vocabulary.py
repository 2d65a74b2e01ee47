"""The words that the indexes hold, in how many rows each, and which of them somebody may have meant.

Two words are near when one is got from the other by leaving out, adding, changing or swapping a letter or
two. They are found by their slips: each is kept under itself and under itself without any one letter, so that
a look-up costs the same whatever the number of words (the method of SymSpell, Garbe 2012).
"""

from collections import Counter
from collections.abc import Iterable, Sequence

from moments.search.dialect import Dialect
from moments.search.schema import SLIPS, WORDS

SHORTEST_MISSPELT, LONGEST_MISSPELT = 3, 24  # letters of words that are taken for misspelt
SLIPS_LOOKED_AT = 60
WORDS_AT_ONCE = 500
# Of a beginning: the words that it stands for, and those that are gone through to find them.
COMPLETED, GONE_THROUGH, GONE_THROUGH_OF_SHORT, SHORT = 30, 3_000, 100_000, 2
LAST_LETTER = chr(0x10FFFF)


def count(database: Dialect, place: str, change: Counter) -> None:
    """Add to the number of rows that hold each word, and forget the words that none holds any more."""
    change = Counter({word: step for word, step in change.items() if step})
    words = list(change)
    known = set(_counts(database, words, place))
    new = [word for word in words if word not in known and change[word] > 0]
    counted = f"UPDATE {WORDS} SET rows = rows + %s WHERE word = %s AND place = %s"
    database.run_many(counted, [(change[word], word, place) for word in words if word in known])
    added = f"INSERT INTO {WORDS} (word, place, rows) VALUES (%s, %s, %s)"
    database.run_many(added, [(word, place, change[word]) for word in new])
    learnt = f"INSERT INTO {SLIPS} (slip, word) VALUES (%s, %s) ON CONFLICT DO NOTHING"
    database.run_many(learnt, [(slip, word) for word in new for slip in slips(word)])
    _forget(database, place, [word for word in words if change[word] < 0])


def _forget(database: Dialect, place: str, words: Sequence[str]) -> None:
    if not words:
        return
    unheld = f"DELETE FROM {WORDS} WHERE word = %s AND place = %s AND rows <= 0"
    database.run_many(unheld, [(word, place) for word in words])
    still = set(_counts(database, words))
    gone = [(slip, word) for word in words if word not in still for slip in slips(word)]
    database.run_many(f"DELETE FROM {SLIPS} WHERE slip = %s AND word = %s", gone)


def empty(database: Dialect, place: str) -> None:
    """Forget the words of one index, as it is made anew."""
    database.run(
        f"DELETE FROM {WORDS} WHERE place = '{place}'",
        f"DELETE FROM {SLIPS} WHERE word NOT IN (SELECT word FROM {WORDS})",
    )


def slips(word: str) -> set[str]:
    """The word, and the word without any one of its letters; nothing for words that are not corrected."""
    if not SHORTEST_MISSPELT <= len(word) <= LONGEST_MISSPELT:
        return set()
    return {word} | {word[:place] + word[place + 1 :] for place in range(len(word))}


def counts(database: Dialect, words: Iterable[str], place: str = "") -> dict[str, int]:
    """In how many rows of one index, or of all, each of these words stands; without those in none."""
    return _counts(database, list(words), place)


def counts_by_place(database: Dialect, words: Sequence[str]) -> dict[tuple[str, str], int]:
    """In how many rows of each index each of these words stands, by place and word."""
    if not words:
        return {}
    holders = ", ".join(["%s"] * len(words))
    found = database.rows(f"SELECT place, word, rows FROM {WORDS} WHERE word IN ({holders})", *words)
    return {(place, word): rows for place, word, rows in found}


def _counts(database: Dialect, words: Sequence[str], place: str = "") -> dict[str, int]:
    found: dict[str, int] = {}
    for start in range(0, len(words), WORDS_AT_ONCE):
        some = words[start : start + WORDS_AT_ONCE]
        where = f"word IN ({', '.join(['%s'] * len(some))})" + " AND place = %s" * bool(place)
        question = f"SELECT word, sum(rows) FROM {WORDS} WHERE {where} GROUP BY word"
        found |= {word: int(rows) for word, rows in database.rows(question, *some, *[place] * bool(place))}
    return found


def completions(database: Dialect, beginnings: Iterable[str], place: str) -> dict[str, tuple[int, list[str]]]:
    """For each beginning: how many rows hold words that begin so, and the words that most rows hold.

    Only the first words in the alphabet are gone through, many of them where the beginning is short. A
    beginning of no word is left out.
    """
    asked = list(beginnings)
    if not asked:
        return {}
    question = " UNION ALL ".join(f"SELECT * FROM ({_most_held(beginning)}) AS most" for beginning in asked)
    values = [
        value for beginning in asked for value in (beginning, beginning, beginning + LAST_LETTER, place)
    ]
    found: dict[str, tuple[int, list[str]]] = {}
    for beginning, word, rows in database.rows(question, *values):
        found.setdefault(beginning, (int(rows), []))[1].append(word)
    return found


def _most_held(beginning: str) -> str:
    most = GONE_THROUGH if len(beginning) > SHORT else GONE_THROUGH_OF_SHORT
    first = f"SELECT word, place, rows FROM {WORDS} WHERE word >= %s AND word < %s ORDER BY word LIMIT {most}"
    held = f"SELECT word, rows, sum(rows) OVER () AS held FROM ({first}) AS first WHERE place = %s"
    of_each = f"SELECT %s AS begun, word, held FROM ({held}) AS every"
    return f"{of_each} ORDER BY rows DESC, word LIMIT {COMPLETED}"


def near(database: Dialect, word: str) -> list[str]:
    """The words that may have been meant: the nearest first, and of those the ones that most rows hold."""
    tried = sorted(slips(word))
    if not tried:
        return []
    question = f"""
        SELECT word, sum(rows) FROM {WORDS} WHERE word IN
        (SELECT word FROM {SLIPS} WHERE slip IN ({", ".join(["%s"] * len(tried))}) LIMIT {SLIPS_LOOKED_AT})
        GROUP BY word"""
    most = 1 if len(word) < 5 else 2
    found = [
        (distance(word, other), -rows, other)
        for other, rows in database.rows(question, *tried)
        if other != word
    ]
    return [other for steps, _rows, other in sorted(found) if steps <= most]


def distance(word: str, other: str) -> int:
    """How many letters are to be left out, added, changed or swapped with their neighbour (OSA distance)."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for place, letter in enumerate(word, 1):
        before, above, row = row, before, [place]
        for column, wanted in enumerate(other, 1):
            is_same = letter == wanted
            step = min(before[column] + 1, row[column - 1] + 1, before[column - 1] + (not is_same))
            is_swap = place > 1 and column > 1 and letter == other[column - 2] and wanted == word[place - 2]
            row.append(min(step, above[column - 2] + 1) if is_swap else step)
    return row[-1]
