"""A favourite: one of at most four moments that a member shows at the head of their page, in their order."""

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User

from .locking import lock_rows
from .refusals import Refused

MOST_FAVOURITES = 4


class FullOfFavourites(Refused):
    sentence = _("You have four favourites. Take one of them out, then choose another.")


class FavouriteManager(models.Manager):
    def of(self, member):
        return self.filter(member=member.pk).order_by("place", "pk")

    @transaction.atomic
    def add(self, member, moment, place=MOST_FAVOURITES):
        """Make the moment a favourite of the member, at this place or behind the others.

        Returns whether it is a new one. Raises FullOfFavourites, Gone and Suspended.
        """
        moment.ensure_open_for(member.pk)
        rows = self._locked(member)
        if moment.pk in [row.moment_id for row in rows]:
            return False
        if len(rows) >= MOST_FAVOURITES:
            raise FullOfFavourites
        rows.insert(place - 1, self.create(member=member, moment_id=moment.pk))
        self._number(rows)
        return True

    @transaction.atomic
    def remove(self, member, moment):
        """Returns the place that the moment of this key had; None when it had none."""
        rows = self._locked(member)
        place = next((row.place for row in rows if row.moment_id == moment), None)
        self.filter(member=member, moment=moment).delete()
        self._number([row for row in rows if row.moment_id != moment])
        return place

    @transaction.atomic
    def move_up(self, member, moment):
        """Let the moment of this key change places with the one before it."""
        rows = self._locked(member)
        at = next((number for number, row in enumerate(rows) if row.moment_id == moment), 0)
        if at:
            rows.insert(at - 1, rows.pop(at))
            self._number(rows)

    def _locked(self, member):
        """The member's favourites in their order; who changes them at the same time waits."""
        lock_rows(User.objects.filter(pk=member.pk))
        return list(self.of(member))

    def _number(self, rows):
        for place, row in enumerate(rows, 1):
            row.place = place
        self.bulk_update(rows, ["place"])


class Favourite(models.Model):
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="favourites", db_index=False
    )
    moment = models.ForeignKey("Moment", models.CASCADE, related_name="favourites")
    place = models.PositiveSmallIntegerField(default=MOST_FAVOURITES)

    objects = FavouriteManager()

    class Meta:
        verbose_name, verbose_name_plural = _("favourite"), _("favourites")
        constraints = [models.UniqueConstraint(fields=["member", "moment"], name="favourite_once")]

    def __str__(self):
        return f"{self.moment} of {self.member}"
