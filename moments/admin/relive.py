"""Diary entries. A private note is for its member alone, and not for the staff either."""

from dataclasses import replace

from django.contrib import admin

from moments.models import Relive
from reelive.staff import VerbsAlone

from .verbs import REMOVE

REMOVE_NOTE = replace(
    REMOVE,
    label="Remove the note",
    says="The note is out of sight and for its member alone; the entry stays.",
    applies=lambda entry: entry.public and bool(entry.note),
)


@admin.register(Relive)
class ReliveAdmin(VerbsAlone):
    verbs = (REMOVE_NOTE,)
    place = 7
    list_display = ("member", "moment", "date", "felt", "public", "when")
    list_select_related = ("member", "moment")
    ordering = ("-id",)
    fields = readonly_fields = ("member", "moment", "date", "felt", "public", "public_note", "created")

    @admin.display(description="feelings")
    def felt(self, entry):
        return ", ".join(entry.feelings)

    @admin.display(description="note")
    def public_note(self, entry):
        return entry.note if entry.public else "Private"
