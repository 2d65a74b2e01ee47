"""A spoiler over blocks of any kind: one fold holds them, and what it begins or ends in is cut in two."""

import pytest

from reelive.markdown import excerpt, in_language, render, without_spoilers
from tests.support.growth import SQUARE, growth
from tests.support.markdown import fold, veil

CASES = [
    ("OPENa\n\nbCLOSE", fold("<p>a</p>\n<p>b</p>\n")),
    ("OPENa\n\nb\n \ncCLOSE d", fold("<p>a</p>\n<p>b</p>\n<p>c</p>\n") + "\n<p>d</p>"),
    ("x OPENa\n\nbCLOSE y", "<p>x</p>\n" + fold("<p>a</p>\n<p>b</p>\n") + "\n<p>y</p>"),
    ("OPEN\n- one\n- two\nCLOSE", fold("<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n")),
    ("OPENa\n- one\n- twoCLOSE", fold("<p>a</p>\n<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n")),
    ("OPEN- one\n- twoCLOSE", fold("<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n")),
    ("- OPENa\n- bCLOSE\n- c",
     fold("<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n") + "\n<ul>\n<li>c</li>\n</ul>"),
    ("1. x\n2. OPENa\n3. bCLOSE y\n4. c",
     "<ol>\n<li>x</li>\n</ol>\n" + fold('<ol start="2">\n<li>a</li>\n<li>b</li>\n</ol>\n')
     + '\n<ol start="3">\n<li>y</li>\n<li>c</li>\n</ol>'),
    ("1) OPENa\n\n2) bCLOSE",
     fold("<ol>\n<li>\n<p>a</p>\n</li>\n<li>\n<p>b</p>\n</li>\n</ol>\n")),
    ("3. OPENa\n4. bCLOSE\n5. c",
     fold('<ol start="3">\n<li>a</li>\n<li>b</li>\n</ol>\n') + '\n<ol start="5">\n<li>c</li>\n</ol>'),
    ("- OPENa\n  - b\n  - cCLOSE\n- d",
     "<ul>\n<li>\n" + fold("<p>a</p>\n<ul>\n<li>b</li>\n<li>c</li>\n</ul>\n") + "\n</li>\n<li>d</li>\n</ul>"),
    ("> OPENa\n>\n> bCLOSE", "<blockquote>\n" + fold("<p>a</p>\n<p>b</p>\n") + "\n</blockquote>"),
    ("OPENa\n> b\nCLOSE", fold("<p>a</p>\n<blockquote>\n<p>b</p>\n</blockquote>\n")),
    ("OPEN> b\nCLOSE", fold("<blockquote>\n<p>b</p>\n</blockquote>\n")),
    ("> x OPENa\n\nbCLOSE",
     "<blockquote>\n<p>x</p>\n</blockquote>\n" + fold("<blockquote>\n<p>a</p>\n</blockquote>\n<p>b</p>\n")),
    ("OPEN\n```\na\n```\nCLOSE", fold("<pre><code>a\n</code></pre>\n")),
    ("OPEN```\na\n```CLOSE b", None),
    ("OPEN```js\na\n\nb\n```CLOSE", fold("<pre><code>a\n\nb\n</code></pre>\n")),
    ("OPENa\n```\nCLOSE\n```\nbCLOSE", None),
    ("OPENa\n\n---\n\nbCLOSE", fold("<p>a</p>\n<hr>\n<p>b</p>\n")),
    ("OPEN\n---\nCLOSE", fold("<hr>\n")),
    ("# OPENa\n\nbCLOSE", fold("<p><strong>a</strong></p>\n<p>b</p>\n")),
    ("OPEN# aCLOSE", fold("<p><strong>a</strong></p>\n")),
    ("OPEN\n- one\n- two", fold("<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n")),
    ("OPENa\n\nb", f"<p>{veil('a')}</p>\n<p>b</p>"),
    ("- OPENa\n- b", f"<ul>\n<li>{veil('a')}</li>\n<li>b</li>\n</ul>"),
    ("**OPENa\n\nb**CLOSE", "<p>**</p>\n" + fold("<p>a</p>\n<p>b**</p>\n")),
    ("OPENa `CLOSE` b\n\ncCLOSE", None),
]  # fmt: skip


@pytest.mark.parametrize("opener, closer", [(">!", "!<"), ("||", "||")], ids=["angles", "bars"])
@pytest.mark.parametrize("text, html", CASES)
def test_blocks_are_hidden_behind_one_fold(opener, closer, text, html):
    typed = text.replace("OPEN", opener).replace("CLOSE", closer)
    markup = render(typed)
    if html is not None:
        assert markup == html
    assert markup.count("<summary>") + markup.count("<label") == 1
    assert not {"a", "b"} & set(excerpt(without_spoilers(markup)).split()) or "bCLOSE" not in text


@pytest.mark.parametrize(
    "text, html",
    [
        ("```\n>!a\n\nb!<\n```", "<pre><code>&gt;!a\n\nb!&lt;\n</code></pre>"),
        ("```\na || b\n```\n\nc || d", "<pre><code>a || b\n</code></pre>\n<p>c || d</p>"),
        ("`>!a!<` and `||`\n\n`||b||`", None),
        ("One || two.\n\nThree.", "<p>One || two.</p>\n<p>Three.</p>"),
        ("||||\n\n|| ||", "<p>||||</p>\n<p>|| ||</p>"),
        ("!< a\n\nb", "<p>!&lt; a</p>\n<p>b</p>"),
        (r"\>!a" + "\n\n" + r"b\!<", "<p>&gt;!a</p>\n<p>b!&lt;</p>"),
    ],
)
def test_what_is_no_spoiler_stays_as_it_is(text, html):
    markup = render(text)
    assert "spoiler" not in markup
    assert html is None or markup == html


@pytest.mark.parametrize(
    "text, shown",
    [
        (">!a ||b!<\n\nc|| d", "▒▒▒ d"),
        ("||a >!b||\n\nc!< d", "▒▒▒ d"),
        (">!a\n\n>!b!<\n\nc!< d", "▒▒▒ d"),
        (">!a\n\nb >! c\n\nd!< e", "▒▒▒ e"),
        ("```\n>!a\n```\n\nb!< c", "▒▒▒ c"),
        (">!a\n\nb `c!<` d", "▒▒▒"),
        (">!a\n\nb `>!c!<`", "▒▒▒ b ▒▒▒"),
        (">!a\n\n```\nc!<\n```\n\nd", "▒▒▒ d"),
        ("a || b\n\n||c||", "a || b ▒▒▒"),
        ("a || b\n\n||c\n\nd|| e", "a ▒▒▒ e"),
        ("||a||\n\n||b\n\nc|| d ||e||", "▒▒▒ ▒▒▒ d ▒▒▒"),
    ],
)
def test_where_marks_cross_or_stand_alone_the_safe_side_wins(text, shown):
    assert excerpt(render(text)) == shown
    assert excerpt(text) == shown


def test_a_feed_says_that_something_is_hidden_and_not_what():
    markup = render("One >!two!<.\n\n>!\n- three\n\n```\nfour\n```\n!<\n\nFive.")
    assert without_spoilers(markup) == "<p>One ▒▒▒.</p>\n<p>▒▒▒</p>\n<p>Five.</p>"
    assert without_spoilers(markup[:-20]).startswith("<p>One ▒▒▒.</p>\n<p>▒▒▒</p>")
    assert without_spoilers("<p>a <label>b") == "<p>a ▒▒▒"


def test_what_opens_a_spoiler_speaks_the_language_of_the_page():
    markup = render(">!a!< Show spoiler\n\n||b\n\nc||")
    shown = in_language(markup, "Spoiler zeigen")
    assert shown.count("Spoiler zeigen") == 2
    assert shown.count("Show spoiler") == 1


@pytest.mark.parametrize(
    "part",
    [">!a\n\nb!<\n\n", "||a\n\nb||\n\n", "> - >!a\n\nb!<\n\n", ">!\n\n", "||\n\n", "`>!a` ", "||>!||", ">!<",
     "`>!a` !< ", "||>!||a!<", "- >!a\n- b!<\n", "1. ||a\n2. b||\n", ">!\n- a\n", "||- a\n", "```||\n"],
)  # fmt: skip
def test_many_spoilers_are_read_in_time(part):
    texts = [(part * 5_000)[:length] for length in (2_500, 10_000)]
    assert growth(render, *texts, SQUARE) <= SQUARE
