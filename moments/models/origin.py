"""Where a film is from and what sort of film it is: its genres, countries, languages and other titles.

They are facts as all others, so that an edit keeps what they were. What is listed by them walks `FilmTrait`.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .countries import country_name
from .genres import GENRES
from .languages import language_code, language_name
from .other_titles import titles_in

TITLES_LIMIT = 4_000
# What a column is called in an address, by its name.
TRAITS = {"genres": "genre", "countries": "country", "languages": "language"}
ORIGIN = (*TRAITS, "other_titles")


def trait_name(kind, value):
    """What a genre, a country or a language is called."""
    names = {"genre": GENRES.get, "country": country_name, "language": language_name}
    return names[kind](value) or value


class Origin(models.Model):
    # Old code may run that does not name these, so the database has their defaults.
    genres = models.JSONField(_("genres"), default=list, db_default=[], blank=True)
    countries = models.JSONField(_("countries"), default=list, db_default=[], blank=True)
    languages = models.JSONField(_("languages"), default=list, db_default=[], blank=True)
    other_titles = models.TextField(
        _("other titles"), max_length=TITLES_LIMIT, default="", db_default="", blank=True
    )

    class Meta:
        abstract = True

    @property
    def traits(self):
        """Its genres, countries and languages, first that of the original: pairs of a kind and a value."""
        spoken = dict.fromkeys([*filter(None, [language_code(self.language)]), *self.languages])
        found = {"genres": self.genres, "countries": self.countries, "languages": spoken}
        return [(kind, value) for column, kind in TRAITS.items() for value in found[column]]

    def named_traits(self, kind):
        """Those of one kind: each with its name, and where all of it is listed."""
        return [
            (trait_name(kind, value), f"/films/?{kind}={value}") for its, value in self.traits if its == kind
        ]

    @property
    def called(self):
        """Its other titles."""
        return titles_in(self.other_titles)
