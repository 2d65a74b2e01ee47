"""What a search finds, by the names of its rows."""

from django.contrib.auth.models import AnonymousUser
from django.db import connection

from moments.search.index import catch_up
from moments.search.results import search
from tests.support.makers import make_film, make_moment, make_song, make_trivia

ANYBODY = AnonymousUser()


def found(text, kind="all", viewer=ANYBODY):
    """What the rows are called, kind by kind."""
    results = search(text, viewer, kind)
    assert results.problem == ""
    return {group.kind.slug: [name(row) for row in group.rows] for group in results.groups}


def name(row):
    return getattr(row, "title", None) or getattr(row, "username", None) or getattr(row, "name", str(row.pk))


def titles(text, **options):
    return found(text, **options).get("posts", [])


def make_shelf(film, mia, seb):
    """A few posts by two members about two films."""
    ponyo = make_film(
        "Gake no ue no Ponyo", original_title="崖の上のポニョ", director="Hayao Miyazaki", year=2008
    )
    make_moment(film, mia, "A Lovely Night", body="They tap dance above the city.", tags=["dance", "dusk"])
    make_song(
        film, seb, "City of Stars", body="Hummed on a pier at dusk.", artist="Ryan Gosling", tags=["dusk"]
    )
    make_trivia(film, mia, "One take", body="The pier was shot in one take.", tags=["camera"])
    make_moment(ponyo, seb, "Running on the waves", body="A girl dances over the sea.", tags=["dance", "sea"])
    return ponyo


def indexed(table):
    """The ids in an index, as the database itself has them once all that was written is entered."""
    catch_up()
    rows = f"search_{table}" if connection.vendor == "postgresql" else f"search_{table}_docsize"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM {rows} ORDER BY id")
        return [row[0] for row in cursor.fetchall()]
