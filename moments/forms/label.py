from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from accounts.models import User
from moments.labels import HIGHEST_THRESHOLD, LABEL_KINDS, NEVER, thresholds

THRESHOLDS_OFFERED = (1, 2, 3, 4, 5, 10, 20, HIGHEST_THRESHOLD)
FROM_MEMBERS = ngettext_lazy("From %(number)s member on", "From %(number)s members on", "number")


class HidingForm(forms.Form):
    """A number of labels for each kind; the fields are made from the kinds."""

    def __init__(self, *args, member, **kwargs):
        super().__init__(*args, **kwargs)
        self.member, now = member, thresholds(member)
        for kind in LABEL_KINDS:
            self.fields[kind.slug] = forms.TypedChoiceField(
                label=kind.name, help_text=kind.says, coerce=int, choices=_choices(), initial=now[kind.slug]
            )

    def save(self):
        User.objects.filter(pk=self.member.pk).update(hiding_thresholds=self.cleaned_data)


def _choices():
    numbers = [(number, FROM_MEMBERS % {"number": number}) for number in THRESHOLDS_OFFERED]
    return [(NEVER, _("Never")), *numbers]
