"""Members follow members, films, tags and artists, and whoever is followed hears of it."""

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from accounts.deletion import delete_account
from accounts.models import User
from moments.models import Follow, Mute, Restrict, Tag
from moments.models import follow as follows
from moments.models.refusals import FollowsEnough, Suspended
from tests.support.makers import make_credit, make_film, make_member, make_moment, make_song
from tests.support.notifications import inbox_of, news_of, tell_all
from tests.support.rows import for_each
from tests.support.walk import HTMX


@pytest.fixture
def tom(db):
    return make_member("tom")


def numbers_of(member):
    return User.objects.values_list("follower_count", "following_count").get(pk=member.pk)


def follow(member, person):
    return Follow.objects.follow(member, person=person)


def test_following_twice_changes_nothing_more(mia, seb):
    assert follow(seb, mia) is True
    assert follow(seb, mia) is False
    assert (numbers_of(mia), numbers_of(seb)) == ((1, 0), (0, 1))


def test_unfollowing_undoes_it_and_twice_changes_nothing_more(mia, seb):
    follow(seb, mia)
    assert Follow.objects.unfollow(seb, person=mia) is True
    assert Follow.objects.unfollow(seb, person=mia) is False
    assert (numbers_of(mia), numbers_of(seb)) == ((0, 0), (0, 0))


def test_films_tags_and_artists_are_followed_without_a_number(moment, seb):
    song = make_song(moment.film, moment.author)
    tag = Tag.objects.get(name="stars")
    for what in ({"film": moment.film}, {"tag": tag}, {"artist": song.artist_slug}):
        assert Follow.objects.follow(seb, **what) is True
        assert Follow.objects.follow(seb, **what) is False
        assert Follow.objects.filter(member=seb, **what).count() == 1
        assert Follow.objects.unfollow(seb, **what) is True
    assert numbers_of(seb) == (0, 0)


@pytest.mark.parametrize("what", [{}, {"artist": "cast", "film": True}])
def test_a_row_is_about_exactly_one_thing(what, film, seb):
    fields = {name: film if value is True else value for name, value in what.items()}
    with pytest.raises(IntegrityError), transaction.atomic():
        Follow.objects.create(member=seb, **fields)


def test_nobody_follows_themselves_or_the_house(seb):
    house = make_member("house")
    assert follow(seb, seb) is False
    assert follow(seb, house) is False
    assert not Follow.objects.exists()


def test_who_is_suspended_follows_nobody_and_is_followed_by_nobody(mia, seb, tom):
    User.objects.filter(pk=seb.pk).update(is_active=False)
    with pytest.raises(Suspended):
        follow(seb, mia)
    assert follow(tom, seb) is False
    assert not Follow.objects.exists()


def test_there_is_an_end_to_what_one_follows(mia, seb, film, monkeypatch):
    monkeypatch.setattr(follows, "MOST_FOLLOWS", 1)
    follow(seb, mia)
    with pytest.raises(FollowsEnough):
        Follow.objects.follow(seb, film=film)


def test_whom_one_restricts_follows_one_no_longer(mia, seb):
    follow(seb, mia)
    Restrict.objects.add(mia, seb)
    assert not Follow.objects.exists()
    assert follow(seb, mia) is False
    assert (numbers_of(mia), numbers_of(seb)) == ((0, 0), (0, 0))


def test_whom_one_mutes_one_does_not_follow(mia, seb):
    follow(seb, mia)
    follow(mia, seb)
    Mute.objects.add(seb, mia)
    assert list(Follow.objects.values_list("member__username", flat=True)) == ["mia"]
    assert follow(seb, mia) is False


def test_new_followers_share_a_row_of_the_inbox(mia, seb, tom):
    follow(seb, mia)
    follow(tom, mia)
    assert news_of(mia) == [("follow", "tom")]
    (row,) = inbox_of(mia)
    assert row.people == 2


def test_a_follow_that_is_taken_back_at_once_is_told_to_nobody(mia, seb):
    follow(seb, mia)
    Follow.objects.unfollow(seb, person=mia)
    assert news_of(mia) == []


def test_who_left_is_counted_no_more(mia, seb, tom):
    follow(seb, mia), follow(mia, seb), follow(seb, tom)
    tell_all()
    delete_account(seb, take_texts=False)
    assert (numbers_of(mia), numbers_of(tom)) == ((0, 0), (0, 0))
    assert news_of(mia) == []


def test_the_numbers_can_be_counted_anew(mia, seb, film):
    follow(seb, mia)
    Follow.objects.follow(seb, film=film)
    User.objects.update(follower_count=7, following_count=7)
    call_command("recount", verbosity=0)
    assert (numbers_of(mia), numbers_of(seb)) == ((1, 0), (0, 1))


def test_who_followed_what_was_merged_follows_what_it_became(moment, mia, seb, tom, keith):
    other = make_film("The Umbrellas of Cherbourg")
    make_moment(other, mia, tags=["umbrella"])
    stars, umbrella = Tag.objects.get(name="stars"), Tag.objects.get(name="umbrella")
    Follow.objects.follow(seb, film=other), Follow.objects.follow(seb, film=moment.film)
    Follow.objects.follow(tom, film=other), Follow.objects.follow(tom, tag=umbrella)
    other.merge_into(keith, moment.film)
    umbrella.merge_into(keith, stars)
    rows = Follow.objects.order_by("member__username", "film", "tag")
    assert sorted(rows.values_list("member__username", "film", "tag"), key=str) == sorted(
        [("seb", moment.film_id, None), ("tom", moment.film_id, None), ("tom", None, stars.pk)], key=str
    )


PLACES = {
    "person": "/members/mia/",
    "film": "/films/la-la-land/",
    "tag": "/tags/stars/",
    "artist": "/songs/by/cast/",
    "credited": "/people/emma-stone/",
}


@for_each("column", PLACES)
def test_a_page_has_the_button_that_follows_and_the_one_that_ends_it(column, as_seb, seb, moment):
    make_song(moment.film, moment.author)
    make_credit(moment.film, "Emma Stone")
    place = PLACES[column]
    assert f'action="{place}follow/"' in as_seb.get(place).content.decode()
    assert as_seb.post(f"{place}follow/")["Location"] == place
    assert Follow.objects.filter(member=seb).exclude(**{column: "" if column == "artist" else None}).exists()
    assert f'action="{place}unfollow/"' in as_seb.get(place).content.decode()
    part = as_seb.post(f"{place}unfollow/", headers=HTMX).content.decode()
    assert f'action="{place}follow/"' in part
    assert "<html" not in part
    assert not Follow.objects.exists()


@for_each("column", PLACES)
def test_visitors_sign_in_first(column, client, moment):
    make_song(moment.film, moment.author)
    make_credit(moment.film, "Emma Stone")
    place = PLACES[column]
    assert f'href="/accounts/login/?next={place.replace("/", "%2F")}"' in client.get(place).content.decode()
    assert client.post(f"{place}follow/")["Location"].startswith("/accounts/login/")
    assert not Follow.objects.exists()


@for_each("place", ["/members/nobody/", "/films/none/", "/tags/none/", "/songs/by/none/"])
def test_what_is_not_there_is_not_followed(place, as_seb):
    assert as_seb.post(f"{place}follow/").status_code == 404
    assert not Follow.objects.exists()


def test_one_s_own_page_and_that_of_somebody_muted_have_no_button(as_seb, seb, mia):
    Mute.objects.add(seb, mia)
    for name in ("seb", "mia"):
        assert f"/members/{name}/follow/" not in as_seb.get(f"/members/{name}/").content.decode()


def names_on(response):
    return [row["name"] for row in response.context["rows"]]


def test_lists_say_who_follows_whom_the_newest_first(client, as_seb, mia, seb, tom, film):
    follow(seb, mia), follow(tom, mia)
    Follow.objects.follow(seb, film=film)
    assert names_on(as_seb.get("/members/mia/followers/")) == ["@tom", "@seb"]
    assert names_on(as_seb.get("/members/seb/following/")) == ["La La Land (2016)", "@mia"]
    client.logout()
    assert names_on(client.get("/members/seb/following/")) == ["@mia"]


def test_lists_leave_out_who_is_suspended_and_whom_the_viewer_mutes(as_seb, mia, seb, tom, keith):
    follow(tom, mia), follow(keith, mia), follow(seb, mia)
    User.objects.filter(pk=keith.pk).update(is_active=False)
    Mute.objects.add(seb, tom)
    assert names_on(as_seb.get("/members/mia/followers/")) == ["@seb"]


def test_each_row_has_the_button_of_the_viewer(as_seb, mia, seb, tom):
    follow(tom, mia), follow(seb, mia), follow(seb, tom)
    rows = as_seb.get("/members/mia/followers/").context["rows"]
    assert [(row["name"], row["follow"] and row["follow"]["follows"]) for row in rows] == [
        ("@seb", False),
        ("@tom", True),
    ]


def test_a_list_costs_the_same_however_many_follow(as_seb, mia, film, seb, django_assert_num_queries):
    def members(numbers):
        for number in numbers:
            follow(make_member(f"member-{number}"), mia)

    members(range(2))
    as_seb.get("/members/mia/followers/")
    with django_assert_num_queries(4):
        as_seb.get("/members/mia/followers/")
    members(range(2, 30))
    with django_assert_num_queries(4):
        first = as_seb.get("/members/mia/followers/")
    rest = as_seb.get("/members/mia/followers/", {"after": first.context["next_cursor"]})
    assert (len(names_on(first)), len(names_on(rest))) == (25, 5)
