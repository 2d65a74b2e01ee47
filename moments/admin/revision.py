"""Former versions of posts, comments and facts: one that holds private data is revoked for good.

Staff reach them from the history on the site, after an edit of their own and from the page of a film; no menu
leads to them.
"""

from django.contrib import admin
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from moments.models import Revision
from moments.models.revision import FACTS_AND_FILMS, IS_OF_FACTS
from moments.revisions.history import FIELD_LABELS, worded
from reelive.staff import AdminScope, AdminScopeFilter, VerbsOnlyAdmin
from reelive.staff_verbs import Verb

from .verbs import NoteForm

NOT_OF_FILMS = dict.fromkeys(("person", "recording", "song_use"))
NOT_OF_SONGS = dict.fromkeys(("film", "season", "episode", "person"))

STRIKE = Verb(
    "strike",
    _("Revoke as private data"),
    _("Revoked"),
    _("The words of this version are gone for good. Its history and the ledger say that they went, and why."),
    lambda revision: not revision.is_revoked and not revision.is_current,
    NoteForm,
    _("Revoke them as private data"),
)


@admin.register(Revision)
class RevisionAdmin(VerbsOnlyAdmin):
    verbs = (STRIKE,)
    scopes = (
        AdminScope("all", _("All"), lambda revisions: revisions),
        AdminScope("films", _("Of films"), lambda revisions: revisions.filter(IS_OF_FACTS, **NOT_OF_FILMS)),
        AdminScope("people", _("Of people"), lambda revisions: revisions.filter(person__isnull=False)),
        AdminScope("songs", _("Of songs"), lambda revisions: revisions.filter(IS_OF_FACTS, **NOT_OF_SONGS)),
    )
    list_filter = (AdminScopeFilter,)
    list_display = ("__str__", "editor", "when")
    list_select_related = (
        *("post__film", "comment__post__film", "comment__member_list", "editor"),
        *FACTS_AND_FILMS,
    )
    ordering = ("-id",)
    fields = readonly_fields = ("of", "editor", "created", "said", "revocation")

    def get_model_perms(self, request):
        return {}

    @admin.display(description=_("version of"))
    def of(self, revision):
        return revision.target

    @admin.display(description=_("what it said"))
    def said(self, revision):
        texts = ((FIELD_LABELS[name], text) for name, text in worded(revision.texts).items() if text)
        return format_html_join("", "<p><b>{}</b>: {}</p>", texts) or "—"
