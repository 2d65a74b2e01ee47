"""What a search finds, in which order, page by page, and what each page costs."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from moments.models import Film, Person, Post, Season
from moments.search import index, schema
from moments.search.kinds import KINDS_WITH_TAB
from moments.search.query import parse
from moments.search.results import search
from reelive.pagination import BadCursor
from tests.support.makers import (
    make_comment,
    make_credit,
    make_episode,
    make_film,
    make_list,
    make_member,
    make_moment,
    make_review,
    make_series,
    make_song,
    make_trivia,
    moderator,
)
from tests.support.pages import select
from tests.support.rows import for_each
from tests.support.search import ANYBODY, found, make_shelf, name, titles

TABS = ["all", *KINDS_WITH_TAB]


@pytest.fixture
def shelf(film, mia, seb):
    return make_shelf(film, mia, seb)


# What is found.


def test_words_are_found_in_titles_bodies_context_and_artists(shelf, film, mia):
    make_moment(film, mia, "The bench", body="Two people.", context="Right after the *party*.")
    assert titles("lovely") == ["A Lovely Night"]
    assert titles("hummed pier") == ["City of Stars"]
    assert titles("party") == ["The bench"]
    assert titles("gosling") == ["City of Stars"]


def test_accents_and_case_do_not_matter(film, mia):
    make_moment(film, mia, "Amélie skips stones", body="À bientôt, Ōsaka. ポニョ 신과함께")
    for text in ("amelie", "AMÉLIE", "amélie", '"amelie skips"', "bientot", "osaka", "ポニョ", "신과함께"):
        assert titles(text) == ["Amélie skips stones"]
    assert titles("ボニョ") == []


def test_a_phrase_is_side_by_side_and_a_minus_leaves_out(shelf):
    assert titles('"city of stars"') == ["City of Stars"]
    assert titles('"stars of city"') == []
    assert titles("stars of city") == ["City of Stars"]
    assert titles("pier -take") == ["City of Stars"]
    assert titles('pier -"one take"') == ["City of Stars"]


def test_films_comments_tags_and_members_are_found_too(shelf, moment, seb):
    comment = make_comment(moment, seb, "That lamp post again.")
    User.objects.filter(pk=seb.pk).update(bio="Plays the piano.")
    assert found("ponyo") == {"films": ["Gake no ue no Ponyo"]}
    assert found("miyazaki 2008")["films"] == ["Gake no ue no Ponyo"]
    assert found("lamp") == {"comments": [str(comment.pk)]}
    assert found("camera") == {"tags": ["camera"]}
    assert found("piano") == {"members": ["seb"]}


def test_the_last_word_may_be_unfinished(shelf):
    assert found("pony")["films"] == ["Gake no ue no Ponyo"]
    assert found("ポ")["films"] == ["Gake no ue no Ponyo"]
    assert found("崖の上")["films"] == ["Gake no ue no Ponyo"]
    assert titles("hum") == ["City of Stars"]
    assert titles('"hum"') == titles("hum pier") == titles("hu") == []


def test_the_beginning_is_not_tried_where_the_word_itself_stands(film, mia):
    make_moment(film, mia, "The star", body="One of them.")
    make_moment(film, mia, "The start", body="Of it all.")
    assert titles("star") == ["The star"]


@for_each("kind, expected", [
    ("moments", {"moments": ["A Lovely Night"]}),
    ("songs", {}),
    ("trivia", {}),
    ("films", {}),
    ("tags", {"tags": ["dance"]}),
    ("members", {}),
    ("comments", {}),
])  # fmt: skip
def test_one_kind_alone_can_be_asked_for(shelf, kind, expected):
    assert found("dance", kind) == expected


def test_a_kind_that_is_not_there_is_an_error_of_the_caller(db):
    with pytest.raises(KeyError):
        search("bench", ANYBODY, "poems")


# The order, and pages.


def test_a_word_in_the_title_counts_more_than_one_in_the_body(film, mia):
    make_moment(film, mia, "The lamp post", body="Light.")
    for number in range(3):
        make_moment(
            film, mia, f"Scene of light {number}", body="Somewhere a lamp stands, in the dark, for a while."
        )
    assert titles("lamp")[0] == "The lamp post"


def test_without_words_the_newest_come_first_and_by_tag_the_hottest(film, mia, seb):
    old = make_moment(film, mia, "First", created=timezone.now() - timedelta(hours=1))
    make_moment(film, mia, "Second")
    assert titles("by:mia") == ["Second", "First"]
    assert titles("tag:stars") == ["Second", "First"]
    old.upvote(seb)
    make_member("laura")
    old.upvote(User.objects.get(username="laura"))
    assert titles("tag:stars") == ["First", "Second"]


def test_comments_come_newest_first_and_tags_by_their_use(film, mia, seb):
    make_moment(film, mia, "One", tags=["night sky", "night"])
    moment = make_moment(film, mia, "Two", tags=["night sky"])
    comments = [make_comment(moment, seb, f"Remark on shoes {number}") for number in range(3)]
    assert found("shoes", "comments")["comments"] == [str(comment.pk) for comment in reversed(comments)]
    assert found("night", "tags")["tags"] == ["night sky", "night"]


def pages(text, kind):
    """The names of all pages, walked by their cursors."""
    cursor, walked = None, []
    while True:
        results = search(text, ANYBODY, kind, cursor)
        walked.append([name(row) for group in results.groups for row in group.rows])
        cursor = results.next_cursor
        if cursor is None:
            return walked


def test_pages_hold_25_and_go_on_where_the_last_one_ended(film, mia):
    for number in range(55):
        make_moment(film, mia, f"Lamp {number}")
    walked = pages("lamp", "moments")
    assert [len(page) for page in walked] == [25, 25, 5]
    assert len({title for page in walked for title in page}) == 55


def test_a_page_goes_on_when_the_row_that_it_ended_with_is_gone(film, mia):
    posts = [make_moment(film, mia, f"Lamp {number}") for number in range(30)]
    first = search("lamp", ANYBODY, "moments")
    last = first.groups[0].rows[-1]
    Post.objects.get(pk=last.pk).remove(moderator(), "spam")
    second = search("lamp", ANYBODY, "moments", first.next_cursor)
    seen = {row.pk for row in first.groups[0].rows} | {row.pk for row in second.groups[0].rows}
    assert len(seen) >= len(posts) - 1


def test_of_very_many_matches_the_newest_are_ranked(film, mia):
    posts = [make_moment(film, mia, "The lamp, lamp, lamp")]
    posts += [make_moment(film, mia, body="A lamp somewhere.") for _ in range(12)]
    ask = index.WordQuery(parse("lamp").wanted)
    best = index.best(schema.POSTS, ask, limit=10)
    assert sorted(best) == [post.pk for post in posts[-10:]]
    assert index.best(schema.POSTS, ask, limit=20)[0] == posts[0].pk


@for_each("cursor", ["x", "25", "25-", "-3", "25-x", "٢٥-٣", "2" * 40, "25-3-4", "1e3-4", "25 - 3"])
def test_a_cursor_of_somebodys_own_is_refused(client, moment, cursor):
    with pytest.raises(BadCursor):
        search("lovely", ANYBODY, "moments", cursor)
    assert client.get("/search/", {"q": "lovely", "kind": "moments", "after": cursor}).status_code == 404


def test_a_cursor_beyond_the_end_is_an_empty_page(client, moment):
    page = client.get("/search/", {"q": "lovely", "kind": "moments", "after": "9999999999-7"})
    assert (page.status_code, select(page, ".card")) == (200, [])


def test_an_answer_costs_the_same_for_one_row_and_for_many(film, mia, seb):
    def grow(count):
        for _ in range(count):
            post = make_moment(film, mia, tags=[f"lamp {Post.objects.count()}", "lamp"], body="A lamp.")
            make_song(film, mia, body="A lamp.")
            make_trivia(film, mia, body="A lamp.")
            make_comment(post, seb, "A lamp.")
            make_film(f"Lamp {Film.objects.count()}")
            make_member(f"lamp-{User.objects.count()}")
            make_list(mia, title="A lamp")
            make_credit(film, f"Ann Lamp {Person.objects.count()}")
            make_review(film, mia, body=f"Lamp number {Post.objects.count()}.")
            season, _episode = make_episode(make_series("Lamps"), 1, 1, title="A lamp")
            Season.objects.filter(pk=season.pk).update(title="The lamp")
        index.catch_up()

    def cost(kind):
        with CaptureQueriesContext(connection) as queries:
            assert search("lamp", ANYBODY, kind).groups
        return len(queries)

    grow(1)
    few = {kind: cost(kind) for kind in TABS}
    grow(30)
    assert {kind: cost(kind) for kind in TABS} == few
    assert max(few.values()) <= 40  # PostgreSQL bounds the time of each question by one more
