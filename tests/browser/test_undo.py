"""What was done is said where it was done, and can be undone there."""

import pytest
from playwright.sync_api import expect

from moments.models import Comment, DiaryEntry, Progress
from tests.support.makers import make_comment

pytestmark = pytest.mark.django_db(transaction=True)
WAYS = pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])


@pytest.fixture
def reader(meet, moment, seb, script):
    reader = meet(seb, java_script_enabled=script)
    reader.opens(moment.get_absolute_url())
    return reader


def undoes(reader):
    reader.page.locator(".toast").get_by_role("button", name="Undo").click()


@WAYS
def test_a_diary_entry_is_undone_from_its_toast(script, reader):
    reader.presses("I relived this")
    expect(reader.page.locator(".toast")).to_contain_text("In your diary.")
    expect(reader.page.locator(".toast").get_by_role("link", name="See it")).to_be_visible()
    expect(reader.page.locator(".then-list")).to_be_visible()
    undoes(reader)
    expect(reader.page.locator(".toast")).to_contain_text("The diary entry is gone.")
    expect(reader.page.locator(".then-list")).to_have_count(0)
    assert not DiaryEntry.objects.exists()
    undoes(reader)
    expect(reader.page.locator(".toast")).to_have_text("The diary entry is back.")
    expect(reader.page.locator(".then-list")).to_be_visible()
    assert DiaryEntry.objects.count() == 1


@WAYS
def test_progress_is_said_in_place_and_undone(script, reader, film, seb):
    reader.presses("I’m up to here in La La Land")
    expect(reader.page.locator(".toast")).to_contain_text("Set: 1 of 1 moment seen.")
    undoes(reader)
    expect(reader.page.locator(".toast")).to_contain_text("Not said any more")
    assert Progress.objects.of(seb, film) is None


@WAYS
def test_a_deleted_comment_is_brought_back(script, reader, moment, seb):
    comment = make_comment(moment, seb, "Regret.")
    reader.opens(moment.get_absolute_url())
    reader.page.locator(f"#c{comment.pk}").get_by_role("link", name="Delete").click()
    reader.presses("Delete it")
    stone = reader.page.locator(f"#c{comment.pk} .tombstone")
    expect(stone).to_contain_text("Deleted by its author.")
    stone.get_by_role("button", name="Undo").click()
    expect(reader.page.locator(f"#c{comment.pk} .prose")).to_have_text("Regret.")
    assert Comment.objects.get().body == "Regret."
