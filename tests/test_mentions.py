"""Whom one is suggested who types "@se": the voices of the thread first, and nobody who is not reached."""

import pytest

from moments.models import Mute, Restrict
from moments.search import mentions
from reelive.ratelimit import LIMITS
from tests.support.makers import make_comment, make_member, make_moment, moderator
from tests.support.pages import select
from tests.support.rows import for_each

pytestmark = pytest.mark.django_db


def suggested(client, typed, post=None):
    answer = client.get("/mentions/suggest/", {"q": typed, **({"post": post} if post else {})})
    return [option["data-name"] for option in select(answer, "li[role=option]")]


def test_members_are_suggested_by_the_beginning_of_their_names(as_seb, mia):
    for name in ("sebastian", "sea-bird", "usher"):
        make_member(name)
    assert sorted(suggested(as_seb, "se")) == ["sea-bird", "sebastian"]
    assert suggested(as_seb, "SEA-b") == ["sea-bird"]
    assert suggested(as_seb, "bird") == suggested(as_seb, "%") == suggested(as_seb, "_") == []
    assert suggested(as_seb, "") == []


def test_who_is_in_the_thread_comes_first(as_seb, moment, mia):
    for name in ("mix", "mint", "milo"):
        make_member(name)
    make_comment(moment, make_member("mira"))
    assert suggested(as_seb, "mi", moment.pk)[:2] == ["mia", "mira"]
    assert sorted(suggested(as_seb, "mi", moment.pk)[2:]) == ["milo", "mint", "mix"]
    assert suggested(as_seb, "", moment.pk) == ["mia", "mira"]


def test_nobody_is_suggested_twice_and_only_a_few(as_seb, moment):
    for number in range(9):
        make_comment(moment, make_member(f"tom{number}"))
    found = suggested(as_seb, "tom", moment.pk)
    assert found == [f"tom{number}" for number in range(mentions.NAMES_SUGGESTED)]


def test_of_a_long_thread_the_newest_voices_count(as_seb, moment, monkeypatch):
    monkeypatch.setattr(mentions, "NEWEST_COMMENTS", 1)
    for name in ("old", "young"):
        make_comment(moment, make_member(name))
    assert suggested(as_seb, "", moment.pk) == ["mia", "young"]


@for_each("way", ["muted", "restricted", "restricting", "suspended", "oneself"])
def test_whom_a_mention_does_not_reach_is_left_out(way, as_seb, moment, seb):
    other = seb if way == "oneself" else make_member("sebille")
    make_comment(moment, other)
    if way == "muted":
        Mute.objects.add(seb, other)
    elif way == "restricted":
        Restrict.objects.add(seb, other)
    elif way == "restricting":
        Restrict.objects.add(other, seb)
    elif way == "suspended":
        other.suspend(moderator(), "Gone mad.")
    assert suggested(as_seb, "seb", moment.pk) == []


@for_each("post", ["", "x", "-1", "٣", "9" * 18, "9" * 40])
def test_a_post_that_is_none_is_no_thread(post, as_seb, mia):
    assert suggested(as_seb, "mi", post) == ["mia"]


def test_a_withheld_post_tells_nobody_who_spoke_there(as_seb, film, mia):
    moment = make_moment(film, mia)
    make_comment(moment, make_member("mira"))
    film.refresh_from_db()
    film.remove(moderator(), "spam")
    assert suggested(as_seb, "", moment.pk) == []


def test_it_is_for_members_and_has_a_quota(as_seb, mia, settings, monkeypatch):
    settings.LIMITS = True
    monkeypatch.setitem(LIMITS, "suggest", (2, 86_400))
    assert [as_seb.get("/mentions/suggest/?q=mi").status_code for _ in range(3)] == [200, 200, 429]
    as_seb.logout()
    assert as_seb.get("/mentions/suggest/?q=mi").status_code == 302


def test_the_answer_is_kept_by_nobody(as_seb):
    assert {"private", "no-store"} <= set(as_seb.get("/mentions/suggest/?q=m")["Cache-Control"].split(", "))


def test_a_text_knows_where_to_ask_and_in_whose_thread(as_seb, moment):
    (editor,) = select(as_seb.get(moment.get_absolute_url()), "#comment-form [data-editor]")
    assert (editor["data-mentions"], editor["data-post"]) == ("/mentions/suggest/", str(moment.pk))
