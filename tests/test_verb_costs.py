"""What members do most costs few statements, and its answer is what the whole page then shows."""

from contextlib import contextmanager
from unittest.mock import patch

import pytest
from django.db import connection
from django.db.models.sql import Query
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import User
from moments.models import FeelingTally, Post, PostVote, Progress, Tagging
from moments.spoilers.rules import ProgressPoint
from moments.viewer.browser import Browser
from moments.viewer.lookup import is_veiled
from moments.viewer.viewer import Member
from reelive.render_cache import render_cache
from tests.support.makers import make_comment, make_moment, make_song, moderator
from tests.support.pages import select, texts, the
from tests.support.rows import for_each

HTMX = {"HX-Request": "true"}
# Of all that a request asks and writes; the marks of transactions and the member's session are among them.
STATEMENTS = {"upvote": 12, "comment upvote": 12, "feel": 16, "unfeel": 15, "relive": 16}
# Where rows can be locked, that of the author is.
STATEMENTS["comment"] = 18 + connection.features.has_select_for_update


def acts_on(moment, comment):
    return {
        "upvote": (f"/posts/{moment.pk}/upvote/", {}),
        "comment upvote": (f"/comments/{comment.pk}/upvote/", {}),
        "feel": (reverse("feel", args=[moment.pk]), {"feeling": "joy"}),
        "unfeel": (reverse("unfeel", args=[moment.pk]), {"feeling": "love"}),
        "relive": (reverse("diary-entry-add", args=[moment.pk]), {"date": "2026-01-01"}),
        "comment": (reverse("comment-add", args=[moment.pk]), {"body": "Again and again."}),
    }


@for_each("act", STATEMENTS)
def test_an_act_costs_so_many_statements(as_seb, moment, mia, seb, act):
    comment = make_comment(moment, mia)
    moment.feel(seb, "love")
    address, data = acts_on(moment, comment)[act]
    as_seb.get("/")
    with CaptureQueriesContext(connection) as asked:
        response = as_seb.post(address, data, headers=HTMX)
    assert response.status_code == 200
    assert len(asked) <= STATEMENTS[act], [query["sql"][:150] for query in asked.captured_queries]


@for_each("act", sorted(STATEMENTS.keys() - {"comment upvote"}))
def test_what_an_act_asks_is_written_once(as_seb, moment, mia, seb, act, django_capture_on_commit_callbacks):
    comment = make_comment(moment, mia)
    for number, text in enumerate(("Again and again.", "And once more."), 1):
        moment.feel(seb, "love")
        moment.unvote(seb)
        address, data = acts_on(moment, comment)[act]
        other = {"body": text, "date": f"2026-01-0{number}"}
        with queries_built() as built, django_capture_on_commit_callbacks(execute=True):
            response = as_seb.post(
                address, data | {name: other[name] for name in data.keys() & other}, headers=HTMX
            )
        assert response.status_code == 200
    assert built == []


@contextmanager
def queries_built():
    """The models of which the ORM builds a query meanwhile, in a list."""
    models, begin = [], Query.__init__

    def noted(query, model, *arguments, **options):
        models.append(model)
        begin(query, model, *arguments, **options)

    with patch.object(Query, "__init__", noted):
        yield models


def test_a_vote_for_what_is_gone_is_not_found_and_spends_nothing(as_seb, moment):
    moment.remove(moderator(), "spam")
    for address in (f"/posts/{moment.pk}/upvote/", f"/posts/{moment.pk + 1000}/upvote/"):
        assert as_seb.post(address, headers=HTMX).status_code == 404
    assert not PostVote.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM accounts_allowance WHERE key LIKE 'vote:%%'", [])
        assert cursor.fetchone() == (0,)


@pytest.mark.parametrize("verb", ["feel", "unfeel"])
def test_a_feeling_about_what_is_gone_is_not_found(as_seb, moment, seb, verb):
    moment.feel(seb, "joy")
    moment.remove(moderator(), "spam")
    assert as_seb.post(reverse(verb, args=[moment.pk]), {"feeling": "joy"}, headers=HTMX).status_code == 404
    assert FeelingTally.objects.get(moment=moment, feeling="joy").count == 1


def test_one_feels_and_relives_moments_alone(as_seb, film, mia):
    song = make_song(film, mia)
    for name, data in (("feel", {"feeling": "joy"}), ("diary-entry-add", {"date": "2026-01-01"})):
        assert as_seb.post(reverse(name, args=[song.pk]), data, headers=HTMX).status_code == 404


def test_a_vote_ranks_a_post_and_its_taggings_exactly_alike(moment, seb, keith):
    for member in (seb, keith):
        Post(pk=moment.pk).upvote(member)
    stored = Post.objects.get(pk=moment.pk)
    assert stored.votes == 2
    assert set(Tagging.objects.filter(content_object_id=moment.pk).values_list("hot")) == {(stored.hot,)}


def test_the_parts_after_a_feeling_are_those_of_the_page(as_seb, moment):
    answer = as_seb.post(reverse("feel", args=[moment.pk]), {"feeling": "joy"}, headers=HTMX)
    page = as_seb.get(moment.get_absolute_url())
    for part in ("#feels .feel", "#leaves-here li"):
        assert [str(each) for each in select(answer, part)] == [str(each) for each in select(page, part)]
    assert not select(answer, "#relive, .reactions-form, textarea")


def test_the_parts_after_a_diary_entry_are_those_of_the_page(as_seb, moment):
    as_seb.post(reverse("feel", args=[moment.pk]), {"feeling": "joy"})
    data = {"date": "2026-01-01", "note": "Once more."}
    answer = as_seb.post(reverse("diary-entry-add", args=[moment.pk]), data, headers=HTMX)
    page = as_seb.get(moment.get_absolute_url())
    assert texts(answer, "#then-here li") == texts(page, "#then-here li") != []
    assert texts(answer, "#relive-button") == texts(page, "#relive-button")
    assert the(answer, "#diary-here textarea").get_text().strip() == ""
    fields = [str(the(response, "#diary-here .fields")) for response in (answer, page)]
    assert fields[0] == fields[1]
    assert len(select(answer, ".toast")) == 1


@pytest.mark.parametrize("sort", ["best", "new"])
def test_the_form_after_a_comment_is_the_empty_one_of_the_page(as_seb, moment, sort):
    address = reverse("comment-add", args=[moment.pk])
    answer = as_seb.post(address, {"body": "Again and again.", "sort": sort}, headers=HTMX)
    page = as_seb.get(f"{moment.get_absolute_url()}?sort={sort}")
    of_answer, of_page = (the(response, "#comment-form") for response in (answer, page))
    keys = [form.select_one("[name=nonce]").extract()["value"] for form in (of_answer, of_page)]
    tokens = [form.select_one("[name=csrfmiddlewaretoken]").extract() for form in (of_answer, of_page)]
    assert str(of_answer) == str(of_page)
    assert all(tokens)
    assert len(set(keys)) == 2


def test_the_empty_form_is_rendered_once_for_all_moments(as_seb, moment, mia):
    render_cache.clear()
    for about in (moment, make_moment(moment.film, mia, "The Pier")):
        form = the(as_seb.get(about.get_absolute_url()), "#comment-form")
        assert form["action"] == about.comment_add_url
        assert form.select_one("[data-editor]")["data-post"] == str(about.pk)
    assert [key[0] for key in render_cache.kept].count("comments/_form.html") == 1


def test_a_comment_counts_those_that_came_meanwhile(as_seb, moment, mia):
    make_comment(moment, mia)
    answer = as_seb.post(reverse("comment-add", args=[moment.pk]), {"body": "Again."}, headers=HTMX)
    assert the(answer, "#comments-title").get_text().split()[0] == "2"


def test_a_refused_diary_entry_comes_back_in_its_part(as_seb, moment):
    data = {"date": "2999-01-01", "note": "Too early."}
    answer = as_seb.post(reverse("diary-entry-add", args=[moment.pk]), data, headers=HTMX)
    assert answer.status_code == 422
    assert the(answer, "#diary-here textarea").get_text().strip() == "Too early."
    assert select(answer, "#diary-here .errorlist")


@for_each("stance", User.SpoilerStance.values)
@for_each("place", [None, 0.5, 99.0])
@for_each("cookies", [{}, {"revealed": True}])
def test_what_is_veiled_for_one_post_is_what_lists_say(moment, seb, mia, keith, stance, place, cookies):
    Post.objects.filter(pk=moment.pk).update(spoiler=True)
    seb.spoiler_stance = stance
    if place is not None:
        Progress.objects.set_progress_of_all(seb, {moment.film_id: ProgressPoint(place)})
    for member in (seb, mia):
        viewer = Member(member, Browser({}))
        if cookies:
            viewer.reveal(moment)
        listed = Post.objects.veiled_for(viewer).get(pk=moment.pk)
        assert is_veiled(viewer, moment.pk) == listed.is_veiled
