from django import forms
from django.utils.translation import gettext_lazy as _

from moments.models.appeal import APPEAL_LIMIT
from reelive.fields import ProseField


class AppealForm(forms.Form):
    text = ProseField(
        label=_("Why it should come back"),
        min_length=10,
        max_length=APPEAL_LIMIT,
        help_text=_(
            "Everybody will read it, so leave out what is private. There is one appeal for a removal."
        ),
    )
