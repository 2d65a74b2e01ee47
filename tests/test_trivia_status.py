"""The status of a claim comes of its verdicts, and lists are narrowed to it."""

import re

import pytest
from django.urls import reverse

from moments.models import Post, Trivia
from moments.models.post_queryset import HOT
from moments.models.trivia import Status
from moments.templatetags.posts import claim_status
from tests.support.database import plan_of
from tests.support.makers import make_film, make_moment, make_more_posts, make_trivia
from tests.support.pages import select, texts
from tests.support.rows import for_each
from tests.support.verdicts import judged_by


@pytest.fixture
def claim(film, mia):
    return make_trivia(film, mia, "One take", body="The traffic scene was shot in a single take.")


# What is shown.


@pytest.mark.parametrize(
    ("confirms", "disputes", "sourced", "status", "numbers"),
    [
        (0, 0, False, "unsourced", []),
        (0, 0, True, "sourced", []),
        (3, 1, True, "sourced", ["3", "1"]),
        (7, 1, False, "confirmed", ["7", "1"]),
        (0, 5, True, "disputed", ["5"]),
    ],
)
def test_cards_and_page_say_in_words_how_a_claim_stands(
    client, claim, confirms, disputes, sourced, status, numbers
):
    claim.cite([("https://example.org/a", "A source")] if sourced else [])
    judged_by(claim, confirms, disputes)
    for url in (claim.get_absolute_url(), "/trivia/", "/films/la-la-land/trivia/"):
        page = client.get(url)
        (shown,) = select(page, "#claim-status .status") + select(page, ".card .status")
        assert f"is-{status}" in shown["class"].split()
        assert shown.text == claim_status(Trivia.objects.get(pk=claim.pk)).text
        assert re.findall(r"\d+", shown.text) == numbers


# Lists by status.


@pytest.fixture
def claims(film, mia):
    """One claim of each status, and one more of another film."""
    titles = {"unsourced": "Bare", "sourced": "Cited", "confirmed": "Sure", "disputed": "Doubtful"}
    made = {status: make_trivia(film, mia, title) for status, title in titles.items()}
    made["sourced"].cite([("https://example.org/a", "A source")])
    judged_by(made["confirmed"], confirms=5)
    judged_by(made["disputed"], disputes=5)
    judged_by(make_trivia(make_film("Ponyo", year=2008), mia, "Doubtful too"), disputes=5)
    make_moment(film, mia)
    return titles


@for_each("status", Status.values)
@for_each("url", ["/trivia/", "/films/la-la-land/trivia/"])
def test_lists_of_trivia_are_narrowed_to_a_status(client, claims, url, status):
    response = client.get(f"{url}?status={status}")
    everywhere = {"Doubtful too"} if (url, status) == ("/trivia/", "disputed") else set()
    assert {post.title for post in response.context["posts"]} == {claims[status]} | everywhere
    current = [link["label"] for link in response.context["status_filter"] if link["current"]]
    assert current == [Status(status).label]


@for_each("url", ["/trivia/", "/films/la-la-land/trivia/", "/trivia/feed/"])
@for_each("status", ["true", "Disputed", "\x00", "disputed'"])
def test_a_status_that_is_none_is_not_found(client, film, url, status):
    assert client.get(url, {"status": status}).status_code == 404


def test_an_empty_status_says_so(client, claim):
    for url in ("/trivia/", "/films/la-la-land/trivia/"):
        sentences = {
            tuple(texts(client.get(url, {"status": status}), ".empty p"))
            for status in ("disputed", "confirmed")
        }
        assert len(sentences) == 2, sentences
        assert () not in sentences


def test_the_pages_of_a_status_keep_it(client, film, mia):
    make_more_posts(make_trivia(film, mia), 29)
    response = client.get("/trivia/?status=unsourced")
    assert "status=unsourced&amp;after=" in response.text
    response = client.get("/trivia/", {"status": "unsourced", "after": response.context["next_cursor"]})
    assert len(response.context["posts"]) == 5


def test_the_feed_keeps_the_status(client, claims):
    feed = client.get("/trivia/feed/?status=disputed").text
    assert ("Doubtful too" in feed, "Bare" in feed) == (True, False)
    assert "/trivia/feed/?status=disputed" in client.get("/trivia/?status=disputed").text
    of_film = "/films/la-la-land/trivia/"
    assert f"{of_film}feed/?status=disputed" in client.get(f"{of_film}?status=disputed").text


def test_a_list_by_status_walks_its_own_index(claims):
    posts = Post.objects.listed().of_kind("trivia").with_status("disputed").order_by(*HOT)
    sql, parameters = posts.values("pk").query.sql_with_params()
    plan = plan_of(sql % tuple(f"'{value}'" for value in parameters))
    assert "post_status_hot" in plan
    assert "TEMP B-TREE" not in plan
    assert "Sort" not in plan


def test_nobody_of_the_staff_sets_a_status(client, keith, claim):
    client.force_login(keith)
    form = client.get(reverse("admin:moments_trivia_change", args=[claim.pk])).context["adminform"].form
    assert {"status", "confirms", "disputes"}.isdisjoint(form.fields)
