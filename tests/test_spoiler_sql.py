"""The spoiler rule as SQL: the same as in Python for all kinds of values, and one walk of an index."""

from itertools import product

import pytest
from django.db import connection

from accounts.models import User
from moments.labels import SPOILER_QUORUM
from moments.models import Post, Progress
from moments.models.post_queryset import HOT
from moments.spoilers import rules, sql
from moments.spoilers.rules import (
    ALL_SEEN,
    LAST_EPISODE,
    NOT_SEEN,
    SEASON,
    SEEN,
    UNPLACED,
    ProgressPoint,
    end_of,
    story_time,
)
from tests.support.database import plan_of
from tests.support.makers import make_film, make_member, make_moment, make_trivia
from tests.support.viewers import visitor

SEEN_TIMES = (
    None, 0.0, 40.0, SEASON - 1, end_of(0, 3), story_time(2, 3, 10), story_time(2, 3, None),
    story_time(None, 3, None), end_of(1), end_of(2, 3),
)  # fmt: skip
PROGRESS = [
    None,
    *(ProgressPoint(*seen) for seen in product((NOT_SEEN, -1.0, 3.0, 5.0, ALL_SEEN), SEEN_TIMES)),
]
POSTS = {
    "spoiler": (False, True),
    "spoiler_labels": (0, SPOILER_QUORUM - 1, SPOILER_QUORUM),
    "position": (None, 3.0, 5.5, UNPLACED),
    "reveals_at": (None, -1.0, 5.0, UNPLACED + 1),
    "season": (None, 0, 1, 2),
    "episode": (None, 0, 3, LAST_EPISODE - 1),
    "timecode": (None, 0, 10, 40),
}
TYPES = {"spoiler": "boolean", "position": "double precision", "reveals_at": "double precision"}


def literal(value):
    return "NULL" if value is None else str(value).upper() if isinstance(value, bool) else repr(value)


def table(name, columns, rows):
    """Rows of values as a table of a statement, each with its number; nothing is stored."""
    values = ", ".join(f"({number}, {', '.join(map(literal, row))})" for number, row in enumerate(rows))
    return f"{name} (number, {', '.join(columns)}) AS (VALUES {values})"


def found_by_the_database(posts):
    """Pairs of numbers: of a progress, and of a post that the SQL finds beyond it."""
    points = [progress or (None, None) for progress in PROGRESS]
    tables = table("seen", ("place", "time"), points), table("posts", POSTS, posts)
    given = {f"seen_{name}": f"CAST(seen.{name} AS double precision)" for name in ("place", "time")}
    columns = {name: f"CAST(posts.{name} AS {TYPES.get(name, 'bigint')})" for name in POSTS}
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH {', '.join(tables)} SELECT seen.number, posts.number FROM seen, posts "
            f"WHERE {sql.is_beyond(**given, **columns)}"
        )
        return set(cursor.fetchall())


def is_beyond_by_the_rule(progress, spoiler, spoiler_labels, position, reveals_at, *time):
    place = reveals_at if position is None else position
    flagged = spoiler or spoiler_labels >= SPOILER_QUORUM
    return rules.is_beyond(progress, place, story_time(*time), flagged=flagged)


def test_the_database_follows_the_rule_for_all_kinds_of_values(db):
    posts = list(product(*POSTS.values()))
    by_the_rule = {
        (number, of_post)
        for number, progress in enumerate(PROGRESS)
        for of_post, post in enumerate(posts)
        if is_beyond_by_the_rule(progress, *post)
    }
    assert (len(PROGRESS), len(posts)) == (51, 6144)
    differences = sorted(found_by_the_database(posts) ^ by_the_rule)
    assert [(PROGRESS[number], posts[of_post]) for number, of_post in differences[:5]] == []


def test_a_flagged_post_is_beyond_for_whoever_said_nothing(db):
    flagged = sql.is_marked_spoiler(spoiler="FALSE", spoiler_labels=str(SPOILER_QUORUM))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT 1 WHERE {flagged}")
        assert cursor.fetchall() == [(1,)]


def test_short_of_a_post_are_those_who_have_not_come_to_it(film, mia):
    moments = [
        make_moment(film, mia, position=5.0),
        make_moment(film, mia, position=5.5, timecode=40),
        make_moment(film, mia, position=6.0, season=1, episode=3),
        make_moment(film, mia, position=UNPLACED),
        make_trivia(film, mia, spoiler=True),
    ]
    points = [progress for progress in PROGRESS if progress]
    seen = {make_member(f"fan{number}").pk: progress for number, progress in enumerate(points)}
    for member, progress in seen.items():
        Progress.objects.set_progress(User(pk=member), film, progress)
    elsewhere = make_member("elsewhere")
    Progress.objects.set_progress(elsewhere, make_film("Ferries"), ProgressPoint(NOT_SEEN))
    for post in Post.objects.filter(pk__in=[moment.pk for moment in moments]):
        columns = [getattr(post, name) for name in POSTS]
        beyond = {member for member, progress in seen.items() if is_beyond_by_the_rule(progress, *columns)}
        assert 0 < len(beyond) < len(seen)
        assert set(Progress.objects.short_of(post.pk).values_list("member", flat=True)) == beyond, post.title


def viewer_of(kind, film):
    """Somebody whose lists leave out what is veiled, or a visitor, whose lists show that it is."""
    if kind == "visitor":
        return visitor({film.pk: ProgressPoint(5.0, 40.0)})
    viewer = User.objects.get(username="seb")
    viewer.spoiler_stance = kind
    Progress.objects.set_progress(viewer, film, ProgressPoint(5.0))
    return viewer


@pytest.mark.parametrize("kind", ["visitor", User.SpoilerStance.HIDE, "veil"])
def test_a_list_that_is_veiled_is_one_walk_of_its_index(kind, moment, seb):
    viewer = viewer_of(kind, moment.film)
    posts = Post.objects.listed().order_by(*HOT).veiled_for(viewer)
    # A visitor's list is narrowed as a member's can be: that is where the rule stands in a condition.
    posts = posts.filter(is_veiled=False) if kind == "visitor" else posts.without_veiled_for(viewer)
    statement, parameters = posts.values("pk", "is_veiled").query.sql_with_params()
    # The whole rule is asked: of a viewer who has said nothing, the flags of a post alone are.
    assert [part for part in ("CASE", "reveals_at", "timecode") if part not in statement] == []
    plan = plan_of(statement % tuple(f"'{value}'" for value in parameters))
    assert "post_hot" in plan
    for detour in ("SCAN moments_post", "SCAN mine", "Seq Scan", "TEMP B-TREE", "Sort"):
        assert detour not in plan


def test_a_visitor_who_has_seen_many_films_asks_without_parameters(moment):
    films = {moment.film_id + number: SEEN for number in range(60)}
    posts = Post.objects.annotate(is_veiled=sql.beyond_progress_by_film(films))
    assert posts.query.sql_with_params()[1] == ()
    assert [post.is_veiled for post in posts] == [False]
