"""The index follows its table, whoever writes the rows."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from moments.models import Film, Post
from moments.search import finders, index
from moments.search.results import search
from tests.support.makers import make_film, make_member, make_moment
from tests.support.search import ANYBODY, found, indexed, titles


def test_bulk_inserts_updates_and_deletes_are_followed(film, mia):
    fields = {"film": film, "kind": "trivia", "status": "unsourced", "author": mia}
    Post.objects.bulk_create([Post(title=f"Lamp {n}", slug=f"lamp-{n}", **fields) for n in range(5)])
    assert len(titles("lamp")) == 5
    Post.objects.filter(slug="lamp-1").update(title="Bench")
    assert (len(titles("lamp")), titles("bench")) == (4, ["Bench"])
    Post.objects.filter(slug="lamp-2").delete()
    assert len(titles("lamp")) == 3
    Film.objects.filter(pk=film.pk).delete()
    assert found("lamp") == found("bench") == {}
    assert indexed("moments_post") == []


def test_another_author_or_film_is_followed_by_the_filters(moment, mia, seb):
    Post.objects.filter(pk=moment.pk).update(author=seb)
    assert (titles("by:mia"), titles("by:seb")) == ([], ["A Lovely Night"])
    Post.objects.filter(pk=moment.pk).update(film=make_film("Ponyo"))
    assert (titles("film:la-la-land"), titles("film:ponyo")) == ([], ["A Lovely Night"])
    Post.objects.filter(pk=moment.pk).update(author=None)
    assert titles("lovely") == ["A Lovely Night"]


def test_fixtures_are_indexed_as_they_are_loaded(db):
    call_command("loaddata", "house", "films", "tags", "ponyo", verbosity=0)
    assert indexed("moments_post") == list(Post.objects.listed().order_by("pk").values_list("pk", flat=True))
    assert found("sosuke")["posts"]
    assert found("ponyo")["films"] == ["Ponyo"]


def test_a_vote_leaves_the_index_alone(moment, seb):
    with CaptureQueriesContext(connection):
        moment.upvote(seb)
    assert indexed("moments_post") == [moment.pk]
    assert titles("lovely") == ["A Lovely Night"]


def test_installing_again_changes_nothing(moment):
    with CaptureQueriesContext(connection) as queries:
        index.install(connection)
    asked = ("SELECT", "PRAGMA")
    written = [query["sql"] for query in queries if not query["sql"].lstrip().upper().startswith(asked)]
    assert written == []


@pytest.mark.django_db(transaction=True)
def test_what_is_missing_is_made_anew_by_migrate():
    film, mia = make_film(), make_member("mia")
    make_moment(film, mia, "The lamp post")
    index.catch_up()
    with connection.cursor() as cursor:
        on = " ON moments_post" if connection.vendor == "postgresql" else ""
        trigger = "changed" if connection.vendor == "postgresql" else "update"
        cursor.execute(f"DROP TRIGGER search_moments_post_{trigger}{on}")
    Post.objects.update(title="The bench")
    assert titles("bench") == []
    call_command("migrate", verbosity=0, stdout=StringIO())
    assert titles("bench") == ["The bench"]
    assert found("lamp") == {}


@pytest.mark.django_db(transaction=True)
def test_a_table_can_be_changed_while_it_is_indexed():
    """What a later migration does: another length of a column, which remakes the table on SQLite."""
    make_moment(make_film(), make_member("mia"), "The lamp post")
    old = Post._meta.get_field("artist")
    new = old.clone()
    new.max_length = 250
    new.set_attributes_from_name("artist")
    for before, after in ((old, new), (new, old)):
        with connection.schema_editor() as editor:
            editor.alter_field(Post, before, after)
        index.install(connection)
        assert titles("lamp") == ["The lamp post"]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL can stop a question")
@pytest.mark.django_db(transaction=True)
def test_a_question_that_takes_too_long_is_stopped_with_a_sentence(monkeypatch):
    make_moment(make_film(), make_member("mia"), "The lamp post")
    monkeypatch.setattr(index, "TIME_LIMIT_MS", 20)
    monkeypatch.setattr(finders, "best", lambda *_: index.dialect().ids("SELECT 1 FROM pg_sleep(5)", []))
    assert search("lamp", ANYBODY, "moments").problem
    monkeypatch.undo()
    assert titles("lamp") == ["The lamp post"]
