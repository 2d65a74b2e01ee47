"""The record that all these tests trust: it notices what it is there to notice."""

import pytest

pytestmark = pytest.mark.django_db(transaction=True)
STYLED, MISSING = "<p style='color: red'>Red?</p>", "<img src=/nowhere.png alt>"
WIDE = f"<pre>{'wide' * 99}</pre>"
PUT = "text => document.querySelector('h1').insertAdjacentHTML('afterend', text)"
TROUBLE = [
    ("console", "Content Security Policy", PUT, STYLED),
    ("console", "console: careful", "text => console.warn(text)", "careful"),
    ("weberror", "thrown: boom", "text => setTimeout(() => { throw new Error(text) })", "boom"),
    ("response", "404: GET", PUT, MISSING),
]


@pytest.mark.parametrize("event, told, script, text", TROUBLE, ids=["policy", "warning", "error", "miss"])
def test_visitor_notices_what_goes_wrong(event, told, script, text, meet):
    visitor = meet()
    visitor.opens("/films/")
    with visitor.context.expect_event(event, lambda it: event != "response" or it.status == 404):
        visitor.page.evaluate(script, text)
    assert [told in problem for problem in visitor.problems] == [True]
    visitor.problems.clear()


def test_visitor_notices_a_page_that_is_too_wide(meet):
    phone = meet(width=360)
    phone.opens("/films/")
    phone.page.evaluate(PUT, WIDE)
    with pytest.raises(AssertionError, match="reaches"):
        phone.sees_that_it_fits()
