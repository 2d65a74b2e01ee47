"""Hostile Markdown: what never comes through, and that it is read in time."""

import re
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from reelive.markdown import ALLOWED_TAGS, MAX_HTML_LENGTH, MAX_LENGTH, excerpt, mentions, render
from tests.support.growth import MOST, SQUARE, growth
from tests.support.markdown import veil
from tests.support.rows import for_each

MILLION = 1_000_000


class Markup(HTMLParser):
    """The tags and attributes of a text, and whether every tag that opens closes in order."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.attributes, self.text, self.open, self.ordered = set(), [], "", [], True
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes += [(tag, *attribute) for attribute in attrs]
        if tag not in ("br", "hr", "input"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        self.ordered = self.ordered and bool(self.open) and self.open.pop() == tag

    def handle_data(self, data):
        self.text += data


# What never comes through


@for_each(
    "text",
    [
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](java\nscript:alert(1))",
        "[x](&#106;avascript:alert(1))",
        "[x](\\javascript:alert(1))",
        "[x](vbscript:x)",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](file:///etc/passwd)",
        "[x](//evil.example)",
        "[x](/accounts/logout/)",
        "[x](evil)",
        "<javascript:alert(1)>",
        "<data:text/html,x>",
    ],
)
def test_only_web_and_mail_addresses_become_links(text):
    assert "<a" not in render(text)


@for_each(
    "text",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<b onclick=alert(1)>x</b>",
        "<svg><script>alert(1)</script></svg>",
        "<!-- x --><![CDATA[x]]><?php x ?>",
        "<label class='spoiler'><input type='checkbox' checked>",
        "<a href='javascript:alert(1)'>x</a>",
        "</p></div></main>",
        "<style>*{display:none}</style>",
    ],
)
def test_html_is_shown_as_it_was_typed(text):
    markup = Markup(render(text))
    assert markup.tags <= {"p"}
    assert markup.attributes == []
    assert markup.text.strip() == text


def test_a_link_to_nowhere_is_its_text():
    assert render("[one]() [>!two!<]( ) []()") == f"<p>one {veil('two')} </p>"


@for_each("title", ['"onclick=x"', "'onclick=x'", "(onclick=x)", '"\\"onclick=x\\""', ""])
def test_attributes_cannot_be_broken_out_of(title):
    html = render(f'[x](https://a.b/"onmouseover="alert(1) {title})\n\n```"onclick=x\ncode\n```')
    assert Markup(html).attributes == [
        ("a", "href", "https://a.b/%22onmouseover=%22alert(1)"),
        ("a", "rel", "nofollow ugc noopener"),
    ]


HOSTILE_PARTS = st.sampled_from(
    [
        *(
            "[",
            "]",
            "(",
            ")",
            "](",
            "!",
            "*",
            "_",
            "**",
            "~~",
            "`",
            "```",
            "|",
            "||",
            ">!",
            "!<",
            ">",
            "<",
            "\\",
        ),
        *(
            "&",
            "&#",
            "&amp;",
            "@",
            "@mia",
            "http://",
            "https://a.b/",
            "javascript:",
            "://",
            "# ",
            "- ",
            "1. ",
        ),
        *(
            "<a ",
            "</p>",
            '"',
            "<script>",
            " onclick=",
            "'",
            "\n",
            "\n\n",
            " ",
            "\0",
            "\ud800",
            "\ufdd0",
            "é",
            "한",
        ),
    ]
)


@given(st.lists(HOSTILE_PARTS | st.text(max_size=3), max_size=60).map("".join))
def test_whatever_is_typed_becomes_sound_markup(text):
    markup = Markup(render(text, {"mia"}))
    assert markup.ordered
    assert markup.open == []
    assert markup.tags <= ALLOWED_TAGS
    for tag, name, value in markup.attributes:
        if name == "href":
            assert re.match(r"(https?://|mailto:|/members/mia/\Z)", value, re.IGNORECASE)
        else:
            assert (tag, name, value) in {
                ("a", "rel", "nofollow ugc noopener"),
                ("a", "class", "mention"),
                ("label", "class", "spoiler"),
                ("details", "class", "spoiler"),
                ("input", "type", "checkbox"),
                ("input", "aria-label", "Show spoiler"),
            } or (tag, name) == ("ol", "start")


@given(st.lists(HOSTILE_PARTS, max_size=60).map("".join))
def test_an_excerpt_is_plain_and_short(text):
    assert len(excerpt(text)) <= 280
    assert len(excerpt(render(text), 40)) <= 40


# Bad input


# fmt: off
HOSTILE = [
    "x", " ", "\n", "[", "]", "![", "](", "[a](", "[[a](http://b) ", "(", "*", "_", "**a *", "*a_ ",
    "~~", "`", "``` ", ">", "> ", ">!", ">!a!<", "!<", "|", "||", "||a", "- ", "1. ", "-\n", "#",
    "# a\n", "<", "<a ", "<!--", "<http://", "://", "http://", "http://[", "(http://", "https://a.b/",
    "https://\u00e9", "mailto:", "@", "@mia", "&", "&#", "&#9", "\\", "\0", "\ud800", "\ufdd0",
    "\u202e", "\u0301", "\ufdfa", "```\n", "=\n", "[>!a!<](http://b)", ">!a\n\n",
    "[a.aa](http://b) ", "![a](http://b)", "[![a](http://b)", "[\u0301.aa](http://b)", "[@a @a](http://b)",
]
# fmt: on


@for_each("part", HOSTILE, ids=ascii)
def test_a_million_hostile_characters_are_read_in_time(part):
    """Mentions and excerpts of Markdown are found by reading it alike, excerpts of HTML in another way.

    Of a million all but the first are left out: those are harmless here, and cannot hide what the rest takes.
    """
    text = (part * MILLION)[:MILLION]
    for function, limit in (render, MAX_LENGTH), (lambda text: excerpt("<p>" + text), MAX_HTML_LENGTH):
        assert growth(function, text[: MAX_LENGTH // 8], text[: MAX_LENGTH // 2], SQUARE) <= SQUARE
        long = "x" * limit + text
        assert growth(function, long[: MILLION // 4], long[:MILLION]) <= MOST


PAIRS = [
    ("[", "*"),
    ("*", "["),
    ("[![", "*a_ "),
    ("[a](", "[!["),
    ("`", ">!"),
    ("||a", "["),
    ("http://[", "[a]("),
]


@for_each("head, tail", PAIRS)
def test_two_hostile_parts_are_read_in_time(head, tail):
    def in_halves(length):
        return head * (length // len(head) // 2) + tail * (length // len(tail) // 2)

    eighth, in_turn = MAX_LENGTH // 8, (head + tail) * MAX_LENGTH
    assert growth(render, in_turn[:eighth], in_turn[: 4 * eighth], SQUARE) <= SQUARE
    assert growth(render, in_halves(eighth), in_halves(4 * eighth), SQUARE) <= SQUARE


@for_each("part", ["<b>", "<i><b></p>", "<li><dd>", "<svg></b>", "<label>", "<a href=", "&#9999999", "&"])
def test_markup_of_any_kind_is_cut_in_time(part):
    for length in (MAX_LENGTH // 4, MILLION // 4):
        texts = ("<p>" + part * (size // len(part)) for size in (length, 4 * length))
        assert growth(excerpt, *texts) <= MOST


def test_text_beyond_the_limit_is_left_out():
    assert render("x" * (MAX_LENGTH + 5)) == f"<p>{'x' * MAX_LENGTH}</p>"
    assert mentions("x" * MAX_LENGTH + " @mia") == set()
    assert "y" not in excerpt(" " * MAX_LENGTH + "y")


def test_invalid_characters_are_left_out():
    assert render("a\x00b\ud800c") == "<p>a\ufffdbc</p>"
    assert excerpt("a\ud800b") == "ab"
    assert mentions("\ud800 @mia") == {"mia"}
