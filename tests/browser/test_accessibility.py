"""Every page type in both themes, on a phone and at a desk, as axe sees it: nothing to complain of."""

import pytest
from django.core.cache import caches
from django.db import OperationalError
from playwright.sync_api import expect

from accounts.models import User
from moments.viewer.activity import OF_THE_STAFF, OF_THE_WEEK
from moments.views import search
from reelive import ratelimit
from tests.support.addresses import (
    DOORS,
    EVERYBODY,
    EVERYBODY_BY_NAME,
    FILM,
    FORMS,
    MEMBERS,
    MEMBERS_BY_NAME,
    STAFF,
)
from tests.support.axe import AXE_SCRIPT, CONTROLS, complaints
from tests.support.house import furnish
from tests.support.template import flush
from tests.support.walk import address

SEND = """form => {
    form.noValidate = true;
    form.requestSubmit(form.querySelector("button:not([type=button])"));
}"""


@pytest.fixture(scope="module")
def db(django_db_setup, django_db_blocker):
    """In the place of a database for each test: these only look, so one house does for all of them."""
    with django_db_blocker.unblock():
        yield furnish()
        flush()


@pytest.fixture(scope="module")
def browsers(db, arrive):
    """The browser of each reader, by name, opened once: all pages have the same style sheets and scripts."""
    opened = {}

    def browser_of(name=None):
        if name not in opened:
            member = User.objects.get(username=name) if name else None
            opened[name] = arrive(member)
            opened[name].context.add_init_script(AXE_SCRIPT)  # with each page: dearer is to send it to them
        return opened[name]

    yield browser_of
    for visitor in opened.values():
        visitor.context.close()


@pytest.fixture
def viewer(browsers):
    """Has a reader sit down anew; at the end they may not have met with anything wrong."""
    readers = []

    def sit_down(name=None):
        readers.append(browsers(name))
        readers[-1].starts_over()
        return readers[-1]

    yield sit_down
    assert [problem for one in readers for problem in one.problems] == []


@pytest.fixture
def guest(viewer):
    return viewer()


@pytest.fixture
def seb(viewer):
    return viewer("seb")


@pytest.fixture
def tom(viewer):
    return viewer("tom")


@pytest.fixture
def keith(viewer):
    return viewer("keith")


@pytest.mark.parametrize("page", EVERYBODY)
def test_page_for_everybody_is_accessible(page, db, guest):
    guest.opens(EVERYBODY[page].format(**db))
    assert complaints(guest, CONTROLS) == {}


@pytest.mark.parametrize("name", EVERYBODY_BY_NAME)
def test_page_for_everybody_by_its_name_is_accessible(name, db, guest):
    guest.opens(address(name, db["world"]))
    assert complaints(guest, CONTROLS) == {}


def test_front_page_of_a_lively_week_is_accessible(db, seb):
    caches["local"].delete_many([OF_THE_WEEK, OF_THE_STAFF])
    seb.opens("/")
    expect(seb.page.locator(".activity a")).to_be_visible()
    assert complaints(seb, CONTROLS) == {}


@pytest.mark.parametrize("page", MEMBERS)
def test_page_for_members_is_accessible(page, db, seb):
    seb.opens(MEMBERS[page].format(**db))
    assert complaints(seb, CONTROLS) == {}


@pytest.mark.parametrize("name", MEMBERS_BY_NAME)
def test_page_for_members_by_its_name_is_accessible(name, db, tom):
    tom.opens(address(name, db["world"]))
    assert complaints(tom, CONTROLS) == {}


@pytest.mark.parametrize("page", FORMS)
def test_form_is_accessible_blank_and_refused(page, db, seb):
    seb.opens(FORMS[page].format(**db))
    assert complaints(seb, CONTROLS) == {}
    send_blank(seb)
    assert complaints(seb) == {}


@pytest.mark.parametrize("page", DOORS)
def test_refused_form_at_the_door_is_accessible(page, guest):
    guest.opens(DOORS[page])
    send_blank(guest)
    assert complaints(guest) == {}


def send_blank(visitor):
    """Send the form as it stands, past what the browser itself would refuse."""
    visitor.expected |= {400, 422}
    form = visitor.page.locator("main form[method=post]", has=visitor.page.locator("input:visible, textarea"))
    form.first.evaluate(SEND)
    expect(visitor.page.locator("main .errorlist:visible").first).to_be_visible()


@pytest.mark.parametrize("page", STAFF)
def test_page_for_the_staff_is_accessible(page, db, keith):
    keith.opens(STAFF[page].format(**db))
    assert complaints(keith) == {}


def test_page_of_nothing_is_accessible(guest):
    guest.expected = {404}
    guest.opens("/films/nowhere/")
    guest.arrives_at("Page not found")
    assert complaints(guest) == {}


def test_page_of_too_much_is_accessible(seb, monkeypatch):
    monkeypatch.setitem(ratelimit.LIMITS, "vote", (1, 600))
    seb.expected = {429}
    for _click in range(2):
        seb.opens(f"{FILM}moments/mias-rejection/")
        with seb.page.expect_navigation():
            seb.page.locator("[data-page-vote] [data-vote]").evaluate("vote => vote.form.requestSubmit(vote)")
    seb.arrives_at("That was too fast. Try again in 10 minutes.")
    assert complaints(seb) == {}


def test_page_of_a_form_too_old_is_accessible(seb):
    seb.expected = {403}
    seb.opens(f"{FILM}moments/mias-rejection/")
    seb.context.clear_cookies(name="csrftoken")
    seb.page.locator("[data-page-vote] [data-vote]").evaluate("vote => vote.form.requestSubmit(vote)")
    seb.arrives_at("That form was too old")
    assert complaints(seb) == {}


@pytest.mark.parametrize("status, trouble", [(500, RuntimeError("boom")), (503, OperationalError("gone"))])
def test_page_of_trouble_is_accessible(status, trouble, guest, monkeypatch):
    def refuse(*args, **kwargs):
        raise trouble

    monkeypatch.setattr(search, "find", refuse)
    guest.expected = {status}
    guest.opens("/search/?q=stars")
    assert complaints(guest) == {}
