"""A closed spoiler is closed for eyes, ears, the Tab key, a selection, a contrast theme and a printer."""

import pytest
from playwright.sync_api import expect

from tests.support.makers import make_comment, make_moment
from tests.support.visitor import PHONE_AND_DESK

pytestmark = pytest.mark.django_db(transaction=True)
BODY = """She says >!the SECRET is [SECRET](https://a.example)!< and goes.

>!
- SECRET [SECRET](https://b.example)

> SECRET

```
SECRET
```
!<

The end."""
OLD = (
    '<p>She says <label class="spoiler"><input type="checkbox" aria-label="Show spoiler">'
    '<span>the SECRET is <a href="https://a.example">SECRET</a></span></label> and goes.</p>'
)
TOGGLES = "Show spoiler"
HIDDEN = "[...document.querySelectorAll('.prose a')].some((link) => link.checkVisibility())"


@pytest.fixture
def scene(film, mia):
    return make_moment(film, mia, "On the hill", body=BODY)


def open_scene(visitor, scene):
    visitor.opens(scene.get_absolute_url())
    return visitor.page


def copied(page):
    return page.evaluate(
        "getSelection().selectAllChildren(document.querySelector('.prose')), getSelection().toString()"
    )


def test_closed_spoiler_is_neither_read_aloud_nor_copied_nor_found_by_tab(scene, mia, visitor):
    make_comment(scene, mia, "Well, ||the SECRET\n\nSECRET||.")
    page = open_scene(visitor, scene)
    snapshot = page.locator("main").aria_snapshot()
    assert "SECRET" not in snapshot
    assert f'checkbox "{TOGGLES}"' in snapshot
    assert "SECRET" not in page.locator("main").inner_text()
    assert "She says" in (text := copied(page))
    assert "SECRET" not in text
    assert not page.evaluate(HIDDEN)
    page.locator(".prose input").first.focus()
    page.keyboard.press("Tab")
    expect(page.locator(".prose summary").first).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.spoiler')") is None


@pytest.mark.parametrize(
    "media", [{"forced_colors": "active"}, {"media": "print"}], ids=lambda media: next(iter(media))
)
def test_closed_spoiler_shows_in_no_other_medium(media, scene, visitor):
    page = open_scene(visitor, scene)
    page.emulate_media(**media)
    assert not page.evaluate(HIDDEN)
    assert "SECRET" not in page.locator("main").inner_text()


@PHONE_AND_DESK
def test_spoiler_opens_with_one_press_and_closes_again(script, width, scene, meet):
    page = open_scene(meet(None, width, java_script_enabled=script), scene)
    line, blocks = page.locator("label.spoiler"), page.locator("details.spoiler")
    for spoiler, toggle in ((line, line.get_by_label(TOGGLES)), (blocks, blocks.locator("summary"))):
        link = spoiler.get_by_role("link", name="SECRET")
        expect(link).to_have_count(0)
        toggle.click()
        expect(link).to_be_visible()
        toggle.click()
        expect(link).to_have_count(0)


@pytest.mark.parametrize("script", [True, False], ids=["script", "plain"])
def test_spoiler_opens_by_keyboard_and_says_so(script, scene, meet):
    page = open_scene(meet(java_script_enabled=script), scene)
    page.get_by_label(TOGGLES).focus()
    page.keyboard.press("Space")
    expect(page.get_by_label(TOGGLES)).to_be_checked()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="SECRET").first).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("details.spoiler")).to_have_attribute("open", "")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="SECRET").last).to_be_focused()
    assert page.locator("main").aria_snapshot().count("SECRET") >= 6


def test_text_that_was_stored_before_is_closed_too(scene, visitor):
    type(scene).objects.filter(pk=scene.pk).update(body_html=OLD)
    page = open_scene(visitor, scene)
    assert "SECRET" not in page.locator("main").aria_snapshot() + copied(page)
    page.get_by_label(TOGGLES).check()
    expect(page.get_by_role("link", name="SECRET")).to_be_visible()
