"""Verdicts: their words go for the same four reasons as any other, and their voice counts as before."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from moments.models import Verdict
from reelive.staff import AdminScopeFilter, VerbsOnlyAdmin

from .cells import StateFirst, titled
from .evidence import ShowsEvidence
from .verbs import LATEST, REMOVE, REMOVED, RESTORE
from .word_search import AuthorSearch


@admin.register(Verdict)
class VerdictAdmin(StateFirst, ShowsEvidence, AuthorSearch, VerbsOnlyAdmin):
    written_by = "member"
    search_help_text = _("The name of a member.")
    place = 4
    scopes = (LATEST, REMOVED)
    verbs = (REMOVE, RESTORE)
    list_filter = (AdminScopeFilter,)
    list_display = ("badge", "what", "stance", "reason", "when")
    list_select_related = ("trivia", "song_use__song", "song_use__moment", "member")
    ordering = ("-id",)
    fields = readonly_fields = ("claim", "member", "stance", "reason", "url", "created", "state")

    @admin.display(description=_("claim"))
    def claim(self, verdict):
        return verdict.claim

    @admin.display(description=_("claim"))
    def what(self, verdict):
        return titled(str(verdict.claim), verdict.member)
