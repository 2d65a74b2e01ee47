"""The spoiler rule as SQL, so that a list is veiled by the query that finds it.

`is_beyond` says the same as `moments.spoilers.rules.is_beyond`; a test compares the two for all kinds of
values. Both functions take the SQL of each value by name and return the SQL of a yes or no. They write it as
text, since every list asks them on every request: forty nested expressions take several times as long.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import BooleanField, FilteredRelation, FloatField, Func, Q, QuerySet

from moments.labels import SPOILER_QUORUM
from moments.spoilers.rules import ALL_SEEN, EPISODE, LAST_EPISODE, LAST_SECOND, SEASON, ProgressPoint
from reelive.conditions import Condition

# The columns of a post that the rule asks for; its functions call their arguments by the same names.
FLAGS = ("spoiler", "spoiler_labels")
RULE_COLUMNS = (*FLAGS, "position", "reveals_at", "season", "episode", "timecode")


def is_marked_spoiler(*, spoiler: str, spoiler_labels: str) -> str:
    """Whether the author of a post, or a quorum of members, says that it gives the story away."""
    return f"({spoiler} OR {spoiler_labels} >= {SPOILER_QUORUM})"


def is_beyond(
    *,
    seen_place: str,
    seen_time: str,
    spoiler: str,
    spoiler_labels: str,
    position: str,
    reveals_at: str,
    season: str,
    episode: str,
    timecode: str,
) -> str:
    """Whether a post lies beyond a viewer's progress.

    Args:
        seen_place, seen_time: the viewer's ProgressPoint in the film; both NULL when they have not said.
        spoiler and all others: columns of the post.
    """
    flagged = is_marked_spoiler(spoiler=spoiler, spoiler_labels=spoiler_labels)
    place = f"COALESCE({position}, {reveals_at})"
    # The post's story time where it can be compared with the viewer's: both within one film, or both with
    # season and episode. Specials, season 0, have no time.
    time = f"""CASE
        WHEN {season} IS NULL AND {episode} IS NULL AND {seen_time} < {SEASON} THEN {timecode}
        WHEN COALESCE({season}, {episode}) IS NOT NULL AND COALESCE({season}, 1) > 0
            AND {seen_time} >= {SEASON} THEN
            (COALESCE({season}, 1) + 1) * {SEASON} + COALESCE({episode}, {LAST_EPISODE}) * {EPISODE}
            + COALESCE({timecode}, {LAST_SECOND})
        END"""
    return f"""CASE
        WHEN {seen_place} IS NULL THEN {flagged}
        WHEN {time} <> {seen_time} THEN {time} > {seen_time}
        WHEN {place} IS NULL THEN {flagged} AND {seen_place} < {ALL_SEEN}
        ELSE {place} > {seen_place}
        END"""


class Rule(Func):
    """One of the functions above as an expression of a query."""

    output_field = BooleanField()

    def __init__(self, function: Callable[..., str], *columns: str, **others: Any):
        """Make an expression of a rule.

        Args:
            function: the rule.
            columns: those of its arguments that are columns of the post.
            others: its other arguments, as expressions. Their SQL has no parameters, since the rule may write
                it several times.
        """
        self.function, self.names = function, (*columns, *others)
        super().__init__(*columns, *others.values())

    def as_sql(self, compiler, connection, **context):
        pieces = [compiler.compile(expression)[0] for expression in self.source_expressions]
        return self.function(**dict(zip(self.names, pieces, strict=True))), []


class NumberByFilm(Func):
    """A number for each film that a visitor has said something of, and NULL for any other film."""

    output_field = FloatField()

    def __init__(self, numbers: Mapping[int, float | None]):
        super().__init__("film_id")
        self.numbers = numbers

    def as_sql(self, compiler, connection, **context):
        film, _no_parameters = compiler.compile(self.source_expressions[0])
        # They come from a cookie: what is written into the SQL is a whole number and a number, and no text.
        cases = " ".join(
            f"WHEN {int(pk)} THEN {float(number)!r}"
            for pk, number in self.numbers.items()
            if number is not None
        )
        number = f"CASE {film} {cases} END" if cases else "NULL"
        return f"CAST({number} AS double precision)", []


def flagged() -> Condition:
    """The expression that says which posts are flagged as spoilers."""
    return Condition(Rule(is_marked_spoiler, *FLAGS))


def beyond_progress_of(posts: QuerySet, member: Any) -> tuple[QuerySet, Condition]:
    """The posts, and the expression that says which of them lie beyond the member's progress."""
    mine = FilteredRelation("film__progresses", condition=Q(film__progresses__member=member))
    seen = {"seen_place": "mine__place", "seen_time": "mine__story_time"}
    return posts.alias(mine=mine), Condition(Rule(is_beyond, *RULE_COLUMNS, **seen))


def is_behind(post: str) -> Condition:
    """For a query of progress, the expression that says which of it does not reach a post.

    Args:
        post: the name of the relation that leads to the post.
    """
    columns = {name: f"{post}__{name}" for name in RULE_COLUMNS}
    return Condition(Rule(is_beyond, seen_place="place", seen_time="story_time", **columns))


def beyond_progress_by_film(progress_by_film: Mapping[int, ProgressPoint]) -> Condition:
    """The same for the progress that a visitor carries, by the film's id."""
    places = {film: progress.place for film, progress in progress_by_film.items()}
    times = {film: progress.story_time for film, progress in progress_by_film.items()}
    seen = {"seen_place": NumberByFilm(places), "seen_time": NumberByFilm(times)}
    return Condition(Rule(is_beyond, *RULE_COLUMNS, **seen))
