"""Diary entries. A private note is for its member alone, and not for the staff either."""

from django.contrib import admin

from moments.models import Relive
from reelive.staff import StaffAdmin


@admin.register(Relive)
class ReliveAdmin(StaffAdmin):
    place = 7
    list_display = ("member", "moment", "date", "felt", "public", "when")
    list_select_related = ("member", "moment")
    ordering = ("-id",)
    fields = readonly_fields = ("member", "moment", "date", "felt", "public", "public_note", "created")

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    @admin.display(description="feelings")
    def felt(self, entry):
        return ", ".join(entry.feelings)

    @admin.display(description="note")
    def public_note(self, entry):
        return entry.note if entry.public else "Private"
