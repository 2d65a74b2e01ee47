"""The arc of a film with many moments, as it is stored: at most 60 runs of neighbours.

The arc of a film with few is made of its moments whenever it is asked for. Where there are more, a change
only notes that the stored one is outdated; the task process draws it anew, once however much changed.
"""

import time
from collections import defaultdict
from functools import partial

from django.db import models, transaction
from django.utils import timezone

from moments.arc.arc import MOST_POINTS
from moments.arc.runs import Runs, StoryMoment, runs_of
from moments.labels import spoils_by_quorum
from moments.spoilers.rules import SEASON, story_time
from reelive.prepared import PreparedRows

from .feeling import FeelingTally
from .kinds import Kind
from .post_queryset import STORY

ARCS_AT_ONCE, FILMS_MARKED_AT_ONCE = 500, 1_000
SECONDS_OF_DRAWING = 5  # for which arcs are drawn in a minute: other work waits meanwhile
POINT_COLUMNS = (
    "pk", "position", "season", "episode", "timecode", "spoiler", "spoiler_labels", "relive_count", "felt_by",
)  # fmt: skip


class FilmArcManager(models.Manager):
    def runs_of(self, film):
        """The Runs of a film as they were last drawn; None of a film whose arc is not stored.

        A new one of many moments has none in it until the task process comes to it.
        """
        if film.moment_count <= MOST_POINTS:
            return None
        try:
            return Runs.of_stored(film.stored_arc.runs)
        except self.model.DoesNotExist:
            return Runs()

    def note_change(self, *films):
        """Note that moments of these films changed, once the transaction is through: no lock is held for it.

        Args:
            films: their keys.
        """
        transaction.on_commit(partial(self.outdate, films), robust=True)

    def outdate(self, films):
        """Have the arcs of these films drawn anew, as far as they are stored."""
        now = timezone.now()
        films = sorted(films)
        for start in range(0, len(films), FILMS_MARKED_AT_ONCE):
            stored = self._stored(films[start : start + FILMS_MARKED_AT_ONCE])
            rows = [self.model(film_id=pk, outdated=now) for pk in stored]
            if rows:
                columns = ["outdated"]
                self.bulk_create(rows, update_conflicts=True, unique_fields=["film"], update_fields=columns)

    def _stored(self, films):
        """Those of these films whose arcs are stored, in order of their keys; after a verb it is one film."""
        if len(films) == 1:
            return [pk for (pk,) in IF_STORED(*films)]
        return list(self.films().filter(pk__in=films).order_by("pk").values_list("pk", flat=True))

    def renew(self, now):
        """Draw outdated ones anew, for a few seconds. Asked for by the task process, never by a page.

        A change that comes in meanwhile has it drawn once more.
        """
        start = time.monotonic()
        outdated = self.filter(outdated__isnull=False).order_by("outdated")
        for film, since in list(outdated.values_list("film", "outdated")[:ARCS_AT_ONCE]):
            if time.monotonic() - start > SECONDS_OF_DRAWING:
                break
            runs = drawn(film)
            self.filter(film=film).update(runs=runs, made=now)
            self.filter(film=film, outdated=since).update(outdated=None)

    def store(self, runs_by_film):
        """Store what was drawn, by the film's key."""
        now = timezone.now()
        rows = [self.model(film_id=film, runs=runs, made=now) for film, runs in sorted(runs_by_film.items())]
        columns = ["runs", "made", "outdated"]
        self.bulk_create(rows, update_conflicts=True, unique_fields=["film"], update_fields=columns)

    def films(self):
        """The films whose arcs are stored. Those whose moments are counted have at least as many places."""
        films = self.model._meta.get_field("film").related_model.objects
        return films.filter(moment_count__gt=MOST_POINTS)


class FilmArc(models.Model):
    film = models.OneToOneField("Film", models.CASCADE, primary_key=True, related_name="stored_arc")
    runs = models.JSONField(default=list)
    made = models.DateTimeField(null=True)
    # Since when it is not what its moments say.
    outdated = models.DateTimeField(null=True)

    objects = FilmArcManager()

    class Meta:
        indexes = [
            models.Index(
                fields=["outdated"], condition=models.Q(outdated__isnull=False), name="film_arc_outdated"
            ),
        ]

    def __str__(self):
        return str(self.film)


# The key of a film again, if its arc is stored.
IF_STORED = PreparedRows(lambda film: FilmArc.objects.films().filter(pk=film).values_list("pk"))


def drawn(film):
    """What is to be stored of a film: the runs of its moments as they are now.

    Args:
        film: its key.
    """
    posts = FilmArc._meta.get_field("film").related_model(pk=film).posts
    story = posts.listed().placed().of_kind(Kind.MOMENT).order_by(*STORY).values_list(*POINT_COLUMNS)
    tallies = defaultdict(lambda: ({}, {}))
    rows = FeelingTally.objects.filter(moment__in=posts.listed().of_kind(Kind.MOMENT).values("pk"))
    for moment, feeling, house, count in rows.values_list("moment", "feeling", "house", "count").iterator():
        tallies[moment][0][feeling], tallies[moment][1][feeling] = house, count
    return runs_of(_story_moment(row, tallies) for row in story.iterator())


def _story_moment(row, tallies):
    key, place, *time, spoiler, spoiler_labels, weight, felt_by = row
    at = story_time(*time)
    is_of_film = at is not None and at < SEASON
    return StoryMoment(
        key,
        place,
        at if is_of_film else None,
        None if is_of_film else at,
        spoiler or spoils_by_quorum(spoiler_labels),
        weight,
        *tallies[key],
        felt_by,
    )
