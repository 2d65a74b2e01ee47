"""The feed of what a member follows: what gets into it, what stays, and what of it is shown."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from moments.models import FeedEntry, Follow, Mute, Progress, Tag
from moments.models import follow as follows
from moments.spoilers.rules import SEEN, UNSEEN, ProgressPoint
from tests.support.database import plan_of
from tests.support.makers import (
    make_copies,
    make_credit,
    make_film,
    make_member,
    make_moment,
    make_more_posts,
    make_song,
    make_trivia,
)
from tests.support.notifications import news_of, tell_all, unread_of
from tests.support.rows import for_each

FEED = "/following/"


@pytest.fixture
def tom(db):
    return make_member("tom")


def feed_of(member):
    """What lies in the feed, the newest first."""
    tell_all()
    rows = FeedEntry.objects.filter(member=member).order_by(*follows.NEWEST_IN_FEED)
    return list(rows.values_list("post__title", flat=True))


def shown_to(client):
    tell_all()
    return [post.title for post in client.get(FEED).context["posts"]]


def follow(member, **what):
    Follow.objects.follow(member, **what)
    tell_all()


def test_what_is_shared_gets_into_the_feed_for_each_reason_once(film, mia, seb):
    make_song(film, mia, "City of Stars", tags=["tune"])
    tell_all()
    for what in (
        {"person": mia},
        {"film": film},
        {"tag": Tag.objects.get(name="tune")},
        {"artist": "cast"},
    ):
        follow(seb, **what)
    make_song(film, mia, "Epilogue", tags=["tune"])
    assert feed_of(seb) == ["Epilogue", "City of Stars"]
    assert news_of(seb) == [("followed", "mia")]


@for_each("column", ["person", "film", "tag", "artist", "credited"])
def test_each_kind_of_follow_brings_what_was_there_and_what_comes(column, film, mia, seb, as_seb):
    make_song(film, mia, "City of Stars", tags=["tune"])
    what = {"person": mia, "film": film, "tag": Tag.objects.get(name="tune"), "artist": "cast"}
    what["credited"] = make_credit(film, "Emma Stone").person
    follow(seb, **{column: what[column]})
    assert shown_to(as_seb) == ["City of Stars"]
    make_song(film, mia, "Epilogue", tags=["tune"])
    make_song(make_film("Whiplash"), make_member("paul"), "Caravan", tags=["drums"], artist="Juan Tizol")
    assert shown_to(as_seb) == ["Epilogue", "City of Stars"]
    Follow.objects.unfollow(seb, **{column: what[column]})
    assert feed_of(seb) == []


def test_what_something_else_explains_stays(film, mia, seb):
    make_moment(film, mia, "A Lovely Night")
    make_moment(make_film("Whiplash"), mia, "The Solo")
    follow(seb, person=mia)
    follow(seb, film=film)
    assert feed_of(seb) == ["The Solo", "A Lovely Night"]
    Follow.objects.unfollow(seb, person=mia)
    assert feed_of(seb) == ["A Lovely Night"]


def test_a_feed_begins_with_the_newest_of_it(film, mia, seb, monkeypatch):
    monkeypatch.setattr("moments.notifications.feed.ENTRIES_ON_FOLLOWING", 2)
    for number in range(3):
        make_moment(film, mia, f"Moment {number}")
    tell_all()
    follow(seb, person=mia)
    assert feed_of(seb) == ["Moment 2", "Moment 1"]


def test_nobody_has_their_own_posts_in_their_feed(film, mia, seb):
    follow(mia, film=film)
    make_moment(film, mia)
    make_moment(film, seb, "By Seb")
    assert feed_of(mia) == ["By Seb"]


def test_what_is_removed_or_by_somebody_muted_is_not_shown(as_seb, film, mia, seb, tom, keith):
    follow(seb, film=film)
    make_moment(film, mia, "Removed").remove(keith, "spam")
    make_moment(film, tom, "By Tom")
    make_moment(film, mia, "By Mia")
    assert shown_to(as_seb) == ["By Mia", "By Tom"]
    Mute.objects.add(seb, tom)
    assert shown_to(as_seb) == ["By Mia"]


@for_each("column", ["person", "film", "tag", "artist", "credited"])
def test_each_kind_of_follow_tells_of_what_comes(column, film, mia, seb):
    what = {"person": mia, "film": film, "tag": Tag.objects.create(name="tune"), "artist": "cast"}
    what["credited"] = make_credit(film, "Emma Stone").person
    follow(seb, **{column: what[column]})
    make_song(film, mia, "Epilogue", tags=["tune"])
    assert news_of(seb) == [("followed", "mia")]


@pytest.fixture
def followers(film):
    """Who follows a tag and an artist alone, by how far they have seen the film."""
    seen = {"unsaid": None, "unseen": UNSEEN, "half": ProgressPoint(1.5), "all": SEEN}
    followers = {name: make_member(name) for name in [*seen, "filmgoer"]}
    for name, follower in followers.items():
        follow(follower, tag=Tag.objects.get_or_create(name="wedding", slug="wedding")[0])
        follow(follower, artist="cast")
        if seen.get(name):
            Progress.objects.set_progress(follower, film, seen[name])
    follow(followers["filmgoer"], film=film)
    Progress.objects.set_progress(followers["filmgoer"], film, UNSEEN)
    return followers


@for_each("facts, told", [
    ({}, {"unsaid", "unseen", "half", "all"}),
    ({"reveals_at": 1.0}, {"unsaid", "half", "all"}),
    ({"reveals_at": 2.0}, {"unsaid", "all"}),
    ({"spoiler": True}, set()),
])  # fmt: skip
def test_what_a_post_has_is_told_to_those_alone_for_whom_it_is_not_veiled(facts, told, followers, film, mia):
    make_trivia(film, mia, tags=["wedding"], **facts)
    tell_all()
    heard = {name for name, follower in followers.items() if unread_of(follower)}
    assert heard == told | {"filmgoer"}, "and what else one follows tells of it all the same"
    assert {len(feed_of(follower)) for follower in followers.values()} == {1}


def test_a_tag_alone_does_not_tell_that_a_veiled_moment_has_it(as_seb, film, mia, seb):
    make_moment(film, mia, "The Wedding", tags=["wedding"])
    make_moment(film, mia, "The End", tags=["wedding"], spoiler=True)
    tell_all()
    follow(seb, tag=Tag.objects.get(name="wedding"))
    assert shown_to(as_seb) == ["The Wedding"]
    make_moment(film, mia, "The Last Look", tags=["wedding"], spoiler=True)
    assert news_of(seb) == []
    follow(seb, film=film)
    page = as_seb.get(FEED)
    assert [post.is_veiled for post in page.context["posts"]] == [True, True, False]
    assert "The End" not in page.content.decode()


def test_who_wants_no_veiled_cards_gets_none(as_seb, film, mia, seb):
    User.objects.filter(pk=seb.pk).update(spoiler_stance="hide")
    follow(seb, film=film)
    make_moment(film, mia, "The End", spoiler=True)
    assert shown_to(as_seb) == []


def test_the_feed_is_narrowed_to_a_kind(as_seb, film, mia, seb):
    follow(seb, film=film)
    make_moment(film, mia, "A Lovely Night")
    make_song(film, mia, "City of Stars")
    tell_all()
    page = as_seb.get(FEED, {"kind": "song"})
    assert [post.title for post in page.context["posts"]] == ["City of Stars"]
    assert as_seb.get(FEED, {"kind": "poem"}).status_code == 404


def test_the_feed_is_read_page_by_page_at_the_same_cost(
    as_seb, film, mia, seb, django_assert_num_queries, django_assert_max_num_queries
):
    follow(seb, film=film)
    post = make_moment(film, mia)
    tell_all()
    as_seb.get(FEED)
    with django_assert_max_num_queries(11) as few:
        as_seb.get(FEED)
    more = make_more_posts(post, 29)
    make_copies(FeedEntry.objects.get(), 29, post_id=lambda number: more[number].pk)
    with django_assert_num_queries(len(few)):
        first = as_seb.get(FEED)
    rest = as_seb.get(FEED, {"after": first.context["next_cursor"]})
    titles = {post.pk for post in [*first.context["posts"], *rest.context["posts"]]}
    assert (len(first.context["posts"]), len(rest.context["posts"]), len(titles)) == (25, 5, 30)


def test_a_feed_is_one_walk_of_an_index_whatever_the_member_follows(as_seb, film, mia, seb):
    for what in ({"person": mia}, {"film": film}, {"artist": "cast"}):
        follow(seb, **what)
    make_moment(film, mia)
    tell_all()
    with CaptureQueriesContext(connection) as queries:
        as_seb.get(FEED)
    asked = [query["sql"] for query in queries if "moments_feedentry" in query["sql"]]
    plan = plan_of(asked[-1])
    assert "feed_entry_newest" in plan
    assert not any(sign in plan for sign in ("TEMP B-TREE", "Sort", "SCAN moments_feedentry")), plan


def test_the_tabs_of_the_feed_have_it_for_members_alone(client, as_seb, film):
    assert [tab["url"] for tab in as_seb.get("/").context["tabs"]] == ["/", "/new/", "/top/", FEED]
    client.logout()
    assert FEED not in [tab["url"] for tab in client.get("/").context["tabs"]]


def test_within_a_day_every_feed_is_trimmed_to_its_newest(film, mia, monkeypatch):
    monkeypatch.setattr(follows, "MOST_ENTRIES", 2)
    monkeypatch.setattr(follows, "MINUTES_OF_A_DAY", 3)
    members = [make_member(f"member-{number}") for number in range(5)]
    for member in members:
        follow(member, film=film)
    for number in range(4):
        make_moment(film, mia, f"Moment {number}")
    assert {len(feed_of(member)) for member in members} == {4}
    for minute in range(3):
        FeedEntry.objects.trim(timezone.now().replace(hour=0, minute=minute))
    assert [feed_of(member) for member in members] == [["Moment 3", "Moment 2"]] * 5


def test_an_empty_feed_says_whom_one_may_follow(as_seb, film, mia, seb):
    moment = make_moment(film, mia)
    moment.feel(seb, "joy")
    page = as_seb.get(FEED)
    assert [row["name"] for row in page.context["suggested"]] == ["@mia"]
    assert 'action="/members/mia/follow/"' in page.content.decode()
    follow(seb, person=mia)
    assert not as_seb.get(FEED).context["suggested"]


def test_a_post_that_is_added_again_stands_there_once(film, mia, seb):
    follow(seb, film=film)
    post = make_moment(film, mia)
    tell_all()
    FeedEntry.objects.add([post], [seb.pk, mia.pk])
    assert feed_of(seb) == [post.title]
    assert feed_of(mia) == []
