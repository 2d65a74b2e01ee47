from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from moments.models.appeal import APPEAL_LIMIT
from reelive.fields import ProseField
from reelive.text import letters_said

LEAST_LETTERS = 10


class AppealForm(forms.Form):
    text = ProseField(
        label=_("Why it should come back"),
        max_length=APPEAL_LIMIT,
        help_text=_(
            "Everybody will read it, so leave out what is private. There is one appeal for a removal."
        ),
    )

    def clean_text(self):
        """There is one appeal for a removal, so a slip of the finger is none."""
        text = self.cleaned_data["text"]
        if letters_said(text) < LEAST_LETTERS:
            raise ValidationError(_("Say in a sentence why it should come back."))
        return text
