"""A title of the catalogue: a film or series that nobody here has used yet, in plain facts.

It is no film of the site and on no list. It becomes one with the first moment, list or import that needs it,
and then names it.
"""

from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .film import Film
from .genres import GENRES

FETCHED_KEPT_FOR = timedelta(days=180)


class CatalogueSource(models.TextChoices):
    STARTER = "starter", _("What comes with Reelive")
    WIKIDATA = "wikidata", "Wikidata"
    IMDB = "imdb", "IMDb"
    TMDB = "tmdb", "TMDB"
    CSV = "csv", _("A table of this site")
    PLAYER = "player", _("A player of a member")


class CatalogueTitleQuerySet(models.QuerySet):
    def expire(self, now):
        """What was looked up at TMDB may be kept for six months; then it goes."""
        self.filter(fetched__lt=now - FETCHED_KEPT_FOR).delete()


class CatalogueTitle(models.Model):
    """`words` are what it is found by, `key` is its title without articles and marks (catalogue/names.py)."""

    medium = models.CharField(_("film or series"), max_length=6, choices=Film.Medium)
    title = models.CharField(_("title"), max_length=150)
    original_title = models.CharField(_("original title"), max_length=150, blank=True, default="")
    others = models.TextField(_("other titles"), blank=True, default="", help_text=_("One on each line."))
    year = models.PositiveSmallIntegerField(_("year"))
    director = models.CharField(_("directed by"), max_length=150, blank=True, default="")
    runtime = models.PositiveSmallIntegerField(_("length"), null=True, blank=True)
    imdb = models.CharField(_("IMDb id"), max_length=12, blank=True, default="")
    wikidata = models.CharField(_("Wikidata id"), max_length=14, blank=True, default="")
    tmdb = models.CharField(_("TMDB id"), max_length=12, blank=True, default="")
    tvdb = models.CharField(_("TheTVDB id"), max_length=12, blank=True, default="")
    letterboxd = models.CharField(_("Letterboxd id"), max_length=100, blank=True, default="")
    # Ours, with spaces between. Old code may run that does not name them.
    genres = models.CharField(_("genres"), max_length=100, blank=True, default="", db_default="")
    known = models.PositiveSmallIntegerField(_("how well known"), default=0)
    source = models.CharField(_("source"), max_length=8, choices=CatalogueSource)
    fetched = models.DateTimeField(_("looked up"), null=True, blank=True, editable=False)
    key = models.CharField(max_length=80, editable=False)
    words = models.TextField(editable=False)
    film = models.ForeignKey(
        Film,
        models.SET_NULL,
        null=True,
        blank=True,
        db_index=False,
        related_name="catalogue_titles",
        verbose_name=_("film"),
    )

    objects = CatalogueTitleQuerySet.as_manager()

    class Meta:
        verbose_name, verbose_name_plural = _("title of the catalogue"), _("titles of the catalogue")
        ordering = ["-id"]
        indexes = [
            models.Index(
                fields=["key", "year"],
                name="catalogue_key_of_year",
                opclasses=["varchar_pattern_ops", "int2_ops"],
            ),
            models.Index(fields=["imdb"], name="catalogue_imdb", condition=Q(imdb__gt="")),
            models.Index(fields=["wikidata"], name="catalogue_wikidata", condition=Q(wikidata__gt="")),
            models.Index(fields=["tmdb"], name="catalogue_tmdb", condition=Q(tmdb__gt="")),
            models.Index(fields=["tvdb"], name="catalogue_tvdb", condition=Q(tvdb__gt="")),
            models.Index(fields=["letterboxd"], name="catalogue_letterboxd", condition=Q(letterboxd__gt="")),
            models.Index(fields=["film"], name="catalogue_film", condition=Q(film__isnull=False)),
            models.Index(fields=["fetched"], name="catalogue_fetched", condition=Q(fetched__isnull=False)),
        ]

    def __str__(self):
        return f"{self.title} ({self.year})"

    @property
    def named_genres(self):
        return [GENRES[slug] for slug in self.genres.split() if slug in GENRES]

    @property
    def is_series(self):
        return self.medium == Film.Medium.SERIES
