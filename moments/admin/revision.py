"""Former versions of posts and comments: what names somebody's private data is withdrawn for good.

They are reached from the history on the site and after an edit by staff, and stand in no menu.
"""

from django.contrib import admin
from django.utils.html import format_html_join

from moments.history import LABELS
from moments.models import Revision
from reelive.staff import Verb, VerbsAlone

from .verbs import NoteForm

STRIKE = Verb(
    "strike",
    "Withdraw as private data",
    "Withdrawn",
    "The words of this version are gone for good. Its history and the ledger say that they went, and why.",
    lambda revision: not revision.is_withdrawn and not revision.is_current,
    NoteForm,
)


@admin.register(Revision)
class RevisionAdmin(VerbsAlone):
    verbs = (STRIKE,)
    list_display = ("__str__", "editor", "when")
    list_select_related = ("post", "comment__post", "editor")
    ordering = ("-id",)
    fields = readonly_fields = ("subject", "editor", "created", "said", "withdrawal")

    def get_model_perms(self, request):
        return {}

    @admin.display(description="what it said")
    def said(self, revision):
        texts = ((LABELS[name], text) for name, text in revision.texts.items() if text)
        return format_html_join("", "<p><b>{}</b>: {}</p>", texts) or "—"
