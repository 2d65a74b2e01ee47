"""Quoting before one's eyes: a whole comment or what is selected in it, with what it hides still hidden."""

import pytest
from playwright.sync_api import expect

from tests.support.makers import make_comment

pytestmark = pytest.mark.django_db(transaction=True)
SELECT = """(part) => {
    const range = document.createRange();
    range.selectNodeContents(part);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
}"""


@pytest.fixture
def page(meet, moment, mia, seb):
    make_comment(moment, mia, "Look at the >!red shoes!<.\n\nThen it is over.")
    reader = meet(seb)
    reader.opens(moment.get_absolute_url())
    return reader.page


def quote(page):
    page.get_by_role("link", name="Quote").click()


def reply(page):
    return page.get_by_label("Your reply")


def test_a_comment_is_quoted_in_the_form_of_its_reply(page):
    quote(page)
    expect(reply(page)).to_have_value("> Look at the >!red shoes!<.\n>\n> Then it is over.\n\n")
    expect(reply(page)).to_be_focused()
    page.keyboard.type("Is it?")
    page.get_by_role("button", name="Reply", exact=True).click()
    answer = page.locator(".thread ol .comment")
    expect(answer.locator("blockquote .spoiler")).to_have_count(1)
    expect(answer.get_by_text("red shoes")).to_be_hidden()


def test_what_is_selected_is_quoted_behind_what_was_typed(page):
    page.get_by_role("link", name="Reply").click()
    reply(page).fill("Well.")
    page.locator(".comment .prose p").nth(1).evaluate(SELECT)
    quote(page)
    expect(reply(page)).to_have_value("Well.\n\n> Then it is over.\n\n")


def test_a_spoiler_that_was_opened_is_quoted_as_one(page):
    page.locator(".comment .prose .spoiler input").check()
    page.locator(".comment .prose").evaluate(SELECT)
    quote(page)
    expect(reply(page)).to_have_value("> Look at the >!red shoes!<.\n>\n> Then it is over.\n\n")


def test_a_part_of_a_spoiler_is_quoted_as_one(page):
    page.locator(".comment .prose .spoiler input").check()
    page.locator(".comment .prose .spoiler span").evaluate(SELECT)
    quote(page)
    expect(reply(page)).to_have_value("> >!red shoes!<\n\n")


def test_q_quotes_the_comment_in_focus(page):
    page.keyboard.press("j")
    page.keyboard.press("q")
    expect(reply(page)).to_have_value("> Look at the >!red shoes!<.\n>\n> Then it is over.\n\n")


def test_without_script_a_link_opens_the_form_with_the_quotation(meet, moment, mia, seb):
    make_comment(moment, mia, "Look at the shoes.")
    reader = meet(seb, java_script_enabled=False)
    reader.opens(moment.get_absolute_url())
    quote(reader.page)
    expect(reply(reader.page)).to_have_value("> Look at the shoes.\n\n")
