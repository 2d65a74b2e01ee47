"""How far a member has seen a film, and where they stopped reliving it."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from moments.spoilers.rules import ProgressPoint


class ProgressManager(models.Manager):
    def of(self, member, film):
        """How far the member has seen the film, a ProgressPoint; None when they have not said."""
        row = (
            self.filter(member=member, film=film, place__isnull=False)
            .values_list("place", "story_time")
            .first()
        )
        return row and ProgressPoint(*row)

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
