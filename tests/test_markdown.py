"""Markdown from members: what it becomes, what never comes through, who is mentioned, what a card shows."""

import re
import time
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reelive.markdown import ALLOWED_TAGS, MAX_LENGTH, excerpt, mentions, render

REL = 'rel="nofollow ugc noopener"'
MILLION = 1_000_000
SECONDS = 0.5  # of processor time; what takes long here takes a tenth of it when nobody else works


def veil(content):
    return (
        '<label class="spoiler"><input type="checkbox" aria-label="Show spoiler">'
        f"<span>{content}</span></label>"
    )


def link(address, text=None):
    return f'<a href="{address}" {REL}>{text or address}</a>'


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


# What it becomes


@pytest.mark.parametrize(
    "text, html",
    [
        ("", ""),
        ("*City* of **stars**", "<p><em>City</em> of <strong>stars</strong></p>"),
        ("one\ntwo", "<p>one<br>\ntwo</p>"),
        ("one\r\n\r\ntwo", "<p>one</p>\n<p>two</p>"),
        ("~~gone~~", "<p><s>gone</s></p>"),
        ("# A *title*", "<p><strong>A <em>title</em></strong></p>"),
        ("###### Small", "<p><strong>Small</strong></p>"),
        ("Not a title\n---", "<p>Not a title</p>\n<hr>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("3. a", '<ol start="3">\n<li>a</li>\n</ol>'),
        ("> said", "<blockquote>\n<p>said</p>\n</blockquote>"),
        ("    a poem", "<p>a poem</p>"),
        ("`a < b`", "<p><code>a &lt; b</code></p>"),
        ("```js\nx && y\n```", "<pre><code>x &amp;&amp; y\n</code></pre>"),
        ("| a | b |\n|---|---|\n| c | d |", "<p>| a | b |<br>\n|---|---|<br>\n| c | d |</p>"),
        ("[a]: http://a.b", f"<p>[a]: {link('http://a.b')}</p>"),
    ],
)
def test_markdown_becomes_html(text, html):
    assert render(text) == html


@pytest.mark.parametrize(
    "text, html",
    [
        ("[home](https://a.b/c)", link("https://a.b/c", "home")),
        ("<https://a.b/>", link("https://a.b/")),
        ("mail [me](mailto:a@b.c)", f"mail {link('mailto:a@b.c', 'me')}"),
        ("see https://a.b/c_d_e, or not", f"see {link('https://a.b/c_d_e')}, or not"),
        ("(https://a.b/Snatch_(film))", f"({link('https://a.b/Snatch_(film)')})"),
        ("*https://a.b*", f"<em>{link('https://a.b')}</em>"),
        ("HTTPS://A.B/", link("HTTPS://A.B/")),
        ("http://a.b?x=1&copy=2", link("http://a.b?x=1&amp;copy=2")),
        ('http://a.b/"onclick=x', f'{link("http://a.b/")}"onclick=x'),
        ("https://münchen.de", link("https://xn--mnchen-3ya.de", "https://münchen.de")),
        ("[https://a.b](https://c.d)", link("https://c.d", "https://a.b")),
        ("example.com, a@b.com, http://, ://x, xhttp://a.b, ftp://a.b", None),
        ("![a picture](https://a.b/c.png)", f"!{link('https://a.b/c.png', 'a picture')}"),
    ],
)
def test_addresses_become_links(text, html):
    assert render(text) == f"<p>{html or text}</p>"


# What never comes through


@pytest.mark.parametrize(
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


@pytest.mark.parametrize(
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


@pytest.mark.parametrize("title", ['"onclick=x"', "'onclick=x'", "(onclick=x)", '"\\"onclick=x\\""', ""])
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
                ("input", "type", "checkbox"),
                ("input", "aria-label", "Show spoiler"),
            } or (tag, name) == ("ol", "start")


@given(st.lists(HOSTILE_PARTS, max_size=60).map("".join))
def test_an_excerpt_is_plain_and_short(text):
    assert len(excerpt(text)) <= 280
    assert len(excerpt(render(text), 40)) <= 40


# Spoilers


@pytest.mark.parametrize(
    "text, html",
    [
        (">!He leaves!<", veil("He leaves")),
        ("||He leaves||", veil("He leaves")),
        ("so >! he *leaves* !< then", f"so {veil('he <em>leaves</em>')} then"),
        ("a ||b|| c >!d!< e", f"a {veil('b')} c {veil('d')} e"),
        (">!one\ntwo!<", veil("one<br>\ntwo")),
        (">!https://a.b/c!<", veil(link("https://a.b/c"))),
        ("||https://a.b/c|d||", veil(link("https://a.b/c%7Cd", "https://a.b/c|d"))),
        ("**>!bold!<**", f"<strong>{veil('bold')}</strong>"),
        ("[go >!there!<](https://a.b)", veil(link("https://a.b", "go there"))),
        ("[>!a!< and >!b!<](https://a.b)", veil(link("https://a.b", "a and b"))),
        (">!outer >!inner!< rest!<", f"{veil('outer &gt;!inner')} rest!&lt;"),
        ("`>!code!<`", "<code>&gt;!code!&lt;</code>"),
        (r"\>!not!<", "&gt;!not!&lt;"),
        (">!unclosed", "&gt;!unclosed"),
        ("||||", "||||"),
        ("|| ||", "|| ||"),
        ("a || b", "a || b"),
        (">!`!<`!<", f"{veil('`')}`!&lt;"),
        (">!@mia!<", veil(f'<a href="/members/mia/" class="mention" {REL}>@mia</a>')),
    ],
)
def test_spoilers_are_veiled(text, html):
    assert render(text, {"mia"}) == f"<p>{html}</p>"


def test_a_spoiler_at_the_start_of_a_line_is_not_a_quotation():
    assert render("> said\n>!hidden!<") == f"<blockquote>\n<p>said<br>\n{veil('hidden')}</p>\n</blockquote>"
    assert render("> >!hidden!<") == f"<blockquote>\n<p>{veil('hidden')}</p>\n</blockquote>"
    assert render("- >!hidden!<") == f"<ul>\n<li>{veil('hidden')}</li>\n</ul>"
    assert render("said\n>!hidden!<") == f"<p>said<br>\n{veil('hidden')}</p>"
    assert render("# >!hidden!<") == f"<p><strong>{veil('hidden')}</strong></p>"


def test_a_spoiler_over_paragraphs_hides_each_of_them():
    assert render(">!one\n\ntwo\n \nthree!< four") == (
        f"<p>{veil('one')}</p>\n<p>{veil('two')}</p>\n<p>{veil('three')} four</p>"
    )


def test_a_spoiler_mark_in_a_block_of_code_stays_as_it_is():
    assert render("```\n>!x\n\ny!<\n```") == "<pre><code>&gt;!x\n\ny!&lt;\n</code></pre>"


def test_the_mark_kept_from_the_block_rules_cannot_be_typed():
    assert render("\ufdd0hidden!<") == "<p>hidden!&lt;</p>"


# Mentions


def test_known_members_are_linked():
    html = render("@Mia, @seb and @nobody", {"mia", "Seb"})
    assert html == (
        f'<p><a href="/members/mia/" class="mention" {REL}>@Mia</a>, '
        f'<a href="/members/seb/" class="mention" {REL}>@seb</a> and @nobody</p>'
    )


@pytest.mark.parametrize(
    "text, names",
    [
        ("@mia and @MIA and @seb_92.", {"mia", "seb_92"}),
        ("(@mia) *@seb* @keith's", {"mia", "seb", "keith"}),
        ("@mia-", {"mia", "mia-"}),
        ("mia@example.org, a/@mia, @@mia, .@mia", set()),
        ("`@mia` and\n```\n@seb\n```", set()),
        ("[@mia](https://a.b) https://a.b/@seb", set()),
        (">!@mia!<", {"mia"}),
        ("# @mia\n> @seb\n- @keith", {"mia", "seb", "keith"}),
        ("@ab @" + "x" * 31, set()),
        ("@miaé", set()),
        (r"\@mia", {"mia"}),
    ],
)
def test_mentions_are_found_outside_of_code_and_links(text, names):
    assert mentions(text) == names


def test_a_name_with_a_mark_after_it_is_linked_without_the_mark():
    mention = f'<a href="/members/mia/" class="mention" {REL}>@mia</a>'
    assert render("@mia- or @mia_", {"mia"}) == f"<p>{mention}- or {mention}_</p>"


# Excerpts


@pytest.mark.parametrize(
    "text, plain",
    [
        ("", ""),
        ("# Title\n\nOne *two*\nthree", "Title One two three"),
        ("- a\n- b\n\n> c\n\n---\n\n`d`", "a b c d"),
        ("a & b < c \"d\" 'e' &amp;lt;", "a & b < c \"d\" 'e' &lt;"),
        ("before >!he *leaves*!< after", "before ▒▒▒ after"),
        ("||a|| and >!b!<", "▒▒▒ and ▒▒▒"),
        ("[see >!this!<](https://a.b)", "▒▒▒"),
        ("[see](https://a.b) https://c.d", "see https://c.d"),
        ("```\n>!code!<\n```", "▒▒▒"),
        (">!one\n\ntwo!<", "▒▒▒ ▒▒▒"),
        ("<b>no</b>", "<b>no</b>"),
        ("<p>>!typed!<", "<p>▒▒▒"),
        ("<p>>!a!< ||b||</p>", "<p>▒▒▒ ▒▒▒</p>"),
    ],
)
def test_an_excerpt_is_the_text_without_spoilers(text, plain):
    assert excerpt(render(text)) == plain
    assert excerpt(text) == plain


def test_an_excerpt_ends_with_a_whole_word():
    assert excerpt("one two three", 13) == "one two three"
    assert excerpt("one two three", 12) == "one two…"
    assert excerpt("one two, three", 12) == "one two…"
    assert excerpt("x" * 20, 12) == "x" * 11 + "…"


@pytest.mark.parametrize("cut", range(20, 120, 7))
def test_a_cut_excerpt_shows_no_part_of_a_spoiler(cut):
    text = "Mia smiles. " * 4 + ">!SECRET SECRET SECRET!< " + "Sebastian plays. " * 4
    assert "SECRET" not in excerpt(text, cut)
    assert "SECRET" not in excerpt(render(text)[: cut * 3], cut)


def test_markup_that_only_looks_rendered_leaks_no_spoiler():
    assert excerpt("<p>one <label>two</label> three ||four||</p>") == "one ▒▒▒ three ▒▒▒"
    assert excerpt("<p>one</p> >!two!< three") == "<p>one</p> ▒▒▒ three"


# Bad input


# fmt: off
HOSTILE = [
    "x", " ", "\n", "[", "]", "![", "](", "[a](", "[[a](http://b) ", "(", "*", "_", "**a *", "*a_ ",
    "~~", "`", "``` ", ">", "> ", ">!", ">!a!<", "!<", "|", "||", "||a", "- ", "1. ", "-\n", "#",
    "# a\n", "<", "<a ", "<!--", "<http://", "://", "http://", "http://[", "(http://", "https://a.b/",
    "https://\u00e9", "mailto:", "@", "@mia", "&", "&#", "&#9", "\\", "\0", "\ud800", "\ufdd0",
    "\u202e", "\u0301", "\ufdfa", "```\n", "=\n", "[>!a!<](http://b)", ">!a\n\n",
]
# fmt: on


@pytest.mark.parametrize("part", HOSTILE, ids=ascii)
def test_a_million_hostile_characters_are_read_in_time(part):
    text = (part * MILLION)[:MILLION]
    for function in (render, mentions, excerpt, lambda text: excerpt("<p>" + text)):
        start = time.process_time()
        function(text)
        assert time.process_time() - start < SECONDS


PAIRS = [
    ("[", "*"),
    ("*", "["),
    ("[![", "*a_ "),
    ("[a](", "[!["),
    ("`", ">!"),
    ("||a", "["),
    ("http://[", "[a]("),
]


@pytest.mark.parametrize("head, tail", PAIRS)
def test_two_hostile_parts_are_read_in_time(head, tail):
    half = MAX_LENGTH // len(head) // 2
    for text in ((head + tail) * MAX_LENGTH, head * half + tail * MAX_LENGTH):
        start = time.process_time()
        render(text)
        assert time.process_time() - start < SECONDS


@pytest.mark.parametrize(
    "part", ["<b>", "<i><b></p>", "<li><dd>", "<svg></b>", "<label>", "<a href=", "&#9999999", "&"]
)
def test_markup_of_any_kind_is_cut_in_time(part):
    start = time.process_time()
    excerpt("<p>" + part * MILLION)
    assert time.process_time() - start < SECONDS


def test_text_beyond_the_limit_is_left_out():
    assert render("x" * (MAX_LENGTH + 5)) == f"<p>{'x' * MAX_LENGTH}</p>"


def test_invalid_characters_are_left_out():
    assert render("a\x00b\ud800c") == "<p>a\ufffdbc</p>"
    assert excerpt("a\ud800b") == "ab"
    assert mentions("\ud800 @mia") == {"mia"}
