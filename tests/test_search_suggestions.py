"""Films, tags and posts that a form suggests, found as a search finds them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from moments.models import Comment, Tag
from moments.search.index import catch_up
from moments.search.results import films_to_choose, similar_films, similar_posts, suggest_tags
from tests.support.makers import make_comment, make_film, make_moment
from tests.support.search import ANYBODY, found, make_shelf


@pytest.fixture
def shelf(film, mia, seb):
    return make_shelf(film, mia, seb)


def test_films_to_choose_from_are_found_by_unfinished_words(shelf):
    assert [film.title for film in films_to_choose("la la l")] == ["La La Land"]
    assert [film.title for film in films_to_choose("miyaz")[:1]] == ["Gake no ue no Ponyo"]
    assert films_to_choose("💥") == films_to_choose("") == []


def test_tags_are_suggested_most_used_first(film, mia):
    make_moment(film, mia, tags=["dusk", "dust"])
    make_moment(film, mia, tags=["dust", "at dusk"])
    Tag.objects.create(name="dusty road", slug="dusty-road", state="removed")
    assert [tag.name for tag in suggest_tags("DUS")] == ["dust", "dusk", "at dusk"]
    assert suggest_tags("%") == suggest_tags("") == []


def test_a_film_that_may_be_there_already_is_found_by_either_title(shelf):
    make_film("La La Land", year=1999, state="removed")
    assert [str(film) for film in similar_films("La La Lnd")] == ["La La Land (2016)"]
    assert [film.title for film in similar_films("崖の上のポニョ")] == ["Gake no ue no Ponyo"]
    assert similar_films("Nosferatu") == similar_films("💥") == []


def test_a_post_that_may_be_there_already_is_of_the_same_film_and_kind(shelf, film):
    assert [post.title for post in similar_posts(film, "moment", "The lovely night", ANYBODY)] == [
        "A Lovely Night"
    ]
    assert [post.title for post in similar_posts(film, "moment", "A lovley night", ANYBODY)] == [
        "A Lovely Night"
    ]
    assert (
        similar_posts(film, "song", "The lovely night", ANYBODY)
        == similar_posts(shelf, "moment", "Lovely night", ANYBODY)
        == []
    )
    assert similar_posts(film, "moment", "!!!", ANYBODY) == []


def test_twins_are_looked_for_without_reading_every_title(film, mia):
    for number in range(30):
        make_moment(film, mia, f"Scene {number}")
    catch_up()
    with CaptureQueriesContext(connection) as queries:
        similar_posts(film, "moment", "The bench", ANYBODY)
    assert len(queries) <= 4


def test_comments_of_one_another_do_not_mix(moment, mia):
    make_comment(moment, mia, "Lamp")
    assert Comment.objects.count() == 1
    assert found("lamp", "moments") == {}
