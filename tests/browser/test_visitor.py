"""The record that all these tests trust: it notices what it is there to notice."""

import pytest

pytestmark = pytest.mark.django_db(transaction=True)
STYLED, MISSING = "<p style='color: red'>Red?</p>", "<img src=/nowhere.png alt>"
WIDE = f"<pre>{'wide' * 99}</pre>"
PUT = "text => document.querySelector('h1').insertAdjacentHTML('afterend', text)"
TROUBLE = [  # policy, warning, error and miss
    ("console", "Content Security Policy", PUT, STYLED),
    ("console", "console: careful", "text => console.warn(text)", "careful"),
    ("weberror", "thrown: boom", "text => setTimeout(() => { throw new Error(text) })", "boom"),
    ("response", "404: GET", PUT, MISSING),
]


def test_visitor_notices_what_goes_wrong(meet):
    visitor = meet()
    visitor.opens("/films/")
    for event, told, script, text in TROUBLE:
        with visitor.context.expect_event(event, lambda it: getattr(it, "status", 404) == 404):
            visitor.page.evaluate(script, text)
        assert [told in problem for problem in visitor.problems] == [True], event
        visitor.problems.clear()


def test_visitor_notices_a_page_that_is_too_wide(meet):
    phone = meet(width=360)
    phone.opens("/films/")
    phone.page.evaluate(PUT, WIDE)
    with pytest.raises(AssertionError, match="reaches"):
        phone.sees_that_it_fits()
