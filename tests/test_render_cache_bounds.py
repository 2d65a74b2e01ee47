"""The render cache: what tells one piece from another, what is put in later, and how much is kept."""

from time import monotonic

import pytest
from django.utils.safestring import mark_safe
from hypothesis import given
from hypothesis import strategies as st

from reelive import render_cache as module
from reelive.render_cache import SECRET, RenderCache, Rendered, as_key, rendered


def piece(size, until=None):
    return Rendered(["x"], until or monotonic() + 100, size)


def test_what_was_not_asked_for_the_longest_makes_room():
    cache = RenderCache(100)
    for name in "abc":
        cache.keep(name, piece(30))
    assert cache.get("a")
    cache.keep("d", piece(30))
    assert list(cache.kept) == ["c", "a", "d"]
    assert cache.size == 90


def test_what_is_kept_anew_is_counted_once():
    cache = RenderCache(100)
    for size in (30, 50, 10):
        cache.keep("a", piece(size))
        assert cache.size == size


def test_what_is_past_its_hour_is_not_shown():
    cache = RenderCache(100)
    cache.keep("a", piece(1, until=monotonic() - 1))
    assert cache.get("a") is None


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(1, 60))))
def test_it_never_holds_more_than_it_may(kept):
    cache = RenderCache(100)
    for name, size in kept:
        cache.keep(name, piece(size))
        assert cache.size == sum(each.size for each in cache.kept.values()) <= 100


def test_a_key_tells_markup_from_text_that_reads_alike():
    assert as_key(mark_safe("<b>")) != as_key("<b>")
    assert as_key({"a": [1, {"b": mark_safe("c")}]}) != as_key({"a": [1, {"b": "c"}]})
    assert hash(as_key({"a": [1, {"b": None}], "c": ()})) == hash(as_key({"a": [1, {"b": None}], "c": ()}))


@pytest.fixture
def template(monkeypatch):
    """One template, which says what the test gives it."""
    from django.template import engines

    def use(source):
        monkeypatch.setattr(module, "get_template", lambda name: engines["django"].from_string(source))
        monkeypatch.setattr(module, "render_cache", RenderCache(10_000))

    return use


def test_what_comes_later_is_escaped_and_looked_up_only_where_it_is_shown(template):
    template("{{ name }}: {{ ago }}{% if 0 %}{{ token }}{% endif %}")
    for ago, said in (("<1 min", "&lt;1 min"), (lambda: "2 & 3", "2 &amp; 3"), (mark_safe("<i>"), "<i>")):
        assert rendered("x", ("a",), {"name": "a"}, ago=ago, token=lambda: 1 / 0) == f"a: {said}"


def test_the_indentation_of_a_template_is_not_sent(template):
    template("<ul>\n    <li>{{ name }}\n\n  </li>\n</ul> ")
    assert rendered("x", "plain", {"name": "a  b"}) == "<ul><li>a  b</li></ul> "
    template("<b>{{ one }}</b>\n\n    <i>two</i>")
    assert rendered("x", "words", {"one": "one"}) == "<b>one</b> <i>two</i>"
    code = "<pre>if a:\n    b\n</pre>"
    template("  {{ code }}\n  c")
    assert rendered("x", "code", {"code": mark_safe(code)}) == f"  {code}\n  c"


def test_what_is_kept_is_counted_with_what_it_is_kept_under(template):
    template("{{ name }}")
    for letters in (10, 10_000):
        rendered("x", ("a" * letters,), {"name": "b" * letters})
        assert module.render_cache.size > 2 * letters
    assert module.render_cache.size <= 10_000 or len(module.render_cache.kept) == 1


def test_text_that_looks_like_a_mark_is_text(template):
    template("{{ name }}")
    assert rendered("x", (), {"name": "{ago} -ago- %(ago)s"}, ago="now") == "{ago} -ago- %(ago)s"
    assert len(SECRET) == 32


def test_what_is_put_in_is_not_searched_for_marks(template):
    template("{{ one }}{{ two }}")
    assert rendered("x", (), {}, one=f"{SECRET}-two-", two="2") == f"{SECRET}-two-2"
