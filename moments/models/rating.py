"""A rating: what a member makes, as of today, of a film, season or episode that they saw.

There is one for whatever a member has logged or rated, with stars or none. It follows from the member's diary
entries, the latest that says something, and may be said by itself.
"""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User

from .diary_entry import DiaryEntry
from .diary_entry_queryset import SOME_TIME_AGO, shown_to
from .film import Film
from .follow import Follow
from .locking import lock_one
from .mixins.stateful import State
from .mixins.whole import MOST_HALVES, WHOLE_WORK, Whole, stars_text

RATING_QUORUM = 5  # members, before anybody learns how a film is rated
OF_FILMS = Q(season=None, episode=None)


class RatingQuerySet(models.QuerySet):
    def of_films(self):
        """Of films and series as a whole, not of seasons and episodes."""
        return self.filter(OF_FILMS)

    def visible_to(self, viewer):
        """One's own for ever; of others those of films still here, to whom they show such an entry."""
        shown = Q(film__state=State.VISIBLE) & shown_to(viewer) & Follow.objects.opens(viewer)
        return self.filter(shown | Q(member=viewer.pk)) if viewer.is_authenticated else self.filter(shown)

    def of_same(self, row):
        """Of the same member and the same film, season or episode as an entry of a whole film."""
        whole = {"season": row.season, "episode": row.episode}
        return self.filter(member=row.member_id, film=row.film_id, **whole)


class RatingManager(models.Manager.from_queryset(RatingQuerySet)):
    def mine(self, viewer, film, season=None, episode=None):
        """What the viewer makes of it; None for visitors and for members who have said nothing."""
        if not viewer.is_authenticated:
            return None
        return self.filter(member=viewer.pk, film=film, season=season, episode=episode).first()

    @transaction.atomic
    def say(self, member, film, stars=None, liked=False, season=None, episode=None):
        """The member rates it by itself; no stars and no like take back what they said.

        What they have logged stays among what they saw. Returns the row, or None where nothing is left.
        """
        lock_one(Film, film.pk)
        row = self._row_of(Rating(member=member, film=film, season=season, episode=episode))
        logged = DiaryEntry.objects.filter(member=member).of_whole(film, season, episode)
        if not stars and not liked and not logged.exists():
            self._drop(row)
            return None
        self._write(row, stars or None, liked, timezone.localdate(), None, row.audience)
        return row

    def follow(self, entry):
        """A diary entry was written or changed: it says how its work is rated, if nothing later does.

        Called in the transaction of the entry, with the row of its film locked. What is for fewer than a row
        was so far adds nothing to it but its own stars.
        """
        row = self._row_of(entry)
        is_its_own = row.entry_id == entry.pk
        if is_its_own and not entry.rating:
            self.unfollow(entry)
        elif row.is_said and not is_its_own and not entry.rating:
            self._add_to(row, entry)
        elif not row.is_said or is_its_own or entry.date >= row.date:
            liked = entry.liked or (row.liked and not is_its_own)
            self._write(row, entry.rating, liked, entry.date, entry.pk, entry.audience)

    def _add_to(self, row, entry):
        """It was seen again without stars: those of before stay."""
        if entry.audience == row.audience:
            liked, date = row.liked or entry.liked, max(row.date, entry.date)
            self._write(row, row.stars, liked, date, row.entry_id, row.audience)

    def unfollow(self, entry, is_gone=False):
        """What an entry said that goes, or has no stars any more, is said by the latest of the others."""
        row = self._row_of(entry)
        if row.entry_id != entry.pk and (row.entry_id or row.is_said):
            return
        entries = DiaryEntry.objects.filter(member=entry.member_id)
        entries = entries.of_whole(entry.whole_film_id, entry.season, entry.episode).order_by("-date", "-id")
        if is_gone:
            entries = entries.exclude(pk=entry.pk)
        other = entries.filter(rating__isnull=False).first() or entries.first()
        if other is None:
            self._drop(row)
            return
        liked = entries.filter(liked=True, audience=other.audience).exists()
        self._write(row, other.rating, liked, other.date, other.pk, other.audience)

    def _row_of(self, row):
        """The row of the same member and work, or a new one."""
        whole = {"season": row.season, "episode": row.episode}
        found = self.of_same(row).first()
        return found or Rating(member_id=row.member_id, film_id=row.film_id, **whole)

    def _write(self, row, stars, liked, date, entry, audience):
        before = row.stars
        row.stars, row.liked, row.date, row.entry_id, row.audience = stars, liked, date, entry, audience
        row.save()
        row.count(before, stars)

    def _drop(self, row):
        if row.pk:
            self.filter(pk=row.pk).delete()
            row.count(row.stars, None)

    def hand_over(self, target, film):
        """A film was merged into another: whoever rated both keeps what they said of the target."""
        for row in self.filter(film=film).order_by("pk").iterator(chunk_size=500):
            there = self.filter(
                member=row.member_id, film=target, season=row.season, episode=row.episode
            ).exists()
            row.count(row.stars, None)
            if there:
                self.filter(pk=row.pk).delete()
                continue
            self.filter(pk=row.pk).update(film=target)
            row.film = target
            row.count(None, row.stars)


class Rating(Whole):
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        related_name="ratings",
        db_index=False,
        verbose_name=_("member"),
    )
    film = models.ForeignKey(Film, models.CASCADE, related_name="ratings", verbose_name=_("film"))
    stars = models.PositiveSmallIntegerField(
        _("half stars"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_HALVES)],
    )
    liked = models.BooleanField(_("liked"), default=False)
    # The day that it is of: of its entry, or on which it was said by itself.
    date = models.DateField(_("date"), default=timezone.localdate)
    # The entry that it follows from; none where it was said by itself.
    entry = models.ForeignKey(DiaryEntry, models.SET_NULL, null=True, blank=True, related_name="+")
    audience = models.CharField(
        _("who sees it"), max_length=9, choices=User.DiaryAudience, blank=True, default=""
    )
    created = models.DateTimeField(_("created"), default=timezone.now, editable=False)

    objects = RatingManager()

    class Meta:
        verbose_name, verbose_name_plural = _("rating"), _("ratings")
        constraints = [
            models.UniqueConstraint("member", "film", *WHOLE_WORK, name="rating_once"),
            models.CheckConstraint(
                condition=Q(stars=None) | Q(stars__range=(1, MOST_HALVES)), name="rating_in_range"
            ),
        ]
        indexes = [
            models.Index(fields=["member", "-date", "-id"], condition=OF_FILMS, name="rating_newest"),
            models.Index(
                fields=["member", "stars", "-date", "-id"], condition=OF_FILMS, name="rating_by_stars"
            ),
        ]

    def __str__(self):
        return gettext("%(member)s on %(film)s") % {"member": self.member, "film": self.film}

    @property
    def is_said(self):
        """Whether it says anything but that they saw it."""
        return bool(self.stars or self.liked)

    @property
    def stars_text(self):
        return stars_text(self.stars) if self.stars else ""

    @property
    def is_dated(self):
        return self.date != SOME_TIME_AGO

    def count(self, before, after):
        """Count in the film that this row had other stars before; the film's row is locked."""
        if self.season is not None or self.episode is not None or before == after:
            return
        film = Film.objects.only("rating_buckets").get(pk=self.film_id)
        buckets = film.rating_buckets or [0] * MOST_HALVES
        for halves, step in ((before, -1), (after, +1)):
            if halves:
                buckets[halves - 1] += step
        columns = {"rating_buckets": in_buckets(*buckets), "rating_count": sum(buckets)}
        Film.objects.filter(pk=self.film_id).update(**columns, rating_sum=summed(buckets))


def in_buckets(*numbers):
    """How many ratings there are of each number of half stars, as a film keeps it: nothing where none."""
    return list(numbers) if any(numbers) else []


def summed(buckets):
    """The half stars of all ratings together."""
    return sum(halves * number for halves, number in enumerate(buckets, 1))
