"""Text from members: cleaning, folding, slugs, tags, duplicate hints and user names."""

import time
import unicodedata
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reelive.text import (
    MAX_MARKS,
    RESERVED_SLUGS,
    canonical_username,
    clean,
    clean_line,
    fold,
    normalise_tag,
    parse_tags,
    similar,
    slugify,
)

ANYTHING = st.text(st.characters(codec=None))
MARKED = st.text(st.sampled_from("aé\u0301\u0323\u0344\u0958\u200d\u3099か한\u1161 \n#,-_'"))
MILLION = 1_000_000
HOSTILE = [
    "a" * MILLION,
    "\u0301\u0323" * (MILLION // 2),
    "e\u0301\u0323" * (MILLION // 3),
    "\u0344" * MILLION,
    "\x00" * MILLION,
    "\u202e" * MILLION,
    " \n" * (MILLION // 2),
    "," * MILLION,
    "#" * MILLION,
    "-_" * (MILLION // 2),
    "\ud800" * MILLION,
]


def took(function, *arguments):
    """Seconds of work; whether the input is refused does not matter."""
    start = time.process_time()
    with suppress(ValueError):
        function(*arguments)
    return time.process_time() - start


# Cleaning


@pytest.mark.parametrize(
    "typed, kept",
    [
        ("Here's to the fools who dream.", "Here's to the fools who dream."),
        ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
        ("  around \t\n", "around"),
        ("  indented\n  lines", "indented\n  lines"),
        ("nu\x00ll, be\x07ll, es\x1bcape", "null, bell, escape"),
        ("Ame\u0301lie", "Amélie"),
        ("evil\u202egnp.exe", "evilgnp.exe"),
        ("\ufeffmarked\u200b\u2060", "marked"),
        ("half a pair \ud83d", "half a pair"),
        ("not for XML \ufffe\uffff\x0b", "not for XML"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("👩\u200d❤\ufe0f\u200d💋\u200d👨", "👩\u200d❤\ufe0f\u200d💋\u200d👨"),
        ("שָׁלוֹם", unicodedata.normalize("NFC", "שָׁלוֹם")),
        ("z" + "\u0335\u0321\u0489" * 9, "z" + "\u0335\u0321\u0489\u0335"),
    ],
)
def test_clean_text_keeps_what_readers_see(typed, kept):
    assert clean(typed) == kept


def test_a_tower_of_marks_is_cut_whatever_invisible_stands_between():
    tower = "a" + "\u0301\u0301\u200d\u200f" * 50
    marks = [c for c in clean(tower) if unicodedata.category(c) == "Mn"]
    assert len(marks) <= MAX_MARKS


@pytest.mark.parametrize(
    "invisible", ["", " \n\t", "\u200b\u200c\u200d", "\u3164\u3164\u3164", "\u2800", "\u0301\u00ad"]
)
def test_text_that_shows_nothing_is_empty(invisible):
    assert clean(invisible) == ""
    assert clean_line(invisible) == ""


def test_a_line_is_one_line():
    assert clean_line(" A  Lovely\r\n\tNight\u00a0 ") == "A Lovely Night"


@given(ANYTHING | MARKED)
def test_cleaning_is_done_once(text):
    assert clean(clean(text)) == clean(text)
    assert clean_line(clean_line(text)) == clean_line(text)


@given(ANYTHING)
def test_clean_text_can_be_stored_and_fed(text):
    kept = clean(text)
    kept.encode("utf-8")
    assert not [c for c in kept if unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\t"]
    assert unicodedata.is_normalized("NFC", kept)


@pytest.mark.parametrize("function", [clean, clean_line, fold, normalise_tag, parse_tags, canonical_username])
@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text[:3]))
def test_a_million_characters_are_read_in_time(function, text):
    assert took(function, text) < 1


# Folding


@pytest.mark.parametrize(
    "left, right",
    [
        ("Amélie", "AMELIE"),
        ("Łódź", "lodz"),
        ("Straße", "STRASSE"),
        ("Søren  Ærø", "soren aero"),
        ("ﬁlm Ⅳ", "film iv"),
        ("İstanbul ı", "istanbul i"),
        ("Ποιός", "ποιοσ"),
        ("ｆｕｌｌ", "full"),
    ],
)
def test_folded_spellings_are_equal(left, right):
    assert fold(left) == fold(right)


def test_folding_keeps_letters_that_only_look_like_accents():
    assert fold("が") != fold("か")
    assert fold("한국") == "한국"
    assert fold("हिन्दी") == "हिन्दी"


@given(ANYTHING | MARKED)
def test_folding_is_done_once(text):
    assert fold(fold(text)) == fold(text)


# Slugs


@pytest.mark.parametrize(
    "title, slug",
    [
        ("Mia & Sebastian's Theme", "mia-sebastians-theme"),
        ("Audition (The Fools Who Dream)", "audition-the-fools-who-dream"),
        ("Amélie", "amélie"),
        ("新しい日", "新しい日"),
        ("नमस्ते", "नमस्ते"),
        ("snake_case / and -- dashes --", "snake-case-and-dashes"),
        ("1917", "1917"),
        ("!!!", "moment"),
        ("", "moment"),
        ("\u0301", "moment"),
        ("../../etc", "etc"),
        ("New", "new-moment"),
        (" f e e d ", "f-e-e-d"),
        ("Feed!", "feed-moment"),
    ],
)
def test_slug_of_a_title(title, slug):
    assert slugify(title, "moment") == slug


def test_a_long_slug_ends_with_a_whole_word():
    assert slugify("a very long title " * 10, "moment", 30) == "a-very-long-title-a-very-long"
    assert slugify("x" * 100, "moment", 30) == "x" * 30


@given(ANYTHING | st.sampled_from(sorted(RESERVED_SLUGS)))
def test_a_slug_is_always_an_address(title):
    slug = slugify(title, "moment")
    assert 0 < len(slug) <= 80
    assert slug not in RESERVED_SLUGS
    assert slug == slug.strip("-")
    assert not set(slug) & set(" /?#%&.\\\"'<>\n")


# Tags


@pytest.mark.parametrize(
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


@pytest.mark.parametrize(
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


@pytest.mark.parametrize(
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


# Duplicate hints


def test_likely_duplicates_come_first():
    titles = ["Audition", "The City of Stars", "City of Stars (reprise)", "CITY OF STARS", "Planetarium"]
    assert similar("City of stars", titles) == [
        "CITY OF STARS",
        "The City of Stars",
        "City of Stars (reprise)",
    ]


def test_duplicates_are_found_in_spite_of_a_typing_error_an_accent_or_a_year():
    assert similar("Amelie", ["Amélie"]) == ["Amélie"]
    assert similar("Planetarim", ["Planetarium"]) == ["Planetarium"]
    assert similar("Up", ["Up (2009)", "Us (2019)"]) == ["Up (2009)"]


def test_duplicates_may_be_objects():
    rows = [{"title": "Audition"}, {"title": "Epilogue"}]
    assert similar("The audition", rows, key=lambda row: row["title"]) == rows[:1]


def test_a_title_without_words_has_no_duplicates():
    assert similar("", ["", "Audition"]) == []
    assert similar("!!!", ["???", "Audition"]) == []


def test_hints_are_few_and_quick_for_hostile_titles():
    hostile = ["ab" * 500_000 + str(number) for number in range(10)] + ["ab ba " * 30] * 2_000
    start = time.process_time()
    assert len(similar("ba" * 500_000, hostile)) <= 5
    assert time.process_time() - start < 1


# User names


@pytest.mark.parametrize(
    "typed, name", [("Mia", "mia"), (" seb_92 ", "seb_92"), ("a-b", "a-b"), ("x" * 30, "x" * 30)]
)
def test_a_username_has_one_spelling(typed, name):
    assert canonical_username(typed) == name
    assert canonical_username(name) == name


LETTERS = "A username is made of the letters a to z, digits, “_” and “-”."
LENGTH = "A username has 3 to 30 characters."
RESERVED = "This username is reserved; please choose another."


@pytest.mark.parametrize(
    "typed, sentence",
    [
        ("", LENGTH),
        ("ab", LENGTH),
        ("x" * 31, LENGTH),
        ("mi a", LETTERS),
        ("mia!", LETTERS),
        ("mia\x00", LETTERS),
        ("mia\u200b", LETTERS),
        ("mіa", LETTERS),  # a Cyrillic letter
        ("\u212aeith", LETTERS),  # the Kelvin sign
        ("ａｄｍｉｎ", LETTERS),
        ("mia@example.org", LETTERS),
        ("../etc", LETTERS),
        ("Admin", RESERVED),
        ("house", RESERVED),
        ("ree-live", RESERVED),
        ("_staff_", RESERVED),
        ("no-reply", RESERVED),
    ],
)
def test_a_wrong_username_is_refused_with_a_sentence(typed, sentence):
    with pytest.raises(ValueError) as refusal:  # noqa: PT011
        canonical_username(typed)
    assert str(refusal.value) == sentence


@given(ANYTHING)
def test_a_username_is_an_address_as_it_stands(typed):
    try:
        name = canonical_username(typed)
    except ValueError:
        return
    assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789_-")
