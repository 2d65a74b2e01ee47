"""Fixtures fill in what they leave out, and never take away what people did."""

import json

import pytest
from django.core.management import call_command
from django.db import connection

from accounts.models import User
from moments.management.fixtures import FIXTURES, NEEDED, in_order
from moments.models import FeelingTally, Film, Moment, Song, Tag, Trivia
from moments.models.counters import COUNTERS, RENDERED_TEXTS
from tests.support.makers import make_comment, moderator
from tests.support.rows import for_each

EPHEMERAL = ("django_migrations", "sqlite_sequence")
SEARCH = "search_"  # how the search lays out its index is its own affair


def dump():
    """Every row of every table."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        rows = {}
        for table in sorted(set(tables) - set(EPHEMERAL)):
            if table.startswith(SEARCH):
                continue
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            rows[table] = sorted(map(repr, cursor.fetchall()))
    return rows


def load(*labels):
    call_command("loaddata", *labels, verbosity=0)


def load_house():
    load(*FIXTURES)
    return {"house": User.objects.get(username="house")}


SCENE = load_house


@pytest.fixture
def house(staged):
    return staged["house"]


@pytest.fixture
def fixture(tmp_path, settings):
    """Writes a fixture of our own and loads it."""

    def write(*rows):
        path = tmp_path / "rows.json"
        records = [{"model": model, "fields": fields} for model, fields in rows]
        path.write_text(json.dumps(records))
        load(str(path))

    return write


def film_row(**fields):
    return "moments.film", {"slug": "ponyo", "title": "Ponyo", "year": 2008} | fields


def moment_row(**fields):
    base = {"film": ["ponyo"], "author": ["house"], "slug": "wave", "title": "The wave", "position": 1.0}
    return "moments.moment", base | {"body": "She *runs* on it.", "created": "2026-01-01T00:00:00Z"} | fields


def test_everything_derived_is_filled_in(house):
    assert {column.name: column.wrong(column.rows()) for column in [*RENDERED_TEXTS, *COUNTERS]} == {
        column.name: {} for column in [*RENDERED_TEXTS, *COUNTERS]
    }
    film = Film.objects.get(slug="la-la-land")
    assert (film.moment_count, film.song_count, film.trivia_count) == (25, 7, 22)
    assert house.bio_html.startswith("<p>")
    assert not Moment.objects.filter(body_html="").exists()
    assert not Moment.objects.filter(excerpt="").exists()
    assert not Moment.objects.filter(hot=0).exists()
    assert not FeelingTally.objects.filter(house__gt=0, strength=0).exists()
    assert set(Trivia.objects.values_list("status", flat=True)) <= {"unsourced", "sourced"}
    assert Tag.objects.filter(post_count__gt=0).exists()


def test_labels_load_after_those_that_they_need_in_whatever_order_they_are_given():
    in_turn = in_order(["films", "la_la_land"])
    assert in_turn == in_order(["la_la_land", "films"]) == in_order(["la_la_land"]) == [*NEEDED, "la_la_land"]
    assert in_order(FIXTURES[::-1]) == FIXTURES
    assert in_order(["mine", "ponyo"]) == [*NEEDED, "ponyo", "mine"]


@for_each(
    "labels",
    [["la_la_land"], ["la_la_land.json", "films.json"], ["ponyo", "snatch", "tags", "house"]],
)
@pytest.mark.django_db
def test_fixtures_load_in_any_order_into_empty_tables(labels):
    connection.check_constraints()  # PostgreSQL empties no table while some wait to be checked
    call_command("flush", verbosity=0, interactive=False, reset_sequences=False)
    load(*labels)
    named = {label.removesuffix(".json") for label in labels} - {"house", "films", "people", "tags"}
    slugs = {label.replace("_", "-") for label in named}
    found = {film.slug for film in Film.objects.exclude(moment_count=0)}
    assert {slug for slug in found if not slug.startswith("along")} == {s for s in slugs if s[:5] != "along"}
    assert not any(column.wrong(column.rows()) for column in [*RENDERED_TEXTS, *COUNTERS])


def test_what_comes_along_changes_nothing_that_is_there(house):
    Film.objects.filter(slug="ponyo").update(summary="What a member made of it.")
    User.objects.filter(username="house").update(bio="Ours.", bio_html="<p>Ours.</p>")
    before = dump()
    load("la_la_land")
    assert dump() == before


def test_a_second_load_changes_nothing_and_keeps_what_people_did(house, mia, seb):
    moment = Moment.objects.filter(film__slug="la-la-land").first()
    song = Song.objects.filter(film__slug="la-la-land").first()
    moment.upvote(mia)
    moment.feel(seb, "wonder")
    moment.relive(seb, note="Again.")
    make_comment(moment, seb)
    song.remove(moderator(), "spam")
    Tag.objects.first().remove(moderator(), "spam")
    User.objects.filter(username="house").update(theme="dark")
    before = dump()
    load(*FIXTURES)
    assert dump() == before


def test_a_load_changes_what_the_fixture_names(house, fixture, mia):
    load("house")
    fixture(film_row(summary="A fish."), moment_row())
    Moment.objects.get(slug="wave").upvote(mia)
    Film.objects.filter(slug="ponyo").update(director="Somebody")
    fixture(
        film_row(summary="A fish that wants to be a girl."), moment_row(body="She **runs** on it.", votes=77)
    )
    film, moment = Film.objects.get(slug="ponyo"), Moment.objects.get(slug="wave")
    assert (film.summary, film.director) == ("A fish that wants to be a girl.", "Somebody")
    assert moment.body_html == "<p>She <strong>runs</strong> on it.</p>"
    assert moment.votes == 1


def test_a_row_that_names_nothing_new_is_left_alone(house, fixture):
    fixture(film_row())
    Film.objects.filter(slug="ponyo").update(state="removed")
    fixture(film_row(state="visible"))
    assert Film.objects.get(slug="ponyo").state == "removed"
