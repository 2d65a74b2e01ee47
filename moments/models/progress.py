"""How far a member has seen a film, and where they stopped reliving it."""

from string import Formatter

from django.conf import settings
from django.db import models
from django.db.models import FilteredRelation, Func, Q
from django.utils import timezone

from moments.labels import SPOILER_QUORUM
from moments.spoilers import ALL, EPISODE, LAST_EPISODE, LAST_SECOND, SEASON, Horizon


class ProgressManager(models.Manager):
    def horizon(self, member, film):
        """The member's Horizon of a film; None when they have not said how far they are."""
        row = self.filter(member=member, film=film, place__isnull=False).values_list("place", "clock").first()
        return row and Horizon(*row)

    def reach(self, member, film, horizon):
        """Note that the member has seen the film as far as `horizon`; None takes back what they said."""
        self.reach_all(member, {film.pk: horizon})

    def reach_all(self, member, horizons):
        """The same of several films at once, by the film's id; where they stopped is left as it is."""
        self.bulk_create(
            (
                Progress(member=member, film_id=film, **(horizon._asdict() if horizon else {}))
                for film, horizon in sorted(horizons.items())
            ),
            update_conflicts=True,
            unique_fields=("member", "film"),
            update_fields=("place", "clock", "updated"),
        )

    def bookmark(self, member, film):
        """The id of the moment at which the member stopped reliving the film, or None."""
        return self.filter(member=member, film=film).values_list("bookmark", flat=True).first()

    def stop_at(self, member, moment):
        """Note that the member stopped reliving at this moment; how far they have seen is left as it is."""
        self.update_or_create(member=member, film_id=moment.film_id, defaults={"bookmark": moment})


class Progress(models.Model):
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="progresses", db_index=False
    )
    film = models.ForeignKey("moments.Film", models.CASCADE, related_name="progresses")
    place = models.FloatField("seen up to this place in the story", null=True, blank=True)
    clock = models.FloatField(
        "seen up to this time", null=True, blank=True, help_text="Season, episode and second as one number."
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


class Ruled(Func):
    """A yes or no as SQL that names its pieces: what it is `GIVEN`, and columns of the post."""

    GIVEN, COLUMNS = (), ()
    RULE = ""
    output_field = models.BooleanField()

    def __init__(self, *given):
        super().__init__(*given, *self.COLUMNS)

    def as_sql(self, compiler, connection, **context):
        """The rule with its pieces set in, and their parameters in the order of use."""
        names = (*self.GIVEN, *self.COLUMNS)
        pieces = dict(zip(names, map(compiler.compile, self.source_expressions), strict=True))
        sql, params = [], []
        for text, name, _spec, _conversion in Formatter().parse(self.RULE):
            piece, its = pieces[name] if name else ("", ())
            sql += [text, piece]
            params += its
        return "".join(sql), params


class Flagged(Ruled):
    """Whether the author of a post, or a quorum of members, says that it gives the story away."""

    COLUMNS = ("spoiler", "spoiler_labels")
    RULE = f"({{spoiler}} OR {{spoiler_labels}} >= {SPOILER_QUORUM})"


class Beyond(Ruled):
    """`spoilers.is_beyond` in SQL, of a post and the place and clock of its reader's horizon.

    Written as one piece, since lists ask it on every request and expressions are slow to put together.
    """

    GIVEN = ("place", "clock")
    COLUMNS = (*Flagged.COLUMNS, "position", "reveals_at", "season", "episode", "timecode")
    # The post's clock, where it can be compared with the horizon's.
    AT = f"""CASE
        WHEN {{season}} IS NULL AND {{episode}} IS NULL AND {{clock}} < {SEASON} THEN {{timecode}}
        WHEN COALESCE({{season}}, {{episode}}) IS NOT NULL AND {{clock}} >= {SEASON} THEN
            (COALESCE({{season}}, 1) + 1) * {SEASON} + COALESCE({{episode}}, {LAST_EPISODE}) * {EPISODE}
            + COALESCE({{timecode}}, {LAST_SECOND})
        END"""
    RULE = f"""CASE
        WHEN {{place}} IS NULL THEN {Flagged.RULE}
        WHEN {AT} <> {{clock}} THEN {AT} > {{clock}}
        WHEN COALESCE({{position}}, {{reveals_at}}) IS NULL THEN {Flagged.RULE} AND {{place}} < {ALL}
        ELSE COALESCE({{position}}, {{reveals_at}}) > {{place}}
        END"""


class OfFilm(Func):
    """A number for each film that a reader has said something of; NULL for any other."""

    output_field = models.FloatField()

    def __init__(self, numbers):
        super().__init__("film_id")
        self.numbers = numbers

    def as_sql(self, compiler, connection, **context):
        film, _params = compiler.compile(self.source_expressions[0])
        known = {key: number for key, number in self.numbers.items() if number is not None}
        if not known:
            return "CAST(NULL AS double precision)", []
        cases = f"CASE {film}{' WHEN %s THEN CAST(%s AS double precision)' * len(known)} END"
        return cases, [value for pair in known.items() for value in pair]


def beyond_horizon(posts, member):
    """Posts, and the expression that says which are beyond the horizon of a member."""
    mine = FilteredRelation("film__progresses", condition=Q(film__progresses__member=member))
    return posts.alias(mine=mine), Beyond("mine__place", "mine__clock")


def beyond_horizons(horizons):
    """The same from horizons by film id, which a visitor carries along."""
    places = {film: horizon.place for film, horizon in horizons.items()}
    clocks = {film: horizon.clock for film, horizon in horizons.items()}
    return Beyond(OfFilm(places), OfFilm(clocks))
