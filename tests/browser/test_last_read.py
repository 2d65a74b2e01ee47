"""From one new comment to the next, by the button and by a key, and on the next page of a thread."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from moments.models import LastRead
from moments.viewer import comment_place
from tests.support.axe import complaints
from tests.support.makers import make_comment

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def thread(moment, mia, seb, monkeypatch):
    """An old comment and three new ones; the last of them stands on the second page."""
    monkeypatch.setattr(comment_place, "THREAD_PAGE", 3)
    make_comment(moment, mia, "Old", created=timezone.now() - timedelta(days=2))
    LastRead.objects.mark(seb.pk, moment, timezone.now() - timedelta(days=1))
    return [make_comment(moment, mia, f"New {number}") for number in range(3)]


def at(page, comment):
    return page.locator(f"#c{comment.pk}")


@pytest.mark.parametrize("by", ["button", "key"])
def test_one_goes_on_to_what_is_new_over_all_pages(by, thread, moment, meet, seb):
    reader = meet(seb)
    reader.opens(f"{moment.get_absolute_url()}?sort=old")
    page = reader.page
    go = page.get_by_role("link", name="Next new comment 2").click
    go_on = go if by == "button" else lambda: page.keyboard.press("n")
    for comment in thread[:2]:
        go_on()
        expect(at(page, comment)).to_be_focused()
        expect(at(page, comment)).to_be_in_viewport()
    go_on()
    expect(at(page, thread[2])).to_be_visible()
    expect(at(page, thread[2])).to_contain_text("new")
    page.keyboard.press("n")
    expect(at(page, thread[2])).to_be_focused()


def test_a_thread_with_new_comments_is_accessible(thread, moment, meet, seb):
    reader = meet(seb)
    reader.opens(f"{moment.get_absolute_url()}?sort=old")
    expect(reader.page.get_by_role("link", name="Next new comment 2")).to_be_visible()
    assert complaints(reader) == {}


def test_without_script_links_lead_from_one_to_the_next(thread, moment, meet, seb):
    reader = meet(seb, java_script_enabled=False)
    reader.opens(f"{moment.get_absolute_url()}?sort=old")
    reader.page.locator(".next-new a").click()
    expect(at(reader.page, thread[0])).to_be_in_viewport()
    at(reader.page, thread[0]).locator(".comment-next").click()
    expect(reader.page).to_have_url(f"{reader.home}{moment.get_absolute_url()}?sort=old#c{thread[1].pk}")
