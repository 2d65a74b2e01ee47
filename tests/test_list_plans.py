"""Every list, of the site and of the staff, is a walk of an index, however many rows its table has."""

import re

import pytest
from django.contrib.admin import site
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from moments.search import index
from reelive.staff import COUNTED_AT_MOST, BoundedPaginator
from tests.support.admin import listed
from tests.support.loud_world import make_loud_world
from tests.support.makers import make_film, make_member
from tests.support.plans import as_on_a_large_site, faults_of, read_whole, sequences_cost
from tests.support.walk import FORM_PAGES, NAMES, VERBS, address

# Tables that may be read whole, and why they stay small.
SMALL = {
    "moments_sitepage": "a row for each page of the site itself",
    "moments_statistics": "one row",
    "django_content_type": "a row for each table",
    "auth_permission": "some rows for each table",
    "auth_group": "the groups of the staff",
    "django_tasks_database_dbtaskresult": "done work goes after an hour; 1,000 at most are given up",
}
# Walks of a whole table or of a sort that end soon, by the table and how a part of the statement reads.
BOUNDED = {
    ("moments_report", "'open'"): "the open reports by weight: as many as wait for a moderator",
    ("accounts_user", 'WHERE "accounts_user"."is_active"( = 1)? LIMIT'): "nearly all: it ends after 1,000",
    ("moments_verdict", "\"state\" = 'visible' LIMIT"): "nearly all are visible: it ends after 1,000",
    ("accounts_user", '(NOT \\S*"is_active"|"is_active" = 0) LIMIT'): "members alone, and no posts of theirs",
    ("accounts_user", '"is_staff"( = 1)? LIMIT'): "members alone, and no posts of theirs",
    ("accounts_user", '"accounts_user"."username" < '): "those whose name begins so",
}
LISTS = [
    "/top/?by=day", "/top/?by=week", "/top/?by=month", "/top/?by=year", "/top/?kind=song",
    "/new/?kind=moment",
    "/songs/?order=title", "/songs/?order=new", "/songs/?order=votes", "/tags/?order=name",
    "/films/?sort=title", "/people/?order=name", "/sitemap-people-1.xml",
    "/films/?genre=musical", "/films/?country=kr&sort=newest", "/films/?language=en&sort=year",
    "/films/?language=en&genre=musical&medium=film&decade=2010&sort=title",
    "/?kind=trivia", "/films/la-la-land/reviews/?order=new",
    "/trivia/?status=unsourced", "/feelings/joy/?with=sadness",
    "/feelings/joy/?decade=2010", "/search/?q=bench", "/search/?q=bench+stars",
    "/search/?q=sat&kind=comments",
    "/search/suggest/?q=ben", "/sitemap-films-1.xml", "/sitemap-posts-1.xml", "/sitemap-tags-1.xml",
    "/sitemap-artists-1.xml", "/sitemap-lists-1.xml",
]  # fmt: skip
ASKED = ("bench", "mia", "@mia", "mia@example.org")


def make_world():
    mia, seb, keith = make_member("mia"), make_member("seb"), make_member("keith")
    User.objects.filter(pk=keith.pk).update(is_staff=True, is_superuser=True)
    viewer, _loud, world = make_loud_world(make_film(), mia, seb)
    index.catch_up()
    return {"mia": mia, "seb": seb, "keith": keith, "viewer": viewer, "world": world}


SCENE = make_world


def asked(member, paths):
    """What these addresses ask the database, each question with the first that asks it."""
    client, questions = Client(), {}
    client.force_login(member)
    for path in paths:
        caches["local"].clear()
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code < 500
        for sql in (query["sql"].strip() for query in queries):
            if sql.startswith(("SELECT", "WITH")):
                questions.setdefault(sql, path)
    return questions


def faults(member, paths):
    """What grows with the site of that which addresses ask, but for what is known to stay small."""
    questions = asked(member, paths)
    if connection.vendor == "sqlite":
        with as_on_a_large_site() as expected:
            found = [(fault, sql) for sql in questions for fault in faults_of(sql, SMALL, expected)]
    else:
        with sequences_cost():
            found = [(fault, sql) for sql in questions for fault in read_whole(sql, SMALL)]
    return [
        (questions[sql], fault, sql)
        for fault, sql in found
        if not any(fault.startswith(table) and re.search(part, sql) for (table, part) in BOUNDED)
    ]


def addresses_of_the_staff():
    for model, admin in site._registry.items():
        yield from (listed(model, show=show) for show in ["", *(scope.name for scope in admin.scopes)])
        if admin.search_fields:
            yield from (listed(model, q=text) for text in ASKED)


@pytest.fixture(autouse=True)
def many_pages(monkeypatch):
    """Every list of the staff goes on: one that fits on a page is read to its end, since it was counted."""
    count = BoundedPaginator.count.func
    monkeypatch.setattr(BoundedPaginator, "count", property(lambda pages: count(pages) + COUNTED_AT_MOST))


def test_every_page_walks_indexes(staged):
    names = sorted(set(NAMES) - VERBS - FORM_PAGES)
    assert faults(staged["viewer"], [address(name, staged["world"]) for name in names]) == []


def test_every_list_walks_an_index(staged):
    assert faults(staged["viewer"], LISTS) == []


def test_every_list_of_the_staff_walks_an_index(staged):
    assert faults(staged["keith"], ["/admin/", *addresses_of_the_staff()]) == []
