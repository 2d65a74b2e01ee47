from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from moments.models import Relive
from moments.models.relive import NOTE_LIMIT

from .fields import ProseField


class ReliveForm(forms.ModelForm):
    note = ProseField(max_length=NOTE_LIMIT, required=False, label="A note for your diary")

    class Meta:
        model = Relive
        fields = ["date", "note", "public"]
        widgets = {"date": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    def clean_date(self):
        date = self.cleaned_data["date"]
        if date > timezone.localdate():
            raise ValidationError("That day has not come yet.")
        if date.year < 1900:
            raise ValidationError("Give a day after 1900.")
        return date
