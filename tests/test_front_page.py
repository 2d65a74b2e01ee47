"""The front page: what its first places hold, and through which film it offers to lead."""

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import HOUSE
from moments.ranking import TOP_PLACES, with_room
from tests.support.makers import make_film, make_member, make_moment, make_song, moderator
from tests.support.pages import select

NOW = timezone.now()


class Author:
    def __init__(self, key):
        self.key, self.is_house = key, key == 0


class Shared:
    """A post as far as the order is concerned."""

    def __init__(self, author, votes):
        self.author, self.author_id, self.votes = Author(author), author, votes


POSTS = st.lists(st.builds(Shared, st.integers(0, 3), st.integers(0, 2)), max_size=12)


@pytest.fixture
def house(db):
    return make_member(HOUSE)


@pytest.fixture
def story(film, house):
    """Five old moments of the house."""
    return [make_moment(film, house, position=n, created=NOW - timedelta(days=9 + n)) for n in range(5)]


def offered(client):
    """Where the buttons of the introduction and the side column lead."""
    page = client.get("/")
    links = [link["href"] for link in select(page, ".intro .is-glass")]
    return links + [link["href"] for link in select(page, "section[aria-labelledby=tonight] h3 a")]


def authors(client, url="/"):
    return [post.author.username for post in client.get(url).context["posts"]]


@given(POSTS)
def test_giving_room_keeps_every_post_and_the_order_of_the_rest(posts):
    spread = with_room(posts)
    assert sorted(map(id, spread)) == sorted(map(id, posts))
    for key in {post.author_id for post in posts}:
        new = [post for post in posts if post.author_id == key and not post.votes]
        assert [post for post in spread if post in new] == new
    loved = [post for post in posts if post.votes]
    assert [post for post in spread if post.votes] == loved


@given(POSTS)
def test_one_newcomer_holds_one_of_the_first_places_if_others_can_fill_them(posts):
    tops = [post.author_id for post in with_room(posts)[:TOP_PLACES] if not post.votes and post.author_id]
    others = [post for post in posts if post.votes or not post.author_id]
    if len(others) >= TOP_PLACES:
        assert len(set(tops)) == len(tops)


@given(POSTS)
def test_nothing_moves_where_all_have_votes(posts):
    loved = [post for post in posts if post.votes]
    assert with_room(loved) == loved


def test_new_posts_of_who_left_stand_at_the_top_without_an_author(client, film, mia):
    for number in range(3):
        make_moment(film, mia, f"Lamp {number}")
    mia.delete()
    assert [post.author for post in client.get("/").context["posts"]] == [None, None, None]


def test_three_new_posts_of_one_member_do_not_take_the_three_first_places(client, film, story, seb):
    for number in range(3):
        make_song(film, seb, created=NOW - timedelta(minutes=number))
    assert authors(client)[:5] == ["seb", HOUSE, HOUSE, "seb", "seb"]
    assert authors(client, "/new/")[:3] == ["seb"] * 3


def test_a_post_with_votes_keeps_its_place(client, film, story, seb, keith):
    for number in range(2):
        make_song(film, seb, created=NOW - timedelta(minutes=number)).upvote(keith)
    assert authors(client)[:3] == ["seb", "seb", HOUSE]


def test_one_moment_of_a_newcomer_does_not_choose_the_film_to_walk_through(client, film, story, seb):
    make_moment(make_film("Mission Test Show"), seb, created=NOW)
    assert offered(client) == [film.get_absolute_url()] * 2


def test_the_moments_of_one_member_alone_do_not_either(client, film, story, seb, keith):
    other = make_film("A Story of One")
    moments = [make_moment(other, seb, position=n, created=NOW) for n in range(6)]
    assert offered(client) == [film.get_absolute_url()] * 2
    make_moment(other, keith, created=NOW)
    assert offered(client) == [other.get_absolute_url()] * 2
    for moment in moments[:2]:
        moment.remove(moderator(), "spam")
    assert offered(client) == [other.get_absolute_url()] * 2
    for moment in moments[2:4]:
        moment.delete_by_author()
    assert offered(client) == [film.get_absolute_url()] * 2


def test_a_site_without_a_whole_story_offers_none(client, film, mia):
    make_moment(film, mia)
    assert offered(client) == []
    assert authors(client) == ["mia"]
