"""Members who are suggested while one types a name, by keyboard, by pointer and to a screen reader."""

import pytest
from playwright.sync_api import expect

from tests.support.axe import complaints
from tests.support.makers import make_comment, make_member

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def reader(meet, moment, mia, seb):
    make_comment(moment, make_member("mira"))
    reader = meet(seb)
    reader.opens(moment.get_absolute_url())
    return reader


def comment_of(reader):
    return reader.page.get_by_label("Your comment")


def test_arrows_walk_the_names_and_enter_writes_one_out(reader):
    page, field = reader.page, comment_of(reader)
    field.press_sequentially("Ask @mi")
    expect(page.get_by_role("listbox").get_by_role("option")).to_have_text(["@mia", "@mira"])
    expect(page.get_by_text("Members are suggested.")).to_have_count(1)
    field.press("ArrowDown")
    field.press("ArrowDown")
    chosen = page.get_by_role("listbox").get_by_role("option").nth(1)
    expect(chosen).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute("aria-activedescendant", chosen.get_attribute("id"))
    assert complaints(reader) == {}
    field.press("Enter")
    expect(field).to_have_value("Ask @mira ")
    expect(page.get_by_role("listbox").get_by_role("option")).to_have_count(0)


def test_a_name_is_chosen_by_the_pointer_in_the_middle_of_a_text(reader):
    field = comment_of(reader)
    field.fill("Ask  now")
    field.evaluate("field => field.setSelectionRange(4, 4)")
    field.press_sequentially("@m")
    field.page.get_by_role("option", name="@mia").click()
    expect(field).to_have_value("Ask @mia  now")
    expect(field).to_be_focused()


def test_escape_closes_the_list_and_enter_begins_a_line(reader):
    field = comment_of(reader)
    field.press_sequentially("@")
    expect(field.page.get_by_role("listbox").get_by_role("option")).to_have_text(["@mia", "@mira"])
    field.press("Escape")
    expect(field.page.get_by_role("listbox")).to_have_count(0)
    field.press("Enter")
    field.press_sequentially("a@mi")
    expect(field).to_have_value("@\na@mi")
    expect(field.page.get_by_role("listbox").get_by_role("option")).to_have_count(0)
