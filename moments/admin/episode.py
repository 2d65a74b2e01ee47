"""Seasons and episodes: read by staff, who delete what was never there. They are edited on the site."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from moments.models import Episode, Season
from reelive.staff import VerbsOnlyAdmin
from reelive.staff_verbs import Verb

from .verbs import NoteForm

DROP = Verb(
    "drop",
    _("Delete"),
    _("Deleted"),
    _("It goes for good, with its history. Moments that name its number stay. A season with episodes stays."),
    lambda part: True,
    NoteForm,
    _("Delete them"),
)


class SeriesPartAdmin(VerbsOnlyAdmin):
    verbs = (DROP,)
    list_display = ("__str__", "title", "added_by", "when")
    list_select_related = ("film", "added_by")
    ordering = ("-id",)
    shown = ("title", "released", "summary", "imdb", "tmdb", "tvdb", "added_by", "created", "edited")


@admin.register(Season)
class SeasonAdmin(SeriesPartAdmin):
    fields = readonly_fields = ("film", "number", *SeriesPartAdmin.shown)


@admin.register(Episode)
class EpisodeAdmin(SeriesPartAdmin):
    fields = readonly_fields = (
        *("film", "season", "number", "absolute", "runtime", "after_season", "after_episode"),
        *SeriesPartAdmin.shown,
    )
