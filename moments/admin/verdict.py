"""Verdicts: their words go for the same four reasons as any other, and their voice counts as before."""

from django.contrib import admin

from moments.models import Verdict
from reelive.staff import AdminScopeFilter, VerbsOnlyAdmin

from .verbs import LATEST, REMOVE, REMOVED, RESTORE


@admin.register(Verdict)
class VerdictAdmin(VerbsOnlyAdmin):
    place = 4
    scopes = (LATEST, REMOVED)
    verbs = (REMOVE, RESTORE)
    list_filter = (AdminScopeFilter,)
    list_display = ("trivia", "member", "stance", "reason", "when", "state")
    list_select_related = ("trivia", "member")
    ordering = ("-id",)
    fields = readonly_fields = ("trivia", "member", "stance", "reason", "url", "created", "state")
