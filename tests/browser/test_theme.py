"""Two themes: the system's choice, one's own, and both without script."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.django_db(transaction=True)
PAPER, NIGHT = "light", "dark"


def brightness(visitor):
    """Of the page's ground: from 0, black, to 1, white."""
    return visitor.page.evaluate(
        """() => {
            const pen = new OffscreenCanvas(1, 1).getContext("2d");
            pen.fillStyle = getComputedStyle(document.documentElement).backgroundColor;
            pen.fillRect(0, 0, 1, 1);
            return pen.getImageData(0, 0, 1, 1).data[1] / 255;
        }"""
    )


def is_dark(visitor):
    return brightness(visitor) < 0.2


def test_theme_follows_the_system_at_first(meet):
    viewer = meet(color_scheme=NIGHT)
    viewer.opens("/")
    assert is_dark(viewer)
    viewer.page.emulate_media(color_scheme=PAPER)
    assert not is_dark(viewer)


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_visitor_switches_the_theme_and_finds_it_again(script, meet):
    viewer = meet(color_scheme=PAPER, java_script_enabled=script)
    viewer.opens("/films/?sort=title")
    with viewer.page.expect_response("**/theme/"):
        viewer.presses("Dark")
    pressed = viewer.page.get_by_role("button", name="Dark")
    expect(pressed).to_have_attribute("aria-pressed", "true")
    assert is_dark(viewer)
    expect(viewer.page).to_have_url(f"{viewer.home}/films/?sort=title")
    viewer.opens("/")
    assert is_dark(viewer)


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_theme_of_a_member_goes_with_them(script, seb, meet):
    desk = meet(seb, color_scheme=NIGHT, java_script_enabled=script)
    desk.opens("/films/")
    desk.page.get_by_role("button", name="Your menu").click()
    with desk.page.expect_response("**/theme/"):
        desk.presses("Light")
    expect(desk.page.locator("html")).to_have_attribute("data-theme", "light")
    assert not is_dark(desk)
    phone = meet(seb, width=360, color_scheme=NIGHT)
    phone.opens("/")
    assert not is_dark(phone)
