"""Appeals: read beside what was removed, and answered in public. Bringing it back is done on its own page."""

from django import forms
from django.contrib import admin

from moments.models import Appeal
from moments.models.appeal import APPEAL_LIMIT, thing_of
from moments.models.report import snapshot
from reelive.fields import ProseField
from reelive.staff import Show, ShowFilter, Verb, VerbsAlone

from .report import links_to
from .verbs import RemovalForm


class AnswerForm(forms.Form):
    answer = ProseField(
        max_length=APPEAL_LIMIT,
        help_text="Everybody reads it: say what you looked at and what you decided, and nothing private.",
    )


ANSWER = Verb(
    "reply",
    "Answer",
    "Answered",
    "The answer stands in public below the appeal, once and for good.",
    lambda appeal: appeal.answered is None,
    AnswerForm,
)


STRIKE = Verb(
    "strike",
    "Take its words away",
    "Taken away",
    "The words of the appeal are gone for good; that there was one, and its answer, stay to be read.",
    lambda appeal: bool(appeal.text),
    RemovalForm,
)


@admin.register(Appeal)
class AppealAdmin(VerbsAlone):
    place = 9
    shows = (
        Show("open", "Waiting for an answer", lambda rows: rows.filter(answered=None), is_work=True),
        Show("answered", "Answered", lambda rows: rows.filter(answered__isnull=False)),
    )
    verbs = (ANSWER, STRIKE)
    list_filter = (ShowFilter,)
    list_display = ("removal", "author", "when", "answered")
    list_select_related = ("removal", "author")
    ordering = ("created", "id")
    asked = ("about", "removed", "removal", "author", "text", "created")
    readonly_fields = (*asked, "answer", "answered", "answered_by")

    def get_fields(self, request, obj=None):
        return self.asked if obj and obj.answered is None else self.readonly_fields

    @admin.display(description="about")
    def about(self, appeal):
        thing = thing_of(appeal.removal)
        return links_to(thing, thing.link) if thing else "It is gone."

    @admin.display(description="what was removed")
    def removed(self, appeal):
        thing = thing_of(appeal.removal)
        return snapshot(thing) if thing else "—"
