"""What a member upvoted, to find it again: the newest vote first, and for their own eyes."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moments.models import Mute
from tests.support.makers import make_comment, make_member, make_moment, make_song
from tests.support.pages import select, texts

POSTS, COMMENTS = "/upvoted/", "/upvoted/comments/"


def titles(client, query=""):
    return texts(client.get(POSTS + query), ".card-title")


def test_the_newest_vote_comes_first(as_seb, film, mia, seb):
    dance, tune = make_moment(film, mia, "The Dance"), make_song(film, mia, "City of Stars")
    tune.upvote(seb), dance.upvote(seb)
    assert titles(as_seb) == ["The Dance", "City of Stars"]
    dance.unvote(seb)
    assert titles(as_seb) == ["City of Stars"]


def test_nobody_else_sees_it(as_mia, client, moment, seb):
    moment.upvote(seb)
    assert titles(as_mia) == []
    client.logout()
    assert client.get(POSTS)["Location"].startswith(reverse("account_login"))


def test_what_is_removed_is_left_out_and_comes_back(as_seb, moment, seb, keith):
    moment.upvote(seb)
    moment.remove(keith, "spam")
    assert titles(as_seb) == []
    moment.restore(keith)
    assert titles(as_seb) == ["A Lovely Night"]


def test_what_lies_beyond_stays_veiled(as_seb, film, mia, seb):
    make_moment(film, mia, "The last look", spoiler=True).upvote(seb)
    assert len(titles(as_seb)) == 1
    assert "The last look" not in as_seb.get(POSTS).text


def test_one_s_own_choice_stays_when_its_author_is_muted(as_seb, moment, mia, seb):
    moment.upvote(seb)
    comment = make_comment(moment, mia, "I cried.")
    comment.upvote(seb)
    Mute.objects.add(seb, mia)
    assert titles(as_seb) == ["A Lovely Night"]
    page = as_seb.get(COMMENTS)
    assert [item["data-muted"] for item in select(page, ".said li")] == ["true"]
    assert len(select(page, ".said details.hidden-for-you")) == 1


def test_comments_stand_on_a_page_of_their_own(as_seb, moment, mia, seb, keith):
    first, second = make_comment(moment, mia, "I cried."), make_comment(moment, mia, "So did I.")
    second.upvote(seb), first.upvote(seb)
    assert texts(as_seb.get(COMMENTS), ".said .prose") == ["I cried.", "So did I."]
    first.remove(keith, "spam")
    assert texts(as_seb.get(COMMENTS), ".said .prose") == ["So did I."]
    moment.film.remove(keith, "spam")
    assert texts(as_seb.get(COMMENTS), ".said .prose") == []


@pytest.mark.parametrize("page", [POSTS, COMMENTS])
def test_a_long_list_has_pages_and_costs_the_same(page, as_seb, film, moment, mia, seb):
    other = make_member("tom")

    def vote():
        target = make_moment(film, mia) if page == POSTS else make_comment(make_moment(film, mia), other)
        target.upvote(seb)
        return target

    vote()
    as_seb.get(page)
    with CaptureQueriesContext(connection) as few:
        as_seb.get(page)
    newest = [vote() for _number in range(30)][:4:-1]
    with CaptureQueriesContext(connection) as many:
        first = as_seb.get(page)
    assert len(many) == len(few)
    shown = first.context["posts" if page == POSTS else "comments"]
    assert [each.pk for each in shown] == [each.pk for each in newest]
    rest = as_seb.get(f"{page}?after={first.context['next_cursor']}")
    assert len(select(rest, ".card" if page == POSTS else ".said li")) == 6
