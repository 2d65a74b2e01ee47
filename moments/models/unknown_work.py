"""A work that a player named and nobody knows: kept until its member says which film it is.

All that is said about the same work meets in one row, which keeps how far it was seen. Once the film is
chosen, the row leads to it.
"""

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .mixins.unknown import Unknown, key_of, named

MOST_UNKNOWN = 50  # of one connection


class UnknownWorkQuerySet(models.QuerySet):
    def of(self, member):
        return self.filter(connection__member=member.pk)

    def waiting(self):
        """Those whose film nobody has chosen, the newest first."""
        return self.filter(film=None).order_by("-heard", "-id")


class UnknownWorkManager(models.Manager.from_queryset(UnknownWorkQuerySet)):
    @transaction.atomic
    def note(self, connection, playing, now):
        """Keep what was said; of two reports the one that came further."""
        work = playing.work
        reached = {"season": work.season, "episode": work.episode, "second": playing.position}
        reached |= {"is_finished": playing.is_finished, "heard": now}
        row, is_new = self.select_for_update().get_or_create(
            connection=connection, key=key_of(work), defaults={"work": named(work), **reached}
        )
        if not is_new and row.place <= _place(**reached):
            self.filter(pk=row.pk).update(**reached)
        if is_new:
            kept = self.filter(connection=connection).order_by("-heard", "-id").values_list("pk", flat=True)
            self.filter(pk__in=list(kept[MOST_UNKNOWN:])).delete()


class UnknownWork(Unknown):
    connection = models.ForeignKey(
        "moments.PlayerConnection", models.CASCADE, related_name="unknown_works", db_index=False
    )
    season = models.PositiveSmallIntegerField(null=True)
    episode = models.PositiveSmallIntegerField(null=True)
    second = models.PositiveIntegerField(null=True)
    is_finished = models.BooleanField(default=False)
    heard = models.DateTimeField(default=timezone.now)

    objects = UnknownWorkManager()

    class Meta:
        verbose_name, verbose_name_plural = _("film not found"), _("films not found")
        constraints = [models.UniqueConstraint(fields=["connection", "key"], name="unknown_work_once")]

    @property
    def place(self):
        """How far it was seen, to be compared."""
        return _place(self.season, self.episode, self.second, self.is_finished)


def _place(season, episode, second, is_finished, **_rest):
    return (season or 0, episode or 0, is_finished, second or 0)
