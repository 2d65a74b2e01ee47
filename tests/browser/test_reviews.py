"""A review is written with stars and logged with it, on a phone and at a desk, with script and without."""

import pytest
from playwright.sync_api import expect

from moments.models import DiaryEntry, Review
from tests.support.makers import make_review


@pytest.mark.parametrize("width, script", [(360, True), (1360, False)], ids=["phone", "desk-plain"])
def test_a_review_is_written_and_logged(transactional_db, meet, film, mia, seb, width, script):
    make_review(film, seb, "It ends so", spoiler=True, rating=3)
    make_review(film, seb, "Not for me", rating=2)
    viewer = meet(mia, width, java_script_enabled=script)
    page = viewer.page
    viewer.opens(film.get_absolute_url() + "reviews/")
    expect(page.get_by_role("link", name="A review that gives the story away")).to_be_visible()
    viewer.opens(film.get_absolute_url() + "reviews/new/")
    page.get_by_label("Title").fill("Still here")
    page.get_by_label("What you make of it").fill("It stays with me.")
    page.get_by_label("4.5 of 5 stars").check()
    page.get_by_label("Also log it today").check()
    page.get_by_role("button", name="Add it", exact=True).last.click()
    expect(page.get_by_role("heading", level=1, name="Still here")).to_be_visible()
    expect(page.get_by_text("4.5 of 5 stars").first).to_be_attached()
    assert Review.objects.get(author=mia).rating == 9
    assert list(DiaryEntry.objects.filter(member=mia).values_list("rating")) == [(9,)]
    viewer.opens(film.get_absolute_url() + "reviews/?order=new")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
