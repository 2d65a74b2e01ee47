"""An author edits twice, reads what changed, puts a version back and revokes the one that leaked.

The facts of a film are edited, read and put back by everybody.
"""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from moments.models import Film, LedgerEntry, Moment, Revision
from tests.support.makers import make_moment
from tests.support.visitor import PHONE_AND_DESK

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


@PHONE_AND_DESK
def test_author_edits_restores_and_revokes(width, script, scene, mia, meet):
    author = meet(mia, width, java_script_enabled=script)
    rewrite(author, scene, "They dance at night, >!and part!<. Ring 555 0199.")
    rewrite(author, scene, "They dance at dusk, >!and part!<.")
    author.page.get_by_role("link", name="edited").click()
    author.arrives_at("What was changed")
    edits = author.page.locator(".revision")
    expect(edits).to_have_count(2)
    expect(edits.first.locator("ins")).to_contain_text("dusk")
    author.can_touch(".revision-verbs .textlink, .revision-verbs button")
    edits.last.get_by_role("button", name="Restore what it said before").click()
    expect(edits).to_have_count(3)
    assert Moment.objects.get().body == "They dance at night, >!and part!<."
    edits.nth(1).get_by_role("link", name="Revoke what it said before").click()
    author.arrives_at("Revoke this version?")
    expect(author.page.get_by_text("Ring 555 0199.")).to_be_visible()
    author.can_touch(".button")
    author.presses("Revoke it for good")
    expect(author.page.get_by_text("The author revoked")).to_be_visible()
    assert "555" not in author.page.locator(".revisions").inner_text()
    assert [row.action for row in LedgerEntry.objects.all()] == ["withdraw"]


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_reader_opens_a_spoiler_of_the_history_by_keyboard(script, scene, meet):
    scene.created -= timedelta(hours=1)
    scene.body = "They dance at night, >!and stay!<."
    scene.revise()
    viewer = meet(java_script_enabled=script)
    viewer.opens(scene.history_url)
    spoiler = viewer.page.get_by_label("Show spoiler")
    shown = viewer.page.locator(".spoiler ins")
    expect(shown).to_be_hidden()
    spoiler.focus()
    viewer.page.keyboard.press("Space")
    expect(shown).to_be_visible()
    expect(viewer.page.get_by_role("button", name="Restore what it said before")).to_have_count(0)
    assert Revision.objects.count() == 1


@PHONE_AND_DESK
def test_members_edit_a_film_and_put_its_facts_back(width, script, film, mia, seb, meet):
    vandal = meet(mia, width, java_script_enabled=script)
    vandal.opens(film.get_absolute_url())
    vandal.page.locator(".film-more > summary").click()
    vandal.page.get_by_role("link", name="Edit this film").click()
    vandal.page.get_by_label("Year").fill("1901")
    vandal.page.get_by_label("Summary").fill("Buy pills.")
    vandal.presses("Save")
    vandal.arrives_at("La La Land")
    fan = meet(seb, width, java_script_enabled=script)
    fan.opens(film.get_absolute_url())
    fan.can_touch(".hero-facts a")
    fan.page.get_by_role("link", name="History").click()
    fan.arrives_at("What was changed")
    expect(fan.page.get_by_role("heading", name="Year")).to_be_visible()
    expect(fan.page.locator(".revision ins").first).to_contain_text("1901")
    fan.can_touch(".revision-verbs button")
    fan.presses("Restore what it said before")
    expect(fan.page.locator(".revision")).to_have_count(2)
    assert (Film.objects.get().year, Film.objects.get().summary) == (2016, "")
    assert [str(revision.editor) for revision in Revision.objects.order_by("pk")] == ["mia", "seb"]
