"""What changed between two texts, and which of it is hidden."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moments.revisions.diff import (
    CHARACTERS_AROUND,
    LONGEST_BY_WORDS,
    MOST_HUNKS,
    Passage,
    changes,
    cover,
    passages,
)
from reelive.markdown import hidden
from tests.support.growth import MOST, growth
from tests.support.rows import for_each

PIECES = ["a", "the ", " ", "\n\n", "night", ">!", "!<", "||", ",", "星", "夜"]
texts = st.one_of(
    st.text(max_size=80),
    st.lists(st.sampled_from(["a", "the ", " ", "\n\n", "night", ">!", "!<", "||", ",", "星", "夜"])).map(
        "".join
    ),
)


def sides(runs):
    old = "".join(text for kind, text in runs if kind != "new")
    return old, "".join(text for kind, text in runs if kind != "gone")


def shown(old, new):
    """The words that can be read at once."""
    runs, before, after = changes(old, new), hidden(old), hidden(new)
    cover(runs, before, after)
    return "".join(
        text for is_hidden, runs in passages(runs, before, after) for _, text in runs if not is_hidden
    )


@given(texts, texts)
def test_the_runs_are_both_texts(old, new):
    runs = changes(old, new)
    assert sides(runs) == (old, new)
    assert all(text for _, text in runs)


@given(texts)
def test_a_text_does_not_differ_from_itself(text):
    assert changes(text, text) == ([("same", text)] if text else [])


@given(texts, texts)
def test_what_is_shown_is_all_that_there_is(old, new):
    runs = changes(old, new)
    found = passages(runs, hidden(old), hidden(new))
    assert sides([run for passage in found for run in passage.runs]) == (old, new)


@given(texts, texts)
def test_nothing_hidden_is_shown(old, new):
    """Each side of what can be read is what no spoiler of that side holds."""
    runs, before, after = changes(old, new), hidden(old), hidden(new)
    cover(runs, before, after)
    open_runs = [run for is_hidden, runs in passages(runs, before, after) for run in runs if not is_hidden]
    for side, text in zip(sides(open_runs), (old, new), strict=True):
        allowed = [letter for letter, flag in zip(text, hidden(text), strict=True) if not flag]
        left = iter(allowed)
        assert all(letter in left for letter in side)


def test_words_are_compared_and_not_letters():
    assert changes("The red fox, at night.", "The blue cat, at night.") == [
        ("same", "The "),
        ("gone", "red fox"),
        ("new", "blue cat"),
        ("same", ", at night."),
    ]


def test_a_word_put_in_is_all_that_changed():
    assert changes("They dance at night.", "They dance slowly at night.") == [
        ("same", "They dance "),
        ("new", "slowly "),
        ("same", "at night."),
    ]


def test_scripts_without_spaces_are_compared_by_the_character():
    assert changes("星がきれいですね。", "月がきれいですね。") == [
        ("gone", "星"),
        ("new", "月"),
        ("same", "がきれいですね。"),
    ]


def test_a_paragraph_that_moved_leaves_the_other_one_as_it_was():
    first, second = "They meet on the pier.\n\n", "Nobody sings along with him tonight.\n\n"
    runs = changes(first + second, second + first)
    assert ("same", second.rstrip(".\n")) in runs


def test_hundreds_of_changes_are_told_as_one():
    old = " ".join(f"stays{number} same{number} goes{number}" for number in range(2 * MOST_HUNKS))
    runs = changes(old, old.replace("goes", "comes"))
    assert len(runs) == 3
    assert sides(runs) == (old, old.replace("goes", "comes"))


def test_long_texts_are_told_as_rewritten():
    assert changes("a " * LONGEST_BY_WORDS, "b") == [("gone", "a " * LONGEST_BY_WORDS), ("new", "b")]


def some(letters, size, seed):
    picked = random.Random(seed)
    return "".join(picked.choice(letters) for _ in range(size))


numbers = [str(number) for number in range(2_000)]
HOSTILE = {
    "two words in turn": ("a b " * 2500, "b a " * 2500),
    "uneven turns": ("a a b " * 1666, "a b b " * 1666),
    "halves swapped": ("a " * 2500 + "b " * 2500, "b " * 2500 + "a " * 2500),
    "letters by chance": (some("ab ", 10_000, 1), some("ab ", 10_000, 2)),
    "signs by chance": (some(".,;", 10_000, 3), some(".,;", 10_000, 4)),
    "characters by chance": (some("星夜月花風", 10_000, 5), some("星夜月花風", 10_000, 6)),
    "signs in turn": ("." * 10_000, ".," * 5_000),
    "backwards": (" ".join(numbers), " ".join(reversed(numbers))),
    "spoilers": (">!" * 5_000, "||" * 5_000),
    "ends of spoilers": ("!<" * 5_000, "||\n\n" * 2_500),
    "spaces": (" \n" * 5_000, "\n " * 5_000),
    "a letter apart": ("x" * 10_000, "x" * 9_999),
}


@for_each("name", HOSTILE)
def test_hostile_texts_are_compared_in_time(name):
    old, new = HOSTILE[name]
    quarters = (old[: len(old) // 4], new[: len(new) // 4])
    assert growth(lambda texts: shown(*texts), quarters, (old, new)) <= MOST
    assert sides(changes(old, new)) == (old, new)


@pytest.mark.parametrize(
    ("text", "open_text"),
    [
        ("He >!dies!< here.", "He  here."),
        ("He ||dies|| here.", "He  here."),
        ("He >!dies\n\nthere!< and", "He  and"),
        ("He >!dies here.", "He "),
        ("He >!dies\n\nhere.", "He \n\nhere."),
        (">!\n- one\n\n- two", ""),
        (">!see `!<` here!< and", " and"),
        (">!a >!b!< c!< d", " d"),
        (">!a ||b!< c|| d", " d"),
        ("One || alone.", "One || alone."),
        ("One |||.", "One |||."),
        ("A `||` and ||he dies||.", "A `."),
        ("He ||dies\n\nthere|| and", "He  and"),
        ("`a||b` ||he dies|| `c||d`", "`ad`"),
        (">!a!< b >!c!<", " b "),
    ],
)
def test_spoilers_are_hidden_and_rather_too_much_than_too_little(text, open_text):
    mask = hidden(text)
    assert "".join(letter for letter, flag in zip(text, mask, strict=True) if not flag) == open_text


def test_words_that_were_hidden_later_are_not_read_in_the_older_text():
    assert shown("He dies at the end.", "He >!dies at the end!<.") == "He ."


def test_words_that_are_no_longer_hidden_stay_hidden_in_the_comparison():
    assert shown(">!He dies.!<", "He dies.") == ""


def test_a_word_that_went_from_a_hidden_place_is_hidden():
    assert "drowns" not in shown("He drowns at sea, they say.", ">!He dies at sea, they say.!<")


def test_a_word_that_went_next_to_a_spoiler_can_be_read():
    assert shown("Badly, he >!dies!<.", "He >!dies!<.") == "Badly, heHe ."


def test_a_spoiler_is_one_passage_whatever_changed_in_it():
    runs, before, after = (
        changes(">!He dies!<", ">!He lives!<"),
        hidden(">!He dies!<"),
        hidden(">!He lives!<"),
    )
    assert passages(runs, before, after) == [
        Passage(True, [("same", ">!He "), ("gone", "dies"), ("new", "lives"), ("same", "!<")])
    ]


def test_the_middle_of_what_stayed_is_left_out():
    long = "word " * 200
    (passage,) = passages(changes(long + "end", long + "stop"), bytearray(2_000), bytearray(2_000))
    assert [kind for kind, _ in passage.runs] == ["same", "cut", "same", "gone", "new"]
    assert [len(text) for _, text in passage.runs[:3]] == [CHARACTERS_AROUND, 1, CHARACTERS_AROUND]
