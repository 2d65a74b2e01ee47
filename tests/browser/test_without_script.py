"""Every page on a narrow screen in a browser without scripts: it fits, and its forms can be sent."""

import pytest

from accounts.models import User
from tests.support.addresses import EVERYBODY, EVERYBODY_BY_NAME, FORMS, MEMBERS, MEMBERS_BY_NAME
from tests.support.house import furnish
from tests.support.template import flush
from tests.support.walk import address

NARROW = 320
# A form that people see has a button, or one line alone, which Enter sends.
UNSENDABLE = """() => [...document.querySelectorAll("main form")]
    .filter((form) => [...form.elements].some((one) => one.checkVisibility()))
    .filter((form) => ![...form.elements].some((one) => one.type === "submit" && one.willValidate))
    .filter((form) => [...form.elements].filter((one) => ["search", "text"].includes(one.type)).length !== 1)
    .map((form) => form.getAttribute("action") || "a form")"""
REACH = "document.documentElement.scrollWidth"
HEADINGS = """() => [...document.querySelectorAll("h1")].filter((one) => one.checkVisibility()).length"""


@pytest.fixture(scope="module")
def db(django_db_setup, django_db_blocker):
    """In the place of a database for each test: these only look, so one house does for all of them."""
    with django_db_blocker.unblock():
        yield furnish()
        flush()


def faults_of(visitor, url):
    """What is wrong with the page as it comes."""
    response = visitor.page.goto(url)
    found = [f"it answers {response.status}"] if response.status != 200 else []
    headings, reach = (
        visitor.page.evaluate(HEADINGS),
        visitor.page.evaluate("document.documentElement.scrollWidth"),
    )
    found += [f"it has {headings} main headings"] if headings != 1 else []
    found += [f"it reaches {reach} px"] if reach > NARROW else []
    return found + [f"{action} has no button" for action in visitor.page.evaluate(UNSENDABLE)]


READERS = {
    "everybody": (None, EVERYBODY, EVERYBODY_BY_NAME),
    "seb": ("seb", MEMBERS | FORMS, ()),
    "tom": ("tom", {}, MEMBERS_BY_NAME),
}


@pytest.mark.parametrize("reader", READERS)
def test_every_page_works_without_script(reader, db, arrive):
    name, written, by_name = READERS[reader]
    member = User.objects.get(username=name) if name else None
    visitor = arrive(member, NARROW, java_script_enabled=False)
    urls = [url.format(**db) for url in written.values()] + [address(one, db["world"]) for one in by_name]
    faults = {url: faults_of(visitor, url) for url in urls}
    visitor.context.close()
    assert {url: found for url, found in faults.items() if found} == {}
    assert visitor.problems == []
