"""However many posts there are, a page of a list of them is a walk along one index."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from moments.models import Post
from moments.syndication import listings
from tests.support.database import plan_of
from tests.support.makers import make_moment
from tests.support.rows import for_each

FILMS, POSTS = 40_000, 1_500_000
LISTS = {
    "/": "post_hot",
    "/?kind=moment": "post_kind_hot",
    "/new/": "post_new",
    "/new/?kind=song": "post_kind_new",
    "/top/": "post_top",
    "/top/?kind=moment": "post_kind_top",
    "/songs/": "post_kind_hot",
    "/trivia/?status=disputed": "post_status_hot",
}
WINDOWED = {
    f"/top/?by={window}{kind}": index
    for window in ("day", "week", "month", "year")
    for kind, index in (("", "post_top"), ("&kind=moment", "post_kind_top"))
}


@pytest.fixture
def as_of_a_million(film, mia, seb):
    """Few posts, and a database that takes them for as many as a large site has."""
    for number in range(30):
        make_moment(film, mia, f"Lamp {number}").upvote(seb)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
            for table, rows in (("moments_film", FILMS), ("moments_post", POSTS)):
                cursor.execute("SELECT idx, stat FROM sqlite_stat1 WHERE tbl = %s", [table])
                for index, stat in cursor.fetchall():
                    few = [min(int(part) * rows // 40 or 1, rows // 3) for part in stat.split()[1:-1]]
                    stat = " ".join(map(str, [rows, *few, 1]))
                    cursor.execute("UPDATE sqlite_stat1 SET stat = %s WHERE idx = %s", [stat, index])
            cursor.execute("ANALYZE sqlite_schema")


def plan_of_list(client, address):
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
    (asked,) = [query["sql"] for query in queries if '"tags_text"' in query["sql"]]
    return response, plan_of(asked)


def is_walk(plan, index):
    outer = (
        plan.replace("LIST SUBQUERY", "").split("CORRELATED")[0] if connection.vendor == "sqlite" else plan
    )
    return (
        f" {index} " in f"{outer} " and "SCAN moments" not in plan and "TEMP B-TREE FOR ORDER BY" not in outer
    )


@for_each("address, index", [*LISTS.items(), *WINDOWED.items()])
def test_a_page_is_a_walk_along_the_index_of_its_order(address, index, client, as_of_a_million, monkeypatch):
    monkeypatch.setattr(listings, "POSTS_SOONER_SORTED", 3)
    joint = "&" if "?" in address else "?"
    response, plan = plan_of_list(client, address)
    assert is_walk(plan, index), plan
    following = f"{address}{joint}after={response.context['next_cursor']}"
    if response.context["next_cursor"]:
        _response, plan = plan_of_list(client, following)
        assert is_walk(plan, index), plan


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL chooses by the size of a table")
@for_each("address", WINDOWED)
def test_the_few_of_a_window_are_gathered(address, client, as_of_a_million):
    Post.objects.filter(title="Lamp 3").update(created=Post.objects.first().created - timedelta(days=400))
    response, plan = plan_of_list(client, address)
    assert "post_kind_new" in plan if "kind" in address else "post_new" in plan
    assert "SCAN moments" not in plan
    titles = [post.title for post in response.context["posts"]]
    assert len(titles) == 25
    assert "Lamp 3" not in titles


@pytest.mark.parametrize("few", [0, 1_000])
def test_a_window_has_the_same_posts_whether_they_are_gathered_or_walked(
    few, client, film, mia, seb, monkeypatch
):
    monkeypatch.setattr(listings, "POSTS_SOONER_SORTED", few)
    for number in range(4):
        moment = make_moment(film, mia, f"Lamp {number}")
        moments = Post.objects.filter(pk=moment.pk)
        moments.update(created=moment.created - timedelta(days=3 * number), votes=number % 3)
    found = {
        window: [post.title for post in client.get(f"/top/?by={window}").context["posts"]]
        for window in ("day", "week", "month")
    }
    assert found == {
        "day": ["Lamp 0"],
        "week": ["Lamp 2", "Lamp 1", "Lamp 0"],
        "month": ["Lamp 2", "Lamp 1", "Lamp 3", "Lamp 0"],
    }
