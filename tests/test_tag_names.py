"""The names of tags: one spelling for each, and what is refused."""

import pytest
from hypothesis import given

from reelive.text import normalise_tag, parse_tags
from tests.support.rows import for_each
from tests.support.texts import ANYTHING, MARKED


@for_each(
    "typed, name",
    [
        ("Jazz", "jazz"),
        ("#Jazz", "jazz"),
        ("  Los   Angeles ", "los angeles"),
        ("ＪＡＺＺ", "jazz"),
        ("C++", "c++"),
        ("ÉTÉ", "été"),
        ("50s", "50s"),
    ],
)
def test_a_tag_has_one_spelling(typed, name):
    assert normalise_tag(typed) == name


@for_each(
    "typed, sentence",
    [
        ("!!!", "A tag needs at least one letter or digit."),
        ("", "A tag needs at least one letter or digit."),
        ("#", "A tag needs at least one letter or digit."),
        ("a", "A tag has 2 to 40 characters: “a” has 1."),
        ("a" * 41, f"A tag has 2 to 40 characters: “{'a' * 40}” has 41."),
        ("one,two", "A tag cannot hold a comma."),
    ],
)
def test_a_wrong_tag_is_refused_with_a_sentence(typed, sentence):
    with pytest.raises(ValueError) as refusal:  # noqa: PT011
        normalise_tag(typed)
    assert str(refusal.value) == sentence


@given(ANYTHING | MARKED)
def test_normalising_a_tag_is_done_once(text):
    try:
        name = normalise_tag(text)
    except ValueError:
        return
    assert normalise_tag(name) == name
    assert parse_tags(name) == [name]


def test_tags_are_parsed_in_order_and_once():
    assert parse_tags("Stars, #tap dance,stars ,, Los  Angeles，1950s") == [
        "stars",
        "tap dance",
        "los angeles",
        "1950s",
    ]


@for_each(
    "typed, sentence",
    [
        ("", "Add at least one tag."),
        (" , #, ", "Add at least one tag."),
        ("aa,bb,cc,dd,ee,ff,gg,hh,ii", "Use at most 8 tags: these are 9."),
        ("aa," * 500, "Use at most 8 tags."),
        ("good, x", "A tag has 2 to 40 characters: “x” has 1."),
    ],
)
def test_wrong_tags_are_refused_with_a_sentence(typed, sentence):
    with pytest.raises(ValueError) as refusal:  # noqa: PT011
        parse_tags(typed)
    assert str(refusal.value) == sentence
