"""How far a member has seen a film, and where they stopped reliving it."""

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from moments.spoilers.rules import SEEN, ProgressPoint, end_of, furthest
from moments.spoilers.sql import is_behind
from reelive.prepared import PreparedRows
from reelive.upserts import taken, upsert

from .locking import lock_one


class ProgressManager(models.Manager):
    def of(self, member, film):
        """How far the member has seen the film, a ProgressPoint; None when they have not said."""
        for row in PROGRESS_IN(member.pk, film.pk):
            return ProgressPoint(*row)
        return None

    def short_of(self, post):
        """How far members are who have not come to the post with this key."""
        return self.filter(is_behind("film__posts"), film__posts=post)

    def by_film(self, viewer, films):
        """How far a viewer has seen each of these films, by its id, where they have said."""
        if not viewer.is_authenticated:
            return getattr(viewer, "progress_by_film", {})
        rows = self.filter(member=viewer.pk, film__in=films, place__isnull=False)
        return {film: ProgressPoint(*seen) for film, *seen in rows.values_list("film", "place", "story_time")}

    def set_progress(self, member, film, progress):
        """Note that the member has seen the film as far as `progress`; None takes back what they said."""
        self.set_progress_of_all(member, {film.pk: progress})

    def set_progress_of_all(self, member, progress_by_film):
        """The same for several films at once, by the film's id; bookmarks are left as they are."""
        self.bulk_create(
            (
                Progress(member=member, film_id=film, **(progress._asdict() if progress else {}))
                for film, progress in sorted(progress_by_film.items())
            ),
            update_conflicts=True,
            unique_fields=("member", "film"),
            update_fields=("place", "story_time", "updated"),
        )

    def set_progress_of_many(self, member, points):
        """The same by one statement, however many they are; there are points for all of them."""
        rows = [Progress(member=member, film_id=film, **points[film]._asdict()) for film in sorted(points)]
        upsert(rows, ("member_id", "film_id"), taken("place", "clock", "updated"))

    def advance(self, member, film, season=None, episode=None):
        """The member has seen a film, season or episode to its end: they are so far, or further.

        Specials stand at no certain time, and change nothing. Returns how far they were before and are now.
        """
        if season == 0:
            before = self.of(member, film)
            return before, before
        return self._reach(member, film, None if season is None else end_of(season, episode))

    @transaction.atomic
    def move_forward(self, member, film, at):
        """The member has seen a film up to this story time: they are so far, or further.

        The film is locked, as it is while somebody logs it: of two who play it at once none goes back.
        """
        lock_one(type(film), film.pk)
        self._reach(member, film, at)

    def _reach(self, member, film, at):
        """They have seen it up to this story time, None for all of it. Returns how far before and now."""
        before = self.of(member, film)
        if before and before.is_all:
            return before, before
        after = furthest(before, SEEN if at is None else film.progress_until(at))
        if after != before:
            self.set_progress(member, film, after)
        return before, after

    def bookmark(self, member, film):
        """The id of the moment at which the member stopped reliving the film, or None."""
        return self.filter(member=member, film=film).values_list("bookmark", flat=True).first()

    def set_bookmark(self, member, moment):
        """Note that the member stopped reliving at this moment; their progress is left as it is."""
        self.update_or_create(member=member, film_id=moment.film_id, defaults={"bookmark": moment})


class Progress(models.Model):
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="progresses", db_index=False
    )
    film = models.ForeignKey("moments.Film", models.CASCADE, related_name="progresses")
    place = models.FloatField("seen up to this place in the story", null=True, blank=True)
    story_time = models.FloatField(
        "seen up to this time",
        db_column="clock",
        null=True,
        blank=True,
        help_text="Season, episode and second as one number.",
    )
    bookmark = models.ForeignKey(
        "moments.Moment", models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )
    updated = models.DateTimeField(default=timezone.now, editable=False)

    objects = ProgressManager()

    class Meta:
        verbose_name_plural = "progress"
        constraints = [models.UniqueConstraint(fields=["member", "film"], name="progress_once")]

    def __str__(self):
        return f"{self.member} in {self.film}"


def _in_film(member, film):
    rows = Progress.objects.filter(member=member, film=film, place__isnull=False)
    return rows.values_list("place", "story_time")


PROGRESS_IN = PreparedRows(_in_film)
