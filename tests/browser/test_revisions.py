"""An author edits twice, reads what changed, puts a version back and withdraws the one that leaked."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from moments.models import LedgerEntry, Moment, Revision
from tests.conftest import make_moment

pytestmark = pytest.mark.django_db(transaction=True)
BODY = "What happens, and"


@pytest.fixture
def scene(film, mia):
    scene = make_moment(film, mia, "On the hill", body="They dance at night, >!and part!<.")
    Moment.objects.filter(pk=scene.pk).update(created=scene.created - timedelta(hours=1))
    return scene


def rewrite(author, scene, body):
    author.opens(f"/posts/{scene.pk}/edit/")
    author.page.get_by_label(BODY).fill(body)
    author.presses("Save")
    author.arrives_at("On the hill")


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
@pytest.mark.parametrize("width", [360, 1360])
def test_author_edits_restores_and_withdraws(width, script, scene, mia, meet):
    author = meet(mia, width, java_script_enabled=script)
    rewrite(author, scene, "They dance at night, >!and part!<. Ring 555 0199.")
    rewrite(author, scene, "They dance at dusk, >!and part!<.")
    author.page.get_by_role("link", name="edited").click()
    author.arrives_at("What was changed")
    edits = author.page.locator(".revision")
    expect(edits).to_have_count(2)
    expect(edits.first.locator("ins")).to_contain_text("dusk")
    author.can_touch(".revision-verbs .textlink, .revision-verbs button")
    edits.last.get_by_role("button", name="Put back what it said before").click()
    expect(edits).to_have_count(3)
    assert Moment.objects.get().body == "They dance at night, >!and part!<."
    edits.nth(1).get_by_role("link", name="Withdraw what it said before").click()
    author.arrives_at("Withdraw this version?")
    expect(author.page.get_by_text("Ring 555 0199.")).to_be_visible()
    author.can_touch(".button")
    author.presses("Withdraw it for good")
    expect(author.page.get_by_text("withdrawn by the author")).to_be_visible()
    assert "555" not in author.page.locator(".revisions").inner_text()
    assert [row.action for row in LedgerEntry.objects.all()] == ["withdraw"]


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_reader_opens_a_spoiler_of_the_history_by_keyboard(script, scene, meet):
    scene.created -= timedelta(hours=1)
    scene.body = "They dance at night, >!and stay!<."
    scene.revise()
    reader = meet(java_script_enabled=script)
    reader.opens(scene.history_url)
    spoiler = reader.page.get_by_label("Show spoiler")
    shown = reader.page.locator(".spoiler ins")
    expect(shown).to_have_css("color", "rgba(0, 0, 0, 0)")
    spoiler.focus()
    reader.page.keyboard.press("Space")
    expect(shown).not_to_have_css("color", "rgba(0, 0, 0, 0)")
    expect(reader.page.get_by_role("button", name="Put back what it said before")).to_have_count(0)
    assert Revision.objects.count() == 1
