"""Prepared statements say the same as the querysets of which they are made."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Exists, F, OuterRef
from django.test.utils import CaptureQueriesContext

from moments.models import Comment, FeelingTally, Post, PostVote
from reelive.prepared import (
    PreparedDelete,
    PreparedObjects,
    PreparedRows,
    PreparedUpdate,
    insert,
    insert_new,
)
from tests.support.makers import make_comment, make_trivia

pytestmark = pytest.mark.django_db


def rows_of(post, member):
    votes = PostVote.objects.filter(post=OuterRef("pk"), voter=member)
    rows = Post.objects.filter(pk=post, kind="moment").annotate(mine=Exists(votes))
    return rows.values_list("title", "created", "position", "mine", "author")


def test_rows_are_those_of_the_queryset_with_other_values(moment, seb, keith):
    moment.upvote(seb)
    ask = PreparedRows(rows_of)
    for pair in [(moment.pk, seb.pk), (moment.pk, keith.pk), (moment.pk + 1, seb.pk)]:
        assert ask(*pair) == list(rows_of(*pair))
    assert [row[3] for row in ask(moment.pk, seb.pk)] == [True]


def test_the_orm_writes_a_statement_once(moment, seb):
    written = []

    def write(post):
        written.append(post)
        return Post.objects.filter(pk=post).values_list("title")

    ask = PreparedRows(write)
    with CaptureQueriesContext(connection) as asked:
        assert [ask(moment.pk), ask(moment.pk + 1)] == [[(moment.title,)], []]
    assert len(written) == 1
    assert len(asked) == 2


def test_a_value_may_be_a_text_and_stand_in_several_places(moment):
    FeelingTally.objects.create(moment=moment, feeling="joy", count=3)
    ask = PreparedRows(
        lambda post, feeling: FeelingTally.objects.filter(
            feeling=feeling, moment=post, moment__tallies__feeling=feeling
        ).values_list("count")
    )
    assert ask(moment.pk, "joy") == [(3,)]
    assert ask(moment.pk, "awe") == []


def test_objects_are_those_of_the_queryset(moment, mia):
    make_trivia(moment.film, mia)
    ask = PreparedObjects(lambda film: Post.objects.filter(film=film).select_related("film").order_by("-pk"))
    expected = list(Post.objects.filter(film=moment.film_id).order_by("-pk"))
    assert len(expected) == 2
    found = ask(moment.film_id)
    with CaptureQueriesContext(connection) as queries:
        assert [post.film.title for post in found] == [moment.film.title] * 2
    assert len(queries) == 0
    assert [vars(post) | {"_state": 0} for post in found] == [vars(post) | {"_state": 0} for post in expected]


def test_an_update_changes_its_rows_and_says_how_many(moment):
    change = PreparedUpdate(
        lambda post, step, rank: (Post.objects.filter(pk=post), {"votes": F("votes") + step, "hot": rank})
    )
    assert [change(moment.pk, 2, 0.1), change(moment.pk, -1, 0.3), change(moment.pk + 1, 1, 0.5)] == [1, 1, 0]
    stored = Post.objects.get(pk=moment.pk)
    assert (stored.votes, stored.hot) == (1, 0.3)


def test_a_deletion_says_how_many_rows_it_had(moment, seb):
    moment.upvote(seb)
    drop = PreparedDelete(lambda post, voter: PostVote.objects.filter(post=post, voter=voter))
    assert [drop(moment.pk, seb.pk), drop(moment.pk, seb.pk)] == [1, 0]
    assert not PostVote.objects.exists()


def test_a_value_that_is_not_in_the_statement_is_a_mistake(moment):
    ask = PreparedRows(lambda post, unused: Post.objects.filter(pk=post).values_list("pk"))
    with pytest.raises(ValueError, match="not in the statement"):
        ask(moment.pk, 1)


def test_a_value_may_be_prepared_by_a_field(moment, mia):
    comment = make_comment(moment, mia, nonce=uuid4())
    nonce, created = (Comment._meta.get_field(name) for name in ("nonce", "created"))
    ask = PreparedRows(
        lambda key, since: Comment.objects.filter(
            nonce=key.prepared_by(nonce), created__gte=since.prepared_by(created)
        ).values_list("pk")
    )
    assert ask(comment.nonce, comment.created) == [(comment.pk,)]
    assert ask(comment.nonce, comment.created + timedelta(microseconds=1)) == []
    assert ask(uuid4(), comment.created) == []


def test_a_row_that_is_there_already_is_an_error_where_it_has_to_be_new(moment, seb):
    first, second = (PostVote(post_id=moment.pk, voter_id=seb.pk) for _ in range(2))
    insert(first)
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(second)
    assert (first.pk, first._state.adding, second.pk) == (PostVote.objects.get().pk, False, None)


def test_a_row_is_inserted_once(moment, seb):
    first, second = (PostVote(post_id=moment.pk, voter_id=seb.pk) for _ in range(2))
    assert [insert_new(first), insert_new(second)] == [True, False]
    stored = PostVote.objects.get()
    assert (first.pk, second.pk) == (stored.pk, None)
    assert (stored.post_id, stored.voter_id, stored.created) == (moment.pk, seb.pk, first.created)
