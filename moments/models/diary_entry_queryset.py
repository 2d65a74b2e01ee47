"""Which diary entries a page shows: who may see them, of which days, and what a member felt then and now."""

import datetime

from django.db import models
from django.db.models import Exists, OuterRef, Q, Window
from django.db.models.functions import RowNumber

from accounts.models import User

from .follow import Follow
from .mixins.stateful import State

Audience = User.DiaryAudience
LISTED = Q(moment__state=State.VISIBLE) | Q(whole_film__state=State.VISIBLE)
# The day of what was seen some time ago: it is compared and sorted like all others.
SOME_TIME_AGO = datetime.date.min
NEWEST_SHOWN = 4  # entries that stand beside what a member feels now


class DiaryEntryQuerySet(models.QuerySet):
    def listed(self):
        """Of moments and films that everybody may see."""
        return self.filter(LISTED)

    def of_moments(self):
        """Those of moments, without those of whole films."""
        return self.filter(moment__isnull=False)

    def of_whole(self, film, season, episode):
        """Those of this film, season or episode as a whole."""
        return self.filter(whole_film=film, season=season, episode=episode)

    def visible_to(self, viewer):
        """One's own entries for ever; of others those of what is still here, as far as they show them.

        What is for followers is shown to staff, too, and what is for oneself to nobody else.
        """
        shown = LISTED & shown_to(viewer) & Follow.objects.opens(viewer)
        return self.filter(shown | Q(member=viewer.pk)) if viewer.is_authenticated else self.filter(shown)

    def for_everyone(self):
        """Of what everybody may see, for everybody: an account that is private narrows it further."""
        return self.listed().filter(_for(Audience.EVERYONE))

    def for_fewer(self):
        """Those that not everybody may see."""
        return self.exclude(_for(Audience.EVERYONE))

    def for_others(self):
        """Those that are not for their member alone."""
        return self.listed().exclude(_for(Audience.ME))

    def with_open_note(self):
        """Those whose note somebody else can read."""
        return self.filter(public=True).exclude(note="").exclude(_for(Audience.ME))

    def unplanned(self):
        """Those of which nobody has computed yet when they come back."""
        return self.filter(returns=None)

    def between(self, first, last):
        return self.filter(date__range=(first, last))

    def of(self, member, first, last):
        """The member's of these days."""
        return self.filter(member=member).between(first, last)

    def day_before(self, date):
        """The last day with an entry before this one, or None."""
        return (
            self.filter(date__lt=date, date__gt=SOME_TIME_AGO)
            .order_by("-date", "-id")
            .values_list("date", flat=True)
            .first()
        )

    def day_after(self, date):
        return self.filter(date__gt=date).order_by("date", "id").values_list("date", flat=True).first()

    def then_and_now(self):
        """Of one member and moment: the newest few and the very first, newest first."""
        ranked = self.annotate(
            from_newest=Window(RowNumber(), order_by=["-date", "-id"]),
            from_oldest=Window(RowNumber(), order_by=["date", "id"]),
        )
        return ranked.filter(Q(from_newest__lte=NEWEST_SHOWN) | Q(from_oldest=1)).order_by("-date", "-id")


def _for(audience):
    """The entries that have this audience by themselves, or because their member has chosen it for them."""
    return Q(audience=audience) | Q(audience="", member__diary_audience=audience)


def shown_to(viewer):
    """What the audience of an entry, or of what follows from one, says of this viewer, for a query."""
    if not viewer.is_authenticated:
        return _for(Audience.EVERYONE)
    if viewer.is_staff:
        return ~_for(Audience.ME)
    followed = Exists(Follow.objects.filter(member=viewer.pk, person=OuterRef("member")))
    return _for(Audience.EVERYONE) | (_for(Audience.FOLLOWERS) & Q(followed))
