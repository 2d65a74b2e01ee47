"""What stands between the marks of a spoiler never shows outside of it, whatever else stands there."""

import re

from hypothesis import example, given
from hypothesis import strategies as st

from reelive.markdown import excerpt, render, shown, without_spoilers

SECRET = "SECRET"
BLOCKS = [
    "\n",
    "\n\n",
    "\n \n",
    "\n- ",
    "\n  - ",
    "\n1. ",
    "\n> ",
    "\n>\n> ",
    "\n# ",
    "\n***\n",
    "\n\n---\n\n",
    "\n    ",
]
SIGNS = [
    "*",
    "**",
    "_",
    " ~~",
    "[",
    "](https://a.example)",
    "[x](https://a.example/",
    ")",
    "![",
    " <",
    "https://a.example/",
]
MORE_SIGNS = ["\\", "&", "@mia ", "!", ">", "a|b", " ", "「", "」", "。", "a ", "\u200d"]
CODE = [" `x` ", " `!<` ", " `||` ", "\n```\nx\n```\n", "\n~~~\nx || y\n~~~\n", "\n```\nx !< y\n```\n"]
QUIET = st.sampled_from([*BLOCKS, *SIGNS, *MORE_SIGNS])
GAPS = st.sampled_from(["", "", "\n", "\n\n", "\n- "])
# The marks, and other marks that may stand inside, where they cross them or stand alone.
NOTATIONS = st.sampled_from([(">!", "!<", ["||", ">!"]), ("||", "||", [">!", "!<"])])


@st.composite
def texts(draw):
    """A text with one spoiler whose every word is SECRET."""
    opener, closer, strange = draw(NOTATIONS)
    before = draw(st.lists(QUIET | st.sampled_from(["` ", " `x` "]), max_size=5).map("".join))
    before = re.sub(r"([\\|>!])(?=[!<|]|\Z)", r"\1 ", before)
    # Where ticks stand alone, code and marks in it can be read in more ways than one.
    odd_ticks = "` " in before or draw(st.booleans())
    extras = [" ` ", " `x` ", *strange[:1]] if odd_ticks else [*CODE, *strange]
    parts = st.just(f" {SECRET} ") | QUIET | st.sampled_from(extras)
    inside = draw(st.lists(parts, min_size=1, max_size=9).map("".join))
    after = draw(st.lists(QUIET, max_size=5).map("".join))
    first, last = draw(st.tuples(GAPS, GAPS))
    return f"{before}{opener}{first}{SECRET} {inside} {SECRET}{last}{closer} {after}"


@given(texts())
def test_nothing_hidden_shows_on_a_page_in_a_feed_or_on_a_card(text):
    markup = render(text)
    assert SECRET in markup
    assert SECRET not in without_spoilers(markup)
    assert SECRET not in excerpt(markup)
    assert SECRET not in excerpt(text)


@given(texts())
@example("||SECRET \n~~~\nx || y\n~~~\n SECRET \n\n~~~\nx || y\n~~~\n SECRET|| ")
def test_nothing_hidden_shows_in_a_text_as_it_was_typed(text):
    assert SECRET not in shown(text)
