"""What members felt at a moment: their reactions, and the tally of each feeling."""

from typing import NamedTuple

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Value
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from moments.feelings import FEELING_CHOICES, REACTION_QUORUM, reading
from moments.ranking import wilson
from reelive.prepared import PreparedDelete, PreparedRows, PreparedUpdate, insert_new

from .rows_as_text import RowsAsText

NEWEST_REACTIONS = 1_000

__all__ = ["REACTION_QUORUM", "FeelingTally", "Reaction", "Tallies", "reading_of", "refresh_strengths"]


class ReactionQuerySet(models.QuerySet):
    def newest_of(self, member):
        """A bounded number of those of a member, given by their key."""
        newest = Reaction.objects.filter(member=member).order_by("-pk").values("pk")[:NEWEST_REACTIONS]
        return self.filter(pk__in=newest)


class Reaction(models.Model):
    """One member felt one feeling at one moment."""

    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="reactions", db_index=False
    )
    moment = models.ForeignKey("moments.Post", models.CASCADE, related_name="reactions", db_index=False)
    feeling = models.CharField(max_length=10, choices=FEELING_CHOICES)
    created = models.DateTimeField(default=timezone.now, editable=False)

    objects = ReactionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["moment", "member", "feeling"], name="reaction_once")]
        indexes = [models.Index(fields=["member", "-id"], name="reaction_newest")]

    def __str__(self):
        return f"{self.member}: {self.feeling}"


class FeelingTallyManager(models.Manager):
    def get_by_natural_key(self, film, moment, feeling):
        return self.get(
            moment__film__slug=film,
            moment__slug=moment,
            moment__kind="moment",
            feeling=feeling,
        )


class FeelingTally(models.Model):
    """How many members felt a feeling at a moment, beside the weight of the site's first guess.

    Below REACTION_QUORUM members the first guess counts. `strength` ranks the moments of a feeling by its
    share and not by how many have felt it. It is the Wilson lower bound of that share, so that few members
    count for less than many; where fewer than the quorum reacted and there is no first guess, those who are
    missing count as having felt something else. A single reaction, all that its moment has, would stand at
    0.38 and lead whatever is mixed; so it stands at 0.06. The weights of a first guess count like as many
    members.
    """

    moment = models.ForeignKey("moments.Post", models.CASCADE, related_name="tallies", db_index=False)
    feeling = models.CharField(_("feeling"), max_length=10, choices=FEELING_CHOICES)
    house = models.PositiveSmallIntegerField(_("our first guess"), default=0)
    count = models.PositiveIntegerField(_("members"), default=0)
    strength = models.FloatField(_("strength"), default=0, editable=False)

    objects = FeelingTallyManager()

    class Meta:
        verbose_name, verbose_name_plural = _("feeling tally"), _("feeling tallies")
        constraints = [models.UniqueConstraint(fields=["moment", "feeling"], name="tally_once")]
        indexes = [models.Index(fields=["feeling", "-strength", "-moment"], name="tally_strongest")]

    def __str__(self):
        return f"{self.moment}: {self.feeling} {self.count}"

    def natural_key(self):
        film, _kind, moment = self.moment.natural_key()
        return (film, moment, self.feeling)

    natural_key.dependencies = ["moments.moment"]


class ShownTally(NamedTuple):
    """A tally as the page of its moment shows it; `is_mine` where the viewer has that feeling."""

    feeling: str
    house: int
    count: int
    is_mine: bool


def tallies_as_text(viewer):
    """An expression for a query: the ShownTallies of a post."""
    rows = FeelingTally.objects.filter(moment=OuterRef("pk")).order_by("feeling")
    return RowsAsText(rows.annotate(is_mine=is_felt_by(viewer)), *ShownTally._fields)


def is_felt_by(viewer, moment="moment", feeling="feeling"):
    """An expression for a query: whether the viewer has a feeling at a moment, as a member.

    Where somebody felt something there is a tally of it.

    Args:
        moment, feeling: the columns that name them.
    """
    if not viewer.is_authenticated:
        return Value(False)
    same = {"moment": OuterRef(moment), "feeling": OuterRef(feeling)}
    return Exists(Reaction.objects.filter(member=viewer.pk, **same))


def reading_of(tallies, felt_by):
    """The weights that speak for one moment's FeelingTally rows, and whether they are the house's."""
    house = {tally.feeling: tally.house for tally in tallies}
    members = {tally.feeling: tally.count for tally in tallies}
    return reading(house, members, felt_by)


def missing(felt_by):
    """How many members a moment lacks until they can speak for it."""
    return max(0, REACTION_QUORUM - felt_by)


def refresh_strengths(tallies, felt_by):
    """Write `strength` of the rows of one moment anew."""
    set_strengths(tallies, felt_by)
    FeelingTally.objects.bulk_update(tallies, ["strength"])


def set_strengths(tallies, felt_by):
    """Set `strength` on the rows of one moment from the reading that speaks for it, or else from the few."""
    weights, is_house = reading_of(tallies, felt_by)
    if not weights:
        weights = {tally.feeling: tally.count for tally in tallies}
    total = sum(weights.values()) + (0 if is_house else missing(felt_by))
    for tally in tallies:
        weight = weights.get(tally.feeling, 0)
        tally.strength = wilson(weight, total - weight) if weight else 0.0


class Tallies(list):
    """The FeelingTally rows of a moment, and which feelings are `mine`: those of the member who acts.

    They are read in the transaction that locked the moment, so nobody else changes them meanwhile.
    """

    def __init__(self, moment, member):
        rows = TALLIES_OF(moment, member)
        super().__init__(
            FeelingTally(pk, moment, feeling, house, count, strength)
            for pk, feeling, house, count, strength, _mine in rows
        )
        self.moment, self.member = moment, member
        self.mine = {feeling for _pk, feeling, *_weights, is_mine in rows if is_mine}

    def add(self, feeling):
        """The member feels it. Returns whether that is new."""
        reaction = Reaction(member_id=self.member, moment_id=self.moment, feeling=feeling)
        if feeling in self.mine or not insert_new(reaction):
            return False
        self.mine.add(feeling)
        return True

    def drop(self, feeling):
        """The member does not feel it any more. Returns whether they did."""
        self.mine.discard(feeling)
        return DROP_REACTION(self.moment, self.member, feeling) == 1

    def count(self, feeling, step, felt_by):
        """Count one reaction more (+1) or less (-1), where by now so many members felt something."""
        before = {tally.feeling: tally.strength for tally in self}
        if feeling not in before:
            self.append(FeelingTally(moment_id=self.moment, feeling=feeling))
            insert_new(self[-1])
        steps = {feeling: step}
        for tally in self:
            tally.count += steps.get(tally.feeling, 0)
        set_strengths(self, felt_by)
        COUNT_TALLY.of_each(
            (tally.pk, steps.get(tally.feeling, 0), tally.strength)
            for tally in self
            if tally.feeling in steps or tally.strength != before[tally.feeling]
        )


def _tallies_of(moment, member):
    mine = Reaction.objects.filter(moment=moment, member=member, feeling=OuterRef("feeling"))
    rows = FeelingTally.objects.filter(moment=moment).annotate(is_mine=Exists(mine))
    return rows.values_list("pk", "feeling", "house", "count", "strength", "is_mine")


TALLIES_OF = PreparedRows(_tallies_of)
DROP_REACTION = PreparedDelete(
    lambda moment, member, feeling: Reaction.objects.filter(moment=moment, member=member, feeling=feeling)
)
COUNT_TALLY = PreparedUpdate(
    lambda tally, step, strength: (
        FeelingTally.objects.filter(pk=tally),
        {"count": F("count") + step, "strength": strength},
    )
)
