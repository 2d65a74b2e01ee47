"""The addresses at which browsers look are those of the site: no page is forgotten."""

import re

from django.urls import resolve

from tests.support.addresses import (
    EVERYBODY,
    EVERYBODY_BY_NAME,
    FOR_PROGRAMS,
    FORMS,
    LEFT_OUT,
    MEMBERS,
    MEMBERS_BY_NAME,
)
from tests.support.walk import NAMES, VERBS


def name_of(url):
    """The name of an address in which something stands for the key of each row."""
    return resolve(re.sub(r"{[^}]*}", "1", url.partition("?")[0])).url_name


def test_every_page_is_looked_at_or_left_out_for_a_reason():
    written = {name_of(url) for pages in (EVERYBODY, MEMBERS, FORMS) for url in pages.values()}
    pages = {name for name in set(NAMES) - VERBS if not name.endswith(FOR_PROGRAMS)}
    by_name = {*EVERYBODY_BY_NAME, *MEMBERS_BY_NAME}
    assert sorted(pages - written - by_name) == sorted(LEFT_OUT)
    assert written & by_name == set()
    assert by_name <= pages
