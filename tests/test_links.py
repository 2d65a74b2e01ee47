"""Links whose text looks like another place: where they lead stands beside it, in plain sight."""

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from reelive.links import place_of
from reelive.markdown import excerpt, is_link_only, render
from tests.support.growth import SQUARE, growth
from tests.support.markup import faults
from tests.support.pages import select
from tests.support.rows import for_each

EVIL = "https://evil.example/login"


def shown(markup):
    """What stands in the first link of a text."""
    return unescape(re.sub("<.*?>", "", re.search(r"<a .*?>(.*?)</a>", markup, re.DOTALL)[1]))


def link(text, address=EVIL):
    return shown(render(f"[{text}]({address})"))


@for_each("text", [
    "https://bank.example", "http://bank.example/", "HTTPS://BANK.EXAMPLE", "https://bank", "ftp://bank/x",
    "bank.example", "www.bank.example", "bank.example/login", "bank.example:443", "bank.example?x=1",
    "Go to bank.example now", "(bank.example)", "“bank.example”", "bank.example.", "//bank.example",
    "evil.example or bank.example", "evil.example.bank.example", "notevil.example", "sub.evil.example",
    "https://bank.example/evil.example", "https://evil.example@bank.example", "bank.example@evil.example",
    "clerk@bank.example", "mailto:clerk@bank.example", "@mia", "192.168.0.1", "127.0.0.1:80/x",
    "bаnk.example", "ｂａｎｋ．ｅｘａｍｐｌｅ", "𝐛𝐚𝐧𝐤.example", "bank。example", "bank·example",
    "bank․example",
    "bank.exam\u00adple", "bank\u200d.example", "bank\u034f.example", "bank.\u0332example", "bank .example",
    "https\\://bank.example", "bank&period;example", "bank&#46;example", "**bank**.example", "`bank.example`",
    "~~bank~~.*example*", ">!bank.example!<", "![bank.example](https://bank.example)", "банк.рф", "銀行.jp",
])  # fmt: skip
def test_a_link_that_names_another_place_says_where_it_leads(text):
    assert link(text).endswith(" (evil.example)")


@for_each("text, address", [
    ("https://a.example", "https://a.example"), ("a.example", "https://a.example/x?y#z"),
    ("A.Example", "http://a.example:8080"), ("a.example:8080", "http://a.example:8080"),
    ("www.a.example", "https://a.example"), ("a.example", "https://www.a.example"),
    ("a.example/bank.example", "https://a.example/bank.example"),
    ("https://a.example/?next=https://b.example", "https://a.example/?next=https://b.example"),
    ("münchen.de", "https://münchen.de"), ("xn--mnchen-3ya.de", "https://münchen.de"),
    ("me@a.example", "mailto:me@a.example"), ("me@a.example", "mailto:me@a.example?subject=x"),
    ("me@a.example", "https://a.example"),
    ("the review", EVIL), ("He left. She stayed.", EVIL), ("3.5 stars", EVIL), ("e.g. this, No. 5", EVIL),
    ("a/b", EVIL), ("and… so", EVIL), ("Wait...what", EVIL), ("U.S.A.", EVIL), ("ライアン・ゴズリング", EVIL),
    ("終わり。それから", EVIL), ("12:30", EVIL), ("10.10.2016", EVIL), ("write @ noon", EVIL),
])  # fmt: skip
def test_a_link_that_names_no_other_place_is_left_alone(text, address):
    assert link(text, address) == text


@for_each("address", [
    "https://a.example", "HTTP://A.Example/", "https://a.example/x.html", "https://münchen.de/ß",
    "https://пример.рф", "https://例え.jp/です", "https://a.example/b.example?c=d.example#e.example",
    "http://127.0.0.1:8000/x", "https://a-b.c-d.example/~x/@me",
])  # fmt: skip
def test_a_bare_address_is_left_alone(address):
    assert shown(render(address)) == address


@for_each("address, place", [
    ("https://bаnk.example", "xn--bnk-6cd.example"),  # one letter is Cyrillic
    ("https://ɡood.example", "xn--ood-8tb.example"),  # the first letter is phonetic
    ("https://аррӏе.example", "xn--80ak6aa92e.example"),  # all letters but those behind the dot are Cyrillic
    ("https://bank.example@evil.example/", "evil.example"),
    ("https://bank.example:443@evil.example/", "evil.example"),
])  # fmt: skip
def test_a_bare_address_that_passes_for_another_is_not_believed(address, place):
    assert shown(render(address)) == f"{address} ({place})"


@for_each("address, place", [
    ("https://a.example/b?c#d", "a.example"), ("HTTPS://A.EXAMPLE.", "a.example"),
    ("http:///a.example", "a.example"), ("https://b.example@a.example", "a.example"),
    ("https://a.example\\@b.example", "a.example"), ("https://a.example:80", "a.example"),
    ("https://b%61nk.example", "bank.example"), ("https://a。example", "a.example"),
    ("https://[::1]:80/x", "[::1]"), ("mailto:Me@a.example?cc=x@b.example", "me@a.example"),
    ("http://", ""), ("mailto:", ""),
])  # fmt: skip
def test_a_place_is_where_a_browser_goes(address, place):
    assert place_of(address) == place


NAMES = st.from_regex(r"[a-z][a-z0-9-]{0,8}[a-z0-9]\.(com|example|co\.uk)", fullmatch=True).filter(
    lambda name: not name.startswith("xn--")
)
DRESSES = ["{}", "https://{}", "http://{}/", "{}/x/y", "*{}*", "a **{}**", "{}.", "see {}!", "x@{}", "`{}`"]


@given(NAMES, NAMES, st.sampled_from(DRESSES))
def test_a_host_is_named_exactly_when_the_text_names_another(named, real, dress):
    honest = named.removeprefix("www.") == real.removeprefix("www.")
    told = link(dress.format(named), f"https://{real}/x")
    assert told.endswith(f" ({real})") is not honest


@given(st.text(max_size=40), st.text(max_size=10))
def test_what_stands_in_a_link_is_never_less_than_its_text(before, after):
    text = re.sub(r"[\[\]()\\<>&`*_~|!:/@]", "", before + "bank.example " + after)
    assert "bank.example" in link(text)
    assert link(text).endswith(" (evil.example)")


def test_a_card_shows_where_a_link_leads_and_nothing_of_a_spoiler():
    assert excerpt(f"See [bank.example]({EVIL}).") == "See bank.example (evil.example)."
    assert excerpt(f"See [>!bank.example!<]({EVIL}).") == "See ▒▒▒."


@for_each("inner", ["[c](https://a.example)", "<https://a.example>", "![c](https://a.example)"])
def test_a_link_in_the_hidden_words_of_another_is_its_words_alone(inner):
    markup = render(f"[a >!b {inner}!< d]({EVIL}) [e](https://e.example)")
    assert [link["href"] for link in select(markup, "label.spoiler a")] == [EVIL]
    assert [link["href"] for link in select(markup, "p > a")] == ["https://e.example"]
    assert faults(f"<h1>Links</h1>{markup}") == []


def test_a_text_of_nothing_but_such_a_link_is_known_as_one():
    assert is_link_only(render(f"[bank.example]({EVIL})"))


@for_each("part", ["a", "a.", "a/", "a:/", "a@", "@a ", " .", ":", ".", "\u0301", "\ufdfa", "。", "é."])
def test_a_long_text_of_a_link_is_read_in_time(part):
    texts = [f"[{part * 9_000}"[:length] + f"]({EVIL})" for length in (2_475, 9_900)]
    assert EVIL in render(texts[-1])
    assert growth(render, *texts, SQUARE) <= SQUARE
