"""Somebody before a browser sends a moment on: by the device's sheet, a copied link, or a plain page."""

from playwright.sync_api import expect

SHEET = "navigator.share = async (what) => { window.sent = what }"
CLOSED = "navigator.share = async () => { throw new DOMException('Closed.', 'AbortError') }"
REFUSED = "navigator.share = async () => { throw new DOMException('Not now.', 'NotAllowedError') }"
NO_SHEET = "navigator.share = undefined"


def share_of(reader):
    return reader.page.locator(".byline").get_by_role("link", name="Share")


def test_a_moment_goes_to_the_sheet_of_the_device(transactional_db, moment, meet):
    reader = meet()
    reader.page.add_init_script(SHEET)
    reader.opens(moment.get_absolute_url())
    share_of(reader).click()
    reader.page.wait_for_function("window.sent")
    sent = reader.page.evaluate("window.sent")
    assert sent["title"] == "A Lovely Night – La La Land (2016)"
    assert sent["url"].endswith(moment.get_absolute_url())


def test_without_a_sheet_the_link_is_copied_by_keyboard_too(transactional_db, moment, meet, seb):
    reader = meet(seb, permissions=["clipboard-read", "clipboard-write"])
    reader.page.add_init_script(NO_SHEET)
    reader.opens(moment.get_absolute_url())
    share_of(reader).focus()
    reader.page.keyboard.press("Enter")
    expect(reader.page.get_by_text("The link is copied.")).to_be_visible()
    assert reader.page.evaluate("navigator.clipboard.readText()").endswith(moment.get_absolute_url())


def test_who_closes_the_sheet_stays_and_who_is_refused_finds_the_page(transactional_db, moment, meet):
    reader = meet()
    reader.page.add_init_script(CLOSED)
    reader.opens(moment.get_absolute_url())
    share_of(reader).click()
    reader.page.evaluate("new Promise(done => setTimeout(done))")
    assert reader.page.url.endswith(moment.get_absolute_url())
    reader.page.evaluate(f"() => {{ {REFUSED} }}")
    share_of(reader).click()
    reader.page.wait_for_url(f"**{moment.send_url}")


def test_without_script_a_page_has_all_there_is(transactional_db, moment, meet):
    reader = meet(java_script_enabled=False, width=(320, 1360))
    reader.opens(moment.get_absolute_url())
    share_of(reader).click()
    expect(reader.page.get_by_label("Its address")).to_have_value(
        f"http://localhost:8000{moment.get_absolute_url()}"
    )
    reader.page.get_by_label("Your server").fill("Mastodon.social")
    reader.presses("Next")
    expect(reader.page.get_by_role("link", name="Go on to mastodon.social")).to_be_visible()
    reader.sees_that_it_fits()
