"""Appeals: read beside what was removed, and answered in public. Bringing it back is done on its own page."""

from django import forms
from django.contrib import admin

from moments.forms.fields import ProseField
from moments.models import Appeal
from moments.models.appeal import APPEAL_LIMIT
from reelive.staff import Show, ShowFilter, Verb, VerbsAlone


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


@admin.register(Appeal)
class AppealAdmin(VerbsAlone):
    place = 9
    shows = (
        Show("open", "Waiting for an answer", lambda rows: rows.filter(answered=None), is_work=True),
        Show("answered", "Answered", lambda rows: rows.filter(answered__isnull=False)),
    )
    verbs = (ANSWER,)
    list_filter = (ShowFilter,)
    list_display = ("removal", "author", "when", "answered")
    list_select_related = ("removal", "author")
    ordering = ("created", "id")
    fields = readonly_fields = (
        "removal", "author", "text", "created", "answer", "answered", "answered_by",
    )  # fmt: skip
