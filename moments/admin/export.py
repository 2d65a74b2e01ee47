"""Exports that members asked for: how far each is, and how large. What is in them is for their members."""

from django.contrib import admin
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from moments.models import Export
from reelive.staff import AdminScope, AdminScopeFilter, VerbsOnlyAdmin
from reelive.staff_cells import StateFirst, titled

CLASSES = {"making": "open", "ready": "visible", "failed": "removed"}
ALL = AdminScope("all", _("All"), lambda exports: exports)
FAILED = AdminScope("failed", _("Could not be made"), lambda exports: exports.filter(state="failed"))


@admin.register(Export)
class ExportAdmin(StateFirst, VerbsOnlyAdmin):
    place = 11
    scopes = (ALL, FAILED)
    list_filter = (AdminScopeFilter,)
    list_display = ("badge", "what", "when")
    list_select_related = ("member",)
    ordering = ("-id",)
    fields = readonly_fields = ("member", "state", "with_pictures", "size_text", "created", "kept_until")

    def state_of(self, export):
        return CLASSES.get(export.state, "kept"), export.get_state_display()

    @admin.display(description=_("export"))
    def what(self, export):
        return titled(f"@{export.member.username}", self.size_text(export))

    @admin.display(description=_("size"))
    def size_text(self, export):
        return filesizeformat(export.size) if export.size else "—"
