"""The bait of sign-up in a real browser: nobody sees it, nobody comes across it, nobody falls for it."""

import pytest
from playwright.sync_api import expect

from accounts.models import User


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
@pytest.mark.parametrize("width", [360, 1360])
def test_a_person_signs_up_past_the_bait(meet, transactional_db, width, script):
    newcomer = meet(width=width, java_script_enabled=script)
    page = newcomer.page
    newcomer.opens("/accounts/signup/")
    box = page.locator("[name=website]").bounding_box()
    assert box["x"] + box["width"] <= 0
    page.get_by_label("Username").fill("laura")
    for field in ("email", "password1"):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.name") == field
        page.keyboard.type("laura@example.org" if field == "email" else "a fine old tune")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{newcomer.home}/")
    assert User.objects.get().username == "laura"
