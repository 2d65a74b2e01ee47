"""Films are put into a list where one types their titles, with script and without, and from the catalogue."""

import pytest
from playwright.sync_api import expect

from tests.support.makers import make_list, make_title


@pytest.mark.parametrize("width, script", [(360, True), (1360, False)], ids=["phone", "desk-plain"])
def test_a_film_of_the_catalogue_is_put_into_a_list(transactional_db, meet, film, mia, width, script):
    made, _title = make_list(mia, title="Piers"), make_title("Harbour Lights", 1990)
    viewer = meet(mia, width, java_script_enabled=script)
    page = viewer.page
    viewer.opens(made.get_absolute_url())
    page.get_by_role("link", name="Add films").click()
    field = page.get_by_role("searchbox", name="Title of the film or series")
    field.fill("harbour")
    if not script:
        field.press("Enter")
    page.get_by_role("button", name="Harbour Lights").click()
    expect(page.get_by_text("Harbour Lights is in your list “Piers”.")).to_be_visible()
    page.get_by_role("button", name="Add it: La La Land").click()
    expect(page.get_by_text("La La Land is in your list “Piers”.")).to_be_visible()
    expect(page.get_by_text("It is in the list.")).to_have_count(2)
    titles = made.entries.order_by("position").values_list("film__title", flat=True)
    assert list(titles) == ["Harbour Lights", "La La Land"]
