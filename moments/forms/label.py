from django import forms

from accounts.models import User
from moments.labels import KINDS, MOST, NEVER, thresholds

OFFERED = (1, 2, 3, 4, 5, 10, 20, MOST)


class FoldingForm(forms.Form):
    """A number of labels for each kind; the fields are made from the kinds."""

    def __init__(self, *args, member, **kwargs):
        super().__init__(*args, **kwargs)
        self.member, now = member, thresholds(member)
        for kind in KINDS:
            self.fields[kind.slug] = forms.TypedChoiceField(
                label=kind.name, help_text=kind.says, coerce=int, choices=_choices(), initial=now[kind.slug]
            )

    def save(self):
        User.objects.filter(pk=self.member.pk).update(folds=self.cleaned_data)


def _choices():
    numbers = [(number, f"From {number} member{'' if number == 1 else 's'} on") for number in OFFERED]
    return [(NEVER, "Never"), *numbers]
