"""A player is connected, heard and chosen for, on a phone and at a desk, with script and without."""

import pytest
from playwright.sync_api import expect

from moments.models import PlayerConnection
from tests.support.makers import make_film
from tests.support.players import jellyfin, send

CONTROLS = ".button, .textlink, .setting, .titles button"


@pytest.mark.parametrize("width, script", [(360, True), (1360, False)], ids=["phone", "desk-plain"])
def test_a_player_is_connected_and_heard(transactional_db, meet, film, mia, width, script):
    viewer = meet(mia, width, java_script_enabled=script)
    page = viewer.page
    viewer.opens("/accounts/")
    page.get_by_role("link", name="Players").click()
    page.get_by_label("What do you call it?").fill("Jellyfin at home")
    page.get_by_role("button", name="Make an address").click()
    address = page.get_by_role("textbox", name="Address").input_value()
    page.get_by_text("Jellyfin", exact=True).click()
    expect(page.get_by_text("press Add Generic Destination")).to_be_visible()
    viewer.sees_that_it_fits()
    viewer.can_touch(CONTROLS)
    url = address[address.index("/players/") :]
    send(url, jellyfin("PlaybackProgress", 2_892))
    if not script:
        page.get_by_role("link", name="Look again").click()
    expect(page.get_by_text("We heard from you: La La Land, 48:12")).to_be_visible()
    send(url, jellyfin("PlaybackStop", 60, Name="Home video", Provider_imdb=""))
    make_film("Our home", year=1999)
    viewer.opens("/accounts/players/")
    page.get_by_role("link", name="Choose the film").click()
    page.get_by_role("searchbox", name="Title of the film or series").fill("our home")
    page.get_by_role("searchbox", name="Title of the film or series").press("Enter")
    page.get_by_role("button", name="Our home").click()
    expect(page.get_by_text("From now on your player means Our home by that.")).to_be_visible()
    page.get_by_role("link", name="Jellyfin at home").click()
    page.get_by_role("button", name="Revoke the connection").click()
    expect(page.get_by_text("The connection is gone.")).to_be_visible()
    assert not PlayerConnection.objects.exists()
