from django import forms
from django.utils.translation import gettext_lazy as _

from moments.models.ledger import NOTE_LIMIT
from moments.models.report import OTHER, REASONS
from reelive.fields import ProseField


class ReportForm(forms.Form):
    reason = forms.ChoiceField(
        label=_("What is it?"),
        choices=REASONS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what it is.")},
    )
    note = ProseField(
        label=_("In your words"),
        required=False,
        max_length=NOTE_LIMIT,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Moderators alone read it. They need it when it is something else."),
    )

    def clean(self):
        if self.cleaned_data.get("reason") == OTHER and not self.cleaned_data.get("note", "").strip():
            self.add_error("note", _("Say what it is, so that somebody can look for it."))
        return self.cleaned_data
