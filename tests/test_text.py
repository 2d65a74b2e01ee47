"""Text from members: cleaning, folding, slugs and duplicate hints."""

import unicodedata

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
from tests.support.growth import MOST, growth
from tests.support.rows import for_each
from tests.support.texts import ANYTHING, MARKED

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


# Cleaning


@for_each(
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


@for_each("invisible", ["", " \n\t", "\u200b\u200c\u200d", "\u3164\u3164\u3164", "\u2800", "\u0301\u00ad"])
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


@for_each("function", [clean, clean_line, fold, normalise_tag, parse_tags, canonical_username])
@for_each("text", HOSTILE, ids=lambda text: ascii(text[:3]))
def test_a_million_characters_are_read_in_time(function, text):
    assert growth(function, text[: MILLION // 4], text) <= MOST


# Folding


@for_each(
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


@for_each(
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
    assert len(similar("ba" * 500_000, hostile)) <= 5
    assert growth(lambda titles: similar("ba" * 500_000, titles), hostile[::4], hostile) <= MOST
    assert growth(lambda size: similar("ba" * size, hostile[:10]), 125_000, 500_000) <= MOST
