"""Appeals: read beside what was removed, and answered in public. Bringing it back is done on its own page."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from moments.models import Appeal
from moments.models.appeal import APPEAL_LIMIT, target_of
from moments.models.report import snapshot
from reelive.fields import ProseField
from reelive.staff import AdminScope, AdminScopeFilter, VerbsOnlyAdmin
from reelive.staff_cells import StateFirst
from reelive.staff_verbs import Verb

from .cells import titled
from .report import links_to
from .verbs import RemovalForm


class AnswerForm(forms.Form):
    answer = ProseField(
        label=_("Answer"),
        max_length=APPEAL_LIMIT,
        help_text=_("Everybody reads it: say what you looked at and what you decided, and nothing private."),
    )


ANSWER = Verb(
    "reply",
    _("Answer"),
    _("Answered"),
    _("The answer stands in public below the appeal, once and for good."),
    lambda appeal: appeal.answered is None,
    AnswerForm,
    _("Answer them alike"),
)


STRIKE = Verb(
    "strike",
    _("Remove its text"),
    _("Removed"),
    _("The text of the appeal is gone for good; that there was one, and its answer, stay to be read."),
    lambda appeal: bool(appeal.text),
    RemovalForm,
    _("Remove their texts"),
)


@admin.register(Appeal)
class AppealAdmin(StateFirst, VerbsOnlyAdmin):
    place = 9
    scopes = (
        AdminScope(
            "open",
            _("Waiting for an answer"),
            lambda rows: rows.filter(answered=None).order_by("created", "id"),
            is_work=True,
        ),
        AdminScope(
            "answered",
            _("Answered"),
            lambda rows: rows.filter(answered__isnull=False).order_by("-answered", "-created", "-id"),
        ),
    )
    verbs = (ANSWER, STRIKE)
    list_filter = (AdminScopeFilter,)
    list_display = ("badge", "what", "when")
    list_select_related = ("removal", "author")
    ordering = ()  # each choice of rows has its own
    asked = ("about", "removed", "removal", "author", "text", "created")
    readonly_fields = (*asked, "answer", "answered", "answered_by")

    def state_of(self, appeal):
        return ("kept", gettext("Answered")) if appeal.answered else ("open", gettext("Waiting"))

    @admin.display(description=_("appeal"))
    def what(self, appeal):
        return titled(appeal.text or appeal.removal, appeal.author, appeal.removal)

    def get_fields(self, request, obj=None):
        return self.asked if obj and obj.answered is None else self.readonly_fields

    @admin.display(description=_("about"))
    def about(self, appeal):
        target = target_of(appeal.removal)
        return links_to(target, target.link) if target else gettext("It is gone.")

    @admin.display(description=_("what was removed"))
    def removed(self, appeal):
        target = target_of(appeal.removal)
        return snapshot(target) if target else "—"
