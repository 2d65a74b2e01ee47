"""Lists that grow in place: how long they have grown, what comes before, and what that costs."""

from itertools import pairwise
from urllib.parse import urljoin

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from moments.models import Post
from moments.models.post_queryset import HOT, NEW, TOP
from reelive.listpages import MOST_PAGES
from reelive.pagination import backwards, cursor_after, cursor_before, paginate
from tests.support.makers import make_film, make_moment, make_more_posts
from tests.support.pages import select, texts
from tests.support.rows import for_each

PAGE = 25
HTMX = {"HX-Request": "true"}


@pytest.fixture
def many(film, mia):
    first = make_moment(film, mia, "Scene number 0")
    return [first, *make_more_posts(first, 2 * PAGE + 4, title=lambda number: f"Scene number {number + 1}")]


def titles(page):
    return texts(page, ".card-title")


def follow(client, page, rel):
    (link,) = select(page, f'a[rel="{rel}"]')
    return client.get(urljoin("/new/", link["href"]))


def test_a_list_is_as_long_as_its_address_says(client, many):
    assert [len(titles(client.get("/new/", {"pages": pages}))) for pages in (1, 2, 3)] == [25, 50, 55]


def test_a_length_that_no_list_has_is_one_page(client, many):
    wrong = ["0", "-1", "x", "1e3", "", "9" * 99, str(MOST_PAGES + 1), "²"]
    shown = {pages: len(titles(client.get("/new/", {"pages": pages}))) for pages in wrong}
    assert shown == dict.fromkeys(wrong, PAGE)


def test_a_long_list_goes_on_where_it_ends(client, many):
    page = client.get("/new/?pages=2")
    (more,) = select(page, "a[data-more]")
    assert "pages" not in more["href"]
    rest = client.get("/new/" + more["href"], headers=HTMX)
    assert titles(rest) == [f"Scene number {number}" for number in (4, 3, 2, 1, 0)]
    assert not select(rest, "a[rel=prev]")


def test_pages_lead_back_one_by_one_to_the_first(client, many):
    first = client.get("/new/")
    second = follow(client, first, "next")
    third = follow(client, second, "next")
    assert not select(first, "a[rel=prev]")
    assert titles(follow(client, third, "prev")) == titles(second)
    back = follow(client, second, "prev")
    assert (titles(back), back.request["QUERY_STRING"]) == (titles(first), "")


def test_what_else_was_chosen_goes_along(client, many):
    second = follow(client, client.get("/new/?kind=moment"), "next")
    (link,) = select(second, "a[rel=prev]")
    assert link["href"] == "?kind=moment"


def test_films_lead_back_too(client, db):
    for number in range(30):
        make_film(f"Film {number}")
    (more,) = select(client.get("/films/"), "a[data-more]")
    assert select(client.get("/films/" + more["href"]), "a[rel=prev]")
    assert len(select(client.get("/films/?pages=2"), ".film")) == 30


@for_each("order", [HOT, NEW, TOP, ("title", "id"), ("-votes", "id")])
def test_the_cursor_before_undoes_the_one_after(order, film, mia):
    for number in range(12):
        post = make_moment(film, mia, f"Scene {number % 5} of it")
        Post.objects.filter(pk=post.pk).update(votes=number % 3, hot=number % 4)
    for size in (1, 3, 4, 11, 12, 50):
        pages, cursor = [], ""
        while cursor is not None:
            page = paginate(Post.objects.all(), order, cursor, size)
            pages.append((cursor, page.items))
            cursor = page.next_cursor
        for (before, _rows), (after, _more) in pairwise(pages):
            assert cursor_before(Post.objects.all(), order, after, size) == before, size


def test_an_order_turned_twice_is_itself():
    for order in (HOT, NEW, ("title", "id")):
        assert backwards(backwards(order)) == order
    assert backwards(("-hot", "id")) == ("hot", "-id")


def test_length_costs_no_query_and_the_way_back_costs_one(client, many):
    counts = {}
    cursor = cursor_after(many[20], NEW)
    for query in ("", "?pages=3", f"?after={cursor}", f"?after={cursor}&pages=3"):
        client.get(f"/new/{query}")
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/new/{query}")
        counts[query] = len(asked)
    first, *_rest = counts.values()
    assert list(counts.values()) == [first, first, first + 1, first + 1]
