"""A statement is compiled once: with values put in, it finds what the query finds that was built for them."""

import gc
from datetime import timedelta
from weakref import ref

import pytest
from django.db import connection, models, router
from django.db.models import Exists, F, OuterRef
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.connection import ConnectionDoesNotExist

from moments.models import Film, Post
from reelive import statements
from reelive.statements import MOST_KEPT, Given, ObjectStatement, Statement, statement
from tests.support.makers import make_film, make_moment


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch):
    monkeypatch.setattr(statements, "_kept", {})


def titles_by(**places):
    return (
        Post.objects.filter(**places)
        .order_by("pk")
        .values_list("pk", "title", "created", "spoiler", "palette")
    )


def test_rows_are_those_of_the_query_as_django_gives_them(moment, mia):
    second = make_moment(moment.film, mia, "The Pier", spoiler=True, palette=["#0e0b2e"])
    kept = Statement.of(titles_by(title=Given("title")))
    for post in (moment, second):
        rows = kept.rows(title=post.title)
        assert rows == list(titles_by(title=post.title))
        assert rows == [(post.pk, post.title, post.created, post.spoiler, post.palette)]


def test_a_time_is_compared_as_its_column_holds_it(moment):
    kept = Statement.of(titles_by(created__gt=Given("since", models.DateTimeField())))
    a_second = timedelta(seconds=1)
    assert len(kept.rows(since=moment.created - a_second)) == 1
    assert kept.rows(since=moment.created + a_second) == []
    assert kept.rows(since=moment.created) == []


def test_lists_of_keys_have_a_place_for_each(moment, mia):
    others = [make_moment(moment.film, mia) for _number in range(3)]
    kept = Statement.of(titles_by(pk__in=[Given("one"), Given("two")]))
    assert [row[0] for row in kept.rows(one=others[2].pk, two=moment.pk)] == [moment.pk, others[2].pk]
    assert [row[0] for row in kept.rows(one=others[1].pk, two=others[1].pk)] == [others[1].pk]


def test_a_value_is_never_part_of_the_words(moment, mia):
    odd = make_moment(moment.film, mia, "100 %s' OR 1=1 --")
    kept = Statement.of(titles_by(title=Given("title")))
    assert [row[0] for row in kept.rows(title="100 %s' OR 1=1 --")] == [odd.pk]
    assert kept.rows(title="' OR ''='") == []


def test_objects_are_those_of_the_query_with_what_is_selected_beside_them(moment, mia, seb):
    second = make_moment(moment.film, seb, "The Pier", palette=["#0e0b2e"])

    def posts(key):
        found = Post.objects.filter(pk=key).select_related("film__stored_arc", "author", "removal")
        return found.annotate(double=F("votes") * 2 + 4).defer("body", "context")

    kept = ObjectStatement.of(posts(Given("key")))
    for post in (moment, second):
        ((found,), (expected,)) = kept.objects(key=post.pk), posts(post.pk)
        with CaptureQueriesContext(connection) as queries:
            assert plain(found) == plain(expected)
            assert plain(found.film) == plain(expected.film)
            assert plain(found.author) == plain(expected.author)
            assert (found.removal, found.double, found.palette) == (None, 4, post.palette)
        assert len(queries) == 0
        assert found.body == post.body
    assert kept.objects(key=0) == []
    assert ObjectStatement.of(posts(Given("key")).none()).objects(key=1) == []


def plain(row):
    return {name: value for name, value in vars(row).items() if name != "_state"}


def test_what_can_find_nothing_asks_nothing(moment):
    with CaptureQueriesContext(connection) as queries:
        assert Statement.of(titles_by(pk__in=[])).rows() == []
    assert len(queries) == 0


def test_a_missing_value_is_an_error_and_no_wrong_row(moment):
    with pytest.raises(KeyError):
        Statement.of(titles_by(title=Given("title"))).rows(other="A Lovely Night")


def test_a_statement_is_made_once_and_the_oldest_make_room(db):
    made = []

    def make(number):
        made.append(number)
        return titles_by(pk=Given("key"))

    for number in [*range(MOST_KEPT), 0, MOST_KEPT, 0]:
        statement(("posts", number), lambda number=number: make(number))
    assert made == [*range(MOST_KEPT + 1), 0]
    assert len(statements._kept) == MOST_KEPT


def test_a_kept_statement_is_asked_where_the_router_says(moment, monkeypatch):
    kept = statement("titles", lambda: titles_by(title=Given("title")))
    monkeypatch.setattr(router, "db_for_read", lambda model: "elsewhere")
    with pytest.raises(ConnectionDoesNotExist):
        kept.rows(title=moment.title)


def test_what_is_asked_for_later_is_of_that_time(film, mia):
    kept = Statement.of(titles_by(film=Given("film")))
    assert kept.rows(film=film.pk) == []
    moment, other = make_moment(film, mia), make_film("Cats")
    assert [row[0] for row in kept.rows(film=film.pk)] == [moment.pk]
    assert kept.rows(film=other.pk) == []
    assert timezone.is_aware(kept.rows(film=film.pk)[0][2])


def test_objects_come_with_what_is_selected_and_annotated(moment, mia):
    rows = Post.objects.select_related("film").annotate(double=models.F("votes") * 2)
    kept = ObjectStatement.of(rows.only("title", "film__title").filter(title=Given("title")))
    (found,) = kept.objects(title=moment.title)
    assert (found, found.double, found.film, found.film.title) == (moment, 0, moment.film, moment.film.title)
    assert found.get_deferred_fields() >= {"body", "votes"}
    assert kept.objects(title="Another") == []
    assert ObjectStatement.of(Post.objects.filter(pk__in=[])).objects() == []


def test_a_statement_of_objects_lets_go_of_the_queries_inside_it(moment):
    there = Exists(Film.objects.filter(pk=OuterRef("film")))
    rows = Post.objects.select_related("author").annotate(has_film=there)
    inner = ref(rows.query.annotations["has_film"].query)
    kept = ObjectStatement.of(rows)
    del rows, there
    gc.collect()
    assert inner() is None
    (found,) = kept.objects()
    assert (found.has_film, found.author) == (True, moment.author)
