"""A diary entry as it is written, and as it is edited later."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from moments.feelings import FEELING_CHOICES, FEELINGS
from moments.models import Relive
from moments.models.relive import FIRST_YEAR, NOTE_LIMIT, DayTaken
from reelive.fields import ProseField

TAKEN = "You have another entry of this moment on that day. Choose another day, or edit that entry instead."


class ReliveForm(forms.ModelForm):
    note = ProseField(max_length=NOTE_LIMIT, required=False, label="A note for your diary")

    class Meta:
        model = Relive
        fields = ["date", "note", "public"]
        widgets = {"date": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}
        error_messages = {
            "date": {
                "required": "Say on which day you relived it.",
                "invalid": "Write the day as year, month and day, like 2026-02-14.",
            }
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["date"].widget.attrs |= {
            "min": f"{FIRST_YEAR}-01-01",
            "max": timezone.localdate().isoformat(),
        }

    def clean_date(self):
        date = self.cleaned_data["date"]
        if date > timezone.localdate():
            raise ValidationError("That day has not come yet.")
        if date.year < FIRST_YEAR:
            raise ValidationError(f"Give a day in {FIRST_YEAR} or later.")
        return date


class ReliveEditForm(ReliveForm):
    feelings = forms.MultipleChoiceField(
        choices=FEELING_CHOICES,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label="What it made you feel that day",
        error_messages={"invalid_choice": "There are twelve feelings; that is none of them."},
    )

    class Meta(ReliveForm.Meta):
        fields = ["date", "note", "public", "feelings"]

    def clean_feelings(self):
        return [slug for slug in FEELINGS if slug in self.cleaned_data["feelings"]]

    def save_revision(self):
        """Whether the entry was changed; a day that is taken becomes a sentence beside the date."""
        try:
            return self.instance.revise(**self.cleaned_data)
        except DayTaken:
            self.add_error("date", TAKEN)
            return False
