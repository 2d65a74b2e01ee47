"""A song of two films is joined, heard and confirmed, on a phone and at a desk, with script and without."""

import pytest
from playwright.sync_api import expect

from moments.models import SongUse
from tests.support.makers import make_film, make_moment, make_song


@pytest.mark.parametrize("width, script", [(360, False), (1360, True)], ids=["phone-plain", "desk"])
def test_a_song_is_joined_heard_and_confirmed(transactional_db, meet, film, mia, seb, width, script):
    song, pier = make_song(film, mia, "City of Stars"), make_moment(film, mia, "The Pier")
    make_song(make_film("Snatch", year=2000), mia, "City of Stars")
    viewer = meet(seb, width, java_script_enabled=script)
    page = viewer.page
    viewer.opens(song.get_absolute_url())
    expect(page.get_by_text("Is it the same song as in Snatch?")).to_be_visible()
    page.get_by_role("button", name="It is the same song").click()
    page.get_by_role("link", name="Heard in one more moment").click()
    if script:
        page.get_by_label("Find a moment").fill("Pier")
        page.get_by_role("option", name="The Pier").click()
    else:
        page.get_by_label("Find a moment").fill("Pier")
        page.get_by_role("button", name="Find").click()
        page.get_by_label("The Pier").check()
    page.get_by_label("From").fill("0:33:10")
    page.get_by_role("button", name="Save").last.click()
    expect(page.get_by_text("In the background · 33:10")).to_be_visible()
    expect(page.get_by_text("Nobody has confirmed it yet")).to_be_visible()
    viewer.sees_that_it_fits()
    use = SongUse.objects.get(moment=pier)
    critic = meet(mia, width, java_script_enabled=script)
    critic.opens(use.numbered_url)
    critic.page.get_by_text("Confirm or dispute it").click()
    critic.page.get_by_label("I can confirm it").check()
    critic.page.get_by_role("button", name="Give your verdict").click()
    expect(critic.page.get_by_text("confirmed by 1")).to_be_visible()
    viewer.opens("/songs/city-of-stars/")
    expect(page.get_by_text("2 films · 1 moment")).to_be_visible()
    expect(page.get_by_role("link", name="The Pier").first).to_be_visible()
    viewer.sees_that_it_fits()
