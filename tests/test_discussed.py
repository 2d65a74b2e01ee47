"""What has a thread: a post or a list, what is new there, and the addresses of its thread."""

from datetime import timedelta

import pytest
from django.utils import timezone

from moments.models import LastRead, Moment
from tests.support.makers import make_comment, make_list, make_moment

pytestmark = pytest.mark.django_db


@pytest.fixture
def discussed(moment, mia):
    return {"post": moment, "list": make_list(mia)}


def new_in(rows, viewer):
    return {row.pk: row.new_comments for row in LastRead.objects.laid_over(rows.objects.all(), viewer)}


@pytest.mark.parametrize("word", ["post", "list"])
def test_it_says_how_many_comments_are_new_to_who_was_there_before(discussed, word, film, mia, seb):
    about = discussed[word]
    model = type(about)
    other = make_moment(film, mia) if model is Moment else make_list(mia)
    for _number in range(2):
        make_comment(about, mia)
    make_comment(other, mia)
    assert new_in(model, seb) == {about.pk: 0, other.pk: 0}
    LastRead.objects.mark(seb.pk, about, timezone.now() - timedelta(hours=1))
    assert new_in(model, seb) == {about.pk: 2, other.pk: 0}


def test_nobody_asked_what_is_new_so_nothing_is(discussed):
    assert [about.new_comments for about in discussed.values()] == [0, 0]


@pytest.mark.parametrize("word", ["post", "list"])
def test_who_wrote_it_hears_of_every_comment_and_another_does_not(discussed, word, mia, seb):
    about = discussed[word]
    assert [about.is_shared_by(viewer) for viewer in (mia, seb)] == [True, False]


def test_an_unlisted_list_is_not_found_by_the_number_of_a_comment(discussed, mia):
    unlisted = make_list(mia, visibility="unlisted")
    assert [about.is_public for about in (*discussed.values(), unlisted)] == [True, True, False]
