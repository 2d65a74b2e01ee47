"""Diary entries. A private note is for its member alone, and not for the staff either."""

from dataclasses import replace

from django.contrib import admin
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from moments.models import DiaryEntry, State
from reelive.staff import AdminScope, AdminScopeFilter, VerbsOnlyAdmin
from reelive.staff_cells import StateFirst

from .cells import SHORT_STATES, titled
from .evidence import ShowsEvidence
from .verbs import REMOVE, RESTORE
from .word_search import AuthorSearch

REMOVE_NOTE = replace(
    REMOVE,
    label=_("Remove the note"),
    for_several=_("Remove their notes"),
    says=_("The note is out of sight and for its member alone; the entry stays."),
    applies=lambda entry: entry.has_open_note,
)
RESTORE_NOTE = replace(
    RESTORE,
    label=_("Restore the note"),
    for_several=_("Restore their notes"),
    says=_("Everybody will be able to read the note again, and its member may change it."),
    applies=lambda entry: entry.is_removed,
)
LATEST = AdminScope("latest", _("Latest"), lambda entries: entries)
REMOVED = AdminScope("hidden", _("Removed by staff"), lambda entries: entries.filter(removal__isnull=False))


@admin.register(DiaryEntry)
class DiaryEntryAdmin(StateFirst, ShowsEvidence, AuthorSearch, VerbsOnlyAdmin):
    written_by = "member"
    search_help_text = _("The name of a member.")
    scopes = (LATEST, REMOVED)
    verbs = (REMOVE_NOTE, RESTORE_NOTE)
    list_filter = (AdminScopeFilter,)
    place = 7
    list_display = ("badge", "what", "date", "feelings_text", "when")
    list_select_related = ("member", "moment", "whole_film")
    ordering = ("-id",)
    facts = (
        *("member", "moment", "whole_film", "season", "episode", "date", "rewatch", "rating", "liked"),
        *("feelings_text", "public", "audience"),
        *("removal", "public_note", "created"),
    )
    fields = readonly_fields = facts

    def state_of(self, entry):
        if entry.is_removed:
            return State.REMOVED, SHORT_STATES[State.REMOVED]
        return State.VISIBLE, gettext("Public") if entry.has_open_note else gettext("Private")

    @admin.display(description=_("diary entry"))
    def what(self, entry):
        return titled(entry.about.title, entry.member)

    @admin.display(description=_("feelings"))
    def feelings_text(self, entry):
        return ", ".join(entry.feelings)

    @admin.display(description=_("note"))
    def public_note(self, entry):
        return entry.note if entry.has_open_note or entry.is_removed else gettext("Private")
