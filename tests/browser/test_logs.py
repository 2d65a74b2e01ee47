"""A film is logged and rated in two presses, on a phone and at a desk, with script and without."""

import pytest
from playwright.sync_api import expect

from moments.models import DiaryEntry, Rating
from tests.support.makers import MARCH, make_film, make_member

CONTROLS = ".button, .textlink, .stars-option, .tabs a"


@pytest.mark.parametrize("width, script", [(360, True), (1360, False)], ids=["phone", "desk-plain"])
def test_a_film_is_logged_in_two_presses(transactional_db, meet, film, mia, width, script):
    for number in range(5):
        film.log(make_member(f"viewer{number}"), MARCH, rating=2 * number + 2)
    make_film("Metropolis", year=1927).log(mia, None, rating=9, liked=True, feelings=["wonder"])
    viewer = meet(mia, width, java_script_enabled=script)
    page = viewer.page
    viewer.opens(film.get_absolute_url())
    page.get_by_role("button", name="Watchlist").click()
    expect(page.get_by_role("button", name="On your watchlist")).to_be_visible()
    page.get_by_role("link", name="Log it", exact=True).click()
    page.get_by_label("3.5 of 5 stars").check()
    page.get_by_role("button", name="Save", exact=True).last.click()
    expect(page.get_by_text("is in your diary, and off your watchlist.")).to_be_visible()
    assert list(DiaryEntry.objects.filter(member=mia, whole_film=film).values_list("rating")) == [(7,)]
    page.get_by_role("link", name="Change your rating").click()
    page.get_by_label("No rating").check()
    page.get_by_role("button", name="Save", exact=True).last.click()
    expect(
        page.get_by_text("Your rating is saved.").or_(page.get_by_text("Your rating is gone."))
    ).to_be_visible()
    assert Rating.objects.get(member=mia, film=film).stars is None
    for path in ("diary/", "films/", "numbers/", "watchlist/"):
        viewer.opens(f"/members/mia/{path}")
        expect(page.get_by_role("heading", level=1, name="mia")).to_be_visible()
