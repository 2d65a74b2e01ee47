"""What members make of films, and what they want to see: theirs alone to change. Who runs the site may look a
row up and drop a film from a watchlist."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from moments.models import Rating, Wanted
from reelive.staff import VerbsOnlyAdmin

from .word_search import AuthorSearch


@admin.register(Rating)
class RatingAdmin(AuthorSearch, VerbsOnlyAdmin):
    written_by = "member"
    search_help_text = _("The name of a member.")
    place = 12
    list_display = ("film", "member", "stars_text", "date", "when")
    list_select_related = ("member", "film")
    ordering = ("-id",)
    fields = readonly_fields = (
        *("member", "film", "season", "episode", "stars", "liked", "date", "audience", "created"),
    )

    @admin.display(description=_("rating"))
    def stars_text(self, row):
        return row.stars_text


@admin.register(Wanted)
class WantedAdmin(AuthorSearch, VerbsOnlyAdmin):
    written_by = "member"
    search_help_text = _("The name of a member.")
    place = 13
    list_display = ("film", "member", "when")
    list_select_related = ("member", "film")
    ordering = ("-id",)
    fields = readonly_fields = ("member", "film", "created")
