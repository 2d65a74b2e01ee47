"""Every text of ours on the pages of the staff can be translated: they are walked in a made-up language."""

import pytest
from django.contrib import admin
from django.test import Client

from moments.models import Appeal, Report
from reelive.staff import StaffAdmin
from tests.support.admin import listed, one_of_each, page
from tests.support.makers import make_comment, make_member, make_revision, moderator
from tests.support.pseudo_language import texts_of_members, unmarked

PALETTE = ("0e0b2e", "2a1b5e", "6a3fa0", "e27396", "f5b94a")
PAGES = [one for one in admin.site._registry.values() if isinstance(one, StaffAdmin)]
pytestmark = pytest.mark.one_database


@pytest.fixture
def staff(xa, db):
    """A member of the staff who may do everything and reads the made-up language."""
    client = Client()
    client.force_login(make_member("boss", is_staff=True, is_superuser=True, language=xa))
    return client


@pytest.fixture
def world(moment, seb):
    """One of each table, and of what is acted upon one that is out of sight."""
    objects = one_of_each(moment, seb)
    comment = make_comment(moment, seb)
    comment.remove(moderator(), "spam")
    Appeal.objects.lodge(comment, seb, "It was a recipe.")
    Report.objects.file(moment.author, objects[3], "spam", "Pills.")
    make_revision(moment)
    make_revision(moment.film, summary="Before.")
    return objects


def unmarked_on(client, addresses):
    members, found = [*texts_of_members(), *PALETTE, "True", "False"], {}  # the last two are Django's
    for address in addresses:
        response = client.get(address)
        assert response.status_code in (200, 403), address  # nobody acts on themselves or on the house
        found[address] = sorted(set(unmarked(response.content.decode(), members)))
    return {address: texts for address, texts in found.items() if texts}


def test_the_front_page_of_the_staff_is_ready_for_languages(staff, world):
    assert unmarked_on(staff, ["/admin/"]) == {}


def lists(of_staff):
    scopes = [{"show": scope.name} for scope in of_staff.scopes]
    searches = [{"q": "a"}] if of_staff.search_fields else []
    return [listed(of_staff.model, **query) for query in [{}, *scopes, *searches]]


def rows(of_staff):
    return of_staff.model._default_manager.all()[:3]


def test_every_list_of_the_staff_is_ready_for_languages(staff, world):
    assert unmarked_on(staff, [address for one in PAGES for address in lists(one)]) == {}


def test_every_page_of_a_row_is_ready_for_languages(staff, world):
    names = ("change", "history")
    assert unmarked_on(staff, [page(row, name) for one in PAGES for row in rows(one) for name in names]) == {}


def test_every_question_before_an_act_is_ready_for_languages(staff, world):
    addresses = [page(row, verb.name) for one in PAGES for row in rows(one) for verb in one.verbs]
    assert unmarked_on(staff, addresses) == {}
