"""A trait: one genre, country or language of a film, so that what has it is listed by a walk of an index.

It carries the columns by which films are ordered; the facts of the film say which traits there are.
"""

from django.db import models
from django.db.models import Exists, F, OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from .mixins.along_the_way import AlongTheWay
from .mixins.stateful import State

COPIED = ("moment_count", "created", "year", "sort_title")


class FilmTraitQuerySet(models.QuerySet):
    def listed_as(self, first, *others):
        """The rows of one trait, a kind and a value, whose films are in sight and have all the others."""
        kind, value = first
        rows = self.filter(kind=kind, value=value, film__state=State.VISIBLE).select_related("film")
        for kind, value in others:
            also = self.model.objects.filter(film=OuterRef("film"), kind=kind, value=value)
            rows = rows.filter(Exists(also))
        return rows

    def with_medium(self, medium):
        return self.filter(film__medium=medium) if medium else self

    def from_decade(self, decade):
        """Along the way: the index of another order is walked, and not that of years."""
        rows = self.alias(made=AlongTheWay("year"))
        return rows.filter(made__gte=decade, made__lt=decade + 10) if decade else self


class FilmTraitManager(models.Manager.from_queryset(FilmTraitQuerySet)):
    def follow(self, *films):
        """Make the traits of these films what their facts say; films are given as keys."""
        for film in self._films().filter(pk__in=films):
            self._follow(film)

    def _films(self):
        return self.model._meta.get_field("film").related_model.objects

    def _follow(self, film):
        wanted = set(film.traits)
        there = {(row.kind, row.value): row for row in self.filter(film=film)}
        copies = {name: getattr(film, name) for name in COPIED}
        self.filter(pk__in=[row.pk for trait, row in there.items() if trait not in wanted]).delete()
        stale = [
            row.pk
            for trait, row in there.items()
            if trait in wanted and any(getattr(row, name) != copy for name, copy in copies.items())
        ]
        if stale:
            mine = self._films().filter(pk=OuterRef("film"))
            self.filter(pk__in=stale).update(**{name: Subquery(mine.values(name)) for name in COPIED})
        self.bulk_create(self._rows(film, there), ignore_conflicts=True)

    def begin(self, films):
        """Make the traits of films that were just added, by one statement."""
        self.bulk_create([row for film in films for row in self._rows(film)])

    def _rows(self, film, there=()):
        """The traits that a film has beside those that are there."""
        copies = {name: getattr(film, name) for name in COPIED}
        return [
            self.model(film=film, kind=kind, value=value, **copies)
            for kind, value in film.traits
            if (kind, value) not in there
        ]

    def count(self, film, step):
        """Move the copied number of moments in the transaction in which the film's own moves."""
        self.filter(film=film).update(moment_count=F("moment_count") + step)


class FilmTrait(models.Model):
    class Kind(models.TextChoices):
        GENRE = "genre", _("genre")
        COUNTRY = "country", _("country")
        LANGUAGE = "language", _("language")

    film = models.ForeignKey("Film", models.CASCADE, related_name="listed_traits", db_index=False)
    kind = models.CharField(max_length=8, choices=Kind)
    value = models.CharField(max_length=16)
    moment_count = models.PositiveIntegerField(default=0)
    created = models.DateTimeField()
    year = models.PositiveSmallIntegerField()
    sort_title = models.CharField(max_length=120, default="")

    objects = FilmTraitManager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["film", "kind", "value"], name="film_trait_once")]
        indexes = [
            models.Index(fields=["kind", "value", "-moment_count", "-film"], name="film_trait_most_moments"),
            models.Index(fields=["kind", "value", "-created", "-film"], name="film_trait_newest"),
            models.Index(fields=["kind", "value", "-year", "-film"], name="film_trait_latest"),
            models.Index(fields=["kind", "value", "sort_title", "film"], name="film_trait_alphabet"),
        ]

    def __str__(self):
        return f"{self.kind} {self.value}"
