"""A member's verdict on a claim: for it, or against it and why."""

from django import forms
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

from moments.models.verdict import REASON_LIMIT
from reelive.fields import ProseField

STANCES = [("confirm", _("I can confirm it")), ("dispute", _("I dispute it"))]


class VerdictForm(forms.Form):
    stance = forms.ChoiceField(
        choices=STANCES,
        widget=forms.RadioSelect,
        label=_("What do you make of it?"),
        error_messages={
            "required": _("Say whether you confirm or dispute it."),
            "invalid_choice": _("Choose whether you confirm the claim or dispute it."),
        },
    )
    reason = ProseField(
        label=_("Why"),
        max_length=REASON_LIMIT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    reason.needed = _("needed for a dispute")
    url = forms.URLField(
        label=_("A link that shows it"),
        max_length=500,
        required=False,
        assume_scheme="https",
        validators=[URLValidator(["http", "https"])],
        error_messages={"invalid": _("That is no web address. It begins with https://")},
    )

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("stance") == "dispute" and cleaned.get("reason") == "":
            self.add_error("reason", _("Say what is wrong with the claim: a dispute needs a reason."))
        return cleaned
