"""Titles of the catalogue: found by their words, and dropped one at a time where they are wrong."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from moments.catalogue.index import beginning, titled
from moments.catalogue.names import asked_words, key_of
from moments.models import CatalogueTitle
from reelive.staff import AdminScope, AdminScopeFilter, VerbsOnlyAdmin

ALL = AdminScope("all", _("All"), lambda titles: titles)
USED = AdminScope("used", _("Became films"), lambda titles: titles.filter(film__isnull=False))


@admin.register(CatalogueTitle)
class CatalogueTitleAdmin(VerbsOnlyAdmin):
    """A title that became a film and is dropped leaves the film as it is; loaded anew, it finds it again."""

    place = 12
    scopes = (ALL, USED)
    list_filter = (AdminScopeFilter,)
    list_display = ("what", "medium", "director", "source", "film")
    list_select_related = ("film",)
    # Django asks for these names before it shows the search box; the search itself is ours.
    search_fields = ("pk",)
    search_help_text = _("Words of a title, in any language.")
    ordering = ("-id",)
    fields = readonly_fields = (
        "medium", "title", "original_title", "others", "year", "director", "runtime", "imdb", "wikidata",
        "tmdb", "tvdb", "letterboxd", "known", "source", "fetched", "film",
    )  # fmt: skip

    def get_search_results(self, request, queryset, search_term):
        words = asked_words(search_term.strip())
        if words:
            queryset = queryset.filter(pk__in={*titled(key_of(search_term)), *beginning(words)})
        return queryset, False

    @admin.display(description=_("title"))
    def what(self, title):
        return str(title)

    def has_delete_permission(self, request, obj=None):
        """One at a time, by those to whom the permission was given."""
        return obj is not None and request.user.has_perm("moments.delete_cataloguetitle")
