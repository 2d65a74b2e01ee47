"""The language of the search box, and what it says when it is not understood."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from moments.search.query import EXAMPLES, LENGTH_LIMIT, WORD_LIMIT, parse, words


def read(text):
    query = parse(text)
    assert query.problem == ""
    return [str(term) for term in query.wanted], [str(term) for term in query.unwanted], query.filters


@pytest.mark.parametrize(
    "text, wanted, unwanted, filters",
    [
        ("city of stars", ["city", "of", "stars"], [], {}),
        ('"a lovely night" piano', ["a lovely night", "piano"], [], {}),
        ("“a lovely night”", ["a lovely night"], [], {}),
        ("piano -jazz", ["piano"], ["jazz"], {}),
        ('piano -"jazz club"', ["piano"], ["jazz club"], {}),
        ("film:la-la-land bench", ["bench"], [], {"film": ["la-la-land"]}),
        ('film:"la la land"', [], [], {"film": ["la la land"]}),
        ("kind:moment tag:stars by:mia feeling:wonder", [], [],
         {"kind": ["moment"], "tag": ["stars"], "by": ["mia"], "feeling": ["wonder"]}),
        ("KIND:Songs BY:@Mia Feeling:JOY", [], [], {"kind": ["song"], "by": ["mia"], "feeling": ["joy"]}),
        ("tag:stars tag:dance tag:stars", [], [], {"tag": ["dance", "stars"]}),
        ("tag:stars -rain", [], ["rain"], {"tag": ["stars"]}),
        ("don't spider-man 10:30", ["don t", "spider man", "10 30"], [], {}),
        ("2001: A Space Odyssey", ["2001", "A", "Space", "Odyssey"], [], {}),
        ("https://example.org/x", ["https example org x"], [], {}),
        ('5" a"b', ["5", "a b"], [], {}),
        ("rock - paper -- !!! *", ["rock", "paper"], [], {}),
        ("amélie 崖の上のポニョ", ["amélie", "崖の上のポニョ"], [], {}),
        ("", [], [], {}),
        ("  \x00 \t", [], [], {}),
    ],
)  # fmt: skip
def test_a_query_is_read_as_it_is_meant(text, wanted, unwanted, filters):
    assert read(text) == (wanted, unwanted, filters)


@pytest.mark.parametrize(
    "text, sentence",
    [
        ("mission:impossible", "There is no filter “mission:”. Use film:, kind:, tag:, by: or feeling:,"),
        ('"a lovely night', "A quotation mark is left open"),
        ('film:"la la', "A quotation mark is left open"),
        ("-rain", "Add something to look for: a minus only takes results away."),
        ("-tag:rain bench", "A minus goes before words and phrases, not before tag:."),
        ("film: bench", "film: needs its value right behind it, such as film:la-la-land."),
        ('by:"" bench', "by: needs its value right behind it, such as by:mia."),
        ("tag:!!! bench", "tag: needs its value right behind it, such as tag:dance."),
        ("kind:poem", "kind: is one of moment, song, trivia or review."),
        ("feeling:bored", "feeling: is one of joy, laughter, wonder"),
        ("kind:song kind:moment", "Use kind: once."),
        ("!!! ??", "Type at least one letter or digit."),
        ("💥", "Type at least one letter or digit."),
        ("a" * (LENGTH_LIMIT + 1), "A search has at most 200 characters; this one has 201."),
        ("a" * 1_201, "A search has at most 200 characters; this one has 1,201."),
        ("a " * (WORD_LIMIT + 1), "A search has at most 16 words; this one has 17."),
        ('"' + "a " * (WORD_LIMIT + 1) + '"', "A search has at most 16 words; this one has 17."),
    ],
)
def test_what_makes_no_sense_is_answered_with_a_sentence(text, sentence):
    query = parse(text)
    assert query.problem.startswith(sentence)
    assert (query.terms, query.filters) == ((), {})
    assert query.text == text.strip()


def test_as_much_as_is_allowed_is_read():
    assert read("a " * WORD_LIMIT) == (["a"] * WORD_LIMIT, [], {})
    assert read("a" * LENGTH_LIMIT) == (["a" * LENGTH_LIMIT], [], {})


def test_marks_stay_with_their_letter():
    assert words("हिन्दी-कविता") == ("हिन्दी", "कविता")
    assert words("\u0301 e\u0301") == ("e\u0301",)


def test_only_a_bare_word_at_the_end_may_be_unfinished():
    assert parse("la lan").open_end
    for text in ('"la lan"', "lan film:la-la-land", "night -lan"):
        assert not parse(text).open_end


def test_the_examples_in_the_sentences_are_understood_themselves():
    for example in EXAMPLES.values():
        assert parse(example).problem == ""


@given(st.text(max_size=300))
def test_no_text_breaks_the_parser(text):
    query = parse(text)
    assert query.problem or all(term.words for term in query.terms)


@given(st.text(alphabet='ab:"- film🎬é', max_size=60))
def test_every_word_of_a_query_is_letters_and_digits_alone(text):
    for term in parse(text).terms:
        assert words(str(term)) == term.words


def test_a_hostile_query_is_read_at_once():
    for text in ('"' * 200, "-" * 200, "a:" * 100, ("x" * 90 + ":") * 2, " ".join("é" * 60)):
        assert isinstance(parse(text).problem, str)
