"""The bait of sign-up in a real browser: nobody sees it, nobody comes across it, nobody falls for it."""

from playwright.sync_api import expect

from accounts.models import User
from reelive.cookies import UNREADABLE
from tests.support.makers import make_member
from tests.support.visitor import PHONE_AND_DESK


@PHONE_AND_DESK
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
    expect(page).to_have_url(f"{newcomer.home}/welcome/")
    assert User.objects.get().username == "laura"


def test_a_newcomer_is_helped_while_they_type(meet, transactional_db):
    make_member("mia")
    newcomer = meet(timezone_id="Asia/Tokyo")
    page = newcomer.page
    newcomer.opens("/accounts/signup/")
    name, password = page.get_by_label("Username"), page.get_by_label("Password", exact=True)
    name.fill("mia")
    expect(page.get_by_text("This username is taken; please choose another.")).to_be_visible()
    name.fill("laura")
    expect(page.get_by_text("@laura is free.")).to_be_visible()
    password.fill("laura")
    expect(page.get_by_text("Too short: 3 more.")).to_be_visible()
    password.fill("laura and mia")
    expect(page.get_by_text("It holds your name")).to_be_visible()
    for fair in ("password", "1q2w3e4r5t6y7u8i9o0p", "a fine old tune"):
        password.fill(fair)
        expect(page.get_by_text("Long enough, unless it is a common password.")).to_have_class(
            "field-says is-fair"
        )
    password.fill("a fine old tune by the sea")
    expect(page.get_by_text("Strong.")).to_be_visible()
    newcomer.presses("Show the password")
    expect(password).to_have_attribute("type", "text")
    newcomer.sees_that_it_fits()
    page.get_by_label("E-mail").fill("laura@example.org")
    newcomer.presses("Join")
    expect(page).to_have_url(f"{newcomer.home}/welcome/")
    assert User.objects.get(username="laura").time_zone == "Asia/Tokyo"


def test_a_cookie_that_cannot_be_read_is_dropped_and_the_page_comes_again(
    transactional_db, meet, seb, client
):
    viewer = meet(seb)
    page = viewer.page
    viewer.opens("/about/")
    page.evaluate("document.cookie = 'note=é; path=/'")
    unread = client.get("/films/", **{UNREADABLE: True}).text
    page.route("**/films/", lambda route: route.fulfill(body=unread, content_type="text/html"), times=1)
    page.goto("/films/")
    expect(page.get_by_role("button", name="Your menu")).to_be_visible()
    expect(page.locator("[data-unreadable-cookies]")).to_have_count(0)
    assert "note" not in page.evaluate("document.cookie")
