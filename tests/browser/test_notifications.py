"""Two members before two browsers: one answers, the other hears of it, reads it and answers back."""

import pytest
from django.conf import settings as django_settings
from playwright.sync_api import expect

from tests.support.makers import make_comment
from tests.support.notifications import send_all, tell_all
from tests.support.visitor import PHONE_AND_DESK, SMALL_PHONE_AND_DESK


@PHONE_AND_DESK
def test_a_reply_is_heard_of_and_answered(transactional_db, moment, mia, seb, meet, width, script):
    make_comment(moment, mia, "It was the light.")
    replier, reader = (meet(member, width=width, java_script_enabled=script) for member in (seb, mia))
    replier.opens(moment.get_absolute_url())
    replier.page.get_by_role("link", name="Reply").click()
    form = replier.page.locator("form", has=replier.page.get_by_role("button", name="Reply", exact=True))
    form.locator("textarea").fill("It was the music.")
    replier.presses("Reply")
    expect(replier.page.get_by_text("It was the music.")).to_be_visible()
    tell_all()
    reader.opens("/")
    reader.page.get_by_role("link", name="1 unread").click()
    reader.sees_that_it_fits()
    reader.page.get_by_role("button", name="@seb replied to your comment").first.click()
    expect(reader.page.get_by_text("It was the music.")).to_be_visible()
    reader.opens("/notifications/")
    expect(reader.page.locator(".bell-number")).to_have_count(0)
    expect(reader.page.locator(".notification.is-unread")).to_have_count(0)


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_all_are_read_at_once_and_that_is_undone(transactional_db, moment, mia, seb, meet, script):
    make_comment(moment, seb)
    make_comment(moment, seb, "For @mia.")
    tell_all()
    reader = meet(mia, width=360, java_script_enabled=script)
    reader.opens("/notifications/")
    reader.can_touch(".notification-open, .notification-mark, .notifications-bar .button")
    reader.presses("Mark all as read")
    expect(reader.page.locator(".notification.is-unread")).to_have_count(0)
    reader.presses("Undo")
    expect(reader.page.locator(".notification.is-unread")).to_have_count(2)
    reader.page.get_by_role("button", name="Mark as read: @seb mentioned you").click()
    expect(reader.page.locator(".notification.is-unread")).to_have_count(1)


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_a_thread_is_silenced_below_its_comments(transactional_db, moment, mia, seb, meet, script):
    author = meet(mia, java_script_enabled=script)
    author.opens(moment.get_absolute_url())
    author.page.get_by_text("What I hear of this thread").click()
    author.presses("Nothing")
    expect(author.page.get_by_text("You hear of this thread: Nothing.")).to_be_visible()
    make_comment(moment, seb)
    tell_all()
    author.opens("/notifications/")
    expect(author.page.get_by_role("heading", name="Nothing has happened yet")).to_be_visible()


@SMALL_PHONE_AND_DESK
def test_letters_are_chosen_and_stopped_again_by_a_link_in_one(
    transactional_db, moment, mia, seb, meet, mailoutbox, width, script
):
    reader = meet(mia, width=width, java_script_enabled=script)
    reader.opens("/notifications/settings/")
    reader.sees_that_it_fits()
    reader.can_touch(".hear-site, .hear-mail")
    row = reader.page.get_by_role("group", name="Comments on what I shared")
    row.get_by_label("By mail").select_option("At once")
    reader.presses("Save")
    expect(reader.page.get_by_text("Your choices are saved.")).to_be_visible()
    expect(row.get_by_label("By mail")).to_have_value("at-once")
    make_comment(moment, seb)
    tell_all()
    send_all()
    (letter,) = mailoutbox
    link = letter.extra_headers["List-Unsubscribe"].strip("<>").removeprefix(django_settings.SITE_URL)
    elsewhere = meet(width=width, java_script_enabled=script)
    elsewhere.opens(link)
    elsewhere.presses("Stop these letters")
    expect(
        elsewhere.page.get_by_text("You get no more letters about this: Comments on what I shared.")
    ).to_be_visible()
    reader.opens("/notifications/settings/")
    expect(row.get_by_label("By mail")).to_have_value("never")
