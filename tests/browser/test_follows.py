"""Two members before two browsers: one follows, the other hears of it and shares what is then found."""

import pytest
from django.core.cache import cache
from playwright.sync_api import expect

from tests.support.makers import make_moment
from tests.support.notifications import tell_all
from tests.support.visitor import PHONE_AND_DESK


@PHONE_AND_DESK
def test_a_follow_is_heard_of_and_brings_what_is_shared(
    transactional_db, moment, mia, seb, meet, width, script
):
    follower, sharer = (meet(member, width=width, java_script_enabled=script) for member in (seb, mia))
    follower.opens("/members/mia/")
    follower.can_touch(".follow .button")
    follower.page.get_by_role("button", name="Follow @mia").click()
    expect(follower.page.get_by_role("button", name="Following @mia: unfollow")).to_be_visible()
    tell_all()
    sharer.opens("/notifications/")
    sharer.page.get_by_role("button", name="@seb follows you").first.click()
    expect(sharer.page.get_by_role("heading", name="Followers of @mia")).to_be_visible()
    sharer.sees_that_it_fits()
    make_moment(moment.film, mia, "The Epilogue")
    tell_all()
    follower.opens("/")
    follower.page.get_by_role("link", name="Following", exact=True).click()
    expect(follower.page.get_by_role("link", name="The Epilogue").first).to_be_visible()
    follower.sees_that_it_fits()
    follower.opens("/members/mia/")
    follower.page.get_by_role("button", name="Following @mia: unfollow").click()
    expect(follower.page.get_by_role("button", name="Follow @mia")).to_be_visible()
    follower.opens("/following/")
    expect(follower.page.get_by_role("heading", name="Nothing here yet")).to_be_visible()


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_a_newcomer_finds_whom_to_follow(transactional_db, moment, mia, seb, meet, script):
    cache.clear()  # of what was suggested to somebody else who had this number
    moment.feel(seb, "joy")
    newcomer = meet(seb, width=360, java_script_enabled=script)
    newcomer.opens("/following/")
    newcomer.page.get_by_role("button", name="Follow @mia").click()
    if not script:  # the page comes anew, and whom one follows is nobody to find any more
        expect(newcomer.page.get_by_role("button", name="Follow @mia")).to_have_count(0)
        newcomer.opens(mia.get_absolute_url())
    expect(newcomer.page.get_by_role("button", name="Following @mia: unfollow").first).to_be_visible()
    tell_all()
    newcomer.opens("/following/")
    expect(newcomer.page.get_by_role("link", name=moment.title).first).to_be_visible()
