"""What members mute: theirs alone to choose. Who runs the site may look a row up and drop it."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from moments.models import Filter
from reelive.staff import VerbsOnlyAdmin

from .word_search import AuthorSearch


@admin.register(Filter)
class FilterAdmin(AuthorSearch, VerbsOnlyAdmin):
    written_by = "member"
    search_help_text = _("The name of a member.")
    place = 11
    list_display = ("what", "member", "until", "when")
    list_select_related = ("member", "tag", "film", "post")
    ordering = ("-id",)
    fields = readonly_fields = ("member", "tag", "film", "post", "word", "until", "created")

    @admin.display(description=_("filter"))
    def what(self, row):
        return row.word or row.tag or row.film or row.post

    def has_delete_permission(self, request, obj=None):
        """One at a time, by those to whom the permission was given."""
        return obj is not None and request.user.has_perm("moments.delete_filter")
