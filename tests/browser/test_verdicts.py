"""Saying what one makes of a claim, with script and without, on a phone and on a desk."""

import pytest
from django.db import OperationalError
from playwright.sync_api import expect

from moments.models import Verdict
from tests.support.makers import make_member, make_trivia
from tests.support.visitor import PHONE_AND_DESK

CONTROLS = ".verdicts .button, .verdicts summary, .verdicts fieldset label, .tabs.is-minor a"


@pytest.fixture
def claim(transactional_db, film, mia):
    """Four members dispute it already: one more settles it."""
    claim = make_trivia(film, mia, "One take", body="The traffic scene was shot in a single take.")
    for number in range(4):
        claim.judge(make_member(f"judge{number}"), "dispute", f"There is a cut, number {number}.")
    return claim


@PHONE_AND_DESK
def test_a_member_disputes_a_claim_and_thinks_again(claim, seb, meet, width, script):
    viewer = meet(seb, width=width, java_script_enabled=script)
    page = viewer.page
    viewer.expected.add(422)
    viewer.opens(claim.get_absolute_url())
    page.get_by_text("Confirm or dispute it").click()
    viewer.can_touch(CONTROLS)
    page.get_by_label("I dispute it").check()
    page.get_by_label("A link that shows it").fill("https://example.org/takes")
    viewer.presses("Give your verdict")
    expect(page.get_by_role("alert")).to_contain_text("Say what is wrong with the claim")
    expect(page.get_by_label("A link that shows it")).to_have_value("https://example.org/takes")
    page.get_by_label("Why").fill("Three takes were joined.")
    viewer.presses("Give your verdict")
    expect(page.get_by_text("You dispute it.")).to_be_visible()
    expect(page.locator(".hero .status")).to_have_text("Disputed by 5")
    expect(page.locator(".said > li").first).to_contain_text("Three takes were joined.")
    viewer.sees_that_it_fits()
    viewer.can_touch(CONTROLS)
    page.get_by_text("Change your verdict").first.click()
    page.get_by_label("I can confirm it").check()
    viewer.presses("Change your verdict")
    expect(page.get_by_text("You confirm it.")).to_be_visible()
    expect(page.locator(".hero .status")).to_have_text("Disputed by 4, confirmed by 1")
    viewer.presses("Undo")
    expect(page.get_by_text("You confirm it.")).to_have_count(0)
    expect(page.locator(".hero .status")).to_have_text("No source yet, disputed by 4")
    assert Verdict.objects.filter(member=seb).count() == 0


def test_a_visitor_finds_what_is_disputed_and_the_reasons(claim, seb, meet):
    claim.judge(seb, "dispute", "Three takes were joined.")
    viewer = meet(width=(360, 1360))
    page = viewer.page
    viewer.opens("/trivia/")
    page.get_by_role("link", name="Disputed", exact=True).click()
    expect(page.get_by_role("link", name="Disputed", exact=True)).to_have_attribute("aria-current", "page")
    viewer.sees_that_it_fits()
    viewer.can_touch(CONTROLS)
    page.get_by_role("link", name="One take").click()
    expect(page.get_by_text("Three takes were joined.")).to_be_visible()
    page.get_by_role("link", name="Sign in to confirm or dispute it").click()
    assert f"/trivia/{claim.pk}/verdict/" in page.url


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_a_reason_outlives_a_database_that_is_away(claim, seb, meet, script, monkeypatch):
    def refuse(*args, **kwargs):
        raise OperationalError("connection refused")

    viewer = meet(seb, java_script_enabled=script)
    page = viewer.page
    viewer.expected.add(503)
    viewer.opens(claim.get_absolute_url())
    page.get_by_text("Confirm or dispute it").click()
    page.get_by_label("I dispute it").check()
    page.get_by_label("Why").fill("Three takes were joined.")
    monkeypatch.setattr("moments.models.Trivia.judge", refuse)
    viewer.presses("Give your verdict")
    if script:
        expect(page.get_by_text("What you typed is still here")).to_be_visible()
    else:
        expect(page.get_by_role("heading", level=1)).to_have_text("The site is away for a moment")
    field = page.get_by_label("Why" if script else "What you typed").last
    expect(field).to_have_value("Three takes were joined.")
    viewer.forgives("Response Status Error Code 503")
