"""Markdown from members: what it becomes, what is veiled, who is mentioned, what a card shows."""

from reelive.markdown import excerpt, mentions, render
from tests.support.markdown import REL, link, veil
from tests.support.rows import for_each

# What it becomes


@for_each(
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


@for_each(
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
        ("example.com, a@b.com, http://, ://x, xhttp://a.b, ftp://a.b", None),
        ("[](https://a.b) [ ](https://a.b)", f"{link('https://a.b')} {link('https://a.b', ' https://a.b')}"),
    ],
)
def test_addresses_become_links(text, html):
    assert render(text) == f"<p>{html or text}</p>"


@for_each("text, html", [
    ("![a *picture*](https://a.b/c.png)", link("https://a.b/c.png", "a <em>picture</em>")),
    ('Wow![x](https://a.b "title")!', f"Wow{link('https://a.b', 'x')}!"),
    ("![](https://a.b/c.png)", link("https://a.b/c.png")),
    ("[![badge](https://a.b/c.png)](https://d.e)", link("https://d.e", "badge")),
    ("[see ![a](https://a.b) and ![b](https://a.c)](https://d.e)", link("https://d.e", "see a and b")),
    (">!![x](https://a.b)!<", veil(link("https://a.b", "x"))),
    ("![>!x!<](https://a.b)", veil(link("https://a.b", "x"))),
    ("![x]()", "x"),
    ("`![x](https://a.b)`", "<code>![x](https://a.b)</code>"),
    (r"\![x](https://a.b)", f"!{link('https://a.b', 'x')}"),
    ("![x] and ![x][y] and ![x](javascript:1)", None),
])  # fmt: skip
def test_a_picture_becomes_a_link(text, html):
    assert render(text) == f"<p>{html or text}</p>"


# Spoilers


@for_each(
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
        (">!outer >!inner!< rest!<", veil("outer &gt;!inner!&lt; rest")),
        (">!a >!b!< c", f"{veil('a &gt;!b')} c"),
        (">!a ||b!< c||", veil("a ||b!&lt; c")),
        ("||a >!b|| c!<", veil("a &gt;!b|| c")),
        ("a || b then ||c||", f"a {veil('b then ||c')}"),
        ("[a >!b](https://c.d) e!<", f"[a {veil('b](' + link('https://c.d') + ') e')}"),
        ("https://a.b/x>!y!<", f"{link('https://a.b/x')}{veil('y')}"),
        ("<https://a.b/||x||>", f"&lt;{link('https://a.b/')}{veil('x')}&gt;"),
        ("`>!code!<`", "<code>&gt;!code!&lt;</code>"),
        (r"\>!not!<", "&gt;!not!&lt;"),
        (r"\|\|not\|\|", "||not||"),
        ("`||` and `||`", "<code>||</code> and <code>||</code>"),
        ("`a >!b` c!<", veil("<code>a &gt;!b</code> c")),
        ("a >!unclosed", f"a {veil('unclosed')}"),
        ("||unclosed", veil("unclosed")),
        ("a !< b", "a !&lt; b"),
        (">!", "&gt;!"),
        (">! !<", "&gt;! !&lt;"),
        ("||||hidden||||", f"{veil('||hidden')}||"),
        ("||||", "||||"),
        ("|| ||", "|| ||"),
        ("a || b", "a || b"),
        (">!`!<`!<", veil("<code>!&lt;</code>")),
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


@for_each(
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


@for_each(
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
        (">!one\n\ntwo!<", "▒▒▒"),
        ("a\n\n||one\n\n- two|| b\n- c", "a ▒▒▒ b c"),
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


@for_each("cut", range(20, 120, 7))
def test_a_cut_excerpt_shows_no_part_of_a_spoiler(cut):
    text = "Mia smiles. " * 4 + ">!SECRET SECRET SECRET!< " + "Sebastian plays. " * 4
    assert "SECRET" not in excerpt(text, cut)
    assert "SECRET" not in excerpt(render(text)[: cut * 3], cut)


def test_markup_that_only_looks_rendered_leaks_no_spoiler():
    assert excerpt("<p>one <label>two</label> three ||four||</p>") == "one ▒▒▒ three ▒▒▒"
    assert excerpt("<p>one</p> >!two!< three") == "<p>one</p> ▒▒▒ three"
