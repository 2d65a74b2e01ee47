"""Light stems of English words: dance, dances, danced and dancing have the same one.

Just endings of grammar are taken off, after the first steps of Porter's algorithm (1980) in a simpler form.
Words of other languages and short ones mostly stay as they are.
"""

from functools import lru_cache

SHORTEST_STEM, SHORTEST_WITH_ENDING = 3, 4
VOWELS = set("aeiouy")
# Words that tell nothing of a scene: who describes one half remembered uses many of them.
# fmt: off
SMALL_WORDS = frozenset(
    [
        "a", "about", "after", "all", "also", "am", "an", "and", "another", "are", "as", "at", "be", "been",
        "before", "but", "by", "can", "did", "do", "does", "for", "from", "get", "gets", "had", "has", "have",
        "he", "her", "him", "his", "how", "i", "if", "in", "into", "is", "it", "its", "just", "like", "me",
        "my", "no", "not", "of", "off", "on", "one", "onto", "or", "our", "out", "over", "s", "scene", "she",
        "so", "some", "t", "than", "that", "the", "their", "them", "then", "there", "they", "this", "to",
        "up", "very", "was", "we", "were", "what", "when", "where", "which", "while", "who", "whose", "why",
        "with", "you", "your",
    ]
)
# fmt: on
DOUBLE_STAYS = {"ll", "ss", "zz", "ff"}


@lru_cache(20_000)
def stem(word: str) -> str:
    """The stem of a folded word; the word itself where nothing can be taken off."""
    if len(word) < SHORTEST_STEM or not word.isascii() or not word.isalpha():
        return word
    return _plain_end(_without_ending(word) if len(word) >= SHORTEST_WITH_ENDING else word)


def is_small_word(word: str) -> bool:
    return word.lower() in SMALL_WORDS


def _without_ending(word: str) -> str:
    if word.endswith(("ies", "ied")):
        return f"{word[:-3]}y"
    if word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ing", "ed"):
        rest = word.removesuffix(ending)
        if rest != word and len(rest) > 2 and VOWELS.intersection(rest) and not word.endswith("eed"):
            return _undoubled(rest)
    return word


def _undoubled(rest: str) -> str:
    is_double = rest[-1] == rest[-2] and rest[-1] not in VOWELS and rest[-2:] not in DOUBLE_STAYS
    return rest[:-1] if is_double else rest


def _plain_end(rest: str) -> str:
    """Without the e that some forms have and others have not, and with i for a y after a consonant."""
    if len(rest) < SHORTEST_STEM:
        return rest
    rest = rest.removesuffix("e") if len(rest) >= SHORTEST_WITH_ENDING else rest
    return f"{rest[:-1]}i" if rest[-1] == "y" and rest[-2] not in VOWELS else rest
