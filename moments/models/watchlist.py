"""The watchlist: films and series that a member wants to see. Whoever sees their diary sees it, too."""

from django.conf import settings
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Value
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User

from .film import Film
from .follow import Follow
from .locking import lock_rows
from .mixins.stateful import State
from .refusals import Refused

MOST_WANTED = 5_000


class WantsEnough(Refused):
    sentence = _("Your watchlist is full. Take a film off it first.")


class WantedQuerySet(models.QuerySet):
    def listed(self):
        """Of films that everybody may see."""
        return self.filter(film__state=State.VISIBLE)


class WantedManager(models.Manager.from_queryset(WantedQuerySet)):
    def is_open(self, member, viewer):
        """Whether the viewer may see the member's watchlist: whoever may see their diary may."""
        if viewer.pk == member.pk:
            return True
        audience = member.diary_audience
        if audience == User.DiaryAudience.ME or not Follow.objects.is_open(member, viewer):
            return False
        if audience == User.DiaryAudience.EVERYONE or viewer.is_staff:
            return True
        return viewer.is_authenticated and Follow.objects.filter(member=viewer.pk, person=member).exists()

    def condition(self, viewer, film="pk"):
        """An expression for a query: whether the viewer wants to see the film of a row."""
        if not viewer.is_authenticated:
            return Value(False)
        return Exists(self.filter(member=viewer.pk, film=OuterRef(film)))

    @transaction.atomic
    def add(self, member, film):
        """Returns whether it was not on the watchlist before. Raises WantsEnough."""
        lock_rows(User.objects.filter(pk=member.pk))
        mine = self.filter(member=member)
        if mine.filter(film=film).exists():
            return False
        if mine[:MOST_WANTED].count() >= MOST_WANTED:
            raise WantsEnough
        return self.get_or_create(member=member, film=film)[1]

    def remove(self, member, film):
        """Returns whether it was on the watchlist."""
        return bool(self.filter(member=member, film=film).delete()[0])

    def hand_over(self, target, film):
        """A film was merged into another: whoever wants to see it wants to see that one."""
        there = self.filter(film=target).values("member")
        self.filter(film=film).exclude(member__in=there).update(film=target)
        self.filter(film=film).delete()


class Wanted(models.Model):
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="watchlist",
        db_index=False,
        verbose_name=_("member"),
    )
    film = models.ForeignKey(Film, models.CASCADE, related_name="wanted_by", verbose_name=_("film"))
    created = models.DateTimeField(_("created"), default=timezone.now, editable=False)

    objects = WantedManager()

    class Meta:
        verbose_name, verbose_name_plural = _("film of a watchlist"), _("films of watchlists")
        constraints = [models.UniqueConstraint(fields=["member", "film"], name="wanted_once")]
        indexes = [models.Index(fields=["member", "-id"], name="wanted_newest")]

    def __str__(self):
        return gettext("%(member)s wants to see %(film)s") % {"member": self.member, "film": self.film}
