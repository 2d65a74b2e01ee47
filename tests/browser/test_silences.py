"""Muting and restricting somebody by hand, with script and without, on a phone and on a desk."""

import pytest
from playwright.sync_api import expect

from moments.models import Restrict
from tests.conftest import make_comment, make_moment

CONTROLS = ".silence .button, .silences .button, .folded-why"


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
@pytest.mark.parametrize("width", [360, 1360])
def test_a_member_mutes_and_restricts_another_and_thinks_again(
    transactional_db, moment, mia, seb, meet, width, script
):
    make_moment(moment.film, seb, "A loud scene")
    make_comment(moment, seb, "Loud words.")
    reader = meet(mia, width=width, java_script_enabled=script, reduced_motion="reduce")
    page = reader.page
    reader.opens("/members/seb/")
    page.get_by_text("Mute or restrict").click()
    reader.can_touch(CONTROLS)
    reader.presses("Mute")
    expect(page.get_by_text("You muted @seb.")).to_be_visible()
    reader.presses("Restrict")
    expect(page.get_by_text("You restrict @seb.")).to_be_visible()
    assert Restrict.objects.holds(mia.pk, seb.pk)
    reader.sees_that_it_fits()
    reader.opens("/new/")
    expect(page.locator(".card-title")).to_have_text(["A Lovely Night"])
    reader.opens(moment.get_absolute_url())
    expect(page.get_by_text("Loud words.")).not_to_be_visible()
    reader.can_touch(CONTROLS)
    page.get_by_text("Folded: you muted @seb").click()
    expect(page.get_by_text("Loud words.")).to_be_visible()
    reader.opens("/silences/")
    reader.can_touch(CONTROLS)
    reader.presses("Unmute: @seb")
    reader.presses("Lift: @seb")
    expect(page.get_by_text("Nobody.")).to_have_count(2)


@pytest.mark.parametrize("width", [360, 1360])
def test_a_restricted_member_gets_the_text_back(transactional_db, moment, mia, seb, meet, width):
    Restrict.objects.begin(mia, seb)
    writer = meet(seb, width=width, reduced_motion="reduce")
    page = writer.page
    writer.expected.add(422)
    writer.opens(moment.get_absolute_url())
    page.get_by_label("Your comment").fill("Let me through.")
    writer.presses("Comment")
    expect(page.get_by_text("You cannot reply here.")).to_be_visible()
    expect(page.get_by_label("Your comment")).to_have_value("Let me through.")
    writer.sees_that_it_fits()
