"""User names: one spelling for each, and what is refused."""

import pytest
from hypothesis import given

from reelive.text import canonical_username
from tests.support.rows import for_each
from tests.support.texts import ANYTHING


@for_each("typed, name", [("Mia", "mia"), (" seb_92 ", "seb_92"), ("a-b", "a-b"), ("x" * 30, "x" * 30)])
def test_a_username_has_one_spelling(typed, name):
    assert canonical_username(typed) == name
    assert canonical_username(name) == name


LETTERS = "A username is made of the letters a to z, digits, “_” and “-”."
LENGTH = "A username has 3 to 30 characters."
RESERVED = "This username is reserved; please choose another."


@for_each(
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
