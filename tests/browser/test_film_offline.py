"""Relive mode for the train: a film is kept, and walked through and felt at without the site."""

import pytest
from playwright.sync_api import expect

from moments.models import Reaction
from moments.views import visitor_reactions
from tests.support.relive_in_browser import at, cover, make_scenes

pytestmark = pytest.mark.django_db(transaction=True)
OFFLINE = "ERR_INTERNET_DISCONNECTED"
IS_EMPTY = """async () => new Promise((resolve) => {
    indexedDB.open("reelive").onsuccess = ({ target }) => {
        const asked = target.result.transaction("feelings").objectStore("feelings").count();
        asked.onsuccess = () => { target.result.close(); resolve(asked.result === 0); };
    };
})"""


@pytest.fixture
def scenes(film, mia):
    return make_scenes(film, mia)


def keep(viewer, film):
    viewer.opens(cover(film))
    viewer.presses("Keep this film for offline")
    expect(viewer.page.get_by_text("Kept on this device:")).to_be_visible()


def feel(viewer, feeling):
    viewer.page.get_by_role("button", name=feeling, exact=True).click()


def is_pressed(viewer, feeling, pressed=True):
    button = viewer.page.get_by_role("button", name=feeling, exact=True)
    expect(button).to_have_attribute("aria-pressed", "true" if pressed else "false")


def felt_by(member):
    return sorted(Reaction.objects.filter(member=member).values_list("moment__title", "feeling"))


@pytest.mark.parametrize("width", [360, 1360])
def test_a_film_is_kept_and_walked_through_from_cover_to_end_without_the_site(
    arrives, film, scenes, seb, width
):
    viewer = arrives(seb, width=width)
    keep(viewer, film)
    viewer.context.set_offline(True)
    viewer.opens(cover(film))
    viewer.presses("Start")
    for scene in scenes:
        viewer.arrives_at(scene.title)
        art = viewer.page.locator(".relive-mode-art")
        art.evaluate("(art) => art.decode()")
        viewer.page.locator('.button[rel="next"]').click()
    viewer.arrives_at(film.title)
    viewer.opens("/songs/")
    viewer.arrives_at("You are offline")
    viewer.page.get_by_role("link", name=film.title).first.click()
    viewer.arrives_at(film.title)
    viewer.forgives(OFFLINE)


def test_a_film_is_taken_off_the_device_again(arrives, film, scenes):
    viewer = arrives()
    keep(viewer, film)
    viewer.opens("/app/")
    viewer.page.get_by_role("button", name="Take “La La Land” off this device").click()
    expect(viewer.page.get_by_text("No film is kept on this device.")).to_be_visible()
    assert viewer.caches("film ") == []
    viewer.opens(film.get_absolute_url())
    viewer.page.locator(".film-more > summary").click()
    viewer.presses("Keep this film for offline")
    expect(viewer.page.get_by_text("Kept on this device:")).to_be_visible()
    viewer.presses("Take it off this device")
    expect(viewer.page.get_by_text("It is not kept any more.")).to_be_visible()
    assert viewer.caches("film ") == []


def test_what_is_felt_offline_waits_and_is_sent_once(arrives, film, scenes, seb):
    viewer = arrives(seb)
    keep(viewer, film)
    viewer.context.set_offline(True)
    viewer.opens(at(scenes[0]))
    for feeling in ("Joy", "Longing", "Longing", "Wonder"):
        feel(viewer, feeling)
    is_pressed(viewer, "Wonder")
    viewer.opens(at(scenes[0]))  # what waits is shown on a page that was kept before it
    for feeling, pressed in (("Joy", True), ("Longing", False), ("Wonder", True)):
        is_pressed(viewer, feeling, pressed)
    expect(viewer.page.get_by_text("What you felt waits here")).to_be_visible()
    assert felt_by(seb) == []
    viewer.context.set_offline(False)
    viewer.until(IS_EMPTY)
    expect(viewer.page.get_by_text("What you felt waits here")).to_have_count(0)
    assert felt_by(seb) == [("The Jam", "joy"), ("The Jam", "wonder")]
    viewer.forgives(OFFLINE)


def test_an_answer_that_was_lost_makes_no_double(arrives, film, scenes, seb, monkeypatch):
    viewer = arrives(seb)
    viewer.opens(at(scenes[0]))
    viewer.context.set_offline(True)
    feel(viewer, "Joy")
    expect(viewer.page.get_by_text("What you felt waits here")).to_be_visible()
    taken = []

    def take_and_fail(request, *_page):
        taken.append(felt_by(seb))
        raise ConnectionError

    with monkeypatch.context() as patch:
        patch.setattr(visitor_reactions, "render", take_and_fail)
        with viewer.page.context.expect_event("response", lambda answer: answer.status == 500):
            viewer.context.set_offline(False)
    assert taken == [[("The Jam", "joy")]]
    viewer.opens("/rules/")
    viewer.until(IS_EMPTY)
    assert felt_by(seb) == [("The Jam", "joy")]
    viewer.problems.clear()


def test_what_was_felt_offline_goes_nowhere_after_somebody_else_has_come(arrives, film, scenes, mia, seb):
    viewer = arrives(seb)
    viewer.opens(at(scenes[0]))
    viewer.context.set_offline(True)
    feel(viewer, "Joy")
    expect(viewer.page.get_by_text("What you felt waits here")).to_be_visible()
    viewer.sign_in(mia)
    viewer.context.set_offline(False)
    viewer.until(IS_EMPTY)
    assert (felt_by(seb), felt_by(mia)) == ([], [])
    viewer.forgives(OFFLINE)
    viewer.forgives("ERR_FAILED")  # the picture of a moment of which no film is kept
