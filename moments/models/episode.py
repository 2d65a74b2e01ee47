"""A season or an episode of a series: what members know of it, each edit kept in its history.

Moments, and whatever else is about one, name it by its film and numbers. No moment needs a row here.
"""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from moments.spoilers.rules import LAST_EPISODE, LAST_SEASON, beginning_of, is_part_beyond, story_time
from reelive.formats import runtime
from reelive.partial_dates import partial_date, worded

from .film import Film
from .film_ids import ID_FORMS, id_field
from .ledger import Action, LedgerEntry
from .mixins.part_of_film import PartOfFilm
from .mixins.revised import lock_facts
from .mixins.stateful import State
from .refusals import Refused
from .waiting_work import WaitingWork

SEASONS, EPISODES, EPISODES_OF_SEASON = 200, 10_000, 1_000  # of one series
SUMMARY_LIMIT = 2_000
SEASON_FACTS = ("title", "released", "summary", "imdb", "tmdb", "tvdb")
EPISODE_FACTS = (
    "title", "absolute", "released", "runtime", "after_season", "after_episode", "summary", "imdb", "tmdb",
    "tvdb",
)  # fmt: skip
PART_IDS = ("imdb", "tmdb", "tvdb")


class NoSeries(Refused):
    sentence = _("A film has no seasons. Say first that it is a series.")


class TooManySeasons(Refused):
    sentence = _("A series has at most two hundred seasons here.")


class TooManyEpisodes(Refused):
    sentence = _("A season has at most a thousand episodes here, and a series ten thousand.")


class AlreadyHere(Refused):
    sentence = _("One of these numbers is here already. Edit what it says on its page.")


def season_numbered(number):
    """What a season is called by its number."""
    return gettext("Season %(season)s") % {"season": number} if number else gettext("Specials")


class SeriesPartQuerySet(models.QuerySet):
    def visible_to(self, viewer):
        return self.filter(film__state=State.VISIBLE)

    def editable_by(self, viewer):
        """Facts are everybody's; a lock of the film's facts is told of where they are edited."""
        return self.visible_to(viewer) if viewer.is_authenticated else self.none()


class SeriesPart(PartOfFilm):
    """A season or an episode. `veil_from` veils for a viewer what it tells."""

    fingerprinted_fields = ("title", "summary")
    # What of it a viewer may not read yet.
    is_veiled = is_summary_veiled = False

    film = models.ForeignKey(Film, models.CASCADE, related_name="%(class)ss", db_index=False)
    title = models.CharField(_("title"), max_length=150, blank=True)
    released = partial_date(_("first shown"))
    summary = models.TextField(_("summary"), max_length=SUMMARY_LIMIT, blank=True)
    imdb = id_field(_("IMDb id"), 12, ID_FORMS["imdb"], _("Like tt3783958."))
    tmdb = id_field(_("TMDB id"), 12, ID_FORMS["tmdb"], _("A number."))
    tvdb = id_field(_("TheTVDB id"), 12, ID_FORMS["tvdb"], _("A number."))
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="%(class)ss_added"
    )
    created = models.DateTimeField(_("created"), default=timezone.now, editable=False)
    edited = models.DateTimeField(_("edited"), null=True, editable=False)

    objects = SeriesPartQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self):
        return f"{self.film} {self.code}"

    @property
    def whole(self):
        return self.film

    def veil_from(self, progress):
        """Veil what lies beyond this progress; None for a viewer who has said nothing.

        The title is read from the beginning of the part on; the summary tells all of it, and is read at its
        end and by nobody who has not said how far they are.
        """
        begin, end = self.story_times
        self.is_veiled = is_part_beyond(progress, begin, flagged=False)
        self.is_summary_veiled = is_part_beyond(progress, end, flagged=True)

    @property
    def edit_url(self):
        return f"{self.get_absolute_url()}edit/"

    @property
    def link(self):
        return self.get_absolute_url() if self.is_visible else ""

    @property
    def is_visible(self):
        return self.film.is_visible

    @property
    def shown_title(self):
        """Its title where it has one that the viewer may read; what it is by its number otherwise."""
        return self.numbered if self.is_veiled or not self.title else self.title

    @property
    def part_of(self):
        """Which part of which series it is, as one line below its title."""
        number = "" if self.shown_title == self.numbered else self.numbered
        return " · ".join(filter(None, [self.film.title, getattr(self, "season_numbered", ""), number]))

    @property
    def known(self):
        """What is known of it beside its words, as one line."""
        number, runs = getattr(self, "absolute", None), runtime(getattr(self, "runtime", None))
        parts = [gettext("Number %(number)s of the series") % {"number": number}] if number else []
        day = self.released and worded(self.released)
        parts += [gettext("First shown: %(day)s") % {"day": day}] if day else []
        return " · ".join(filter(None, [*parts, runs]))

    @transaction.atomic
    def drop(self, by, note=""):
        """A moderator deletes what was never there, with its history. False when it is gone already.

        The ledger says so of the film: moments that name it stay.
        """
        self.lock_film(by, as_staff=True)
        if not type(self).objects.filter(pk=self.pk).exists() or self._holds_others():
            return False
        note = f"Deleted {self.code}. {note}".strip()
        LedgerEntry.objects.record(by, Action.EDIT, self.film, note=note, texts=self.film.ledger_texts)
        self.delete()
        return True

    def _holds_others(self):
        return False


class Season(SeriesPart):
    model_name, ledger_subject = "season", "a season"
    fact_names = SEASON_FACTS

    number = models.PositiveSmallIntegerField(
        _("number"), validators=[MaxValueValidator(LAST_SEASON)], help_text=_("0 for specials.")
    )

    class Meta:
        verbose_name, verbose_name_plural = _("season"), _("seasons")
        constraints = [models.UniqueConstraint(fields=["film", "number"], name="season_once")]
        indexes = [
            models.Index(fields=[name], name=f"season_{name}", condition=models.Q(**{f"{name}__gt": ""}))
            for name in PART_IDS
        ]

    def get_absolute_url(self):
        return f"{self.film.get_absolute_url()}seasons/{self.number}/"

    @property
    def moments_url(self):
        return f"{self.get_absolute_url()}moments/"

    @property
    def code(self):
        return f"S{self.number}"

    @property
    def numbered(self):
        return season_numbered(self.number)

    @property
    def story_times(self):
        """The story times at which it begins and ends; None where nobody can tell."""
        begin = beginning_of(self.number)
        return begin, story_time(self.number, None, None)

    @transaction.atomic
    def add(self, by):
        """Save a new season. One that is here already in the same words was sent twice, and is passed over.

        Raises NoSeries, TooManySeasons, AlreadyHere, and what `revise` raises.
        """
        lock_facts(Film.objects.filter(pk=self.film_id), by)
        ensure_series(self.film)
        there = Season.objects.filter(film=self.film_id, number=self.number).first()
        if there and there.texts != self.texts:
            raise AlreadyHere
        self.added_by = by
        add_seasons(self.film, [self])

    @property
    def episodes(self):
        return Episode.objects.filter(film=self.film_id, season=self.number)

    def _holds_others(self):
        """A season with episodes stays until these are deleted."""
        return self.episodes.exists()


class Episode(SeriesPart):
    model_name, ledger_subject = "episode", "an episode"
    fact_names = EPISODE_FACTS

    season = models.PositiveSmallIntegerField(_("season"), validators=[MaxValueValidator(LAST_SEASON)])
    number = models.PositiveSmallIntegerField(_("number"), validators=[MaxValueValidator(LAST_EPISODE - 1)])
    absolute = models.PositiveSmallIntegerField(
        _("number in the whole series"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    runtime = models.PositiveSmallIntegerField(
        _("length"), null=True, blank=True, validators=[MinValueValidator(1)], help_text=_("In minutes.")
    )
    # Where a special stands in the story.
    after_season = models.PositiveSmallIntegerField(
        _("after season"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(LAST_SEASON)],
    )
    after_episode = models.PositiveSmallIntegerField(
        _("after episode"), null=True, blank=True, validators=[MaxValueValidator(LAST_EPISODE - 1)]
    )

    class Meta:
        verbose_name, verbose_name_plural = _("episode"), _("episodes")
        constraints = [
            models.UniqueConstraint(fields=["film", "season", "number"], name="episode_once"),
            models.CheckConstraint(
                condition=models.Q(season=0) | models.Q(after_season=None, after_episode=None),
                name="episode_only_specials_stand_after",
            ),
        ]
        indexes = [
            models.Index(fields=[name], name=f"episode_{name}", condition=models.Q(**{f"{name}__gt": ""}))
            for name in PART_IDS
        ]

    def get_absolute_url(self):
        return f"{self.season_url}episodes/{self.number}/"

    @property
    def season_url(self):
        return f"{self.film.get_absolute_url()}seasons/{self.season}/"

    @property
    def season_numbered(self):
        return season_numbered(self.season)

    @property
    def code(self):
        return f"S{self.season} E{self.number}"

    @property
    def listed_title(self):
        """The same as `shown_title`, with the number where that is a title."""
        is_titled = self.title and not self.is_veiled
        return f"{self.number}. {self.title}" if is_titled else self.numbered

    @property
    def after_text(self):
        """Where in the story a special stands, as far as that is said."""
        if self.after_season is None:
            return ""
        said = {"season": self.after_season, "episode": self.after_episode}
        if self.after_episode is None:
            return gettext("It stands after season %(season)s.") % said
        return gettext("It stands after season %(season)s, episode %(episode)s.") % said

    @property
    def numbered(self):
        if not self.season:
            return gettext("Special %(episode)s") % {"episode": self.number}
        return gettext("Episode %(episode)s") % {"episode": self.number}

    @property
    def story_times(self):
        """The story times at which it begins and ends; None for a special that nobody has placed."""
        if self.season:
            return beginning_of(self.season, self.number), story_time(self.season, self.number, None)
        if self.after_season is None:
            return None, None
        after = story_time(self.after_season, self.after_episode, None)
        return after, after


def is_shown_all(viewer):
    """Whether nothing is veiled for the viewer: a Member, a Visitor, or a user as such."""
    return viewer.is_authenticated and viewer.spoiler_stance == User.SpoilerStance.SHOW


def ensure_series(film):
    if not film.is_series:
        raise NoSeries


def add_seasons(film, seasons):
    """Save the seasons that are not there yet; the film is locked."""
    there = set(Season.objects.filter(film=film).values_list("number", flat=True))
    new = [season for season in seasons if season.number not in there]
    if len(there) + len(new) > SEASONS:
        raise TooManySeasons
    for season in new:
        season.save(force_insert=True)


@transaction.atomic
def add_episodes(film, episodes, by):
    """Save new episodes of a series, with the seasons that are not there yet.

    What is here already in the same words was sent twice, and is passed over.
    Raises NoSeries, TooManySeasons, TooManyEpisodes, AlreadyHere, FilmGone, FactsLocked and Suspended.
    """
    lock_facts(Film.objects.filter(pk=film.pk), by)
    ensure_series(film)
    seasons = sorted({episode.season for episode in episodes})
    add_seasons(film, [Season(film=film, number=number, added_by=by) for number in seasons])
    there = Episode.objects.filter(film=film, season__in=seasons)
    there = {(row.season, row.number): row for row in there}
    new = [episode for episode in episodes if (episode.season, episode.number) not in there]
    again = (there.get((episode.season, episode.number)) for episode in episodes)
    if any(row and row.title != episode.title for row, episode in zip(again, episodes, strict=True)):
        raise AlreadyHere
    counts = [sum(row.season == season for row in (*there.values(), *new)) for season in seasons]
    if max(counts) > EPISODES_OF_SEASON or film.episodes.count() + len(new) > EPISODES:
        raise TooManyEpisodes
    for episode in new:
        episode.added_by = by
    Episode.objects.bulk_create(new)
    WaitingWork.objects.look_for_parts(film)
    return new
